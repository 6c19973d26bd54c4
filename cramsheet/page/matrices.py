"""A confusion matrix, with the measures that follow from it beside their row or column."""

from collections.abc import Mapping
from typing import Literal

from cramsheet.page.canvas import CAPS, DEPTH, LEADING, Canvas, Drawing, Look
from cramsheet.page.widths import wide
from cramsheet.page.words import Words

Cell = Literal["tp", "fn", "fp", "tn"]

_TALL, _GAP = 2.75, 0.45  # em: a cell, and from the cells to what stands beside them


def crossed(counts: Mapping[Cell, int], look: Look, words: Words) -> Drawing:
    canvas = Canvas(look)
    size = look.size
    tp, fn, fp, tn = counts["tp"], counts["fn"], counts["fp"], counts["tn"]
    beside = {
        words("recall"): _share(words, tp, tp + fn),
        words("specificity"): _share(words, tn, tn + fp),
    }
    left = max(canvas.wide(words("actual")), 1.0) + _GAP
    right = look.width - max(map(canvas.wide, beside)) - _GAP - 0.1
    cell, top = (right - left) / 2, size * (CAPS + LEADING) + 0.45
    _heads(canvas, words, left, top, cell)
    cells = (("TP", tp, 0, 0), ("FN", fn, 1, 0), ("FP", fp, 0, 1), ("TN", tn, 1, 1))
    for name, count, column, row in cells:
        good = column == row
        _cell(canvas, (name, str(count)), left + column * cell, top + row * _TALL, cell, good)
    for row, (name, value) in enumerate(beside.items()):
        _measure(canvas, name, value, right + _GAP, top + row * _TALL + _TALL / 2, "start")
    below = top + 2 * _TALL + 0.3 + size * CAPS
    precision = _share(words, tp, tp + fp)
    _below(canvas, words("precision"), precision, left + cell / 2, below)
    accuracy = _share(words, tp + tn, tp + fn + fp + tn)
    f1 = _share(words, 2 * tp, 2 * tp + fp + fn)
    whole = {words("accuracy"): accuracy, "F1": f1}
    apart = max(map(canvas.wide, whole)) > cell * 1.5 - canvas.wide(words("precision")) / 2 - 0.5
    under = below + (2 * size * LEADING if apart else 0.0)
    _whole(canvas, whole, right + _GAP, under)
    return canvas.drawing(under + size * (LEADING + DEPTH))


def _heads(canvas: Canvas, words: Words, left: float, top: float, cell: float) -> None:
    size = canvas.look.size
    canvas.text(left + cell, size * CAPS, words("predicted"), anchor="middle", colour="soft")
    for column, sign in enumerate("+−"):
        x, y = left + cell * (column + 0.5), size * (CAPS + LEADING)
        canvas.text(x, y, sign, anchor="middle", bold=True)
    canvas.text(
        left - _GAP, top + _TALL + size * 0.25, words("actual"), anchor="end", colour="soft"
    )
    for row, sign in enumerate("+−"):
        y = top + _TALL * (row + 0.5) + size * 0.3 + (-0.25 if row == 0 else 0.25)
        canvas.text(left - _GAP, y, sign, anchor="end", bold=True)


def _cell(
    canvas: Canvas, words: tuple[str, str], x: float, y: float, width: float, good: bool
) -> None:
    """The name over the number; right answers stand on a tint, in bold."""
    size = canvas.look.size
    canvas.box(x, y, width, _TALL, "tint" if good else "paper", "hue", 0.09 if good else 0.065, 0)
    base = y + (_TALL - size * (CAPS + LEADING)) / 2 + size * CAPS
    canvas.text(x + width / 2, base, words[0], anchor="middle", colour="soft")
    number = min(size * 1.15, (width - 0.3) / wide(words[1], bold=True))
    number = max(number, canvas.look.least)
    canvas.text(x + width / 2, base + size * LEADING, words[1], number, "middle", bold=good)


def _measure(canvas: Canvas, name: str, value: str, x: float, y: float, anchor: str) -> None:
    size = canvas.look.size
    base = y - size * (CAPS + LEADING) / 2 + size * CAPS
    canvas.text(x, base, name, anchor=anchor, colour="soft")
    canvas.text(x, base + size * LEADING, value, anchor=anchor, bold=True, colour="hue")


def _below(canvas: Canvas, name: str, value: str, x: float, y: float) -> None:
    canvas.text(x, y, name, anchor="middle", colour="soft")
    down = y + canvas.look.size * LEADING
    canvas.text(x, down, value, anchor="middle", bold=True, colour="hue")


def _whole(canvas: Canvas, measures: Mapping[str, str], x: float, y: float) -> None:
    """Measures of the whole matrix; their values stand below those beside the rows."""
    for number, (name, value) in enumerate(measures.items()):
        down = y + number * canvas.look.size * LEADING
        canvas.text(x - 0.5, down, name, anchor="end", colour="soft")
        canvas.text(x, down, value, bold=True, colour="hue")


def _share(words: Words, part: int, whole: int) -> str:
    return words.decimal(part / whole, ".2f") if whole else "–"
