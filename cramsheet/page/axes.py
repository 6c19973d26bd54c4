"""Two axes with their numbers and names, and what stands above them: marks and spans."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from cramsheet.pack.curves import Curves
from cramsheet.page.canvas import AXIS, CAPS, DEPTH, LEADING, Canvas
from cramsheet.page.functions import Points
from cramsheet.page.labelling import Rectangle
from cramsheet.page.widths import in_lines
from cramsheet.page.words import Words

_APART = 0.5  # em between names of marks
_TALL = (5.6, 0.36, 8.2)  # least height of the frame, its share of the width, and most


@dataclass(frozen=True)
class Frame:
    """Where the axes stand, in em, and what they count."""

    box: Rectangle
    xs: tuple[float, float]
    ys: tuple[float, float]

    def x(self, value: float) -> float:
        return _share(value, *self.xs) * (self.box.right - self.box.left) + self.box.left

    def y(self, value: float) -> float:
        return self.box.bottom - _share(value, *self.ys) * (self.box.bottom - self.box.top)

    def points(self, points: Points) -> Points:
        return [(self.x(x), self.y(y)) for x, y in points]


def frame_of(canvas: Canvas, plot: Curves, curves: Mapping[str, Points], words: Words) -> Frame:
    """Below rows for the name of the y axis, for marks and for spans; the first two share a row
    where both have room."""
    tall = min(max(canvas.width * _TALL[1], _TALL[0]), _TALL[2])
    numbers = [canvas.wide(words.decimal(tick)) for tick in plot.y_ticks]
    left = max(numbers, default=0.0) + (0.35 if numbers else 0.1)
    row = canvas.look.size * LEADING
    names = in_lines(plot.y, canvas.width / canvas.look.size)
    box = Rectangle(left, 0.0, canvas.width - 0.1, tall)
    frame = Frame(box, _x_range(plot, curves), _y_range(plot, curves))
    marks = _mark_rows(canvas, plot.marks, frame) if plot.marks else []
    shared = len(marks) == len(names) == 1 and marks[0][0][1] > canvas.wide(names[0]) + 0.6
    top = row * (len(names) + len(plot.spans) + len(marks) - shared) + 0.15
    return replace(frame, box=replace(box, top=top, bottom=top + tall))


def _x_range(plot: Curves, curves: Mapping[str, Points]) -> tuple[float, float]:
    xs = [x for points in (*curves.values(), *plot.dots.values()) for x, _ in points]
    xs += [float(mark) for mark in plot.marks] + list(plot.x_ticks)
    xs += [end for span in plot.spans.values() for end in span]
    if plot.bars:
        bars = places(plot)
        half = gap(bars) / 2 * 1.1
        xs += [min(bars) - half, max(bars) + half]
    low, high = min(xs), max(xs)
    room = 0.04 * (high - low) if plot.dots else 0.0
    return (low - room, high + room) if high > low else (low - 1, high + 1)


def _y_range(plot: Curves, curves: Mapping[str, Points]) -> tuple[float, float]:
    ys = [y for points in (*curves.values(), *plot.dots.values()) for _, y in points]
    ys += [*plot.bars.values(), *plot.y_ticks]
    low, high = min(ys), max(ys)
    if plot.bars or plot.shade:
        low = min(low, 0.0)
    span = (high - low) or 1.0
    on_floor = plot.bars or plot.shade or low in plot.y_ticks
    above = 0.2 if plot.bars and not plot.y_ticks else 0.05
    return low - (0.0 if on_floor else 0.05 * span), high + above * span


def places(plot: Curves) -> list[float]:
    """Where bars stand on the x axis."""
    if plot.numbered:
        return [float(place) for place in plot.bars]
    return [float(index) for index in range(len(plot.bars))]


def gap(values: Sequence[float]) -> float:
    """The least distance of neighbours."""
    return min((b - a for a, b in pairwise(sorted(values))), default=1.0)


def zero_lines(frame: Frame) -> list[Rectangle]:
    """Where the axes count zero inside the frame, as rectangles without a height or a width."""
    box, x, y = frame.box, frame.x(0), frame.y(0)
    found = []
    if frame.ys[0] < 0 < frame.ys[1] and box.bottom - y > 0.4:
        found.append(Rectangle(box.left, y, box.right, y))
    if frame.xs[0] < 0 < frame.xs[1] and x - box.left > 0.4:
        found.append(Rectangle(x, box.top, x, box.bottom))
    return found


def _mark_rows(
    canvas: Canvas, marks: Mapping[str, str], frame: Frame
) -> list[list[tuple[float, float, str]]]:
    """Where each mark stands, where its name begins, and the name: in one row from left to right,
    or each in rows of its own where they are too long for one."""
    found = sorted((frame.x(float(place)), name) for place, name in marks.items())
    wides = [canvas.wide(name) for _, name in found]
    if sum(wides) + _APART * (len(wides) - 1) <= canvas.width:
        starts = _beside([x for x, _ in found], wides, canvas.width)
        return [[(x, start, name) for (x, name), start in zip(found, starts, strict=True)]]
    rows = []
    for x, name in found:
        for line in in_lines(name, canvas.width / canvas.look.size):
            wide = canvas.wide(line)
            rows.append([(x, min(max(x - wide / 2, 0.0), canvas.width - wide), line)])
    return rows


def _beside(middles: Sequence[float], wides: Sequence[float], end: float) -> list[float]:
    """Where texts begin that stand as near to their middles as they can."""
    starts: list[float] = []
    free = 0.0
    for middle, wide in zip(middles, wides, strict=True):
        starts.append(max(free, middle - wide / 2))
        free = starts[-1] + wide + _APART
    for index in reversed(range(len(starts))):  # back from the right edge
        starts[index] = min(starts[index], end - wides[index])
        end = starts[index] - _APART
    return starts


def draw_marks(canvas: Canvas, marks: Mapping[str, str], frame: Frame) -> None:
    """Dashed lines with their names above."""
    top, rows = frame.box.top, _mark_rows(canvas, marks, frame) if marks else []
    for number, row in enumerate(reversed(rows)):
        base = top - 0.3 - number * canvas.look.size * LEADING
        for x, start, name in row:
            canvas.hair(x, base + 0.3, x, frame.box.bottom, "2 1.5")
            canvas.text(start, base, name, colour="soft")


def draw_spans(canvas: Canvas, spans: Mapping[str, tuple[float, float]], frame: Frame) -> None:
    """Lines from one x to another with arrowheads and a name, above each other."""
    size, row = canvas.look.size, canvas.look.size * LEADING
    for number, (name, (low, high)) in enumerate(spans.items()):
        y = frame.box.top - row * (number + 0.5) - 0.1
        left, right = frame.x(low), frame.x(high)
        half = canvas.wide(name) / 2 + 0.25
        middle = (left + right) / 2
        for x in (left, right):
            canvas.hair(x, y - 0.3, x, frame.box.bottom, "1.2 1.2")
        if right - left > 2 * half + 1.2:
            canvas.arrow((middle - half, y), (left + 0.05, y))
            canvas.arrow((middle + half, y), (right - 0.05, y))
            canvas.text(middle, y + size * 0.32, name, anchor="middle")
        else:
            canvas.line([(left, y), (right, y)], AXIS)
            fits = right + 2 * half < canvas.width
            x, anchor = (right + 0.3, "start") if fits else (left - 0.3, "end")
            canvas.text(x, y + size * 0.32, name, anchor=anchor)


def draw_axes(canvas: Canvas, plot: Curves, frame: Frame, words: Words) -> float:
    """The lines, their numbers and names; how far down all that reaches."""
    box, size = frame.box, canvas.look.size
    canvas.line([(box.left, box.top), (box.left, box.bottom), (box.right, box.bottom)], AXIS)
    free = box.bottom + size
    for tick in sorted(plot.y_ticks):
        y = frame.y(tick)
        canvas.hair(box.left - 0.2, y, box.left, y)
        if y > free:
            continue  # no room above its neighbour
        free = y - size
        number = words.decimal(tick)
        canvas.text(box.left - 0.3, y + size * 0.33, number, anchor="end", colour="soft")
    base = box.bottom + (0.35 if plot.x_ticks else 0.25) + size * CAPS
    taken, low = _numbers(canvas, plot, frame, base, words)
    for line, text in enumerate(in_lines(plot.x, canvas.width / size)):
        wide = canvas.wide(text)
        if line or (low > box.bottom and (plot.bars or taken > box.right - wide - 0.4)):
            base = low + size * CAPS + 0.1 if not line else base + size * LEADING
        canvas.text(box.right, base, text, anchor="end", colour="soft")
        low = max(low, base + size * DEPTH)
    for line, text in enumerate(in_lines(plot.y, canvas.width / size)):
        canvas.text(0, size * (0.8 + line * LEADING), text, colour="soft")
    return low


def _numbers(
    canvas: Canvas, plot: Curves, frame: Frame, base: float, words: Words
) -> tuple[float, float]:
    """Numbers or names below the x axis: how far right and how far down they reach."""
    size, right, low = canvas.look.size, 0.0, frame.box.bottom
    labels = {tick: words.decimal(tick) for tick in plot.x_ticks}
    if plot.bars and not labels:
        labels = dict(zip(places(plot), plot.bars, strict=True))
    step = frame.x(gap(list(labels))) - frame.x(0.0) if labels else 0.0
    for place, label in sorted(labels.items()):
        x = frame.x(place)
        lines = in_lines(label, max(step - 0.3, 1.2) / size) if plot.bars else [label]
        wide = max(map(canvas.wide, lines))
        middle = min(max(x, wide / 2), canvas.width - wide / 2)
        if middle - wide / 2 < right + 0.15 and right:
            continue  # no room beside its neighbour
        if plot.x_ticks:
            canvas.hair(x, frame.box.bottom, x, frame.box.bottom + 0.2)
        canvas.lines(middle, base, lines, "middle", "ink" if plot.bars else "soft")
        right = middle + wide / 2
        low = max(low, base + (len(lines) - 1) * size * LEADING + size * DEPTH)
    return right, low


def _share(value: float, low: float, high: float) -> float:
    return (value - low) / (high - low)
