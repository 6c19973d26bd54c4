"""The kinds of document: a row here, templates/<kind>.html and styles/<kind>.css."""

from dataclasses import dataclass, replace

FLOOR, CEILING = 6.5, 9.0  # pt, as printed
LARGE_FLOOR, LARGE_CEILING = 9.0, 14.0  # in large print
_LARGER = 1.4  # times the type and the columns of a kind, in large print


@dataclass(frozen=True)
class Kind:
    """Lengths in mm, type in pt.

    `column` is the width that a column has at least: about 40 characters of the type for a sheet,
    50 for questions, 75 for reading. `about_size` are the least and the most times `size` that
    type may take so that pages come out full when no number of pages is given. `spread` is how
    many times a gap between blocks may grow so that a column ends at the foot. `margin` is that of
    A4: top, right, bottom and left. A kind with a `binding` is read as a bound book: pages mirror
    each other, and the inner margin is so much wider. A kind that lies `over` another is laid out
    and styled as that.
    """

    name: str
    about: str
    shows: str  # "facts" or "questions"
    turn: str
    size: float
    column: float
    gap: float
    margin: tuple[float, float, float, float]
    binding: float | None = None
    running: float = 7.4  # pt, of heads and feet
    away: float = 3.0  # from heads and feet to the text
    about_size: tuple[float, float] = (1.0, 1.0)
    spread: float = 0.6
    floats: bool = False  # facts may trade places inside a topic, so that columns fill
    chapters: bool = False  # domains begin on a page of their own, when no number of pages is given
    contents: bool = False  # pages before the body list it
    running_heads: bool = True  # a page says at its head which domains stand on it
    leaf: bool = False  # not made of blocks: a table or a form, laid out as it is
    floor: float = FLOOR
    ceiling: float = CEILING
    large: bool = False
    like: tuple[str, ...] = ()  # kinds whose styles it takes, before its own
    answers: bool = False  # it tells the answers, and where the notes teach them
    over: str = ""
    only: tuple[str, ...] = ()  # kinds of fact; none: all
    folds: bool = False  # a line down the middle of each column, to fold at
    usual: bool = True  # made when nobody says which

    @property
    def styled(self) -> tuple[str, ...]:
        """The kinds whose styles it takes, itself last."""
        return (*self.like, self.name)

    @property
    def settings(self) -> str:
        """The kind whose pages, columns and paper exam.yaml names for it."""
        return self.over or self.name

    @property
    def asks(self) -> bool:
        return self.shows == "questions"

    @property
    def running_size(self) -> float:
        """Of heads and feet as printed, in pt."""
        return max(self.running, self.floor)


_SHEET = Kind(
    name="sheet",
    about="every fact in narrow columns, for the last evening",
    shows="facts",
    turn="landscape",
    size=6.8,
    column=51.0,
    gap=4.2,
    margin=(7, 7, 10, 7),
    running=6.5,
    away=2.0,
    about_size=(0.985, 1.12),
    spread=5.0,
    floats=True,
    running_heads=False,
)

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        _SHEET,
        Kind(
            name="notes",
            about="every fact with its source, contents and page numbers, for the weeks before",
            shows="facts",
            turn="portrait",
            size=9.4,
            column=105.0,
            gap=9.0,
            margin=(19, 15, 16, 15),
            binding=3.0,
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
            margin=(19, 14, 16, 14),
            binding=4.0,
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
            margin=(19, 14, 16, 14),
            binding=4.0,
            ceiling=12.0,
            answers=True,
        ),
        replace(
            _SHEET,
            name="blanks",
            about="the sheet with its key words left out, and these on its back, to recall them",
            over="sheet",
            like=("sheet",),
            usual=False,
        ),
        Kind(
            name="ask",
            about="what is asked on the left, what is right on the right, to fold away",
            shows="facts",
            turn="portrait",
            size=8.4,
            column=150.0,
            gap=9.0,
            margin=(16, 12, 14, 12),
            spread=0.4,
            ceiling=12.0,
            only=("term", "limit", "formula", "when", "trap"),
            folds=True,
            usual=False,
        ),
    )
}
USUAL = tuple(name for name, kind in KINDS.items() if kind.usual)


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
