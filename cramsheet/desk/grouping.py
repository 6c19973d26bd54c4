"""`--for`: a file of names, or the name of one person."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cramsheet.caps import USUAL, Caps
from cramsheet.problems import mistake

if TYPE_CHECKING:
    from cramsheet.bindery.copying import Group

_LISTS = (".csv", ".tsv", ".txt")


def copies(it: argparse.ArgumentParser) -> None:
    """The options of commands that print for a group."""
    add = it.add_argument
    who = "a copy for each person: a list of names (.csv, .txt), or one name"
    add("--for", dest="people", default="", metavar="NAMES", help=who)
    add("--watermark", action="store_true", help="the name across each page, too")
    sides = "no blank pages between the copies of a group, no backs of pages to print again"
    add("--one-sided", action="store_true", help=sides)


def group_of(
    people: str,
    watermark: bool,
    one_sided: bool,
    formats: Sequence[str] = (),
    caps: Caps = USUAL,
) -> "Group | None":
    """None when nobody was named; raises Mistakes."""
    if not people:
        if watermark or one_sided:
            option = "--watermark" if watermark else "--one-sided"
            raise mistake(f"{option} is for copies", hint="say for whom: --for names.csv")
        return None
    if set(formats) - {"pdf"}:
        raise mistake("copies are for paper", hint="leave out --format, or leave out --for")
    from cramsheet import shelf
    from cramsheet.bindery.copying import Group
    from cramsheet.plan import names

    path = Path(people)
    is_list = path.suffix.casefold() in _LISTS or _is_file(path)
    found = (
        names.people(shelf.listed(path, Path.cwd(), caps)) if is_list else (names.person(people),)
    )
    return Group(found, watermark, not one_sided)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # no name that a file could have
        return False
