"""The kinds of document: a row here, templates/<kind>.html and styles/<kind>.css."""

from dataclasses import dataclass, replace

from cramsheet.plan.papers import Paper
from cramsheet.problems import mistake

FLOOR, CEILING = 6.5, 9.0  # pt, as printed
LARGE_FLOOR, LARGE_CEILING = 9.0, 14.0  # in large print
LINE = (35.0, 60.0)  # characters that are easily read, in narrow columns
_LETTER = 0.45  # em, a character of running text with its share of spaces
_LARGER = 1.4  # times the type and the columns of a kind, in large print
_NARROWEST = 18.0  # mm


@dataclass(frozen=True)
class Kind:
    """Lengths in mm, type in pt.

    `column` is the width that a column has at least: about 40 characters of the type for a sheet,
    50 for questions, 75 for reading. `about_size` are the least and the most times `size` that
    type may take so that pages come out full when no number of pages is given. `spread` is how
    many times a gap between blocks may grow so that a column ends at the foot.
    """

    name: str
    about: str
    shows: str  # "facts" or "questions"
    turn: str
    size: float
    column: float
    gap: float
    margin: tuple[float, float, float, float]  # top, right, bottom, left
    about_size: tuple[float, float] = (1.0, 1.0)
    spread: float = 0.6
    floats: bool = False  # facts may trade places inside a topic, so that columns fill
    chapters: bool = False  # domains begin on a page of their own, when no number of pages is given
    contents: bool = False  # pages before the body list it
    running_heads: bool = True  # a page says at its head which domains stand on it
    floor: float = FLOOR
    ceiling: float = CEILING
    large: bool = False

    @property
    def asks(self) -> bool:
        return self.shows == "questions"


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            name="sheet",
            about="every fact in narrow columns, for the last evening",
            shows="facts",
            turn="landscape",
            size=6.8,
            column=51.0,
            gap=4.2,
            margin=(7, 7, 10, 7),
            about_size=(0.985, 1.12),
            spread=5.0,
            floats=True,
            running_heads=False,
        ),
        Kind(
            name="notes",
            about="every fact with its source, contents and page numbers, for the weeks before",
            shows="facts",
            turn="portrait",
            size=9.4,
            column=105.0,
            gap=9.0,
            margin=(19, 15, 16, 18),
            spread=0.3,
            chapters=True,
            contents=True,
            ceiling=12.0,
        ),
        Kind(
            name="booklet",
            about="all questions, with room to tick",
            shows="questions",
            turn="portrait",
            size=9.2,
            column=70.0,
            gap=9.0,
            margin=(19, 14, 16, 18),
            ceiling=12.0,
        ),
        Kind(
            name="key",
            about="the answer to each question, every reason, and what to read again",
            shows="questions",
            turn="portrait",
            size=8.8,
            column=70.0,
            gap=9.0,
            margin=(19, 14, 16, 18),
            ceiling=12.0,
        ),
    )
}


@dataclass(frozen=True)
class Area:
    """Where text may stand on a page: the paper, its margins, and columns of equal width; mm."""

    paper: Paper
    margin: tuple[float, float, float, float]
    columns: int
    gap: float

    @property
    def width(self) -> float:
        return self.paper.width - self.margin[1] - self.margin[3]

    @property
    def height(self) -> float:
        return self.paper.height - self.margin[0] - self.margin[2]

    @property
    def column(self) -> float:
        return (self.width - (self.columns - 1) * self.gap) / self.columns

    @property
    def holds_words(self) -> bool:
        """Whether columns are wide enough to be set at all."""
        return self.column >= _NARROWEST

    def left(self, column: int) -> float:
        """The left edge of a column, from the left edge of the paper."""
        return self.margin[3] + column * (self.column + self.gap)


def in_large_print(kind: Kind) -> Kind:
    """The same kind in type no smaller than 9 pt."""
    return replace(
        kind,
        size=max(kind.size * _LARGER, LARGE_FLOOR),
        column=kind.column * _LARGER,
        floor=LARGE_FLOOR,
        ceiling=max(LARGE_CEILING, kind.ceiling * _LARGER),
        large=True,
    )


def with_floor(kind: Kind, floor: float) -> Kind:
    """The same kind in type no smaller than so many pt."""
    return replace(kind, floor=floor, size=max(kind.size, floor), ceiling=max(kind.ceiling, floor))


def area_of(kind: Kind, paper: Paper, columns: int | None = None) -> Area:
    """As many columns as asked for, or as the paper holds at the kind's least width.

    Margins shrink on A5. Raises Mistakes for more columns than can hold words.
    """
    small = min(1.0, min(paper.width, paper.height) / 210)
    top, right, bottom, left = kind.margin
    sides = (max(7.0, right * small), max(7.0, left * small))
    width = paper.width - sum(sides)
    count = columns or _columns(width, kind.gap, kind.column)
    if count > (most := _columns(width, kind.gap, _NARROWEST)):
        hint = f"at most {most} do; or take a larger paper"
        raise mistake(f"{count} columns do not stand on {paper.name}", hint=hint)
    return Area(paper, (top, sides[0], bottom, sides[1]), count, kind.gap)


def _columns(width: float, gap: float, column: float) -> int:
    return max(1, int((width + gap) // (column + gap)))


def characters(column: float, size: float) -> float:
    """About how many characters a line holds; mm and pt."""
    return column / (size * 25.4 / 72 * _LETTER)


def column_choices(kind: Kind, area: Area) -> list[Area]:
    """The same area in every number of columns whose lines can be read easily at some size that
    the kind may take; the given one alone when there is none."""
    found = []
    for count in range(1, _columns(area.width, area.gap, _NARROWEST) + 1):
        tried = replace(area, columns=count)
        small, large = (characters(tried.column, size) for size in (kind.floor, kind.ceiling))
        if large <= LINE[1] and small >= LINE[0]:
            found.append(tried)
    return found or [area]
