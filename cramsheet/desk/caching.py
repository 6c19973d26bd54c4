"""Whether builds keep things for the next ones; `cramsheet cache`, which shows and clears them."""

import argparse
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cramsheet.cellar import place
from cramsheet.cellar.cellar import MOST, Cellar
from cramsheet.cellar.inventory import clear, inventory
from cramsheet.cellar.keeping import keeping_in
from cramsheet.cellar.program import fingerprint
from cramsheet.problems import MachineFault, Problem

_FORM = "1"  # another number forgets all that is kept
_NO_HOME = "there is no home folder to keep anything in"
_CLEAR = "`cramsheet cache --clear` removes it; nothing is lost but time"
# What each kind of thing is, as a person would call it.
_NAMES = {
    "blocks": "facts and questions, laid out",
    "orders": "headings, and the order of documents",
    "figures": "figures",
    "formulas": "formulas",
    "tables": "columns of tables",
    "files": "files of packs, read",
    "inks": "weights of ink",
}


def no_cache(it: argparse.ArgumentParser) -> None:
    about = "neither use nor keep what builds can use again"
    it.add_argument("--no-cache", action="store_true", help=about)


@contextmanager
def kept(args: argparse.Namespace) -> Iterator[None]:
    """What costs time to make is kept for the next time, unless somebody says no."""
    folder = None if getattr(args, "no_cache", False) else _folder()
    if folder is None:
        yield
        return
    with keeping_in(Cellar(folder, lambda: fingerprint(_FORM))):
        yield


def add_cache(it: argparse.ArgumentParser) -> None:
    it.add_argument("--clear", action="store_true", help="empty it")


def cache(args: argparse.Namespace) -> None:
    folder = _folder()
    if folder is None:
        raise MachineFault([Problem(_NO_HOME, hint="set XDG_CACHE_HOME to a folder")])
    if args.clear:
        _clear(folder)
    else:
        _show(folder)


def _clear(folder: Path) -> None:
    try:
        size = clear(folder)
    except OSError as error:
        what = f'"{folder}" cannot be cleared: {error.strerror or error}'
        raise MachineFault([Problem(what, hint="end other builds, and see who owns it")]) from error
    print(f"{folder}: {_size(size)} removed" if size else f"{folder}: nothing is kept")


def _show(folder: Path) -> None:
    found = inventory(folder)
    if found is None:
        raise MachineFault([Problem(f'"{folder / place.NAME}" cannot be read', hint=_CLEAR)])
    if not found.kinds:
        print(f"{folder}: nothing is kept")
        return
    print(f"{folder}: {_size(found.size)} of {_size(MOST)} at most")
    for kind, (count, weight) in sorted(found.kinds.items(), key=lambda it: -it[1][1]):
        print(f"  {count:7,}  {_size(weight):>9}  {_NAMES.get(kind, ascii(kind))}")
    if found.uses:
        first, last = (time.strftime("%Y-%m-%d %H:%M", time.localtime(it)) for it in found.uses)
        print(f"used last on {first}, the oldest; on {last}, the newest")


def _folder() -> Path | None:
    try:
        return place.folder()
    except RuntimeError:
        return None


def _size(bytes_: int) -> str:
    return f"{bytes_ / 1e6:.1f} MB"
