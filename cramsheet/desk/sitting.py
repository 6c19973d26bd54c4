"""The commands `mock` and `practice`: papers to sit an exam on, and what their marker needs."""

import argparse
from collections.abc import Sequence
from dataclasses import replace

from cramsheet import pipeline
from cramsheet.desk.allowing import caps
from cramsheet.desk.grouping import group_of
from cramsheet.desk.printing import packs_of, print_all
from cramsheet.desk.weakness import leaning_of
from cramsheet.pack.pack import Pack
from cramsheet.page.looks import look_of
from cramsheet.page.shop import Shop
from cramsheet.plan.generating import with_generated
from cramsheet.plan.job import Job
from cramsheet.plan.looks import DEFAULT_INK, MODERN
from cramsheet.plan.mock import Form, forms
from cramsheet.plan.plan import Order, make_plan, paper_of
from cramsheet.plan.practice import Wanted, practice
from cramsheet.plan.record import record_of
from cramsheet.plan.sittings import SITTING
from cramsheet.problems import mistake

PRINTED = (*SITTING, "key")
NAMED = ("mock", "answers")  # a person gets these; the others are for whoever marks


def sit_mock(args: argparse.Namespace) -> None:
    pack = _one(args)
    leaning = leaning_of(args.lean, pack)
    _print(args, pack, forms(pack, args.seed, args.forms, args.questions, args.again, leaning))


def sit_practice(args: argparse.Namespace) -> None:
    pack = _one(args)
    wanted = Wanted(args.domain, args.task, args.tag, args.difficulty)
    _print(args, pack, [practice(pack, args.seed, wanted, args.number)])


def _one(args: argparse.Namespace) -> Pack:
    packs = packs_of(args, args.project.resolve())
    if len(packs) == 1:
        return with_generated(packs[0], args.seed) if args.generated else packs[0]
    names = ", ".join(pack.name for pack in packs)
    raise mistake("a paper is of one exam", hint=f"name it with --exam: {names}")


def _print(args: argparse.Namespace, pack: Pack, made: Sequence[Form]) -> None:
    shop = Shop.open(args.project.resolve(), args.fonts)
    group = group_of(args.people, args.watermark, args.one_sided, caps=caps(args))
    orders = [
        (pack, replace(order, named=group is not None and order.kind in NAMED))
        for order in _orders(args, pack, made, shop)
    ]
    if cards := [paper.name for _, it in orders if (paper := paper_of(pack, it)).card]:
        hint = "take a5, or larger paper"
        raise mistake(f"an exam to sit does not stand on {cards[0]}", hint=hint)
    plans = [make_plan(pack, Order("mock", edition=args.edition, form=form)) for form in made]
    record = record_of(plans)
    print_all(orders, shop, args, group, {record.path: record.to_json().encode()})
    if not args.quiet:
        print(f"{record.path}: what is right, for `cramsheet mark`")


def _orders(args: argparse.Namespace, pack: Pack, made: Sequence[Form], shop: Shop) -> list[Order]:
    """For each form all that is printed of it; keys and cards point into notes as `build` makes
    them."""
    looks = pipeline.choose(args.look, shop.names("styles/look"), "look") or (MODERN.name,)
    inks = pipeline.choose(args.ink, shop.names("styles/ink"), "ink") or (DEFAULT_INK,)
    notes = Job(
        kinds=("notes",),
        papers=tuple(dict.fromkeys(word.strip() for word in args.paper.split(","))),
        edition=args.edition,
        looks=tuple(look_of(name, shop) for name in looks),
        inks=inks,
    )
    return [
        replace(it, kind=kind, pages=None, columns=None, notes=it, form=form)
        for _, it in notes.orders([pack])
        for form in made
        for kind in PRINTED
    ]
