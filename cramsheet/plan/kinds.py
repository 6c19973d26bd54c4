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
            "sheet",
            "every fact in narrow columns, for the last evening",
            "facts",
            "landscape",
            7.0,
            51.0,
            4.2,
            (7, 7, 9, 7),
        ),
        Kind(
            "notes",
            "every fact with its source, contents and page numbers, for the weeks before",
            "facts",
            "portrait",
            9.4,
            105.0,
            9.0,
            (19, 15, 16, 18),
        ),
        Kind(
            "booklet",
            "all questions, with room to tick",
            "questions",
            "portrait",
            9.2,
            70.0,
            9.0,
            (19, 14, 16, 18),
        ),
        Kind(
            "key",
            "the answer to each question, every reason, and what to read again",
            "questions",
            "portrait",
            8.8,
            70.0,
            9.0,
            (19, 14, 16, 18),
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
