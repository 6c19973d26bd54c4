"""A decision tree: questions and answers below each other, as deep as they are indented."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cramsheet.pack.figures import Question
from cramsheet.page.canvas import CAPS, DEPTH, LEADING, Canvas, Drawing, Look
from cramsheet.page.widths import in_lines, wide

_IN, _ELBOW = 1.15, 0.85  # em from level to level, and of an elbow's arm


@dataclass(frozen=True)
class Word:
    """A word in its place of a line, in em of the type from its left."""

    text: str
    left: float
    bold: bool
    colour: str


def branching(tree: Question, look: Look) -> Drawing:
    canvas = Canvas(look)
    size = look.size
    lines = in_lines(tree.asks, (look.width - 0.9) / size, bold=True)
    high = size * (CAPS + DEPTH + LEADING * (len(lines) - 1)) + 0.5
    width = max(canvas.wide(line, bold=True) for line in lines) + 0.9
    canvas.box(0.05, 0.05, width, high, "tint", "hue")
    canvas.lines(0.5, 0.05 + 0.25 + size * CAPS, lines, bold=True)
    end = _answers(canvas, tree, 0.55, high + 0.05, high + 0.3)
    return canvas.drawing(end)


def _answers(canvas: Canvas, question: Question, x: float, top: float, y: float) -> float:
    """Draw the answers to a question below it; returns how far down they reach."""
    size = canvas.look.size
    for answer, leads in question.answers:
        left = x + _ELBOW + 0.2
        base = y + size * CAPS
        canvas.elbow(x, top, base - size * 0.25, x + _ELBOW)
        top = base - size * 0.25 - 0.45  # the next branch goes on where this one turned off
        room = (canvas.width - left) / size
        goal = leads if isinstance(leads, str) else leads.asks
        lines = _set(answer, goal, room, isinstance(leads, str))
        for number, line in enumerate(lines):
            down = base + number * size * LEADING
            for word in line:
                canvas.text(
                    left + word.left * size, down, word.text, colour=word.colour, bold=word.bold
                )
        y = base + (len(lines) - 1) * size * LEADING + size * DEPTH + 0.18
        if isinstance(leads, Question):
            y = _answers(canvas, leads, x + _IN, y - 0.12, y)
    return y


def _set(answer: str, goal: str, room: float, leaf: bool) -> list[list[Word]]:
    """Answer, arrow and where it leads, in lines no wider than the room; words stay in runs."""
    pieces = [
        *((word, False, "ink") for word in _words(answer, room, False)),
        ("→", False, "soft"),
        *((word, True, "hue" if leaf else "ink") for word in _words(goal, room - 1.4, True)),
    ]
    lines: list[list[Word]] = [[]]
    used, space = 0.0, wide(" ")
    for number, (text, bold, colour) in enumerate(pieces):
        taken = wide(text, bold)
        ahead = taken + (wide(f" {pieces[number + 1][0]}", True) if text == "→" else 0.0)
        if lines[-1] and used + space + ahead > room:
            lines.append([])
            used = 0.0 if text == "→" or "→" not in [it[0] for it in pieces[:number]] else 1.25
            lines[-1].append(Word(text, used, bold, colour))
        else:
            used += space if lines[-1] else 0.0
            lines[-1].append(Word(text, used, bold, colour))
        used += taken
    return [list(_joined(line)) for line in lines]


def _words(text: str, room: float, bold: bool) -> Iterator[str]:
    for line in in_lines(text, room, bold):
        yield from line.split()


def _joined(line: Sequence[Word]) -> Iterator[Word]:
    """Neighbours of one style as one text."""
    current: Word | None = None
    for word in line:
        if current and (current.bold, current.colour) == (word.bold, word.colour):
            current = Word(f"{current.text} {word.text}", current.left, word.bold, word.colour)
        else:
            if current:
                yield current
            current = word
    if current:
        yield current
