"""How well sheets fit their budget of pages: `python -m bench.fit [--packs 50] [--best]`.

For each pack: pages asked for and printed, size, fill before spreading, how far columns end from
the foot, layouts, facts left out, CPU seconds. With --best also the largest size at which the same
facts fit, among real layouts at sizes 0.05 pt apart (slow).
"""

import argparse
import statistics
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

from bench.packs import Dice, random_pack
from cramsheet.page.shop import Shop
from cramsheet.page.writing import Sheet, Writer
from cramsheet.plan.budget import Budget
from cramsheet.plan.plan import Order, Plan, make_plan
from cramsheet.press import blocks, fitting, proof
from cramsheet.press.engine import Engine
from cramsheet.press.weasy import content_height
from cramsheet.problems import Mistakes

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Row:
    """One sheet: what was asked for and what came of it."""

    seed: int
    facts: int
    pages: int
    printed: int = 0
    fit: fitting.Fit | None = None
    seconds: float = 0.0
    best: float = 0.0
    refused: str = ""

    @property
    def fill(self) -> float:
        return sum(self.fit.fill) / len(self.fit.fill) if self.fit else 0.0

    def __str__(self) -> str:
        head = f"{self.seed}\t{self.facts} facts\t{self.pages} pages"
        if not self.fit:
            return f"{head}\t{self.refused}"
        best = f"\tbest {self.best:.2f}" if self.best else ""
        return (
            f"{head}\t{self.printed} printed\t{self.fit.size:.2f} pt\tfill {self.fill:.3f}"
            f"\tends {min(self.fit.ends):.3f}\t{self.fit.layouts} layouts"
            f"\t{len(self.fit.left_out)} out\t{self.seconds:.1f} s{best}"
        )


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--packs", type=int, default=50)
    options.add_argument("--most", type=int, default=400, help="facts of the largest pack")
    options.add_argument("--best", action="store_true")
    asked = options.parse_args()
    rows = []
    with Engine() as engine:
        for seed in range(asked.packs):
            dice = Dice(f"fit {seed}")
            facts = 30 + dice.below(max(1, asked.most - 30))
            pages = max(1, round(facts / (75 + dice.below(40))))
            rows.append(_row(engine, seed, facts, pages, asked.best))
            print(rows[-1], flush=True)
    _sum_up([row for row in rows if row.fit], len(rows))
    return 0


def _sum_up(rows: list[Row], count: int) -> None:
    fits = [row.fit for row in rows if row.fit]
    print(f"{count} packs, {count - len(rows)} refused: their must-know facts need more pages")
    print(f"page count exact in {sum(row.printed == row.pages for row in rows)} of {len(rows)}")
    fills = [row.fill for row in rows]
    print(f"fill before spreading: median {statistics.median(fills):.3f}, least {min(fills):.3f}")
    print(f"97 % or more in {sum(fill >= 0.97 for fill in fills)} of {len(fills)}")
    print(f"columns end within 2 % in {sum(min(fit.ends) >= 0.98 for fit in fits)} of {len(fits)}")
    layouts = [fit.layouts for fit in fits]
    print(f"one layout in {layouts.count(1)} of {len(fits)}, at most {max(layouts)}")
    if any(row.best for row in rows):
        worst = max(row.best - row.fit.size for row in rows if row.fit)
        print(f"size below the best found: at most {worst:.2f} pt")


def _row(engine: Engine, seed: int, facts: int, pages: int, best: bool) -> Row:
    plan = make_plan(random_pack(seed, facts), Order("sheet"))
    writer, budget = Writer(plan, Shop.open(ROOT)), Budget(pages)
    started = time.process_time()
    try:
        laid, shown, fit = fitting.fitted(writer, engine, budget)
        proof.prove(laid, shown)
    except Mistakes as error:
        return Row(seed, facts, pages, refused=str(error).split("\n")[0])
    seconds = time.process_time() - started
    assert shown.count + len(fit.left_out) == plan.count
    largest = _best(writer, engine, shown, budget) if best else 0.0
    return Row(seed, facts, pages, laid.count, fit, seconds, largest)


def _best(writer: Writer, engine: Engine, shown: Plan, budget: Budget) -> float:
    """The largest of the sizes 0.05 pt apart at which a real layout of the same facts fits."""
    writer = replace(writer, plan=shown)
    head = content_height(engine.lay(writer.frames([Sheet(1, 1, title=True)])).pages[0])
    room = fitting.capacities_of(shown, budget.pages, head)
    for step in range(round((budget.ceiling - budget.floor) / 0.05), -1, -1):
        size = budget.floor + 0.05 * step
        laid = blocks.lay_blocks(writer, engine, size)
        if fitting.largest_scale(laid.strip, room)[0] >= 1:
            return size
    return 0.0


if __name__ == "__main__":
    sys.exit(main())
