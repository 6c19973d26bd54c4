"""A document fitted: on so many pages in the largest type, or on the fewest in its own.

Every block is laid out once, alone, at its column's width, in a size that is proposed; real heights
decide: what is left or lacks by a little is made up by drawing everything a little larger or
smaller, and the columns by as much wider or narrower.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf

from cramsheet.page.small import MOST_SHRUNK
from cramsheet.page.writing import Writer
from cramsheet.plan import packing
from cramsheet.plan.areas import Area
from cramsheet.plan.budget import Budget, by_importance, coarse_rank
from cramsheet.plan.floating import largest_scale, order_as_large
from cramsheet.plan.keeping import Kept
from cramsheet.plan.packing import Strip
from cramsheet.plan.plan import Plan
from cramsheet.press.blocks import Blocks
from cramsheet.press.engine import Engine
from cramsheet.press.laying import lay_blocks
from cramsheet.press.proposing import capacities, fewest_in, proposed, size_in
from cramsheet.press.running import run_on
from cramsheet.press.setting import Setting, padded
from cramsheet.press.staying import set_again, stayed
from cramsheet.problems import Mistakes, mistake

_SCALES = (MOST_SHRUNK, 1.03)  # drawing may be scaled so much before type is set anew
_LAYOUTS = 3  # at most
_SECOND_LOOK = 16  # facts that may come back
_EXACT = 10_000


@dataclass
class Fitting:
    """One document being fitted.

    `head` and `foot` are the heights in px that the title takes of the first page and a line at the
    foot of the last; `pages` are those of the facts in the notes.
    """

    writer: Writer
    engine: Engine
    head: float
    kept: Kept | None = None
    pages: Mapping[str, int] = field(default_factory=dict)
    foot_if_less: float = 0.0  # what the foot takes when something is left out
    foot: float = 0.0
    layouts: int = 0
    stays: str = ""  # what of it is set as before

    @property
    def plan(self) -> Plan:
        return self.writer.plan

    def on_pages(self, budget: Budget) -> Setting:
        """On exactly `budget.pages` pages.

        Raises Mistakes when even what must be there does not fit at the smallest size.
        """
        kept = self.kept
        if kept and kept.pages == budget.pages and (setting := self._again(kept, budget)):
            return setting
        area, size = proposed(self.plan, budget, self.head)
        self._choose(area)
        laid, scale = self._settled(budget, self.capacities(budget.pages), size)
        if scale == 0.0:
            laid, scale = self._reduced(laid, budget)
        room = self.capacities(budget.pages)  # less a line at the foot, when something was left out
        return self._set(laid, scale, room)

    def about_its_size(self) -> Setting:
        """A sheet without a budget: on as few pages as about its own size takes, these filled."""
        kind = self.plan.kind
        low, high = (kind.size * share for share in kind.about_size)
        low = max(low, kind.floor)

        def budget(pages: int) -> Budget:
            return Budget(pages, low, high if pages > 1 else kind.ceiling)

        if self.kept and (setting := self._again(self.kept, budget(self.kept.pages))):
            return setting
        pages, scale = fewest_in(self.plan, self.head), 0.0
        while not scale:
            size = size_in(self.plan, budget(pages), self.head, kind.size)
            laid, scale = self._settled(budget(pages), self.capacities(pages), size)
            if not scale:
                pages = max(pages + 1, self._pages_needed(laid))
        return self._set(laid, scale, self.capacities(pages))

    def in_its_size(self) -> Setting:
        """On as few pages as its own size takes; where it ends, its columns end together."""
        laid = self._lay(self.plan.kind.size)
        if tall := laid.too_tall(min(self.capacities(1))):
            raise Mistakes(tall)
        anew = run_on(laid, self.head)
        if not self.kept:
            return anew
        setting = run_on(laid, self.head, self.kept)
        self.stays = stayed(self.kept, setting, anew)
        return setting

    def capacities(self, pages: int) -> list[float]:
        """The heights of all columns of so many pages, in px."""
        return capacities(self.plan.area, self.head, self.foot, pages)

    @property
    def _most(self) -> float:
        """The largest scale at which columns stay between the margins of the printer."""
        return min(_SCALES[1], self.plan.area.most_scale)

    # keeping

    def _again(self, kept: Kept, budget: Budget) -> Setting | None:
        """As the last time, if that still fits and is as full, and nothing more important than what
        it shows was left out."""
        area = replace(self.plan.area, columns=kept.across)
        sound = area.holds_words and 0.9 <= kept.scale <= min(1.1, area.most_scale)
        if not sound or not budget.floor <= kept.size * kept.scale <= budget.ceiling + 0.01:
            return None
        whole = self.writer
        self._choose(area)
        laid = self._shown_again(self._lay(kept.size), kept)
        room = [height / kept.scale for height in self.capacities(kept.pages)]
        setting = None
        if laid and not laid.too_tall(min(room)):
            setting = set_again(laid, kept, room)
        if setting is None:
            self.writer, self.foot = whole, 0.0
            return None
        self.stays = stayed(kept, setting)
        return setting

    def _shown_again(self, laid: Blocks, kept: Kept) -> Blocks | None:
        going = set(kept.left_out) & set(laid.plan.ids())
        if not going:
            return laid
        self.foot = self.foot_if_less
        rank = coarse_rank(laid.plan)
        stays = [rank[name] for name in laid.plan.ids() if name not in going]
        if max(rank[name] for name in going) > min(stays, default=(0, 0)):
            return None
        return laid.without(sorted(going))

    # sizes

    def _choose(self, area: Area) -> None:
        self.writer = replace(self.writer, plan=replace(self.plan, area=area))

    def _lay(self, size: float) -> Blocks:
        self.layouts += 1
        tallest = min(self.capacities(1)) / _SCALES[1]
        return lay_blocks(self.writer, self.engine, size, tallest, self.pages)

    def _settled(self, budget: Budget, room: Sequence[float], size: float) -> tuple[Blocks, float]:
        """Laid out at a size from which scaling reaches the best; scale 0 when facts must go."""
        while True:
            laid = self._lay(size)
            if tall := laid.too_tall(min(room) / _SCALES[0]):
                raise Mistakes(tall)
            least, most = budget.floor / size, min(self._most, budget.ceiling / size)
            wanted = budget.ceiling / size  # no larger type is
            enough = wanted if wanted <= self._most else inf
            floats = self.plan.kind.floats
            scale, order = largest_scale(laid.strip, room, floats, enough=enough)
            last = self.layouts >= _LAYOUTS or (size >= budget.ceiling and scale >= 1)
            near = _SCALES[0] <= scale <= _SCALES[1]
            if scale >= max(least, _SCALES[0]) and (near or last):
                return laid.in_order(order), min(scale, most)
            if size <= budget.floor or (last and scale < least):
                return laid, 0.0
            # few high blocks in low columns lead the root astray: then it is surely small enough
            size = min(max(size * (scale if last else scale**0.5), budget.floor), budget.ceiling)

    # what does not fit

    def _reduced(self, laid: Blocks, budget: Budget) -> tuple[Blocks, float]:
        """Without the least important facts, as few as can be: heights do not change by it."""
        if laid.plan.kind.size > budget.floor:
            laid = self._lay(budget.floor)
        floats = self.plan.kind.floats
        self.foot = self.foot_if_less
        room = self.capacities(budget.pages)
        going = by_importance(laid.plan, laid.heights())
        musts = laid.without(going)
        if musts.blocks and largest_scale(musts.strip, room, floats)[0] < 1:
            need = self._pages_needed(musts)
            what = "questions" if self.plan.kind.asks else "must-know facts"
            raise mistake(
                f"the {what} need {need} pages at {budget.floor:g} pt, not {budget.pages}",
                hint="give it more pages" + (", or fewer facts the priority must" if going else ""),
            )

        def stands(without: Sequence[str]) -> bool:
            return order_as_large(laid.without(without).strip, room, floats) is not None

        low, high = 0, len(going)
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if stands(going[:middle]) else (middle + 1, high)
        out, rank = going[:low], coarse_rank(laid.plan)
        for name in going[max(0, low - _SECOND_LOOK) : max(0, low - 1)][::-1]:
            # a smaller fact of the same priority may find room
            if rank[name][0] == rank[going[low - 1]][0] and stands([n for n in out if n != name]):
                out.remove(name)
        kept = laid.without(out)
        scale, order = largest_scale(kept.strip, room, floats)
        held = order_as_large(kept.strip, room, floats) if scale < 1 else None
        if held is not None:  # what fits at a scale need not fit at a smaller one
            scale, order = 1.0, held
        return kept.in_order(order), min(scale, self._most)

    def _pages_needed(self, laid: Blocks) -> int:
        """The fewest pages on which the blocks stand as they are."""
        if tall := laid.too_tall(min(self.capacities(1))):
            raise Mistakes(tall)  # no number of pages is enough
        pages = max(1, int(laid.strip.height / sum(capacities(self.plan.area, 0.0, 0.0, 1))))
        while largest_scale(laid.strip, self.capacities(pages), self.plan.kind.floats)[0] < 1:
            pages += 1
        return pages

    # columns

    def _set(self, laid: Blocks, scale: float, capacities: Sequence[float]) -> Setting:
        scale = int(scale * _EXACT) / _EXACT  # as a record keeps it
        room = [height / scale for height in capacities]
        spread, lower = self.plan.kind.spread, _lower(laid.strip, room)
        columns = packing.even(laid.strip, lower, spread=spread) or packing.filled(
            laid.strip, lower
        )
        assert columns is not None
        return Setting(laid, scale, *padded(laid.strip, columns, room), spread)


def _lower(strip: Strip, room: Sequence[float]) -> Sequence[float]:
    """Where there is little to print, columns so low that all hold some of it."""
    sparse = strip.height < packing.SPARSE * sum(room)
    return packing.levelled(strip, room, len(room)) if sparse else room
