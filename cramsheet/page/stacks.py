"""Layers from top to bottom: blocks joined by arrows, and rows of cells."""

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

from cramsheet.page.canvas import CAPS, DEPTH, LEADING, Canvas, Drawing, Look
from cramsheet.page.widths import in_lines

Layers = Mapping[str, str | tuple[str, ...]]

_PAD, _BETWEEN, _TOUCHING = 0.45, 0.85, 0.28


def stacked(layers: Layers, look: Look) -> Drawing:
    canvas = Canvas(look)
    cells = Counter(cell for row in layers.values() if isinstance(row, tuple) for cell in row)
    usual = cells.most_common(1)[0][0] if cells else ""
    left = _heads(canvas, layers)
    y, ends = 0.05, []
    for name, row in layers.items():
        high = _row(canvas, name, row, left, y, usual)
        ends.append((row, y, y + high))
        y += high + (_BETWEEN if isinstance(row, str) else _TOUCHING)
    for (one, _, end), (two, start, _) in pairwise(ends):
        if isinstance(one, str) and isinstance(two, str):
            canvas.arrow((look.width / 2, end + 0.08), (look.width / 2, start - 0.1))
    return canvas.drawing(ends[-1][2] + 0.05)


def _heads(canvas: Canvas, layers: Layers) -> float:
    """Where rows of cells begin, right of their names; 0 where names stand above the rows, since
    a word of a cell would have to be divided."""
    rows = {name: row for name, row in layers.items() if isinstance(row, tuple)}
    most = canvas.width * 0.4 / canvas.look.size
    wides = [canvas.wide(line) for name in rows for line in in_lines(name, most)]
    left = max(wides, default=0.0) + 0.5
    words = ((word, len(row)) for row in rows.values() for cell in row for word in cell.split())
    fits = all(canvas.wide(word, bold=True) + 0.3 < (canvas.width - left) / n for word, n in words)
    return left if fits else 0.0


def _row(
    canvas: Canvas, name: str, row: str | tuple[str, ...], left: float, y: float, usual: str
) -> float:
    if isinstance(row, str):
        return _block(canvas, name, row, y)
    return _cells(canvas, name, row, left, y, usual)


def _block(canvas: Canvas, name: str, detail: str, y: float) -> float:
    """As wide as the column: the name on the left, the detail on the right or below."""
    size, right = canvas.look.size, canvas.width - 0.05
    names = in_lines(name, (right - 2 * _PAD) / size, bold=True)
    beside = _PAD + canvas.wide(names[-1], bold=True) + 0.6 + canvas.wide(detail) + _PAD <= right
    details = [detail] if beside else in_lines(detail, (right - 2 * _PAD) / size)
    count = len(names) + (0 if beside else len(details))
    high = size * (CAPS + DEPTH + LEADING * (count - 1)) + 0.5
    canvas.box(0.05, y, right - 0.05, high, "tint", "hue")
    base = y + 0.27 + size * CAPS
    canvas.lines(_PAD + 0.05, base, names, bold=True)
    if beside:
        canvas.text(right - _PAD, base, detail, anchor="end", colour="soft") if detail else None
    else:
        down = base + len(names) * size * LEADING
        canvas.lines(_PAD + 0.05, down, details, colour="soft")
    return high


def _cells(
    canvas: Canvas, name: str, row: tuple[str, ...], left: float, y: float, usual: str
) -> float:
    """Cells of equal width; what differs from the usual stands on a tint, in bold."""
    size = canvas.look.size
    names = in_lines(name, canvas.width * (0.4 if left else 1.0) / size)
    if not left:
        canvas.lines(0.0, y + size * CAPS + 0.1, names)
        above = size * (CAPS + DEPTH + LEADING * (len(names) - 1)) + 0.2
        return above + _cells(canvas, "", row, 0.05, y + above, usual)
    wide = (canvas.width - 0.05 - left) / len(row)
    lines = [in_lines(cell, (wide - 0.3) / size, bold=cell != usual) for cell in row]
    count = max(len(names), *map(len, lines))
    high = size * (CAPS + DEPTH + LEADING * (count - 1)) + 0.35

    def base(rows: int) -> float:
        return y + (high - size * (CAPS + LEADING * (rows - 1))) / 2 + size * CAPS - 0.02

    if name:
        canvas.lines(left - 0.4, base(len(names)), names, "end")
    for index, cell in enumerate(row):
        odd, x = cell != usual, left + index * wide
        canvas.box(x, y, wide, high, "tint" if odd else "paper", "hue" if odd else "ink", round_=0)
        canvas.lines(x + wide / 2, base(len(lines[index])), lines[index], "middle", bold=odd)
    return high
