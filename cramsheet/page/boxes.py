"""Box plots: one with the names of its parts, several on a common axis."""

from collections.abc import Callable, Mapping, Sequence

from cramsheet.pack.figures import Box
from cramsheet.page.canvas import AXIS, CAPS, DEPTH, LEADING, Canvas, Drawing, Look
from cramsheet.page.widths import in_lines
from cramsheet.page.words import Words

_TALL, _DOT = 1.9, 0.2  # em: a box, an outlier
_BOLD_LINE = 0.16  # the median

Scaling = Callable[[float], float]


def boxed(boxes: Mapping[str, Box], look: Look, words: Words) -> Drawing:
    canvas = Canvas(look)
    if len(boxes) == 1:
        ((name, box),) = boxes.items()
        return canvas.drawing(_anatomy(canvas, name, box, words))
    return canvas.drawing(_several(canvas, boxes, words))


def _scaling(boxes: Mapping[str, Box], left: float, right: float) -> Scaling:
    values = [value for box in boxes.values() for value in (box.min, box.max, *box.outliers)]
    low, span = min(values), (max(values) - min(values)) or 1.0
    return lambda value: left + (value - low) / span * (right - left)


def _draw(canvas: Canvas, box: Box, x: Scaling, top: float, tall: float) -> None:
    middle, end = top + tall / 2, tall * 0.28
    for one, two in ((box.min, box.q1), (box.q3, box.max)):
        canvas.line([(x(one), middle), (x(two), middle)], AXIS)
    for whisker in (box.min, box.max):
        canvas.line([(x(whisker), middle - end), (x(whisker), middle + end)], AXIS)
    canvas.box(x(box.q1), top, max(x(box.q3) - x(box.q1), 0.05), tall, "tint", "ink", round_=0)
    canvas.line([(x(box.median), top), (x(box.median), top + tall)], _BOLD_LINE, colour="hue")
    for outlier in box.outliers:
        canvas.dot(x(outlier), middle, _DOT, "paper", AXIS)


def _anatomy(canvas: Canvas, name: str, box: Box, words: Words) -> float:
    """The parts named above the box, the range between quartiles and of whiskers below it."""
    size, row = canvas.look.size, canvas.look.size * LEADING
    x = _scaling({name: box}, 0.5, canvas.width - 0.5)
    places = [(box.min, "min"), (box.q1, "Q1"), (box.median, words("median")), (box.q3, "Q3")]
    places.append((box.max, "max"))
    if box.outliers:
        places.append((max(box.outliers, key=lambda it: abs(it - box.median)), words("outlier")))
    labels = [(x(value), label) for value, label in sorted(places)]
    rows = _rows(canvas, labels)
    top = row * rows + 0.35
    _draw(canvas, box, x, top, _TALL)
    _labels(canvas, labels, rows, top, box, x)
    y, free = _below(canvas, box, x, top + _TALL + 0.35)
    lines = in_lines(name, canvas.width / size)
    if len(lines) == 1 and free + canvas.wide(name) + 0.6 < canvas.width:
        y -= size * (CAPS + DEPTH) + 0.1  # beside what stands below the box
    canvas.lines(canvas.width - 0.1, y + size * CAPS + 0.1, lines, "end", "soft")
    return y + size * (CAPS + DEPTH) + row * (len(lines) - 1) + 0.1


def _rows(canvas: Canvas, labels: Sequence[tuple[float, str]]) -> int:
    """Names stand in one row, or by turns in two where they would touch."""
    starts = _starts(canvas, labels)
    return 1 if starts else 2


def _starts(canvas: Canvas, labels: Sequence[tuple[float, str]]) -> list[float]:
    """Where names begin in one row, moved aside by a little; none when there is no room."""
    starts: list[float] = []
    free = 0.0
    for x, label in labels:
        wide = canvas.wide(label)
        start = min(max(free, x - wide / 2), canvas.width - wide)
        if start < free - 0.01 or abs(start + wide / 2 - x) > wide / 2 + 0.4:
            return []
        starts.append(start)
        free = start + wide + 0.4
    return starts


