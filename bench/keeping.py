"""How many pages stay as they were after an edit: `python -m bench.keeping [--edits 10] [--real]`.

For each kind of document and of edit: how often the edit fits where it was made (every fact or
question stays in its column), the share of the other pages that are kept then and when it does not
fit, and how much less full the document is than packed anew. Packs are random, with --real the one
of `content/`.
"""

import argparse
import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.edits import (
    EDITS,
    OF_FACTS,
    OF_QUESTIONS,
    Files,
    edited,
    files_in,
    pack_of_files,
    random_files,
)
from cramsheet.pack.pack import Pack
from cramsheet.page.shop import Shop
from cramsheet.page.writing import Writer
from cramsheet.plan.keeping import Kept
from cramsheet.plan.plan import Order, make_plan
from cramsheet.press import press
from cramsheet.press.engine import Engine
from cramsheet.press.press import Made

ROOT = Path(__file__).parents[1]
_KINDS = {"sheet": OF_FACTS, "notes": OF_FACTS, "booklet": OF_QUESTIONS, "key": OF_QUESTIONS}
_FACTS, _QUESTIONS = 160, 60  # of a random pack


@dataclass(frozen=True)
class Row:
    """A document after an edit."""

    kind: str
    edit: str
    fits: bool
    pages: int
    same: int  # pages
    fill: float  # less than packed anew


def measured(
    packs: Sequence[Files], kinds: Sequence[str], edits: int, engine: Engine, shop: Shop
) -> Iterator[Row]:
    for number, files in enumerate(packs):
        for kind in kinds:
            ways = _KINDS[kind]
            before = _made(pack_of_files(files), kind, engine, shop)
            for way in ways:
                for seed in range(edits):
                    pack = edited(files, way, 1000 * number + seed).pack
                    yield _row(before, pack, kind, way, engine, shop)


def _row(before: Made, pack: Pack, kind: str, way: str, engine: Engine, shop: Shop) -> Row:
    after = _made(pack, kind, engine, shop, before.kept)
    anew = _made(pack, kind, engine, shop)
    same = sum(
        one.code == other.code
        for one, other in zip(before.pages.stamps, after.pages.stamps, strict=False)
    )
    old, new = _places(before.kept), _places(after.kept)
    fits = all(new[name] == column for name, column in old.items() if name in new)
    fill = _full(anew) - _full(after)
    return Row(kind, way, fits, after.pages.count, same, fill)


def _places(kept: Kept) -> dict[str, int]:
    return {name: n for n, column in enumerate(kept.columns) for name in column}


def _full(made: Made) -> float:
    return sum(made.fit.fill) / len(made.setting.room)


def _made(pack: Pack, kind: str, engine: Engine, shop: Shop, kept: Kept | None = None) -> Made:
    writer = Writer(make_plan(pack, Order(kind)), shop)
    return press.lay_out(writer, engine, press.Wish(kept=kept))


def table(rows: Sequence[Row]) -> str:
    lines = ["| document | edit | fits | other pages kept | fits not: other pages kept | fill |"]
    lines += ["| --- | --- | --- | --- | --- | --- |"]
    for kind in _KINDS:
        for way in [*EDITS, "all"]:
            some = [it for it in rows if it.kind == kind and way in (it.edit, "all")]
            if some:
                lines.append(f"| {kind} | {way} | {_told(some)} |")
    return "\n".join(lines)


def _told(rows: Sequence[Row]) -> str:
    fits = [it for it in rows if it.fits]
    rest = [it for it in rows if not it.fits]
    fill = statistics.mean(it.fill for it in rows)
    return f"{len(fits)} of {len(rows)} | {_share(fits)} | {_share(rest)} | {-fill:+.1%}"


def _share(rows: Sequence[Row]) -> str:
    """Of the pages but one."""
    if not rows:
        return ""
    return f"{statistics.mean(min(1.0, it.same / max(1, it.pages - 1)) for it in rows):.0%}"


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m bench.keeping", description=__doc__)
    asked.add_argument("--packs", type=int, default=2)
    asked.add_argument("--edits", type=int, default=10, help="of each kind, for each pack")
    asked.add_argument("--real", action="store_true")
    asked.add_argument("--only", nargs="+", choices=_KINDS, default=[*_KINDS])
    told = asked.parse_args()
    packs = [random_files(seed, _FACTS, _QUESTIONS) for seed in range(told.packs)]
    if told.real:
        packs = [files_in(next((ROOT / "content").glob("*/exam.yaml")).parent)]
    with Engine() as engine:
        rows = list(measured(packs, told.only, told.edits, engine, Shop.open(ROOT)))
    print(table(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
