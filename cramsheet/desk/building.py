"""The options of `build`, which others have, too."""

import argparse
from pathlib import Path

from cramsheet.desk.caching import no_cache
from cramsheet.desk.grouping import copies
from cramsheet.desk.measures import binding, day_of, margin, per_kind, points
from cramsheet.desk.printing import add_overwrite, exam, fonts


def add_build(it: argparse.ArgumentParser) -> None:
    add = it.add_argument
    kinds = "sheet, notes, booklet, key (default: these), blanks, ask"
    papers = "a4, letter, 3x5, ...; a5-landscape, ...; 120x180mm (default: as exam.yaml says)"
    white = "mm that stay white at each edge, 4 or more; or top,right,bottom,left"
    inner = "mm that the inner margin of notes, booklet and key has more"
    day = "the date printed, as 2026-11-21 (default: the newest content)"
    add("--only", default="", metavar="KINDS", help=kinds)
    exam(it)
    add("--paper", default="", metavar="PAPERS", help=papers)
    add("--margin", type=margin, metavar="MM", help=white)
    add("--binding", type=binding, metavar="MM", help=inner)
    pages = "exactly so many pages of the sheet, or auto; sheet=2,notes=30 for several kinds"
    add("--pages", type=per_kind, default={}, metavar="N", help=pages)
    columns = "columns of the sheet, or auto; sheet=4,booklet=1 for several kinds"
    add("--columns", type=per_kind, default={}, metavar="N", help=columns)
    add("--large-print", action="store_true", help="nothing smaller than 9 pt")
    add("--floor", type=points, metavar="PT", help="the smallest type (default: 6.5, large 9)")
    add("--tell-left-out", action="store_true", help="name at the foot what did not fit")
    places = ("back", "foot")
    add("--answers", choices=places, default="back", help="where blanks are told (default: back)")
    add("--afresh", action="store_true", help="forget how it was set the last time")
    add("--look", default="", metavar="LOOKS", help="modern, classic, compact, clear; or your own")
    add("--ink", default="", metavar="INKS", help="colour, grey, saver, black")
    add("--format", default="pdf", metavar="FORMATS", help="pdf, html (default: pdf)")
    add("--edition", type=day_of, metavar="DAY", help=day)
    add("--output", type=Path, metavar="FOLDER", help="where to (default: output/ of the project)")
    add(
        "--plain", action="store_true", help="let WeasyPrint break the columns, to compare (slower)"
    )
    fonts(it)
    copies(it)
    no_cache(it)
    add_overwrite(it)
    add("--quiet", action="store_true", help="no progress and no table")
