"""The command `mock`: exams on paper, drawn by the blueprint."""

import argparse
from pathlib import Path

from cramsheet.desk.grouping import copies, group_of
from cramsheet.desk.measures import day_of, form_letters, seed, whole
from cramsheet.desk.printing import exam, fonts, packs_of, print_all


def add_mock(it: argparse.ArgumentParser) -> None:
    add = it.add_argument
    add("--seed", default="1", type=seed, metavar="SEED", help="another seed, another paper (1)")
    forms = "a letter for each paper; no question stands in two (default: A)"
    add("--forms", default="A", type=form_letters, metavar="A,B,C", help=forms)
    number = "how many questions (default: as the blueprint says)"
    add("--questions", type=whole, metavar="N", help=number)
    lean = "results of `mark`: domains that were missed more get more questions"
    add("--lean", type=Path, action="append", default=[], metavar="RESULTS", help=lean)
    add("--again", action="store_true", help="forms may share questions")
    exam(it)
    add("--paper", default="", metavar="PAPER", help="a4, letter, ... (default: as exam.yaml says)")
    add("--look", default="", metavar="LOOK", help="modern, classic, compact, clear; or your own")
    add("--ink", default="", metavar="INK", help="colour, grey, saver, black")
    add("--edition", type=day_of, metavar="DAY", help="the date printed (default: newest content)")
    add("--output", type=Path, metavar="FOLDER", help="where to (default: output/ of the project)")
    fonts(it)
    copies(it)
    add("--quiet", action="store_true", help="no progress and no table")


def mock(args: argparse.Namespace) -> None:
    from cramsheet.desk.weakness import leaning_of
    from cramsheet.page.looks import look_of
    from cramsheet.page.shop import Shop
    from cramsheet.plan.kinds import FORM_KINDS
    from cramsheet.plan.looks import DEFAULT_INK, MODERN
    from cramsheet.plan.mock import forms
    from cramsheet.plan.plan import Order

    project = args.project.resolve()
    shop = Shop.open(project, args.fonts)
    look = look_of(args.look, shop) if args.look else MODERN
    packs = packs_of(args, project)
    leaning = leaning_of(args.lean, packs)
    group = group_of(args.people, args.watermark, args.one_sided)
    orders = [
        (
            pack,
            Order(
                kind,
                args.paper,
                "pdf",
                args.edition,
                look=look,
                ink=args.ink or DEFAULT_INK,
                form=form,
                named=group is not None and not FORM_KINDS[kind].answers,
            ),
        )
        for pack in packs
        for form in forms(
            pack, args.seed, args.forms, args.questions, args.again, leaning.get(pack.name)
        )
        for kind in FORM_KINDS
    ]
    print_all(orders, shop, args, project, True, group)
