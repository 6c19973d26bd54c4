"""A confusion matrix, with the measures that follow from it beside their row or column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from cramsheet.page.canvas import CAPS, DEPTH, LEADING, Canvas, Drawing, Look
from cramsheet.page.widths import wide
from cramsheet.page.words import Words

Cell = Literal["tp", "fn", "fp", "tn"]
Measures = Sequence[tuple[str, str]]  # name and value

_TALL, _GAP = 2.75, 0.45  # em: a cell, and from the cells to what stands beside them


@dataclass(frozen=True)
class Grid:
    """Where the four cells stand, in em; in a narrow one words stand above and measures below."""

    left: float
    top: float
    cell: float
    narrow: bool

    @property
    def right(self) -> float:
        return self.left + 2 * self.cell

    @property
    def bottom(self) -> float:
        return self.top + 2 * _TALL


def crossed(counts: Mapping[Cell, int], look: Look, words: Words) -> Drawing:
    canvas = Canvas(look)
    tp, fn, fp, tn = counts["tp"], counts["fn"], counts["fp"], counts["tn"]
    measures = (
        (words("recall"), _share(words, tp, tp + fn)),
        (words("specificity"), _share(words, tn, tn + fp)),
        (words("precision"), _share(words, tp, tp + fp)),
        (words("accuracy"), _share(words, tp + tn, tp + fn + fp + tn)),
        ("F1", _share(words, 2 * tp, 2 * tp + fp + fn)),
    )
    grid = _grid(canvas, words, max(canvas.wide(str(it), bold=True) for it in counts.values()))
    (_narrow_heads if grid.narrow else _heads)(canvas, words, grid)
    cells = (("TP", tp, 0, 0), ("FN", fn, 1, 0), ("FP", fp, 0, 1), ("TN", tn, 1, 1))
    for name, count, column, row in cells:
        x, y = grid.left + column * grid.cell, grid.top + row * _TALL
        _cell(canvas, (name, str(count)), x, y, grid.cell, column == row)
    return canvas.drawing((_below if grid.narrow else _around)(canvas, measures, grid))


def _grid(canvas: Canvas, words: Words, number: float) -> Grid:
    """For numbers so wide."""
    size, width = canvas.look.size, canvas.width
    left = max(canvas.wide(words("actual")), 1.0) + _GAP
    beside = max(canvas.wide(words(name)) for name in ("recall", "specificity"))
    cell = (width - beside - _GAP - 0.1 - left) / 2
    below = canvas.wide(words("accuracy")) + canvas.wide(words("precision")) / 2 + 0.4
    if cell >= max(number * 1.15 + 0.5, below / 1.5):
        return Grid(left, size * (CAPS + LEADING) + 0.45, cell, narrow=False)
    left = canvas.wide("−", bold=True) + _GAP
    top = size * (CAPS + 2 * LEADING) + 0.45
    return Grid(left, top, (width - left - 0.1) / 2, narrow=True)


def _heads(canvas: Canvas, words: Words, grid: Grid) -> None:
    size = canvas.look.size
    canvas.text(
        grid.left + grid.cell, size * CAPS, words("predicted"), anchor="middle", colour="soft"
    )
    middle = grid.top + _TALL + size * 0.25
    canvas.text(grid.left - _GAP, middle, words("actual"), anchor="end", colour="soft")
    _signs(canvas, grid, 0.25)


def _narrow_heads(canvas: Canvas, words: Words, grid: Grid) -> None:
    size = canvas.look.size
    canvas.text(0, size * CAPS, f"→ {words('predicted')}", colour="soft")
    canvas.text(0, size * (CAPS + LEADING), f"↓ {words('actual')}", colour="soft")
    _signs(canvas, grid, 0.0)


def _signs(canvas: Canvas, grid: Grid, apart: float) -> None:
    """Above the columns and left of the rows, `apart` from the word between these."""
    size = canvas.look.size
    for index, sign in enumerate("+−"):
        x = grid.left + grid.cell * (index + 0.5)
        canvas.text(x, grid.top - 0.45, sign, anchor="middle", bold=True)
        y = grid.top + _TALL * (index + 0.5) + size * 0.3 + (apart if index else -apart)
        canvas.text(grid.left - _GAP, y, sign, anchor="end", bold=True)


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


def _around(canvas: Canvas, measures: Measures, grid: Grid) -> float:
    """Each beside its row or below its column, those of the whole in the corner; returns how far
    down they reach."""
    size = canvas.look.size
    for row, (name, value) in enumerate(measures[:2]):
        base = grid.top + (row + 0.5) * _TALL - size * (CAPS + LEADING) / 2 + size * CAPS
        canvas.text(grid.right + _GAP, base, name, colour="soft")
        down = base + size * LEADING
        canvas.text(grid.right + _GAP, down, value, bold=True, colour="hue")
    base, middle = grid.bottom + 0.3 + size * CAPS, grid.left + grid.cell / 2
    canvas.text(middle, base, measures[2][0], anchor="middle", colour="soft")
    down = base + size * LEADING
    canvas.text(middle, down, measures[2][1], anchor="middle", bold=True, colour="hue")
    for row, (name, value) in enumerate(measures[3:]):
        _row(canvas, name, value, grid.right + _GAP, base + row * size * LEADING)
    return down + size * DEPTH


def _below(canvas: Canvas, measures: Measures, grid: Grid) -> float:
    size = canvas.look.size
    x = max(canvas.wide(name) for name, _ in measures) + 0.5
    base = grid.bottom + 0.3 + size * CAPS
    for row, (name, value) in enumerate(measures):
        _row(canvas, name, value, x, base + row * size * LEADING)
    return base + (len(measures) - 1) * size * LEADING + size * DEPTH


def _row(canvas: Canvas, name: str, value: str, x: float, y: float) -> None:
    """Name and value, the value from x on."""
    canvas.text(x - 0.5, y, name, anchor="end", colour="soft")
    canvas.text(x, y, value, bold=True, colour="hue")


def _share(words: Words, part: int, whole: int) -> str:
    return words.decimal(part / whole, ".2f") if whole else "–"
