"""A budget of pages: exactly so many, in the largest type that fits, with nothing lost in silence.

Every block is laid out once, alone, at its column's width. A model of line counts proposes the
type size, real heights decide: what is left or lacks by a little is made up by drawing everything
a little larger or smaller, and the columns by as much wider or narrower.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

from cramsheet.page.estimate import pieces
from cramsheet.page.writing import Sheet, Writer
from cramsheet.plan import packing
from cramsheet.plan.budget import Budget, by_importance
from cramsheet.plan.packing import Strip
from cramsheet.plan.plan import Plan
from cramsheet.press.blocks import Blocks, lay_blocks, set_blocks
from cramsheet.press.engine import Engine
from cramsheet.press.press import Pages
from cramsheet.press.weasy import PX, content_height
from cramsheet.problems import Mistakes, mistake

_SCALES = (0.975, 1.02)  # drawing may be scaled so much before type is set anew
_STEP = 0.02  # pt
_LAYOUTS = 3  # at most
_ENDLESS = 500  # pages
_STRETCH = 4.0  # times a gap, that spreading may add to it
_ABOUT = (0.985, 1.12)  # times the size of the kind, where no budget is given
_SPARSE = 0.45  # of its pages: less is not spread, even on a budget
_NEARLY_FULL = 0.88  # of its pages: then a document without a budget is spread to the foot, too


@dataclass(frozen=True)
class Fit:
    """How a document came to fit; size in pt as printed, shares of 1."""

    size: float
    columns: int
    fill: tuple[float, ...]  # of each column before spreading
    ends: tuple[float, ...]  # how far down each column ends after it
    left_out: tuple[str, ...]  # element ids of facts
    layouts: int

    def told(self) -> str:
        """In a line for the report."""
        fill = f"filled {sum(self.fill) / len(self.fill):.1%}, least {min(self.fill):.1%}"
        ends = f"columns end within {1 - min(self.ends):.1%} of the foot"
        left = f"{len(self.left_out)} facts left out" if self.left_out else "no fact left out"
        layouts = f"{self.layouts} layout{'s' if self.layouts > 1 else ''}"
        return f"{self.size:.2f} pt, {self.columns} columns, {fill}; {ends}; {left}; {layouts}"


def fitted(writer: Writer, engine: Engine, budget: Budget) -> tuple[Pages, Plan, Fit]:
    """The document on exactly `budget.pages` pages, what of the plan it shows, and how it fits.

    Raises Mistakes when even the must-know facts do not fit at the smallest size.
    """
    head = _head(writer, engine)
    capacities = capacities_of(writer.plan, budget.pages, head)
    size = _proposed(writer.plan, budget, capacities)
    laid, scale, layouts = _settled(writer, engine, budget, capacities, size)
    if scale == 0.0:
        laid, scale = _reduced(laid, budget, capacities)
    stretch = _stretch(laid, scale, capacities, _SPARSE)
    return _finished(writer, engine, laid, capacities, scale, head, layouts, stretch)


def flowing(writer: Writer, engine: Engine) -> tuple[Pages, Plan, Fit] | None:
    """The document at about the size of its kind on as few pages as that takes, these filled.

    None when a block is taller than a column: only the plain way can split it.
    """
    head, size = _head(writer, engine), writer.plan.kind.size
    pages = _pages_proposed(writer.plan, size, head)
    most = pages + _LAYOUTS
    while True:
        budget = Budget(pages, size * _ABOUT[0], size * _ABOUT[1])
        capacities = capacities_of(writer.plan, pages, head)
        proposed = _proposed(writer.plan, budget, capacities)
        laid, scale, layouts = _settled(writer, engine, budget, capacities, proposed)
        if laid.too_tall(min(capacities)):
            return None
        if scale:
            break
        pages += 1
        if pages > most:
            return None
    stretch = _stretch(laid, scale, capacities, _NEARLY_FULL)
    return _finished(writer, engine, laid, capacities, scale, head, layouts, stretch)


def _stretch(laid: Blocks, scale: float, capacities: Sequence[float], least: float) -> float:
    """Columns are spread to the foot only where they are full enough to look so."""
    return _STRETCH if laid.strip.height * scale > least * sum(capacities) else 0.0


def _pages_proposed(plan: Plan, size: float, head: float) -> int:
    """The fewest pages on which the model's blocks stand at a size."""
    em = size * 96 / 72
    strip = Strip(pieces(plan, plan.area.column * PX / em))
    pages = 1
    while not _stands(strip, [room / em for room in capacities_of(plan, pages, head)]):
        pages += 1
    return pages


def _stands(strip: Strip, room: Sequence[float]) -> bool:
    """Whether the blocks fit; those too tall for any column are left to the plain way."""
    fits = packing.filled(strip.in_order(packing.floated(strip, room)), room) is not None
    return fits or strip.highest > max(room) or strip.height < sum(room) / 2


