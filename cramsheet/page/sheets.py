"""What the frame of a page has to say: at its edges, above its columns and at its foot."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from cramsheet.page.edges import Domain

CODE = "\ue000"  # stands in a frame until it is known what its page shows

NEW, CHANGED = "new", "changed"  # what a bar beside a fact or question says

Answers = Sequence[tuple[int, Markup]]  # what belongs into the gaps of a page, with their numbers


@dataclass(frozen=True)
class ColumnHead:
    """Above a column of a sheet that begins inside a topic: which; corner and width in mm of the
    page."""

    left: float
    top: float
    width: float
    domain: int
    topic: str
    cut: bool = False  # to plain words that fit


@dataclass(frozen=True)
class Stamp:
    """Of a page: its short code, made from what it shows, and the edition that it is of."""

    code: str
    edition: str


@dataclass(frozen=True)
class Sheet:
    """What the frame of one page has to say: its number and which domains stand on it."""

    number: int
    total: int
    domains: tuple[Domain, ...] = ()
    title: bool = False
    left_out: tuple[str, ...] = ()  # names of facts, to be told at the foot
    heads: tuple[ColumnHead, ...] = ()
    top: float | None = None  # mm, where its columns begin
    beyond: float = 0.0  # mm that its columns stand out on both sides
    back: bool = False  # holds the answers to the page before
    strip: Answers = ()  # answers at its foot
    foot: float = 0.0  # mm that these take
    code: str = ""
