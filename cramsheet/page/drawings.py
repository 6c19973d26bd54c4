"""Figures as vectors, drawn from the data an author gives, in the page's own fonts.

All are drawn on a canvas 150 units wide and told apart by dash and weight, not by colour, so that
they print on anything. One unit is a third of a millimetre in a column of 50 mm.
"""

import math
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise
from typing import Literal

from markupsafe import Markup

from cramsheet.pack.facts import Figure
from cramsheet.pack.figures import Curves

Cell = Literal["tp", "fn", "fp", "tn"]

WIDTH = 150.0
INK, SOFT, HAIR, TINT = "#16181d", "#4a4f59", "#8d94a1", "#eceef2"
_DASHES = ("", "5 2", "1.6 1.6", "7 2 1.6 2", "3 1")
_LETTER = 0.5  # mean advance of a letter of Source Sans, in em

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


@dataclass
class _Canvas:
    height: float
    parts: list[str] = field(default_factory=list)

    def line(self, points: Iterable[tuple[float, float]], width: float, dash: str = "") -> None:
        path = " ".join(f"{x:.2f},{y:.2f}" for x, y in points)
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<polyline points="{path}" fill="none" stroke="{INK}" stroke-width="{width}"'
            f' stroke-linejoin="round"{dashes}/>'
        )

    def hair(self, x1: float, y1: float, x2: float, y2: float, dash: str = "") -> None:
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<line x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}"'
            f' stroke="{HAIR}" stroke-width=".5"{dashes}/>'
        )

    def box(self, x: float, y: float, width: float, height: float, fill: str = "#fff") -> None:
        self.parts.append(
            f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}" rx="1.5"'
            f' fill="{fill}" stroke="{INK}" stroke-width=".6"/>'
        )

    def text(
        self, x: float, y: float, words: str, size: float = 6.4, anchor: str = "start",
        soft: bool = False, bold: bool = False,
    ) -> None:  # fmt: skip
        weight = ' font-weight="700"' if bold else ""
        self.parts.append(
            f'<text x="{x:.2f}" y="{y:.2f}" font-size="{size:.2f}" text-anchor="{anchor}"'
            f' fill="{SOFT if soft else INK}"{weight}>{escape(words)}</text>'
        )

    def svg(self) -> str:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {self.height:g}"'
            f' font-family="CramText">{"".join(self.parts)}</svg>'
        )


def drawing(figure: Figure) -> str | None:
    """The figure as an SVG, or None when it is a picture from a file."""
    if figure.plot:
        return _plot(figure.plot)
    if figure.flow:
        return _flow(figure.flow)
    if figure.matrix:
        return _matrix(figure.matrix)
    return None


def as_image(svg: str, spoken: str) -> Markup:
    """For paper: an image whose text WeasyPrint sets in the fonts of the document."""
    return image(f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}", spoken)


def as_part(svg: str, spoken: str) -> Markup:
    """For screens: a part of the page, for browsers give images no fonts of the page."""
    head = f'<svg class="drawing" role="img" aria-label="{escape(spoken)}" '
    return Markup(svg.replace("<svg ", head, 1))


def image(address: str, spoken: str) -> Markup:
    return Markup(f'<img class="drawing" alt="{escape(spoken)}" src="{address}">')


def _plot(plot: Curves) -> str:
    left, right, top, bottom = 9.0, WIDTH - 2, 4.0, 60.0
    curves = {name: list(_points(plot, name)) for name in plot.curves}
    xs = [x for points in curves.values() for x, _ in points]
    ys = [y for points in curves.values() for _, y in points]
    to_x = _scale(min(xs), max(xs), left, right - 2)
    to_y = _scale(min(ys), max(ys), bottom - 2, top + 2)
    rows = _legend_rows(list(curves))
    canvas = _Canvas(bottom + 8 + 7.5 * len(rows) if len(curves) > 1 else bottom + 8)
    if min(ys) < 0 < max(ys):
        canvas.hair(left, to_y(0), right, to_y(0))
    if min(xs) < 0 < max(xs):
        canvas.hair(to_x(0), top, to_x(0), bottom)
    for place, label in plot.marks.items():
        x = to_x(float(place))
        canvas.hair(x, top, x, bottom, "2 1.5")
        canvas.text(x + 1.5, top + 5, label, 6, soft=True)
    canvas.line([(left, top), (left, bottom), (right, bottom)], 0.7)
    canvas.text(right, bottom + 6.5, plot.x, 6, "end", soft=True)
    _upright(canvas, 5.5, top, plot.y)
    for index, points in enumerate(curves.values()):
        canvas.line([(to_x(x), to_y(y)) for x, y in points], 1.2, _DASHES[index % len(_DASHES)])
    if len(curves) > 1:
        _legend(canvas, rows, list(curves), bottom + 8)
    return canvas.svg()


def _upright(canvas: _Canvas, x: float, top: float, words: str) -> None:
    canvas.parts.append(
        f'<text transform="translate({x:.2f} {top:.2f}) rotate(-90)" font-size="6"'
        f' text-anchor="end" fill="{SOFT}">{escape(words)}</text>'
    )


