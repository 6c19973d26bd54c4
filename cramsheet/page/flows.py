"""Boxes joined by arrows, in as few rows as hold them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cramsheet.page.canvas import AXIS, CAPS, LEADING, Canvas, Drawing, Look
from cramsheet.page.widths import balanced

_ARROW, _PAD, _EDGE = 1.25, 0.4, 0.05  # em: an arrow, room beside words, half a line
_BETWEEN = 1.15  # from row to row


@dataclass(frozen=True)
class Step:
    """A box of a flow: its lines and how wide these are."""

    name: tuple[str, ...]
    detail: tuple[str, ...]
    wide: float


def flowing(flow: Mapping[str, str], look: Look) -> Drawing:
    canvas = Canvas(look)
    room = look.width - 2 * _EDGE
    rows = _even_rows([_step(canvas, *it, room) for it in flow.items()], room)
    more = [(room - _wide(row)) / len(row) for row in rows]
    y = _EDGE
    for number, row in enumerate(rows):
        high = max(_height(canvas, step) for step in row)
        _row(canvas, row, more[number], y, high, (number == 0, number == len(rows) - 1))
        y += high + _BETWEEN
        if number + 1 < len(rows):
            start = _starts(row, more[number])[-1]
            end = _starts(rows[number + 1], more[number + 1])[0]
            _on(canvas, sum(start) / 2, sum(end) / 2, y - _BETWEEN)
    return canvas.drawing(y - _BETWEEN + _EDGE)


def _on(canvas: Canvas, start: float, end: float, y: float) -> None:
    """From under the last box of a row to above the first of the next."""
    half, low = y + _BETWEEN * 0.45, y + _BETWEEN - 0.08
    if abs(start - end) > 0.3:
        canvas.line([(start, y + 0.04), (start, half), (end, half)], AXIS)
        canvas.arrow((end, half), (end, low))
    else:
        canvas.arrow((end, y + 0.04), (end, low))


def _step(canvas: Canvas, name: str, detail: str, room: float) -> Step:
    inside = (room - 2 * _PAD) / canvas.look.size
    names = balanced(name, inside, bold=True)
    details = balanced(detail, inside) if detail else []
    wides = [canvas.wide(line, bold=True) for line in names] + [*map(canvas.wide, details)]
    return Step(tuple(names), tuple(details), max(wides) + 2 * _PAD)


def _even_rows(steps: Sequence[Step], room: float) -> list[list[Step]]:
    """As few rows as hold the boxes, and boxes spread over them as evenly as can be."""
    count = len(_rows(steps, room))
    low, high = 0.0, room
    while high - low > 0.1:
        middle = (low + high) / 2
        if len(_rows(steps, middle)) > count:
            low = middle
        else:
            high = middle
    return _rows(steps, high)


def _rows(steps: Sequence[Step], room: float) -> list[list[Step]]:
    rows: list[list[Step]] = [[]]
    for step in steps:
        if rows[-1] and _wide([*rows[-1], step]) > room:
            rows.append([])
        rows[-1].append(step)
    return rows


def _wide(row: Sequence[Step]) -> float:
    return sum(step.wide for step in row) + _ARROW * (len(row) - 1)


def _height(canvas: Canvas, step: Step) -> float:
    lines = len(step.name) + len(step.detail)
    return canvas.look.size * (CAPS + 0.22 + LEADING * (lines - 1)) + 0.55


def _row(
    canvas: Canvas, row: Sequence[Step], more: float, y: float, high: float, ends: tuple[bool, bool]
) -> None:
    """`ends` says whether the flow begins and whether it ends in this row."""
    starts = _starts(row, more)
    for index, (step, (left, right)) in enumerate(zip(row, starts, strict=True)):
        tinted = (ends[0] and index == 0) or (ends[1] and index == len(row) - 1)
        canvas.box(left, y, right - left, high, "tint" if tinted else "paper", "hue")
        _words(canvas, step, (left + right) / 2, y, high)
    for (_, end), (start, _) in pairwise(starts):
        canvas.arrow((end + 0.12, y + high / 2), (start - 0.14, y + high / 2))


def _starts(row: Sequence[Step], more: float) -> list[tuple[float, float]]:
    found, x = [], _EDGE
    for step in row:
        found.append((x, x + step.wide + more))
        x += step.wide + more + _ARROW
    return found


def _words(canvas: Canvas, step: Step, x: float, y: float, high: float) -> None:
    size = canvas.look.size
    lines = len(step.name) + len(step.detail)
    block = size * (CAPS + LEADING * (lines - 1))
    base = y + (high - block) / 2 + size * CAPS - 0.03
    canvas.lines(x, base, step.name, "middle", bold=True)
    canvas.lines(x, base + size * LEADING * len(step.name), step.detail, "middle", "soft")
