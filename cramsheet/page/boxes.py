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
    spots = _spots(canvas, labels)
    top = row * (max(up for up, _ in spots) + 1) + 0.35
    _draw(canvas, box, x, top, _TALL)
    _labels(canvas, labels, spots, top, box, x)
    y, free = _below(canvas, box, x, top + _TALL + 0.35)
    lines = in_lines(name, canvas.width / size)
    if len(lines) == 1 and free + canvas.wide(name) + 0.6 < canvas.width:
        y -= size * (CAPS + DEPTH) + 0.1  # beside what stands below the box
    canvas.lines(canvas.width - 0.1, y + size * CAPS + 0.1, lines, "end", "soft")
    return y + size * (CAPS + DEPTH) + row * (len(lines) - 1) + 0.1


def _spots(canvas: Canvas, labels: Sequence[tuple[float, str]]) -> list[tuple[int, float]]:
    """The row of each name, counted upwards, and where it begins: all in one row, moved aside by a
    little, or in as many as they need."""
    wides = [canvas.wide(label) for _, label in labels]
    if one := _in_one_row(canvas.width, [x for x, _ in labels], wides):
        return [(0, start) for start in one]
    ends: list[float] = []
    found = []
    for (x, _), wide in zip(labels, wides, strict=True):
        start = min(max(0.0, x - wide / 2), canvas.width - wide)
        row = next((row for row, end in enumerate(ends) if end <= start), len(ends))
        ends[row:] = [start + wide + 0.4, *ends[row + 1 :]]
        found.append((row, start))
    return found


def _in_one_row(width: float, places: Sequence[float], wides: Sequence[float]) -> list[float]:
    """Where names begin; none when one would stand beside what it names."""
    starts: list[float] = []
    free = 0.0
    for x, wide in zip(places, wides, strict=True):
        start = min(max(free, x - wide / 2), width - wide)
        if start < free - 0.01 or abs(start + wide / 2 - x) > wide / 2 + 0.4:
            return []
        starts.append(start)
        free = start + wide + 0.4
    return starts


def _labels(
    canvas: Canvas, labels: Sequence[tuple[float, str]], spots: Sequence[tuple[int, float]],
    top: float, box: Box, x: Scaling,
) -> None:  # fmt: skip
    """Names above the parts, each with a fine line to what it names."""
    row = canvas.look.size * LEADING
    for (at, label), (up, left) in zip(labels, spots, strict=True):
        base = top - 0.35 - up * row - canvas.look.size * DEPTH * 0.6
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
    centre, last = x((box.q1 + box.q3) / 2), canvas.wide("IQR") / 2
    free = 0.0
    for one, two, label in parts:
        left, right, wide = x(one), x(two), canvas.wide(label)
        middle = min(max((left + right) / 2, wide / 2), canvas.width - wide / 2)
        if label != "IQR" and min(right - left, abs(middle - centre) - last) < wide / 2 + 0.3:
            continue  # no room for its name
        _dimension(canvas, left, right, y)
        canvas.text(middle, y + 0.3 + size * CAPS, label, anchor="middle", colour="soft")
        free = max(free, right, middle + wide / 2)
    return y + 0.3 + size * (CAPS + DEPTH), free


def _dimension(canvas: Canvas, left: float, right: float, y: float) -> None:
    for x in (left, right):
        canvas.line([(x, y - 0.2), (x, y + 0.2)], AXIS, colour="soft")
    canvas.line([(left, y), (right, y)], AXIS, colour="soft")


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
    """The least and the greatest value."""
    size = canvas.look.size
    values = [value for box in boxes.values() for value in (box.min, box.max, *box.outliers)]
    canvas.line([(left, y), (canvas.width, y)], AXIS)
    for value in {min(values): 0, max(values): 0}:
        label = words.decimal(value)
        wide = canvas.wide(label)
        at = min(max(x(value), left + wide / 2), canvas.width - wide / 2)
        canvas.hair(x(value), y, x(value), y + 0.2)
        canvas.text(at, y + 0.3 + size * CAPS, label, anchor="middle", colour="soft")
    return y + 0.3 + size * (CAPS + DEPTH)
