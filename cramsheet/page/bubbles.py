"""Where the bubbles of an answer sheet stand: as large as one page holds, in groups of five.

Lengths in mm. The key strip uses the same places, so that it can be laid beside the sheet.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from cramsheet.pack.questions import FillIn
from cramsheet.page.advances import cut_to, text_width
from cramsheet.page.markup import plain
from cramsheet.plan.asking import Question

FIVE = 5  # questions in a group
LEAST, MOST = 4.0, 5.6  # of a bubble: a pen fills it
_STEP = 0.1
_LINE, _AIRY = 1.0875, 1.4  # bubbles from one line to the next: at least and at most
_ACROSS = 0.6  # between two bubbles, at least
_GROUPS = 0.25  # bubbles between two groups
_NUMBER, _AFTER = 1.8, 1.8  # the number of a question, in type, and the room after it
_SLOT = 1.5  # what stands before a letter to write, in type
_APART, _FAR_APART = 3.0, 14.0  # between columns
_WORD = 1.2  # between a bubble and a word, and twice that between two words
_BLANK = 20.0  # a text that is written by hand
_SPARE = 0.4  # below, for rounding
_FEW = 4  # groups in a column, where there is room for more columns
_IN_A_LINE = 5  # letters to write
_LETTER = 1.6  # bubbles are so many times as high as the letters inside


@dataclass(frozen=True)
class Slot:
    """A place to mark or to write: what stands in or before it, and the value that it means."""

    label: str
    value: str


@dataclass(frozen=True)
class Row:
    """A question on the sheet: "one" or "many" bubbles, "letters" or "texts" to write."""

    question: Question
    kind: str
    slots: tuple[Slot, ...]
    lines: int = 1

    @property
    def number(self) -> int:
        return self.question.number


Column = tuple[tuple[Row, ...], ...]  # groups


@dataclass(frozen=True)
class Grid:
    """`bubble` is its width and height, `number` the width of the numbers of questions, `slot` that
    of a letter to write with its number, `line` the distance of two lines, `content` the width
    beside the number, `gap` lies between columns and `between` between groups."""

    bubble: float
    number: float
    slot: float
    line: float
    content: float
    gap: float
    between: float
    blank: float  # the width of a text to write
    type: float  # the size of the letters in bubbles
    head: float  # the height above it
    height: float
    pages: tuple[tuple[Column, ...], ...]

    @property
    def across(self) -> float:
        return self.bubble + _ACROSS

    @property
    def column(self) -> float:
        return self.number + self.content

    def left(self, column: int) -> float:
        return column * (self.column + self.gap)


def solved(question: Question, truths: tuple[str, str], room: float) -> str:
    """The right answer as a strip has it, as far as so many em hold."""
    match question.kind:
        case "question" | "order":
            return "".join(question.answer)
        case "claim":
            return truths[question.answer == ("false",)]
    if isinstance(question.asked, FillIn):
        texts = " · ".join(plain(accepted[0]) for accepted in question.asked.blanks)
        return cut_to(texts, room)
    return " ".join(question.answer)


def grid(
    questions: Sequence[Question],
    truths: tuple[str, str],
    width: float,
    height: float,
    type: float,
    floor: float,
    head: float,
) -> Grid:
    """All questions in bubbles as large as one page takes; on more pages when the smallest do not
    do. `truths` are the words for true and false, `type` is the size of words in mm and `floor`
    that of the smallest letters; `head` is the height of what stands above."""
    height -= head + _SPARE
    rows = [_row(question, truths) for question in questions]
    least = max(LEAST, floor * _LETTER)
    most = max(MOST, type * _LETTER)
    for step in range(round((most - least) / _STEP) + 1):
        made = _Draft(most - step * _STEP, rows, width, height, type)
        if len(made.pages) == 1:
            return made.grid(head)
    return _Draft(least, rows, width, height, type).grid(head)


class _Draft:
    """The sheet with bubbles of one size."""

    def __init__(
        self, bubble: float, rows: Sequence[Row], width: float, height: float, type: float
    ) -> None:
        self.bubble, self.width, self.height, self.type = bubble, width, height, type
        self.line, self.slot = bubble * _LINE, bubble + _SLOT * type
        self.number = _NUMBER * type + _AFTER
        self.content = max(_width(row, bubble, type) for row in rows)
        self.blank = min(self.content, max(_BLANK, self.content / 2 - _ACROSS))
        slots = {"letters": self._letters, "texts": max(1, int(self.content // self.blank))}
        laid = [
            Row(it.question, it.kind, it.slots, ceil(len(it.slots) / slots.get(it.kind, 99)))
            for it in rows
        ]
        self.groups = [tuple(laid[at : at + FIVE]) for at in range(0, len(laid), FIVE)]
        self.across = max(1, int((width + _APART) // (self.number + self.content + _APART)))
        self.pages = self._pages()

    @property
    def _letters(self) -> int:
        return max(1, int(self.content // self.slot))

    def _pages(self) -> tuple[tuple[Column, ...], ...]:
        columns = list(self._filled(self.height))
        if len(columns) <= self.across:
            wanted = max(len(columns), min(self.across, ceil(len(self.groups) / _FEW)))
            columns = self._even(wanted)
        return tuple(
            tuple(columns[at : at + self.across]) for at in range(0, len(columns), self.across)
        )

    def _even(self, count: int) -> list[Column]:
        """In so many columns, as low as can be."""
        heights = sorted({self._high(self.groups[a:b]) for a, b in _runs(len(self.groups))})
        for height in heights:
            columns = list(self._filled(height))
            if len(columns) <= count:
                return columns
        return list(self._filled(self.height))

    def _filled(self, height: float) -> Iterator[Column]:
        column: list[tuple[Row, ...]] = []
        for group in self.groups:
            if column and self._high([*column, group]) > height + 1e-6:
                yield tuple(column)
                column = []
            column.append(group)
        yield tuple(column)

    def _high(self, groups: Sequence[tuple[Row, ...]]) -> float:
        between = self.bubble * _GROUPS * (len(groups) - 1)
        return _lines(groups) * self.line + between

    def grid(self, head: float) -> Grid:
        """With lines further apart, where there is room."""
        columns = [column for page in self.pages for column in page]
        count = max(len(page) for page in self.pages)
        free = (self.width - count * (self.number + self.content)) / max(1, count - 1)
        share = self.height / max(map(self._high, columns))
        airy = min(_AIRY / _LINE, max(1.0, share))
        between = self.bubble * _GROUPS * airy
        return Grid(
            self.bubble, self.number, self.slot, self.line * airy, self.content,
            min(_FAR_APART, free), between, self.blank, min(self.type, self.bubble / _LETTER),
            head, self.height, self.pages,
        )  # fmt: skip


def _runs(count: int) -> Iterator[tuple[int, int]]:
    return ((a, b) for a in range(count) for b in range(a + 1, count + 1))


def _lines(groups: Sequence[tuple[Row, ...]]) -> int:
    return sum(row.lines for group in groups for row in group)


def _width(row: Row, bubble: float, type: float) -> float:
    match row.kind:
        case "one" | "many" if row.question.kind == "question":
            return len(row.slots) * (bubble + _ACROSS)
        case "one":
            words = sum(text_width(slot.label, bold=True) for slot in row.slots) * type
            return words + 2 * (bubble + _WORD) + 2 * _WORD
        case "letters":
            return min(_IN_A_LINE, len(row.slots)) * (bubble + _SLOT * type)
    return _BLANK


def _row(question: Question, truths: tuple[str, str]) -> Row:
    match question.kind:
        case "question":
            slots = tuple(Slot(it.letter, it.letter) for it in question.options)
            return Row(question, "many" if question.rights > 1 else "one", slots)
        case "claim":
            said = zip(truths, ("true", "false"), strict=True)
            return Row(question, "one", tuple(Slot(word, value) for word, value in said))
        case "fill":
            count, kind = len(question.answer), "texts"
        case _:
            count, kind = len(question.answer), "letters"
    numbers = [str(n) for n in range(1, count + 1)]
    return Row(question, kind, tuple(Slot(n if count > 1 else "", n) for n in numbers))