def _legend_rows(names: list[str]) -> list[list[str]]:
    """The curves' names in rows that fit the width; 16 units go to the sample of the line."""
    rows: list[list[str]] = [[]]
    used = 9.0
    for name in names:
        wide = 16 + len(name) * 6.4 * _LETTER + 5
        if rows[-1] and used + wide > WIDTH:
            rows.append([])
            used = 9.0
        rows[-1].append(name)
        used += wide
    return rows


def _legend(canvas: _Canvas, rows: list[list[str]], names: list[str], top: float) -> None:
    for row, members in enumerate(rows):
        x, y = 9.0, top + 7.5 * row + 4
        for name in members:
            canvas.line([(x, y), (x + 13, y)], 1.2, _DASHES[names.index(name) % len(_DASHES)])
            canvas.text(x + 15, y + 2.1, name)
            x += 16 + len(name) * 6.4 * _LETTER + 5


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


def _flow(flow: Mapping[str, str]) -> str:
    """Boxes joined by arrows, in as many rows as their words need."""
    names = list(flow)
    per_row = max(1, min(len(names), _fitting(flow)))
    rows = [names[start : start + per_row] for start in range(0, len(names), per_row)]
    gap, tall = 8.0, 20.0 if any(flow.values()) else 14.0
    canvas = _Canvas(len(rows) * (tall + 7) - 5)
    wide = (WIDTH - 2 - (per_row - 1) * gap) / per_row
    for row, members in enumerate(rows):
        y = 1 + row * (tall + 7)
        for column, name in enumerate(members):
            x = 1 + column * (wide + gap)
            canvas.box(x, y, wide, tall, TINT if (row, column) == (0, 0) else "#fff")
            _label(canvas, x + wide / 2, y, wide, tall, name, flow[name])
            if name != names[-1]:
                _arrow(canvas, x + wide, y + tall / 2, gap, column == len(members) - 1)
    return canvas.svg()


def _fitting(flow: Mapping[str, str]) -> int:
    """How many boxes a row takes so that the longest words stay readable."""
    longest = max(
        max(len(name) * 7.2 * 0.54, len(detail) * 5.8 * _LETTER) for name, detail in flow.items()
    )
    return int((WIDTH - 2 + 8) // (longest + 6 + 8)) or 1


def _label(
    canvas: _Canvas, x: float, y: float, wide: float, tall: float, name: str, detail: str
) -> None:
    size = min(7.2, (wide - 4) / max(1.0, len(name) * 0.54))
    canvas.text(x, y + (8.6 if detail else tall / 2 + 2.4), name, size, "middle", bold=True)
    if detail:
        small = min(5.9, (wide - 4) / max(1.0, len(detail) * _LETTER))
        canvas.text(x, y + 15.8, detail, small, "middle", soft=True)


def _arrow(canvas: _Canvas, x: float, y: float, gap: float, last: bool) -> None:
    if last:  # the row ends: an arrow that points out says "go on below"
        canvas.text(WIDTH - 1, y + 13.4, "↵", 7, "end", soft=True)
        return
    canvas.line([(x + 1, y), (x + gap - 1, y)], 0.8)
    canvas.line([(x + gap - 3.4, y - 1.8), (x + gap - 1, y), (x + gap - 3.4, y + 1.8)], 0.8)


def _matrix(counts: Mapping[Cell, int]) -> str:
    """A confusion matrix with the measures that follow from it, beside their row or column."""
    tp, fn, fp, tn = counts["tp"], counts["fn"], counts["fp"], counts["tn"]
    canvas = _Canvas(68)
    left, top, wide, tall = 34.0, 13.0, 36.0, 18.0
    cells = (("TP", tp, 0, 0), ("FN", fn, 1, 0), ("FP", fp, 0, 1), ("TN", tn, 1, 1))
    for name, count, column, row in cells:
        x, y, right = left + column * wide, top + row * tall, column == row
        canvas.box(x, y, wide, tall, TINT if right else "#fff")
        canvas.text(x + wide / 2, y + 11.4, f"{name} {count}", 7.4, "middle", bold=right)
    canvas.text(left + wide / 2, 9, "predicted +", 6, "middle", soft=True)
    canvas.text(left + 1.5 * wide, 9, "predicted −", 6, "middle", soft=True)
    canvas.text(left - 3, top + 11, "actual +", 6, "end", soft=True)
    canvas.text(left - 3, top + tall + 11, "actual −", 6, "end", soft=True)
    side = left + 2 * wide + 4
    canvas.text(side, top + 8, "recall", 6, soft=True)
    canvas.text(side, top + 15, _share(tp, tp + fn), 6.6, bold=True)
    canvas.text(side, top + tall + 8, "specificity", 6, soft=True)
    canvas.text(side, top + tall + 15, _share(tn, tn + fp), 6.6, bold=True)
    under = top + 2 * tall + 8
    canvas.text(left + wide / 2, under, f"precision {_share(tp, tp + fp)}", 6.4, "middle")
    canvas.text(
        left + 1.5 * wide, under, f"accuracy {_share(tp + tn, tp + fn + fp + tn)}", 6.4, "middle"
    )
    canvas.text(left + wide, under + 8.4, f"F1 {_share(2 * tp, 2 * tp + fp + fn)}", 6.4, "middle")
    return canvas.svg()


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "–"
