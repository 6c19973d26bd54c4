"""The commands `mock` and `practice`: papers to sit an exam on, and what their marker needs."""

import argparse
from collections.abc import Sequence
from dataclasses import replace

from cramsheet import pipeline
from cramsheet.desk.commit import Records, alone, commit, prepare
from cramsheet.desk.progress import Progress, table
from cramsheet.pack.pack import Pack
from cramsheet.page.looks import look_of
from cramsheet.page.shop import Shop
from cramsheet.plan.kinds import SITTING
from cramsheet.plan.looks import DEFAULT_INK, MODERN
from cramsheet.plan.mock import Form, forms
from cramsheet.plan.plan import Order, make_plan
from cramsheet.plan.practice import Wanted, practice
from cramsheet.plan.record import record_of
from cramsheet.problems import mistake

PRINTED = (*SITTING, "key")


def sit_mock(args: argparse.Namespace, packs: Sequence[Pack]) -> None:
    pack = _one(packs)
    made = forms(pack, args.seed, args.forms, args.questions, args.again)
    _print(args, pack, made)


def sit_practice(args: argparse.Namespace, packs: Sequence[Pack]) -> None:
    pack = _one(packs)
    wanted = Wanted(args.domain, args.task, args.tag, args.difficulty)
    _print(args, pack, [practice(pack, args.seed, wanted, args.number)])


def _one(packs: Sequence[Pack]) -> Pack:
    if len(packs) == 1:
        return packs[0]
    names = ", ".join(pack.name for pack in packs)
    raise mistake("a paper is of one exam", hint=f"name it with --exam: {names}")


def _print(args: argparse.Namespace, pack: Pack, made: Sequence[Form]) -> None:
    project = args.project.resolve()
    shop = Shop.open(project, args.fonts)
    orders = [(pack, order) for order in _orders(args, pack, made, shop)]
    output = args.output or project / "output"
    prepare(output)
    progress = Progress(len(orders), args.quiet)
    try:
        printed = pipeline.build(orders, shop, progress, Records(output))
    finally:
        progress.close()
    record = record_of([make_plan(pack, Order("mock", form=form)) for form in made])
    files = {path: data for it in printed for path, data in it.files().items()}
    with alone(output):
        commit(output, {**files, record.path: record.to_json().encode()})
    if not args.quiet:
        print(table(printed))
        print(f"{record.path}: what is right, for `cramsheet mark`")


def _orders(args: argparse.Namespace, pack: Pack, made: Sequence[Form], shop: Shop) -> list[Order]:
    """For each form all that is printed of it; keys and cards point into notes as `build` makes
    them."""
    looks = pipeline.choose(args.look, shop.names("styles/look"), "look") or (MODERN.name,)
    inks = pipeline.choose(args.ink, shop.names("styles/ink"), "ink") or (DEFAULT_INK,)
    notes = pipeline.Job(
        kinds=("notes",),
        papers=tuple(dict.fromkeys(word.strip() for word in args.paper.split(","))),
        looks=tuple(look_of(name, shop) for name in looks),
        inks=inks,
    )
    return [
        replace(it, kind=kind, pages=None, columns=None, notes=it, form=form)
        for _, it in notes.orders([pack])
        for form in made
        for kind in PRINTED
    ]
