"""Curves over two axes."""

import math
from collections.abc import Callable, Iterable, Mapping
from html import escape
from itertools import pairwise

from cramsheet.pack.figures import Curves
from cramsheet.page.canvas import SOFT, WIDTH, Canvas, fit
from cramsheet.page.tables import text_width

_DASHES = ("", "5 2", "1.6 1.6", "7 2 1.6 2", "3 1")
_LABEL, _LEGEND = 5.9, 6.4  # type sizes

FUNCTIONS: Mapping[str, Callable[[float], float]] = {
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
    "tanh": math.tanh,
    "relu": lambda x: max(0.0, x),
    "gaussian": lambda x: math.exp(-x * x / 2) / math.sqrt(2 * math.pi),
    "log": lambda x: math.log(x) if x > 0 else math.nan,
    "exp": math.exp,
    "square": lambda x: x * x,
    "abs": abs,
    "linear": lambda x: x,
}


def plotted(plot: Curves) -> str:
    left, right, top = 9.0, WIDTH - 2, 9.0 if plot.marks else 3.0
    bottom = top + 56
    curves = {name: list(_points(plot, name)) for name in plot.curves}
    xs = [x for points in curves.values() for x, _ in points] + [float(x) for x in plot.marks]
    ys = [y for points in curves.values() for _, y in points]
    to_x = _scale(min(xs), max(xs), left, right - 2)
    to_y = _scale(min(ys), max(ys), bottom - 2, top + 2)
    rows = _legend_rows(list(curves))
    canvas = Canvas(bottom + 8 + 7.5 * len(rows) if len(curves) > 1 else bottom + 8)
    if min(ys) < 0 < max(ys):
        canvas.hair(left, to_y(0), right, to_y(0))
    if min(xs) < 0 < max(xs):
        canvas.hair(to_x(0), top, to_x(0), bottom)
    _marks(canvas, plot.marks, to_x, top, bottom)
    canvas.line([(left, top), (left, bottom), (right, bottom)], 0.7)
    canvas.text(right, bottom + 6.5, plot.x, fit(plot.x, 6, right), "end", soft=True)
    _upright(canvas, 5.5, top, plot.y, fit(plot.y, 6, bottom))
    for index, points in enumerate(curves.values()):
        canvas.line([(to_x(x), to_y(y)) for x, y in points], 1.2, _DASHES[index % len(_DASHES)])
    if len(curves) > 1:
        _legend(canvas, rows, list(curves), bottom + 8)
    return canvas.svg()


def _marks(
    canvas: Canvas,
    marks: Mapping[str, str],
    to_x: Callable[[float], float],
    top: float,
    bottom: float,
) -> None:
    """Dashed lines with their names above the curves, from left to right without overlap."""
    free = 0.0
    for place in sorted(marks, key=float):
        x, size = to_x(float(place)), fit(marks[place], _LABEL, WIDTH)
        wide = text_width(marks[place]) * size
        canvas.hair(x, top, x, bottom, "2 1.5")
        start = min(max(free, x - wide / 2), WIDTH - wide)
        canvas.text(start, top - 2, marks[place], size, soft=True)
        free = start + wide + 3


def _upright(canvas: Canvas, x: float, top: float, words: str, size: float) -> None:
    canvas.parts.append(
        f'<text transform="translate({x:.2f} {top:.2f}) rotate(-90)" font-size="{size:.2f}"'
        f' text-anchor="end" fill="{SOFT}">{escape(words)}</text>'
    )


def _legend_rows(names: list[str]) -> list[list[str]]:
    """The curves' names in rows that fit the width; 16 units go to the sample of the line."""
    rows: list[list[str]] = [[]]
    used = 9.0
    for name in names:
        wide = 16 + text_width(name) * _LEGEND + 5
        if rows[-1] and used + wide > WIDTH:
            rows.append([])
            used = 9.0
        rows[-1].append(name)
        used += wide
    return rows


def _legend(canvas: Canvas, rows: list[list[str]], names: list[str], top: float) -> None:
    for row, members in enumerate(rows):
        x, y = 9.0, top + 7.5 * row + 4
        for name in members:
            canvas.line([(x, y), (x + 13, y)], 1.2, _DASHES[names.index(name) % len(_DASHES)])
            canvas.text(x + 15, y + 2.1, name, fit(name, 6.4, WIDTH - x - 15))
            x += 16 + text_width(name) * _LEGEND + 5


def _points(plot: Curves, name: str) -> Iterable[tuple[float, float]]:
    function, points = plot.curves[name]
    if not function:
        return _smooth(sorted(points))
    steps = 80
    xs = (plot.low + (plot.high - plot.low) * step / steps for step in range(steps + 1))
    values = ((x, FUNCTIONS[function](x)) for x in xs)
    return [(x, y) for x, y in values if math.isfinite(y)]


def _smooth(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """A monotone cubic through the points (Fritsch and Carlson 1980): it never overshoots."""
    if len(points) < 3:
        return points
    slopes = _tangents(points)
    curve = []
    for index, ((x0, y0), (x1, y1)) in enumerate(pairwise(points)):
        width = x1 - x0
        for step in range(12):
            t = step / 12
            curve.append(
                (
                    x0 + t * width,
                    (2 * t**3 - 3 * t**2 + 1) * y0
                    + (t**3 - 2 * t**2 + t) * width * slopes[index]
                    + (-2 * t**3 + 3 * t**2) * y1
                    + (t**3 - t**2) * width * slopes[index + 1],
                )
            )
    return [*curve, points[-1]]


def _tangents(points: list[tuple[float, float]]) -> list[float]:
    pairs = list(pairwise(points))
    chords = [(b[1] - a[1]) / ((b[0] - a[0]) or 1e-9) for a, b in pairs]
    inner = [
        0.0 if one * two <= 0 else 2 * one * two / (one + two) for one, two in pairwise(chords)
    ]
    return [chords[0], *inner, chords[-1]]


def _scale(low: float, high: float, start: float, end: float) -> Callable[[float], float]:
    span = (high - low) or 1.0
    return lambda value: start + (value - low) / span * (end - start)
