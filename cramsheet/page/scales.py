"""Things along one axis, from top to bottom, with what its ends mean."""

from cramsheet.pack.figures import Scale
from cramsheet.page.canvas import CAPS, DEPTH, LEADING, Canvas, Drawing, Look
from cramsheet.page.widths import in_lines

_X, _LEFT, _GAP = 0.55, 1.35, 0.28  # em: the axis, its words, between items


def scaled(scale: Scale, look: Look) -> Drawing:
    canvas = Canvas(look)
    size, room = look.size, (look.width - _LEFT) / look.size
    y = _end(canvas, scale.start, 0.0, room)
    start = y + 0.15
    y += 0.55
    dots = []
    for name, detail in scale.items.items():
        dots.append(y + size * (CAPS - 0.33))
        y = _item(canvas, name, detail, y) + _GAP
    y += 0.3
    canvas.arrow((_X, start), (_X, y), colour="hue", weight=0.1)
    for middle in dots:
        canvas.dot(_X, middle, 0.24, "paper", 0.1)
    return canvas.drawing(_end(canvas, scale.end, y + 0.2, room))


def _end(canvas: Canvas, words: str, y: float, room: float) -> float:
    size = canvas.look.size
    lines = in_lines(words, room + _LEFT / size)
    canvas.lines(0.0, y + size * CAPS + 0.05, lines, colour="soft")
    return y + size * (CAPS + DEPTH + LEADING * (len(lines) - 1)) + 0.05


def _item(canvas: Canvas, name: str, detail: str, y: float) -> float:
    """The name, and the detail beside it, or below it where it is long; returns the lower end."""
    size, base = canvas.look.size, y + canvas.look.size * CAPS
    room = (canvas.width - _LEFT) / size
    names = in_lines(name, room, bold=True)
    canvas.lines(_LEFT, base, names, bold=True)
    base += (len(names) - 1) * size * LEADING
    if detail:
        beside = _LEFT + canvas.wide(names[-1], bold=True) + 0.5
        if beside + canvas.wide(detail) <= canvas.width:
            canvas.text(beside, base, detail, colour="soft")
        else:
            lines = in_lines(detail, room)
            canvas.lines(_LEFT, base + size * LEADING, lines, colour="soft")
            base += len(lines) * size * LEADING
    return base + size * DEPTH
