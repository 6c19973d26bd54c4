"""A document in its own type on as few pages as that takes: arithmetic over laid-out blocks.

Where it ends, its columns end together.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from cramsheet.plan import packing
from cramsheet.plan.keeping import Kept, pages_of, renumbered, starts_before
from cramsheet.plan.mending import Mending
from cramsheet.plan.packing import Column, Strip
from cramsheet.press.blocks import Blocks
from cramsheet.press.proposing import capacities
from cramsheet.press.setting import Setting, padded

_A_LITTLE_SMALLER = 0.98  # the scale at which a document may save a page


def run_on(laid: Blocks, head: float, kept: Kept | None = None) -> Setting:
    """`head` is the height in px that the title takes of the first page; `kept` how it was set."""
    scale = _scale(laid, head, kept)
    other = renumbered(kept, laid.names) if kept and laid.plan.kind.asks else len(laid.names)
    columns: list[Column] = []
    room: list[float] = []
    for first, last in laid.strip.chapters():
        names = laid.names[first:last]
        before = pages_of(kept, set(names), set(laid.names)) if kept else []
        rooms = _rooms(laid, scale, 0.0 if room else head)
        chapter = _Chapter(laid.strip.part(first, last), rooms, laid.plan.area.columns)
        known = kept and chapter.as_before(names, before, other - first, laid.plan.kind.spread)
        more, heights = known or chapter.anew()
        columns += [Column(c.first + first, c.last + first, c.height) for c in more]
        room += heights
    return Setting(laid, scale, tuple(columns), tuple(room), laid.plan.kind.spread)


def _scale(laid: Blocks, head: float, kept: Kept | None) -> float:
    """Its own size, or a little less if that saves a page; or as the last time."""
    kind = laid.plan.kind
    if kind.size * _A_LITTLE_SMALLER < kind.floor:
        return 1.0
    if kept is not None and kept.scale in (1.0, _A_LITTLE_SMALLER):
        return kept.scale
    plain, small = (_pages(laid, scale, head) for scale in (1.0, _A_LITTLE_SMALLER))
    return _A_LITTLE_SMALLER if small < plain else 1.0


def _pages(laid: Blocks, scale: float, head: float) -> int:
    pages = 0
    for first, last in laid.strip.chapters():
        strip = laid.strip.part(first, last)
        pages += _fewest_pages(strip, _rooms(laid, scale, 0.0 if pages else head))
    return pages


def _rooms(laid: Blocks, scale: float, head: float) -> Callable[[int], list[float]]:
    """The heights of the columns of so many pages, in px of the blocks."""

    def on(pages: int) -> list[float]:
        room = capacities(laid.plan.area, head, 0.0, pages)
        return [height / scale for height in room]

    return on


_Columns = tuple[tuple[Column, ...], tuple[float, ...]]  # and their heights


@dataclass(frozen=True)
class _Chapter:
    """A run of pieces that begins on a page of its own; `rooms` are the heights of the columns of
    so many pages."""

    strip: Strip
    rooms: Callable[[int], list[float]]
    across: int

    @cached_property
    def fewest(self) -> int:
        return _fewest_pages(self.strip, self.rooms)

    def as_before(
        self, names: Sequence[str], before: Sequence[Sequence[str]], other: int, spread: float
    ) -> _Columns | None:
        """On the pages that there were, or one more; not if it could be two less. Pieces from
        `other` on have other numbers."""
        starts, was = starts_before(before, names, self.strip), len(before) // self.across
        for pages in (was, was + 1) if before else ():
            if self.fewest <= pages <= self.fewest + 1:
                end, room = len(self.strip.pieces), self.rooms(pages)
                edges = [*starts, *[end] * (len(room) + 1 - len(starts))]
                it = Mending(self.strip, edges, room, self.across, False, spread)
                it.fixed = it.page_of(max(0, other))
                if it.mended():
                    return self._ended(it.columns, pages)
        return None

    def anew(self) -> _Columns:
        heights = self.rooms(self.fewest)
        room = packing.levelled(self.strip, heights, self.across)
        columns = packing.even(self.strip, room) or packing.filled(self.strip, room)
        assert columns is not None
        return self._ended(columns, self.fewest)

    def _ended(self, columns: Sequence[Column], pages: int) -> _Columns:
        """The columns of its last page end together."""
        across, room = self.across, self.rooms(pages)
        low = max(column.height for column in columns[across * (pages - 1) :] or columns[-1:])
        return padded(self.strip, columns, [*room[:-across], *[min(low, room[-1])] * across])


def _fewest_pages(strip: Strip, rooms: Callable[[int], list[float]]) -> int:
    full = rooms(2)[len(rooms(1)) :]  # of a page without a title
    gap = max(strip.gaps)  # vanishes where a column begins
    pages = max(1, int(strip.height / sum(height + gap for height in full)))
    while not packing.filled(strip, rooms(pages)):
        pages += 1
    return pages
