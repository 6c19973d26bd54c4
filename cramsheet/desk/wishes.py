"""What the commands take that print papers to sit an exam on."""

import argparse
from pathlib import Path

from cramsheet.desk.caching import no_cache
from cramsheet.desk.grouping import copies
from cramsheet.desk.measures import day_of, letters, number, seed, words
from cramsheet.desk.printing import add_overwrite, exam, fonts, jobs


def add_mock(it: argparse.ArgumentParser) -> None:
    _add(it)
    add = it.add_argument
    add("--forms", type=letters, default=("A",), metavar="LETTERS", help="A,B,C (default: A)")
    many = "questions of a form (default: as the blueprint says)"
    add("--questions", type=number, metavar="N", help=many)
    lean = "on what was missed: results of `mark`, or nothing for the history of sittings"
    add("--lean", nargs="*", type=Path, metavar="RESULTS", help=lean)
    add("--again", action="store_true", help="a question may stand in several forms")


def add_practice(it: argparse.ArgumentParser) -> None:
    _add(it)
    add = it.add_argument
    add("--domain", type=words, default=(), metavar="IDS", help="of these domains")
    add("--task", type=words, default=(), metavar="NUMBERS", help="of these tasks, such as 1.2")
    add("--tag", type=words, default=(), metavar="TAGS", help="that carry one of these tags")
    add("--difficulty", type=words, default=(), metavar="WORDS", help="easy, medium, hard")
    add("--number", type=number, metavar="N", help="so many questions (default: 20 at most)")


def _add(it: argparse.ArgumentParser) -> None:
    exam(it)
    add = it.add_argument
    add("--seed", type=seed, required=True, metavar="SEED", help="the same seed, the same paper")
    add(
        "--paper", default="", metavar="PAPERS", help="a4, letter, ... (default: as exam.yaml says)"
    )
    add("--look", default="", metavar="LOOKS", help="modern, classic, compact, clear; or your own")
    add("--ink", default="", metavar="INKS", help="colour, grey, saver, black")
    made = "questions that the program makes of the facts are drawn, too"
    add("--generated", action="store_true", help=made)
    day = "the date printed, as 2026-11-21 (default: the newest content)"
    add("--edition", type=day_of, metavar="DAY", help=day)
    add("--output", type=Path, metavar="FOLDER", help="where to (default: output/ of the project)")
    fonts(it)
    no_cache(it)
    copies(it)
    jobs(it)
    add_overwrite(it)
    add("--quiet", action="store_true", help="no progress and no table")