def _labels(
    canvas: Canvas, labels: Sequence[tuple[float, str]], rows: int, top: float, box: Box,
    x: Scaling,
) -> None:  # fmt: skip
    size, row = canvas.look.size, canvas.look.size * LEADING
    one = _starts(canvas, labels)
    for index, (at, label) in enumerate(labels):
        up = index % 2 if rows == 2 else 0
        base = top - 0.35 - up * row - size * DEPTH * 0.6
        wide = canvas.wide(label)
        left = one[index] if one else min(max(0.0, at - wide / 2), canvas.width - wide)
        canvas.text(left, base, label, bold=at == x(box.median))
        inside = x(box.q1) - 0.01 <= at <= x(box.q3) + 0.01
        foot = top if inside else top + _TALL * (0.22 if at in (x(box.min), x(box.max)) else 0.38)
        canvas.hair(at, base + 0.2, at, foot, "1 1" if up else "")


def _below(canvas: Canvas, box: Box, x: Scaling, y: float) -> tuple[float, float]:
    """IQR under the box, and how far whiskers may reach on either side; returns how far down and
    how far right that goes."""
    size = canvas.look.size
    parts = [(box.q1, box.q3, "IQR")]
    reach = 1.5 * (box.q3 - box.q1)
    low, high = x(box.q1 - reach), x(box.q3 + reach)
    if high <= canvas.width - 0.1:
        parts.append((box.q3, box.q3 + reach, "1.5 IQR"))
    if low >= 0.1:
        parts.append((box.q1 - reach, box.q1, "1.5 IQR"))
    free = 0.0
    for one, two, label in parts:
        left, right = x(one), x(two)
        canvas.line([(left, y - 0.2), (left, y + 0.2)], AXIS, colour="soft")
        canvas.line([(right, y - 0.2), (right, y + 0.2)], AXIS, colour="soft")
        canvas.line([(left, y), (right, y)], AXIS, colour="soft")
        wide = canvas.wide(label)
        middle = min(max((left + right) / 2, wide / 2), canvas.width - wide / 2)
        canvas.text(middle, y + 0.3 + size * CAPS, label, anchor="middle", colour="soft")
        free = max(free, right, middle + wide / 2)
    return y + 0.3 + size * (CAPS + DEPTH), free


def _several(canvas: Canvas, boxes: Mapping[str, Box], words: Words) -> float:
    size, tall = canvas.look.size, 1.35
    names = {name: in_lines(name, canvas.width * 0.35 / size) for name in boxes}
    left = max(canvas.wide(line) for lines in names.values() for line in lines) + 0.7
    x = _scaling(boxes, left + 0.3, canvas.width - 0.4)
    y = 0.1
    for name, box in boxes.items():
        high = max(tall, size * LEADING * len(names[name]))
        _draw(canvas, box, x, y + (high - tall) / 2, tall)
        block = size * (CAPS + LEADING * (len(names[name]) - 1))
        canvas.lines(left - 0.5, y + (high - block) / 2 + size * CAPS, names[name], "end")
        y += high + 0.45
    return _axis(canvas, boxes, x, left, y, words)


def _axis(
    canvas: Canvas, boxes: Mapping[str, Box], x: Scaling, left: float, y: float, words: Words
) -> float:
    """The least, the greatest and a value between, where there is room."""
    size = canvas.look.size
    values = [value for box in boxes.values() for value in (box.min, box.max, *box.outliers)]
    canvas.line([(left, y), (canvas.width, y)], AXIS)
    for value in (min(values), max(values)):
        label = words.decimal(value)
        wide = canvas.wide(label)
        at = min(max(x(value), left + wide / 2), canvas.width - wide / 2)
        canvas.hair(x(value), y, x(value), y + 0.2)
        canvas.text(at, y + 0.3 + size * CAPS, label, anchor="middle", colour="soft")
    return y + 0.3 + size * (CAPS + DEPTH)
