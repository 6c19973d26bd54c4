"""What the options of `build` order, of the commands that take them."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from cramsheet.desk.allowing import caps
from cramsheet.desk.grouping import group_of

if TYPE_CHECKING:
    from cramsheet.bindery.copying import Group
    from cramsheet.page.shop import Shop
    from cramsheet.plan.generating import Lot
    from cramsheet.plan.job import Job

_LONGEST = 255  # letters of a path; what is longer is a name that a person typed


def named_files(args: argparse.Namespace) -> tuple[Path, ...]:
    """Files that options name; a person's name looks like one that is not there."""
    people = [Path(args.people)] if args.people and len(args.people) < _LONGEST else []
    return *args.fonts, *people


def ordered(
    args: argparse.Namespace, shop: "Shop", lot: "Lot | None" = None
) -> "tuple[Job, Group | None]":
    """The job, and for whom it is copied; raises Mistakes for a word that is not known."""
    from cramsheet import pipeline
    from cramsheet.page.looks import look_of
    from cramsheet.plan.areas import Margins
    from cramsheet.plan.job import FORMATS, Job
    from cramsheet.plan.kinds import KINDS, USUAL
    from cramsheet.plan.looks import DEFAULT_INK, MODERN

    formats = pipeline.choose(args.format, FORMATS, "format") or ("pdf",)
    again = getattr(args, "since", "") and not args.people  # one side is then that of the reprint
    one_sided = args.one_sided and not again
    group = group_of(args.people, args.watermark, one_sided, formats, caps(args))
    looks = pipeline.choose(args.look, shop.names("styles/look"), "look") or (MODERN.name,)
    inks = pipeline.choose(args.ink, shop.names("styles/ink"), "ink") or (DEFAULT_INK,)
    job = Job(
        kinds=pipeline.choose(args.only, KINDS, "kind of document") or USUAL,
        papers=tuple(dict.fromkeys(word.strip() for word in args.paper.split(","))),
        formats=formats,
        edition=args.edition,
        pages=args.pages,
        columns=args.columns,
        large=args.large_print,
        floor=args.floor,
        tells=args.tell_left_out,
        plain=args.plain,
        looks=tuple(look_of(name, shop) for name in looks),
        inks=inks,
        margins=Margins(args.margin, args.binding),
        named=group is not None,
        feet=args.answers == "foot",
        lot=lot,
    )
    return job, group
