"""Which blocks stand in which column: pure arithmetic over heights, no layout.

Blocks keep their order: they run down the columns, domain by domain. All lengths are in one unit
of the caller's choice. Breaks are chosen over the whole document at once (dynamic programming),
as a typesetter would: even columns first, then no split topics.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise, takewhile

_SPLIT = 0.0009  # what breaking inside a topic costs, as a squared share of a column: 3 % of slack
_NARROWEST = 0.5  # of the mean fill: a column less full is no candidate while a fuller one exists


@dataclass(frozen=True)
class Piece:
    """A block as packing sees it: its height, and the room it wants above and below.

    Rooms of neighbours overlap (the larger counts) and vanish at the ends of a column. A heading
    stays with what follows; `topic` tells pieces of one topic.
    """

    height: float
    above: float
    below: float
    heading: bool = False
    topic: int = 0


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
        gaps = [0.0] + [max(one.below, two.above) for one, two in pairwise(pieces)]
        self.gaps = gaps
        # tops[i]: where piece i begins; the strip has no room above the first
        self.tops = [0.0]
        for index in range(1, len(pieces)):
            before = self.tops[-1] + pieces[index - 1].height
            self.tops.append(before + gaps[index])
        self.bottoms = [top + piece.height for top, piece in zip(self.tops, pieces, strict=True)]
        self.highest = max((piece.height for piece in pieces), default=0.0)

    def in_order(self, order: Sequence[int]) -> "Strip":
        return Strip([self.pieces[index] for index in order])

    @property
    def height(self) -> float:
        return self.bottoms[-1] if self.bottoms else 0.0

    def taken(self, first: int, last: int) -> float:
        """The height of a column of the pieces first to last (not included)."""
        return self.bottoms[last - 1] - self.tops[first]

    def fits(self, first: int, capacity: float) -> int:
        """The end of the longest column that begins with a piece."""
        last = bisect_right(self.bottoms, self.tops[first] + capacity + 1e-6)
        while last > first and self.pieces[last - 1].heading and last < len(self.pieces):
            last -= 1
        return last


def floated(strip: Strip, capacities: Sequence[float]) -> list[int]:
    """An order of the pieces that fills the columns better: at the foot of a column, where the next
    piece is too high, smaller ones of the same topic go before it, as a typesetter floats a table.
    """
    waiting, order = list(range(len(strip.pieces))), []
    for capacity in capacities:
        column: list[int] = []
        used = 0.0
        while waiting:
            more = _more(strip, column, waiting[0])
            if used + more > capacity + 1e-6:
                pulled = _pulled(strip, column, waiting, capacity - used)
                column += pulled
                waiting = [index for index in waiting if index not in pulled]
                break
            used += more
            column.append(waiting.pop(0))
        while column and waiting and strip.pieces[column[-1]].heading:
            waiting.insert(0, column.pop())
        order += column
        if not waiting:
            break
    return order + waiting


def _more(strip: Strip, column: Sequence[int], index: int) -> float:
    """What a piece adds to the height of a column."""
    piece = strip.pieces[index]
    gap = max(strip.pieces[column[-1]].below, piece.above) if column else 0.0
    return gap + piece.height


def _pulled(strip: Strip, column: Sequence[int], waiting: Sequence[int], slack: float) -> list[int]:
    """Of the next pieces of the topic those that fill the slack best, in their order."""
    if not column or strip.pieces[waiting[0]].heading:
        return []
    topic = strip.pieces[waiting[0]].topic
    near = list(takewhile(lambda index: strip.pieces[index].topic == topic, waiting[1:]))
    best: list[int] = []
    fullest = 0.0
    for chosen in _choices([index for index in near if strip.pieces[index].height < slack][:8]):
        used, line = 0.0, list(column)
        for index in chosen:
            used += _more(strip, line, index)
            line.append(index)
        if fullest < used <= slack + 1e-6:
            best, fullest = chosen, used
    return best


def _choices(indexes: Sequence[int]) -> Iterator[list[int]]:
    for bits in range(1, 1 << len(indexes)):
        yield [index for place, index in enumerate(indexes) if bits >> place & 1]


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


def even(strip: Strip, capacities: Sequence[float]) -> list[Column] | None:
    """All columns used, and their slack as even as it can be; None when it cannot be done."""
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
            for last, more in _ends(strip, first, capacity, left, narrowest):
                total = cost + more
                if last not in reached or total < reached[last][0]:
                    reached[last] = (total, first)
        best.append(reached)
    if count not in best[-1]:
        return None
    return _traced(strip, best)


def _ends(
    strip: Strip, first: int, capacity: float, left: float, narrowest: float
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
        if last == len(strip.pieces) or not strip.pieces[last - 1].heading:
            ends.append((last, slack * slack + _split(strip, last)))
        last -= 1
    return ends


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

    Slack goes into the gaps in proportion to them, up to `most` times a gap.
    """
    tops = [
        strip.tops[index] - strip.tops[column.first] for index in range(column.first, column.last)
    ]
    gaps = strip.gaps[column.first + 1 : column.last]
    slack, room = capacity - column.height, sum(gaps)
    if slack <= 0 or room <= 0:
        return tops
    factor = min(slack / room, most)
    added = accumulate((gap * factor for gap in gaps), initial=0.0)
    return [top + more for top, more in zip(tops, added, strict=True)]