def _head(writer: Writer, engine: Engine) -> float:
    """The height of the title block in px."""
    return content_height(engine.lay(writer.frames([Sheet(1, 1, title=True)])).pages[0])


def _finished(
    writer: Writer,
    engine: Engine,
    laid: Blocks,
    capacities: Sequence[float],
    scale: float,
    head: float,
    layouts: int,
    stretch: float,
) -> tuple[Pages, Plan, Fit]:
    room = [capacity / scale for capacity in capacities]
    columns = packing.even(laid.strip, room) or packing.filled(laid.strip, room)
    assert columns is not None
    pages, ends = set_blocks(writer, engine, laid, columns, room, scale, head, stretch)
    shown = set(laid.plan.ids())
    fit = Fit(
        laid.plan.kind.size * scale,
        laid.plan.area.columns,
        tuple(c.height / r for c, r in zip(columns, room, strict=False)),
        ends,
        tuple(name for name in writer.plan.ids() if name not in shown),
        layouts,
    )
    return pages, laid.plan, fit


def capacities_of(plan: Plan, pages: int, head: float) -> list[float]:
    """The heights of all columns of so many pages, in px; the title takes some of the first's."""
    full, count = plan.area.height * PX, plan.area.columns
    return [full - head] * count + [full] * (count * (pages - 1))


def _proposed(plan: Plan, budget: Budget, capacities: Sequence[float]) -> float:
    """The largest size, in steps of 0.02 pt, at which the model's blocks fit into the columns."""
    low, high = ceil(budget.floor / _STEP), floor(budget.ceiling / _STEP)
    while low < high:
        middle = (low + high + 1) // 2
        em = middle * _STEP * 96 / 72
        strip = Strip(pieces(plan, plan.area.column * PX / em))
        fits = _stands(strip, [capacity / em for capacity in capacities])
        low, high = (middle, high) if fits else (low, middle - 1)
    return low * _STEP


def _settled(
    writer: Writer, engine: Engine, budget: Budget, capacities: Sequence[float], size: float
) -> tuple[Blocks, float, int]:
    """Laid out at a size from which scaling reaches the best; scale 0 when facts must go."""
    for layouts in range(1, _LAYOUTS + 1):
        laid = lay_blocks(writer, engine, size)
        scale, order = largest_scale(laid.strip, capacities)
        least, most = budget.floor / size, min(_SCALES[1], budget.ceiling / size)
        last = layouts == _LAYOUTS or (size >= budget.ceiling and scale >= 1)
        near = _SCALES[0] <= scale <= _SCALES[1]
        if scale >= least and (near or last):
            return laid.in_order(order), min(scale, most), layouts
        if size <= budget.floor:
            break
        size = min(max(size * scale**0.5, budget.floor), budget.ceiling)
    return laid, 0.0, layouts


def largest_scale(strip: Strip, capacities: Sequence[float]) -> tuple[float, list[int]]:
    """The largest scale at which the blocks fit into the columns, and their order then."""
    low, high, best = 0.0, 4.0, list(range(len(strip.pieces)))
    for _ in range(22):
        middle = (low + high) / 2
        room = [capacity / middle for capacity in capacities]
        order = packing.floated(strip, room)
        if packing.filled(strip.in_order(order), room):
            low, best = middle, order
        else:
            high = middle
    return low, best


def _reduced(laid: Blocks, budget: Budget, capacities: Sequence[float]) -> tuple[Blocks, float]:
    """Without the least important facts, as few as can be: heights do not change by it."""
    if tall := laid.too_tall(min(capacities)):
        raise Mistakes(tall)
    going = by_importance(laid.plan, laid.heights())
    musts = laid.without(going)
    if largest_scale(musts.strip, capacities)[0] < 1:
        need = _pages_needed(musts, max(capacities) - capacities[0])
        raise mistake(
            f"the must-know facts need {need} pages at {budget.floor:g} pt, not {budget.pages}",
            hint="give it more pages, or fewer facts the priority must",
        )
    low, high = 0, len(going)
    while low < high:
        middle = (low + high) // 2
        fits = largest_scale(laid.without(going[:middle]).strip, capacities)[0] >= 1
        low, high = (low, middle) if fits else (middle + 1, high)
    kept = laid.without(going[:low])
    scale, order = largest_scale(kept.strip, capacities)
    return kept.in_order(order), min(scale, _SCALES[1])


def _pages_needed(laid: Blocks, head: float) -> int:
    """The fewest pages on which the blocks stand as they are."""
    pages = 1
    while largest_scale(laid.strip, capacities_of(laid.plan, pages, head))[0] < 1:
        pages += 1
        if pages > _ENDLESS:
            raise mistake("a heading and the fact below it are taller than a column")
    return pages
