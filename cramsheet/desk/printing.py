"""What commands that print have in common: options, packs, and writing all or nothing."""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from cramsheet.caps import USUAL, Caps
from cramsheet.desk.measures import allowance, number

if TYPE_CHECKING:
    from cramsheet.bindery.copying import Group
    from cramsheet.desk.seen import Seen
    from cramsheet.pack.pack import Pack
    from cramsheet.page.shop import Shop
    from cramsheet.plan.plan import Order


def exam(it: argparse.ArgumentParser) -> None:
    """Which packs are read, and how much they may hold."""
    allow(it)
    it.add_argument("--exam", default="", metavar="EXAMS", help="packs by name (default: all)")


def allow(it: argparse.ArgumentParser) -> None:
    about = "more of something than is usual, such as facts=6000; may be given again"
    it.add_argument(
        "--allow", dest="allowed", type=allowance, action="append", default=[],
        metavar="NAME=VALUE", help=about,
    )  # fmt: skip


def caps(args: argparse.Namespace) -> Caps:
    """The usual ones, but for what is allowed."""
    return USUAL.allowing(getattr(args, "allowed", ()))


def fonts(it: argparse.ArgumentParser) -> None:
    it.add_argument(
        "--font", dest="fonts", type=Path, action="append", default=[], metavar="FILE",
        help="a font for letters that ours lack, such as Japanese; may be given again",
    )  # fmt: skip


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
    from cramsheet.desk.commit import Records, alone, commit, prepare
    from cramsheet.desk.progress import Progress, table

    output = args.output or args.project.resolve() / "output"
    prepare(output)
    progress = Progress(len(orders), args.quiet)
    try:
        before = _nothing if getattr(args, "afresh", False) else Records(output)
        printed = pipeline.build(orders, shop, progress, before, group, args.jobs or most_hands())
    finally:
        progress.close()
    with alone(output):
        files = {path: data for it in printed for path, data in it.files().items()}
        commit(output, {**files, **more, **_noted(args, read, files)})
    if not args.quiet:
        print(table(printed))


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
