"""Figures as vectors, drawn from the data an author gives."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from html import escape
from typing import Literal

from markupsafe import Markup

from cramsheet.pack.facts import Figure
from cramsheet.page.canvas import TINT, WIDTH, Canvas, fit
from cramsheet.page.plots import plotted
from cramsheet.page.tables import text_width
from cramsheet.page.words import Words

Cell = Literal["tp", "fn", "fp", "tn"]

_NAME, _DETAIL, _GAP = 7.2, 5.9, 8.0  # type sizes, and what an arrow takes


def drawing(figure: Figure, words: Words) -> str | None:
    """The figure as an SVG, or None when it is a picture from a file."""
    if figure.plot:
        return plotted(figure.plot)
    if figure.flow:
        return _flow(figure.flow)
    if figure.matrix:
        return _matrix(figure.matrix, words)
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


def _flow(flow: Mapping[str, str]) -> str:
    """Boxes joined by arrows, as wide as their words, in as few rows as hold them."""
    scale, rows = _rows(flow)
    tall = 20.0 if any(flow.values()) else 14.0
    canvas = Canvas(len(rows) * (tall + 7) - 5)
    for row, members in enumerate(rows):
        y, x = 1 + row * (tall + 7), 1.0
        room = WIDTH - 2 - (_GAP if len(rows) > 1 else 0)  # an arrow points out of the row
        more = (room - _row_width(members, flow, scale)) / len(members)
        more = more if len(rows) == 1 else min(more, 8.0)
        for name in members:
            wide = _box_width(name, flow[name], scale) + more
            canvas.box(x, y, wide, tall, TINT if name == next(iter(flow)) else "#fff")
            _label(canvas, x + wide / 2, y, tall, name, flow[name], scale)
            x += wide
            if name != list(flow)[-1]:
                _arrow(canvas, x, y + tall / 2)
            x += _GAP
    return canvas.svg()


def _rows(flow: Mapping[str, str]) -> tuple[float, list[list[str]]]:
    """All boxes in one row, a little smaller if need be; otherwise in rows at full size."""
    names = list(flow)
    for scale in (1.0, 0.93, 0.86):
        if _row_width(names, flow, scale) <= WIDTH - 2:
            return scale, [names]
    rows: list[list[str]] = [[]]
    for name in names:
        if rows[-1] and _row_width([*rows[-1], name], flow, 1.0) > WIDTH - 2 - _GAP:
            rows.append([])
        rows[-1].append(name)
    return 1.0, rows


def _row_width(names: Sequence[str], flow: Mapping[str, str], scale: float) -> float:
    boxes = sum(_box_width(name, flow[name], scale) for name in names)
    return boxes + _GAP * (len(names) - 1)


def _box_width(name: str, detail: str, scale: float) -> float:
    words = max(text_width(name) * _NAME * 1.04, text_width(detail) * _DETAIL) * scale
    return min(words + 5, WIDTH - 8)


def _label(
    canvas: Canvas, x: float, y: float, tall: float, name: str, detail: str, scale: float
) -> None:
    size = fit(name, _NAME * scale, (WIDTH - 14) / 1.04)
    canvas.text(x, y + (8.6 if detail else tall / 2 + 2.4), name, size, "middle", bold=True)
    if detail:
        size = fit(detail, _DETAIL * scale, WIDTH - 14)
        canvas.text(x, y + 15.8, detail, size, "middle", soft=True)


def _arrow(canvas: Canvas, x: float, y: float) -> None:
    """From box to box; at the end of a row it points out, and the row below goes on."""
    end = x + _GAP - 1
    canvas.line([(x + 1, y), (end, y)], 0.8)
    canvas.line([(end - 2.4, y - 1.8), (end, y), (end - 2.4, y + 1.8)], 0.8)


def _matrix(counts: Mapping[Cell, int], words: Words) -> str:
    """A confusion matrix with the measures that follow from it, beside their row or column."""
    tp, fn, fp, tn = counts["tp"], counts["fn"], counts["fp"], counts["tn"]
    canvas = Canvas(68)
    left, top, wide, tall = 34.0, 13.0, 36.0, 18.0
    cells = (("TP", tp, 0, 0), ("FN", fn, 1, 0), ("FP", fp, 0, 1), ("TN", tn, 1, 1))
    for name, count, column, row in cells:
        x, y, right = left + column * wide, top + row * tall, column == row
        canvas.box(x, y, wide, tall, TINT if right else "#fff")
        label = f"{name} {count}"
        canvas.text(x + wide / 2, y + 11.4, label, fit(label, 7.4, wide), "middle", bold=right)
    head, side_word = words("predicted"), words("actual")
    size = fit(f"{head} +", 6, wide - 2)
    canvas.text(left + wide / 2, 9, f"{head} +", size, "middle", soft=True)
    canvas.text(left + 1.5 * wide, 9, f"{head} −", size, "middle", soft=True)
    size = fit(f"{side_word} +", 6, left - 4)
    canvas.text(left - 3, top + 11, f"{side_word} +", size, "end", soft=True)
    canvas.text(left - 3, top + tall + 11, f"{side_word} −", size, "end", soft=True)
    side = left + 2 * wide + 4
    canvas.text(side, top + 8, "recall", 6, soft=True)
    canvas.text(side, top + 15, _share(words, tp, tp + fn), 6.6, bold=True)
    canvas.text(side, top + tall + 8, "specificity", 6, soft=True)
    canvas.text(side, top + tall + 15, _share(words, tn, tn + fp), 6.6, bold=True)
    under = top + 2 * tall + 8
    canvas.text(left + wide / 2, under, f"precision {_share(words, tp, tp + fp)}", 6, "middle")
    accuracy = f"accuracy {_share(words, tp + tn, tp + fn + fp + tn)}"
    f1 = f"F1 {_share(words, 2 * tp, 2 * tp + fp + fn)}"
    canvas.text(left + wide, under + 8.4, f"{accuracy} · {f1}", 6, "middle")
    return canvas.svg()


def _share(words: Words, part: int, whole: int) -> str:
    return words.decimal(part / whole, ".2f") if whole else "–"
