"""The kinds of document: a row here, templates/<kind>.html and styles/<kind>.css."""

from dataclasses import dataclass

from cramsheet.plan.papers import Paper


@dataclass(frozen=True)
class Kind:
    """Lengths in mm, type in pt.

    `column` is the width that a column has at least: about 40 characters of the type for a sheet,
    50 for questions, 75 for reading.
    """

    name: str
    about: str
    shows: str  # "facts" or "questions"
    turn: str
    size: float
    column: float
    gap: float
    margin: tuple[float, float, float, float]  # top, right, bottom, left

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

    def left(self, column: int) -> float:
        """The left edge of a column, from the left edge of the paper."""
        return self.margin[3] + column * (self.column + self.gap)


def area_of(kind: Kind, paper: Paper) -> Area:
    """As many columns as the paper holds at the kind's least width; margins shrink on A5."""
    small = min(1.0, min(paper.width, paper.height) / 210)
    top, right, bottom, left = kind.margin
    sides = (max(7.0, right * small), max(7.0, left * small))
    width = paper.width - sum(sides)
    columns = max(1, int((width + kind.gap) // (kind.column + kind.gap)))
    return Area(paper, (top, sides[0], bottom, sides[1]), columns, kind.gap)
