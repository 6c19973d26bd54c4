"""How well sheets fit their budget of pages: `python -m bench.fit [--packs 50] [--best]`.

For each pack: pages asked for and printed, size, columns, fill before spreading, how far columns
end from the foot, layouts, facts left out, CPU seconds. The pages are what an author would ask
for, between the fewest at the floor and the most at the ceiling; every tenth pack is asked for
fewer than that, so that facts have to go. With --best also the largest size at which the same
facts fit: every real layout in steps of 0.05 pt from the size found up to the one at which the
blocks alone are higher than all columns (slow).
"""

import argparse
import statistics
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

from bench.packs import Dice, random_pack
from cramsheet.page.sheets import Sheet
from cramsheet.page.shop import Shop
from cramsheet.page.writing import Writer
from cramsheet.plan.floating import largest_scale
from cramsheet.plan.plan import Order, Plan, make_plan
from cramsheet.press import press, proof
from cramsheet.press.engine import Engine
from cramsheet.press.laying import lay_blocks
from cramsheet.press.proposing import capacities, fewest_in
from cramsheet.press.setting import Fit
from cramsheet.press.weasy import content_height
from cramsheet.problems import Mistakes

ROOT = Path(__file__).parents[1]
_STEP = 0.05  # pt


@dataclass(frozen=True)
class Row:
    """One sheet: what was asked for and what came of it."""

    seed: int
    facts: int
    pages: int
    printed: int = 0
    fit: Fit | None = None
    seconds: float = 0.0
    best: float = 0.0
    ceiling: float = 0.0
    refused: str = ""

    def __str__(self) -> str:
        head = f"{self.seed}\t{self.facts} facts\t{self.pages} pages"
        if not self.fit:
            return f"{head}\t{self.refused}"
        best = f"\tbest {self.best:.2f}" if self.best else ""
        return (
            f"{head}\t{self.printed} printed\t{self.fit.size:.2f} pt\t{self.fit.columns} columns"
            f"\tfill {self.fit.filled:.3f}\tends {_apart(self.fit):.3f}"
            f"\t{self.fit.layouts} layouts\t{len(self.fit.left_out)} out"
            f"\t{self.seconds:.1f} s{best}"
        )


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--packs", type=int, default=50)
    options.add_argument("--from", type=int, default=0, dest="first", help="the first seed")
    options.add_argument("--most", type=int, default=1500, help="facts of the largest pack")
    options.add_argument("--best", action="store_true")
    asked = options.parse_args()
    rows = []
    with Engine() as engine:
        for seed in range(asked.first, asked.first + asked.packs):
            facts = _facts(seed, asked.most)
            plan, pages = _asked(seed, facts)
            rows.append(_row(engine, plan, seed, facts, pages, asked.best))
            print(rows[-1], flush=True)
    _sum_up([row for row in rows if row.fit], len(rows))
    return 0


def _facts(seed: int, most: int) -> int:
    """From 30 to the most, small packs as often as large ones."""
    share = Dice(f"facts {seed}").below(1000) / 1000
    return int(30 * pow(most / 30, share))


def _asked(seed: int, facts: int) -> tuple[Plan, int]:
    """A plan and its pages: between the fewest and the most that sizes allow by the model, on A5
    where all facts stand on less than a page of A4; fewer than that for every tenth pack."""
    pack = random_pack(seed, facts)
    plan = make_plan(pack, Order("sheet"))
    if _fewest(plan, plan.kind.ceiling) == 1:
        plan = make_plan(pack, Order("sheet", "a5"))
    few, many = _fewest(plan, plan.kind.floor), _fewest(plan, plan.kind.ceiling)
    if seed % 10 == 9:
        return plan, max(1, round(few * 0.8))
    most = max(few, many - 1)  # on one more type would reach the ceiling
    return plan, few + Dice(f"pages {seed}").below(most - few + 1)


def _fewest(plan: Plan, size: float) -> int:
    return fewest_in(replace(plan, kind=replace(plan.kind, size=size)), 40.0)


def _apart(fit: Fit) -> float:
    """How far columns end from each other, as a share of their height."""
    return max(fit.ends) - min(fit.ends)


def _sum_up(rows: list[Row], count: int) -> None:
    fits = [row.fit for row in rows if row.fit]
    print(f"{count} packs, {count - len(rows)} refused: their must-know facts need more pages")
    print(f"page count exact in {sum(row.printed == row.pages for row in rows)} of {len(rows)}")
    fills = [row.fit.filled for row in rows if row.fit and row.fit.size < row.ceiling - 0.01]
    print(f"{len(fits) - len(fills)} at the largest size allowed; of the others")
    print(f"fill before spreading: median {statistics.median(fills):.3f}, least {min(fills):.3f}")
    print(f"97 % or more in {sum(fill >= 0.97 for fill in fills)} of {len(fills)}")
    together = sum(_apart(fit) <= 0.02 for fit in fits)
    print(f"columns end within 2 % of each other in {together} of {len(fits)}")
    layouts = [fit.layouts for fit in fits]
    print(f"one layout in {layouts.count(1)} of {len(fits)}, at most {max(layouts)}")
    if best := [row.best - row.fit.size for row in rows if row.fit and row.best]:
        print(
            f"size below the best found: at most {max(best):.2f} pt,"
            f" more than 0.1 in {sum(more > 0.1 for more in best)} of {len(best)}"
        )


def _row(engine: Engine, plan: Plan, seed: int, facts: int, pages: int, best: bool) -> Row:
    writer = Writer(plan, Shop.open(ROOT))
    started = time.process_time()
    try:
        made = press.lay_out(writer, engine, press.Wish(pages))
        proof.prove(made.pages, made.plan)
    except Mistakes as error:
        return Row(seed, facts, pages, refused=str(error).split("\n")[0])
    seconds = time.process_time() - started
    assert made.plan.count + len(made.fit.left_out) == plan.count
    largest = _best(writer, engine, made) if best else 0.0
    return Row(seed, facts, pages, made.pages.count, made.fit, seconds, largest, plan.kind.ceiling)


def _best(writer: Writer, engine: Engine, made: press.Made) -> float:
    """The largest size at which a real layout of the same facts in the same columns fits."""
    writer = replace(writer, plan=made.plan)
    head = content_height(engine.lay(writer.frames([Sheet(1, 1, title=True)])).pages[0])
    room = capacities(made.plan.area, head, 0.0, made.pages.count)
    kind, best = made.plan.kind, made.fit.size
    size = best + _STEP
    while size <= kind.ceiling + 1e-9:
        laid = lay_blocks(writer, engine, size, min(room))
        if largest_scale(laid.strip, room)[0] >= 1:
            best = size
        if sum(piece.height for piece in laid.strip.pieces) > sum(room):
            break
        size += _STEP
    return best


if __name__ == "__main__":
    sys.exit(main())
