"""What `cramsheet mark` and `cramsheet weak` are told."""

import argparse
from pathlib import Path

from cramsheet.desk.caching import no_cache
from cramsheet.desk.measures import few
from cramsheet.desk.printing import add_overwrite, exam, fonts, jobs

_PAPER = "a4, letter, ... (default: as exam.yaml says)"
_OUTPUT = "where to (default: output/ of the project)"


def add_mark(it: argparse.ArgumentParser) -> None:
    add = it.add_argument
    files = "filled answer sheets (.pdf), or the answers of a group (.csv, .yaml)"
    add("files", nargs="*", type=Path, metavar="FILE", help=files)
    record = "what was printed: mock-SEED.json (default: as the sheets say, or the only one)"
    add("--record", type=Path, metavar="FILE", help=record)
    letters = "answers typed in order, a space between questions: B AC true - 2A1C"
    add("--letters", metavar="TEXT", help=letters)
    add("--form", default="", metavar="A", help="the form that the letters answer")
    add("--name", default="", metavar="NAME", help="who typed the letters")
    given = "answers that cannot be count as wrong, instead of stopping"
    add("--as-given", action="store_true", help=given)
    quick = "no report on paper, which takes most of the time of a large group"
    add("--no-report", action="store_true", help=quick)
    add("--no-history", action="store_true", help="do not remember this sitting")
    add("--paper", default="", metavar="PAPER", help=_PAPER)
    add("--look", default="modern", metavar="LOOK", help="modern, classic, compact, clear")
    add("--ink", default="colour", metavar="INK", help="colour, grey, saver, black")
    add("--output", type=Path, metavar="FOLDER", help=_OUTPUT)
    fonts(it)
    no_cache(it)
    add_overwrite(it)
    add("--quiet", action="store_true", help="print nothing")


def add_weak(it: argparse.ArgumentParser) -> None:
    add = it.add_argument
    results = "what `mark` wrote: EXAM-results-SEED.json (default: the history of sittings)"
    add("results", nargs="*", type=Path, metavar="RESULTS", help=results)
    add("--name", default="", metavar="NAME", help="of one person (default: all)")
    pages = "exactly so many pages (default: as many as it takes)"
    add("--pages", type=few, metavar="N", help=pages)
    add("--forget", action="store_true", help="delete the history, and print nothing")
    exam(it)
    jobs(it)
    add("--paper", default="", metavar="PAPER", help=_PAPER)
    add("--output", type=Path, metavar="FOLDER", help=_OUTPUT)
    fonts(it)
    no_cache(it)
    add_overwrite(it)
    add("--quiet", action="store_true", help="no progress and no table")
