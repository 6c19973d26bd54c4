"""Which blocks stand in which column: pure arithmetic over heights, no layout.

Blocks keep their order: they run down the columns, domain by domain. All lengths are in one unit
of the caller's choice. Breaks are chosen over the whole document at once (dynamic programming),
as a typesetter would: even columns first, then no split topics.
"""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from math import inf

_SPLIT = 0.0009  # what breaking inside a topic costs, as a squared share of a column: 3 % of slack
_MOVED = 0.05  # what a new break costs where one was before: 22 % of slack
_STIFF = 20.0  # times what slack costs that no gap can take
SQUEEZED = 0.2  # of a gap may go, where a column as it was would be a little too high
SPARSE = 0.85  # of the columns of a sheet: less cannot be spread to their foot
_NARROWEST = 0.5  # of the mean fill: a column less full is no candidate while a fuller one exists


@dataclass(frozen=True)
class Piece:
    """A block as packing sees it: its height, and the room it wants above and below.

    Rooms of neighbours overlap (the larger counts) and vanish at the ends of a column. What
    `keeps` stays with what follows, as a heading does; `topic` tells pieces of one topic; what is
    `fresh` begins a page.
    """

    height: float
    above: float
    below: float
    keeps: bool = False
    topic: int = 0
    fresh: bool = False


@dataclass(frozen=True)
class Column:
    """Pieces first to last (not included), and the height they take."""

    first: int
    last: int
    height: float


