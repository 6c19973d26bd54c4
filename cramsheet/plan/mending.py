"""A document set again as it was, but for as few pages as can be around what no longer fits.

Where a column has become too high it is first squeezed a little. Else what stands on its page is
packed anew, or on that page and its neighbours, as few as do; all other pages stay as they are.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, product

from cramsheet.plan.floating import order_as_large
from cramsheet.plan.packing import SPARSE, SQUEEZED, Column, Strip, even, filled, levelled

_NEAR = 1e-6


@dataclass
class Mending:
    """Pieces in their order, where each column of these heights begins, and last where they end.

    `across` is the number of columns on a page. `floats` allows facts to trade places; then columns
    are spread to `level`, a share of their height. Pages from `fixed` on are not what they were in
    any case, for questions have other numbers.
    """

    strip: Strip
    edges: list[int]
    room: Sequence[float]
    across: int
    floats: bool
    spread: float
    level: float = 1.0
    fixed: int = 0
    order: list[int] = field(default_factory=list)

    @property
    def columns(self) -> list[Column]:
        return [
            Column(first, last, self.strip.taken(first, last) if first < last else 0.0)
            for first, last in pairwise(self.edges)
        ]

    @property
    def pages(self) -> int:
        return len(self.room) // self.across

    def mended(self) -> bool:
        """Whether all columns hold what stands in them now."""
        self.order = list(range(len(self.strip.pieces)))
        for number in range(len(self.room)):
            page = number // self.across
            if not self._holds(number):
                if not any(self._packed(*it) for it in self._windows(page)):
                    return False
            elif self._loose(number):
                self._packed(page, page + 1)
        return True

    def _holds(self, number: int) -> bool:
        """Whether a column is not too high, and holds something where something follows."""
        first, last = self.edges[number : number + 2]
        if first == last:
            return first == self.edges[-1] and number // self.across == self.pages - 1
        tight = squeezed(self.strip.part(first, last))
        return tight.height <= self.room[number] + _NEAR

    def _loose(self, number: int) -> bool:
        """Whether a column cannot be spread as far as the others."""
        first, last = self.edges[number : number + 2]
        if not self.floats or first == last:
            return False
        reach = self.strip.taken(first, last) + self.spread * self.strip.room_between(first, last)
        return reach < self.level * self.room[number] - _NEAR

    def page_of(self, piece: int) -> int:
        """The page on which a piece stands, counted from 0; of none, how many there are."""
        if piece >= self.edges[-1]:
            return self.pages
        return (bisect_right(self.edges, piece) - 1) // self.across

    def _windows(self, page: int) -> list[tuple[int, int]]:
        """Runs of pages around one, first and last (not included): those first that change the
        fewest pages, are the fewest, and stand on the fewest sheets of paper."""

        def cost(window: tuple[int, int]) -> tuple[int, int, int, int]:
            first, end = window
            changed = max(0, min(end, max(self.fixed, page + 1)) - first)
            return changed, end - first, (end - 1) // 2 - first // 2, -first

        firsts, ends = range(page + 1), range(page + 1, self.pages + 1)
        return sorted(product(firsts, ends), key=cost)

    def _packed(self, page: int, end: int) -> bool:
        """What stands on some pages packed anew, if they hold it."""
        columns = slice(page * self.across, end * self.across)
        first, last = self.edges[columns.start], self.edges[columns.stop]
        if first == last:
            return False
        part, room = self.strip.part(first, last), self.room[columns]
        inner = {edge - first for edge in self.edges[columns]}
        for strip in (part, squeezed(part)):
            if not _could(strip, room):
                continue
            for order in self._orders(strip, room):
                if edges := self._edges(strip.in_order(order), room, inner, end == self.pages):
                    self.edges[columns] = [first + edge for edge in edges]
                    self._reorder(first, order)
                    return True
        return False

    def _orders(self, strip: Strip, room: Sequence[float]) -> Iterator[Sequence[int]]:
        yield range(len(strip.pieces))
        if self.floats and (order := order_as_large(strip, room)):
            yield order

    def _edges(
        self, strip: Strip, room: Sequence[float], inner: set[int], ends: bool
    ) -> list[int] | None:
        """Where the columns begin; None when they do not hold it, or one of them stays empty."""
        columns = even(strip, self._low(strip, room, ends), inner, self.spread) or filled(
            strip, room
        )
        if columns is None or (len(columns) < len(room) and not ends):
            return None
        more = len(room) - len(columns)
        return [column.first for column in columns] + [len(strip.pieces)] * more

    def _low(self, strip: Strip, room: Sequence[float], ends: bool) -> Sequence[float]:
        """Columns end together where there is little in them, and where the document ends."""
        if self.floats:
            sparse = strip.height < SPARSE * sum(room)
            return levelled(strip, room, len(room)) if sparse else room
        return levelled(strip, room, self.across) if ends else room

    def _reorder(self, first: int, order: Sequence[int]) -> None:
        now = list(range(len(self.order)))
        now[first : first + len(order)] = [first + index for index in order]
        self.order = [self.order[index] for index in now]
        self.strip = self.strip.in_order(now)


def squeezed(strip: Strip) -> Strip:
    """With gaps as small as they may become."""
    share = 1 - SQUEEZED
    return Strip(
        [replace(it, above=it.above * share, below=it.below * share) for it in strip.pieces]
    )


def _could(strip: Strip, room: Sequence[float]) -> bool:
    """Whether the heights allow it at all: gaps vanish where columns begin."""
    vanish = sum(sorted(strip.gaps, reverse=True)[: len(room) - 1])
    return strip.height - vanish <= sum(room) + _NEAR
