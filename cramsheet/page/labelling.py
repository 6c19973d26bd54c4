"""Names of curves at the curves themselves, where there is room; all lengths in em."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise, permutations
from math import ceil, floor, hypot

_CELL = 0.2  # em, of the grid on which curves are noted
_NEAR, _CLEAR = 0.29, 0.55  # a name stands so near to its curve, and so clear of the others
_APART = (1.0, 0.15)  # from other names: better, and at least
_ORDERS = 24  # in which names are placed by way of trial

Point = tuple[float, float]
Cells = dict[int, int]  # column of the grid -> its rows, a bit for each


@dataclass(frozen=True, order=True)
class Rectangle:
    left: float
    top: float
    right: float
    bottom: float

    def grown(self, more: float) -> "Rectangle":
        return Rectangle(
            self.left - more, self.top - more, self.right + more, self.bottom + more
        )  # fmt: skip

    def holds(self, other: "Rectangle") -> bool:
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom

    def meets(self, other: "Rectangle") -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


@dataclass
class Ground:
    """What is drawn inside a frame, so that names do not stand on it."""

    frame: Rectangle
    taken: list[Rectangle] = field(default_factory=list)
    cells: dict[str, Cells] = field(default_factory=dict)  # of each curve
    _walks: dict[str, list[Point]] = field(default_factory=dict)

    def draw(self, name: str, points: Sequence[Point]) -> None:
        self._walks[name] = list(_walk(points))
        cells: Cells = {}
        for x, y in self._walks[name]:
            column = floor(x / _CELL)
            cells[column] = cells.get(column, 0) | 1 << max(0, floor(y / _CELL))
        self.cells[name] = cells

    def place(self, sizes: Mapping[str, Point]) -> dict[str, Rectangle]:
        """A rectangle for each name by the width and height that it takes, in the order in which
        they stand best; none at all when one has no room."""
        spots = {name: sorted(self._candidates(name, *sizes[name])) for name in sizes}
        for apart in _APART:
            orders = islice(permutations(sizes), _ORDERS)
            placed = [found for order in orders if (found := _together(spots, order, apart))]
            if placed:
                return min(placed, key=lambda it: it[0])[1]
        return {}

    def _candidates(
        self, name: str, width: float, height: float
    ) -> Iterator[tuple[float, Rectangle]]:
        walk = self._walks[name]
        step = max(1, len(walk) // 60)
        for index in range(0, len(walk), step):
            x, y = walk[index]
            for dx, dy, cost in _SIDES:
                left = x + dx * (width / 2 + _NEAR) - width / 2
                top = y + dy * (height / 2 + _NEAR) - height / 2
                spot = Rectangle(left, top, left + width, top + height)
                if self.frame.holds(spot) and self._free(name, spot):
                    yield cost + self._cost(spot, index / len(walk)), spot

    def _free(self, name: str, spot: Rectangle) -> bool:
        if any(spot.meets(other) for other in self.taken):
            return False
        return not any(
            _covers(spot.grown(_CLEAR if other != name else _NEAR - _CELL), cells)
            for other, cells in self.cells.items()
        )

    def _cost(self, spot: Rectangle, along: float) -> float:
        """Late on the curve is better, and away from the axis on the left."""
        return abs(along - 0.8) * 0.8 + (0.4 if spot.left - self.frame.left < 1.5 else 0.0)


def _together(
    spots: Mapping[str, Sequence[tuple[float, Rectangle]]], order: Sequence[str], apart: float
) -> tuple[float, dict[str, Rectangle]] | None:
    """The best spots that do not meet, chosen name by name, and what they cost together."""
    found: dict[str, Rectangle] = {}
    total = 0.0
    for name in order:
        taken = [spot.grown(apart) for spot in found.values()]
        free = (it for it in spots[name] if not any(it[1].meets(other) for other in taken))
        if (best := next(free, None)) is None:
            return None
        total += best[0]
        found[name] = best[1]
    return total, found


_SIDES = (
    (0.0, -1.0, 0.0), (1.0, 0.0, 0.1), (0.0, 1.0, 0.15), (-1.0, 0.0, 0.3),
    (1.0, -1.0, 0.05), (1.0, 1.0, 0.1), (-1.0, -1.0, 0.1), (-1.0, 1.0, 0.2),
)  # fmt: skip


def _walk(points: Sequence[Point]) -> Iterator[Point]:
    """Points of a line so close to each other that no cell between them is missed."""
    for (x0, y0), (x1, y1) in pairwise(points):
        steps = max(1, ceil(hypot(x1 - x0, y1 - y0) / (_CELL * 0.7)))
        for step in range(steps):
            yield x0 + (x1 - x0) * step / steps, y0 + (y1 - y0) * step / steps
    yield points[-1]


def _covers(spot: Rectangle, cells: Cells) -> bool:
    low, high = max(0, floor(spot.top / _CELL)), max(0, floor(spot.bottom / _CELL))
    rows = (1 << high + 1) - (1 << low)
    columns = range(floor(spot.left / _CELL), floor(spot.right / _CELL) + 1)
    return any(cells.get(column, 0) & rows for column in columns)
