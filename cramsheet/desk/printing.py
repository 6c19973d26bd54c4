"""What commands that print have in common: options, packs, and writing all or nothing."""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from cramsheet.desk.allowing import caps
from cramsheet.desk.measures import number

if TYPE_CHECKING:
    from cramsheet.bindery.copying import Group
    from cramsheet.desk.seen import Seen
    from cramsheet.pack.pack import Pack
    from cramsheet.page.shop import Shop
    from cramsheet.plan.plan import Order


_UNPRINTED = "print again: the old edition tells of content alone; an edition record, a PDF of ours"
_UNPRINTED += " or an output folder tells which pages differ"


def exam(it: argparse.ArgumentParser) -> None:
    it.add_argument("--exam", default="", metavar="EXAMS", help="packs by name (default: all)")


def fonts(it: argparse.ArgumentParser) -> None:
    it.add_argument(
        "--font", dest="fonts", type=Path, action="append", default=[], metavar="FILE",
        help="a font for letters that ours lack, such as Japanese; may be given again",
    )  # fmt: skip


def add_overwrite(it: argparse.ArgumentParser) -> None:
    about = "write over files of others that have the name of a document"
    it.add_argument("--overwrite", action="store_true", help=about)


def jobs(it: argparse.ArgumentParser) -> None:
    it.add_argument(
        "--jobs",
        type=number,
        default=0,
        metavar="N",
        help="processes that draw (default: as cores)",
    )


def add_poll(it: argparse.ArgumentParser) -> None:
    slow = "look for saved files by and by, where the system tells of none (network drives)"
    it.add_argument("--poll", action="store_true", help=slow)


def packs_of(args: argparse.Namespace, project: Path) -> "list[Pack]":
    from cramsheet import pipeline, shelf

    content = project / "content"
    known = shelf.exams(content)
    names = pipeline.choose(args.exam, known, "exam") or known
    return shelf.load_all(content, names, Path.cwd(), caps(args))


def unchanged(args: argparse.Namespace) -> bool:
    """Whether the documents are there, ordered in other words; then it says so."""
    from cramsheet.desk.inputs import nothing_to_do

    args.only = args.only or args.usual
    if (said := nothing_to_do(args)) is None:
        return False
    print(said, end="\n" if said else "")
    return True


def print_all(
    orders: "Sequence[tuple[Pack, Order]]",
    shop: "Shop",
    args: argparse.Namespace,
    group: "Group | None" = None,
    more: Mapping[str, bytes] = MappingProxyType({}),
    read: "Sequence[Seen]" = (),
) -> None:
    """Builds, and writes all or nothing; `more` are files that belong to it, by path. What it has
    `read` is noted, too, if that is still the same."""
    from cramsheet import pipeline
    from cramsheet.crew import most_hands
    from cramsheet.desk.commit import Records
    from cramsheet.desk.editions import again, leaflets, names_of, records, since_of
    from cramsheet.desk.handing import publish, ready
    from cramsheet.desk.historical import pasts
    from cramsheet.desk.owned import truthful
    from cramsheet.desk.progress import Progress, table, tell

    output = args.output or args.project.resolve() / "output"
    packs = {pack.name: pack for pack, _ in orders}
    named = (*_names(orders), *names_of(orders, args), *more)
    ready(output, named, args.overwrite)
    since, past = since_of(args, list(packs.values())), pasts(args, packs)
    progress = Progress(len(orders), args.quiet)
    try:
        before = _nothing if getattr(args, "afresh", False) else Records(output)
        printed = pipeline.build(
            orders, shop, progress, before, group, args.jobs or most_hands(),
            since=since, past=past,
        )  # fmt: skip
    finally:
        progress.close()
    lists: dict[str, bytes | None] = {}
    if since:
        from cramsheet.press.engine import Engine

        with Engine() as engine:
            lists = leaflets(since, orders, shop, engine)
    reprints, pages = again(since, printed, bool(getattr(args, "one_sided", False)))
    again_told = [f"print again: {it.told}" for it in reprints] or [_UNPRINTED] * bool(since)
    lines = [] if args.quiet else [table(printed), *again_told]
    files = {path: data for it in printed for path, data in it.files().items()}
    files |= {**records(packs, printed, output), **pages, **lists}
    with truthful(output, files):
        publish(output, {**files, **more, **_noted(args, read, files)}, args.overwrite)
        if lines:
            tell("\n".join(lines))


def _names(orders: "Sequence[tuple[Pack, Order]]") -> Iterator[str]:
    """Of the documents, by path below the output folder; copies are named when they are made."""
    from cramsheet.plan.plan import make_plan

    for pack, order in orders:
        if not order.named:
            yield f"{pack.name}/{make_plan(pack, order).name}.{order.format}"


def _noted(
    args: argparse.Namespace,
    read: "Sequence[Seen]",
    files: "Mapping[str, bytes | tuple[bytes, ...] | None]",
) -> dict[str, bytes]:
    if not read:
        return {}
    from cramsheet.desk.inputs import notes

    return notes(args, read, files)


def _nothing(path: str) -> str:
    return ""