class Strip:
    """All pieces in one endless column; columns are cut from it."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces
        self.gaps: list[float] = []  # above each piece; the strip has no room above the first
        self.tops: list[float] = []
        self.bottoms: list[float] = []
        bottom, below = 0.0, -inf
        for piece in pieces:
            gap = max(below, piece.above) if self.tops else 0.0
            top = bottom + gap
            bottom, below = top + piece.height, piece.below
            self.gaps.append(gap)
            self.tops.append(top)
            self.bottoms.append(bottom)

    @cached_property
    def heights(self) -> list[float]:
        return [piece.height for piece in self.pieces]

    @cached_property
    def above(self) -> list[float]:
        return [piece.above for piece in self.pieces]

    @cached_property
    def below(self) -> list[float]:
        return [piece.below for piece in self.pieces]

    @cached_property
    def gap_sums(self) -> list[float]:
        return list(accumulate(self.gaps, initial=0.0))

    @cached_property
    def highest(self) -> float:
        return max((piece.height for piece in self.pieces), default=0.0)

    def in_order(self, order: Sequence[int]) -> "Strip":
        return Strip([self.pieces[index] for index in order])

    @property
    def height(self) -> float:
        return self.bottoms[-1] if self.bottoms else 0.0

    def taken(self, first: int, last: int) -> float:
        """The height of a column of the pieces first to last (not included)."""
        return self.bottoms[last - 1] - self.tops[first]

    def room_between(self, first: int, last: int) -> float:
        """The sum of the gaps in a column of the pieces first to last (not included)."""
        return self.gap_sums[last] - self.gap_sums[min(first + 1, last)]

    def fits(self, first: int, capacity: float) -> int:
        """The end of the longest column that begins with a piece; `first` when none fits."""
        last = bisect_right(self.bottoms, self.tops[first] + capacity + 1e-6)
        while last > first and self.pieces[last - 1].keeps and last < len(self.pieces):
            last -= 1
        return last

    def relaxed(self, highest: float) -> "Strip":
        """Headings may stand alone that are, with what follows, taller than the highest column."""
        pieces, below = list(self.pieces), 0.0
        for index in range(len(pieces) - 1, -1, -1):
            piece = pieces[index]
            below = piece.height + (self.gaps[index + 1] + below if piece.keeps and below else 0.0)
            if piece.keeps and below > highest:
                pieces[index], below = replace(piece, keeps=False), piece.height
        return Strip(pieces)

    def chapters(self) -> list[tuple[int, int]]:
        """The runs of pieces that begin on a page of their own: first and last (not included)."""
        starts = [i for i, piece in enumerate(self.pieces) if piece.fresh or i == 0]
        return list(zip(starts, [*starts[1:], len(self.pieces)], strict=True))

    def part(self, first: int, last: int) -> "Strip":
        return Strip(self.pieces[first:last])


def filled(strip: Strip, capacities: Sequence[float]) -> list[Column] | None:
    """Each column as full as can be; None when the pieces need more columns than there are."""
    columns, first = [], 0
    for capacity in capacities:
        if first == len(strip.pieces):
            break
        last = strip.fits(first, capacity)
        if last == first:
            return None
        columns.append(Column(first, last, strip.taken(first, last)))
        first = last
    return columns if first == len(strip.pieces) else None


def even(
    strip: Strip,
    capacities: Sequence[float],
    kept: Collection[int] = (),
    spread: float = inf,
) -> list[Column] | None:
    """All columns used, and their slack as even as it can be; None when it cannot be done.

    `kept` are pieces that began columns before: a break elsewhere has its price. `spread` is how
    many times a gap may grow; slack beyond that costs more, for it cannot be spread.
    """
    count = len(strip.pieces)
    narrowest = _NARROWEST * min(1.0, strip.height / sum(capacities))
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, -1)}]
    for number, capacity in enumerate(capacities):
        # gaps vanish at the breaks that are still to come
        left = sum(capacities[number + 1 :]) + max(strip.gaps) * len(capacities[number + 1 :])
        reached: dict[int, tuple[float, int]] = {}
        for first, (cost, _) in best[-1].items():
            if first == count:
                reached.setdefault(count, (cost + 1, first))
                continue
            for last, more in _ends(strip, first, capacity, left, narrowest, spread):
                moved = bool(kept) and last not in kept and last != count
                total = cost + more + _MOVED * moved
                if last not in reached or total < reached[last][0]:
                    reached[last] = (total, first)
        best.append(reached)
    if count not in best[-1]:
        return None
    return _traced(strip, best)


def _ends(
    strip: Strip, first: int, capacity: float, left: float, narrowest: float, spread: float
) -> list[tuple[int, float]]:
    """Where a column that begins with a piece may end, and what that costs.

    What would not fit into the columns that are left is no end.
    """
    ends: list[tuple[int, float]] = []
    last = strip.fits(first, capacity)
    while last > first:
        rest = strip.height - strip.tops[last] if last < len(strip.pieces) else 0.0
        if rest > left + 1e-6:
            break
        slack = 1 - strip.taken(first, last) / capacity
        if slack > 1 - narrowest and ends:
            break
        if last == len(strip.pieces) or not strip.pieces[last - 1].keeps:
            most = inf if spread == inf else spread * strip.room_between(first, last)
            stiff = max(0.0, slack - most / capacity)
            ends.append((last, slack * slack + _STIFF * stiff * stiff + _split(strip, last)))
        last -= 1
    return ends


def levelled(strip: Strip, capacities: Sequence[float], last: int) -> list[float]:
    """The capacities with those of the last so many columns as low as the pieces allow: where a
    document ends, its columns end together."""
    low, high = 0.0, 1.0
    while high - low > 0.002:
        middle = (low + high) / 2
        fits = filled(strip, _lowered(capacities, last, middle))
        low, high = (low, middle) if fits else (middle, high)
    return _lowered(capacities, last, high)


def _lowered(capacities: Sequence[float], last: int, share: float) -> list[float]:
    return [*capacities[:-last], *(capacity * share for capacity in capacities[-last:])]


def _split(strip: Strip, last: int) -> float:
    if last == len(strip.pieces):
        return 0.0
    return _SPLIT if strip.pieces[last - 1].topic == strip.pieces[last].topic else 0.0


def _traced(strip: Strip, best: list[dict[int, tuple[float, int]]]) -> list[Column]:
    columns, last = [], len(strip.pieces)
    for reached in reversed(best[1:]):
        first = reached[last][1]
        if first != last:
            columns.append(Column(first, last, strip.taken(first, last)))
        last = first
    return columns[::-1]


def stretched(strip: Strip, column: Column, capacity: float, most: float) -> list[float]:
    """The top of each piece when the column is spread to its capacity.

    Slack goes into the gaps in proportion to them, up to `most` times a gap; what lacks is taken
    from them.
    """
    tops = [
        strip.tops[index] - strip.tops[column.first] for index in range(column.first, column.last)
    ]
    gaps = strip.gaps[column.first + 1 : column.last]
    slack, room = capacity - column.height, sum(gaps)
    if abs(slack) < 1e-6 or room <= 0:
        return tops
    factor = max(-SQUEEZED, min(slack / room, most))
    added = accumulate((gap * factor for gap in gaps), initial=0.0)
    return [top + more for top, more in zip(tops, added, strict=True)]
