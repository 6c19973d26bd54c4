"""Facts trade places inside their topic so that columns fill: pure arithmetic over heights.

As a typesetter floats a table: at the foot of a column, of the facts of the topic that breaks
there, those stay that fill it best, in their order, and the others follow in the next column.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from cramsheet.plan.packing import Strip, filled

_WINDOW = (5, 6)  # facts before and after a break that may trade places
_GOOD = 0.004  # of a column: less is not worth a move
_NEAR = 8  # how many of the fullest choices are looked at closely
_STEP, _STEPS = 0.002, 60  # of the scale, from the largest that could be
_FINE = 0.0002
_FULL = 0.98  # so full is full enough: no wider search
_WIDTH = 80  # states that a wide search looks at, over all columns
_CHOICES = 4  # ways to fill a column that it follows


def largest_scale(
    strip: Strip,
    capacities: Sequence[float],
    floats: bool = True,
    thorough: bool = True,
    enough: float = inf,
) -> tuple[float, list[int]]:
    """The largest scale at which the blocks fit into the columns, and their order then.

    0.0 when a block is taller than any column. `floats` allows facts to trade places; a thorough
    search looks on where columns are not full. Where they fit at a scale that is `enough` in the
    order in which they were written, they stay in it.
    """
    if enough < inf and (written := _order_at(strip, capacities, enough, 0)):
        return enough, written
    most = sum(capacities) / max(strip.height - _saved(strip, len(capacities)), 1e-6)
    found = _scanned(strip, capacities, most, floats)
    if floats and thorough and 0 < found[0] < _FULL * most:
        width = max(2, _WIDTH // len(capacities))
        return _refined(strip, capacities, found, most, width)
    return found


def order_as_large(
    strip: Strip, capacities: Sequence[float], floats: bool = True
) -> list[int] | None:
    """An order in which the blocks fit as large as they are; None when they do not."""
    most = sum(capacities) / max(strip.height - _saved(strip, len(capacities)), 1e-6)
    if most < 1:
        return None
    widths = (1, max(2, _WIDTH // len(capacities))) if floats else (0,)
    found = (_order_at(strip, capacities, 1.0, width) for width in widths)
    return next((order for order in found if order), None)


def _scanned(
    strip: Strip, capacities: Sequence[float], most: float, floats: bool
) -> tuple[float, list[int]]:
    """Down from the most in small steps: what fits at a scale need not fit at a smaller one."""
    scale, width = most, 1 if floats else 0
    for _ in range(_STEPS):
        if order := _order_at(strip, capacities, scale, width):
            high = min(scale + most * _STEP, most)
            return _refined(strip, capacities, (scale, order), high, width)
        scale -= most * _STEP
    low: tuple[float, list[int]] = (0.0, list(range(len(strip.pieces))))
    return _refined(strip, capacities, low, scale, width)


def _saved(strip: Strip, columns: int) -> float:
    """What of the height could vanish at most: the room between two columns."""
    return sum(sorted(strip.gaps, reverse=True)[: columns - 1])


def _refined(
    strip: Strip,
    capacities: Sequence[float],
    low: tuple[float, list[int]],
    high: float,
    width: int,
) -> tuple[float, list[int]]:
    while high - low[0] > _FINE * (1 + 4 * (width > 1)) * max(high, 0.1):
        middle = (low[0] + high) / 2
        if order := _order_at(strip, capacities, middle, width):
            low = (middle, order)
        else:
            high = middle
    return low


def _order_at(
    strip: Strip, capacities: Sequence[float], scale: float, width: int
) -> list[int] | None:
    """The order in which the blocks fit at a scale; None when they do not."""
    room = [capacity / scale for capacity in capacities]
    order = floated(strip, room, width) if width else list(range(len(strip.pieces)))
    return order if filled(strip.in_order(order), room) else None


@dataclass(frozen=True)
class _State:
    """Some columns filled: what stands in them, what still waits, and the height that is placed."""

    order: tuple[int, ...]
    waiting: tuple[int, ...]
    placed: float


def floated(strip: Strip, capacities: Sequence[float], width: int = 1) -> list[int]:
    """An order of the pieces that fills columns of these heights better than their own.

    `width` is the number of unfinished sheets that are followed from column to column.
    """
    states = [_State((), tuple(range(len(strip.pieces))), 0.0)]
    for capacity in capacities:
        following: dict[tuple[int, ...], _State] = {}
        for state in states:
            for column, height in _columns(strip, state.waiting, capacity, width):
                waiting = _left(state.waiting, column)
                new = _State(state.order + tuple(column), waiting, state.placed + height)
                if not waiting:
                    return list(new.order)
                following.setdefault(waiting, new)
        if not following:
            break
        states = sorted(following.values(), key=lambda state: -state.placed)[:width]
    return [*states[0].order, *states[0].waiting]


def _left(waiting: tuple[int, ...], column: Sequence[int]) -> tuple[int, ...]:
    """What waits when a column is filled: it takes what comes first, but for the window."""
    taken, reach = set(column), len(column) + sum(_WINDOW) + 1
    first = tuple([index for index in waiting[:reach] if index not in taken])
    return first + waiting[reach:]


def _columns(
    strip: Strip, waiting: Sequence[int], capacity: float, width: int
) -> Iterator[tuple[list[int], float]]:
    """Ways to fill a column with what waits, and their heights; as it comes first, if alone."""
    count, used = _plainly(strip, waiting, capacity)
    plain = list(waiting[:count])
    while plain and count < len(waiting) and strip.pieces[plain[-1]].keeps:
        plain.pop()
    if count == len(waiting) or (width == 1 and used >= (1 - _GOOD) * capacity):
        yield plain, used
        return
    choices = [(_stacked(strip, plain)[0], plain)] if plain else []
    choices += [
        (height, column)
        for column, height in _traded(strip, waiting, count, capacity)
        if height <= capacity + 1e-6
    ]
    if not choices:
        return
    fullest = max(choices, key=lambda it: it[0])
    if width == 1:
        best = fullest if fullest[0] > choices[0][0] + _GOOD * capacity else choices[0]
        yield best[1], best[0]
        return
    ranked = sorted(choices, key=lambda it: -it[0])[:_CHOICES]
    yield from ((column, height) for height, column in [*ranked, choices[0]])


def _plainly(strip: Strip, waiting: Sequence[int], capacity: float) -> tuple[int, float]:
    """How many pieces fit into a column as they come, and the height they take."""
    heights, above, below = strip.heights, strip.above, strip.below
    used, under, count, most = 0.0, 0.0, 0, capacity + 1e-6
    for index in waiting:
        gap = above[index]
        more = used + ((gap if gap > under else under) if count else 0.0) + heights[index]
        if more > most:
            break
        used, under, count = more, below[index], count + 1
    return count, used


def _stacked(
    strip: Strip, pieces: Sequence[int], used: float = 0.0, under: float = -1.0
) -> tuple[float, float]:
    """The height that pieces take below what is used, and the room that the last one wants below
    it; `under` is that of what stands above them, less than 0 when nothing does."""
    heights, above, below = strip.heights, strip.above, strip.below
    for index in pieces:
        gap = above[index]
        used = used + ((gap if gap > under else under) if under >= 0 else 0.0) + heights[index]
        under = below[index]
    return used, under


def _traded(
    strip: Strip, waiting: Sequence[int], count: int, capacity: float
) -> Iterator[tuple[list[int], float]]:
    """Columns in which facts of the breaking topic are chosen to fill it, and their heights."""
    pieces, topic = strip.pieces, strip.pieces[waiting[count]].topic
    first = count
    while first and pieces[waiting[first - 1]].topic == topic:
        first -= 1
    start = first
    while first < len(waiting) and pieces[waiting[first]].keeps:
        first += 1
    last = first
    while last < len(waiting) and pieces[waiting[last]].topic == topic:
        last += 1
    low = max(first, count - _WINDOW[0])
    base = list(waiting[:low])
    free = list(waiting[low : min(last, max(count, low) + _WINDOW[1])])
    used, under = _stacked(strip, base)
    for chosen in _likely(strip, free, capacity - used):
        yield base + chosen, _stacked(strip, chosen, used, under)[0]
    if start:  # the topic as a whole to the next column
        yield list(waiting[:start]), _stacked(strip, waiting[:start])[0]


def _likely(strip: Strip, free: Sequence[int], room: float) -> list[list[int]]:
    """The choices of pieces that fill a room best by a quick reckoning, fullest first."""
    heights, below, sums = strip.heights, strip.below, [0.0]
    for index in free:
        wide = heights[index] + below[index]
        sums += [total + wide for total in sums]
    slack = max((below[index] for index in free), default=0.0)
    near = sorted(
        (mask for mask, total in enumerate(sums) if 0 < total <= room + slack),
        key=sums.__getitem__,
        reverse=True,
    )
    return [
        [index for place, index in enumerate(free) if mask >> place & 1] for mask in near[:_NEAR]
    ]
