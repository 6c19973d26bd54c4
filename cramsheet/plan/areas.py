"""Where text may stand on a page: the paper, its margins, and columns; lengths in mm."""

from dataclasses import dataclass, replace

from cramsheet.plan.kinds import Kind
from cramsheet.plan.papers import UNPRINTED, Paper
from cramsheet.problems import mistake

Sides = tuple[float, float, float, float]  # top, right, bottom, left

LINE = (35.0, 60.0)  # characters that are easily read, in narrow columns
LEADING = 1.2  # em, of heads and feet
_LETTER = 0.45  # em, a character of running text with its share of spaces
_NARROWEST, _LOWEST = 18.0, 20.0  # of a column
_LISTED, _LISTED_GAP = 55.0, 9.0  # of a list of contents
_TAB = 9.0  # so far a tab of the thumb index reaches from the edge, at most
_LEAST_TAB = 7.0
_BESIDE = 1.0  # between a tab and the text
_ABOVE = 0.2  # between a column and the line that says where it goes on
_NEAREST = 1.5  # from heads and feet to the text, on the smallest paper


@dataclass(frozen=True)
class Margins:
    """What was asked for; None where kind and paper decide.

    So much stays `white` at each edge of a right-hand page: running heads, feet and the numbers of
    the thumb index stand inside it. `binding` is what the inner margin of bound kinds has more.
    """

    white: Sides | None = None
    binding: float | None = None


AS_USUAL = Margins()


@dataclass(frozen=True)
class Area:
    """A page with columns of equal width. The margins are those of a right-hand page; left-hand
    pages mirror them where a document is `bound`."""

    paper: Paper
    margin: Sides
    columns: int
    gap: float
    bound: bool = False
    away: float = 0.0  # from heads and feet to the text
    heads: bool = False  # pages have running heads
    white: Sides = (UNPRINTED,) * 4
    mirrored: bool = False  # read from right to left: the first page is a left-hand one

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

    def right_hand(self, page: int) -> bool:
        """Whether a page, from 1, has its binding on the left."""
        return (not self.bound or page % 2 == 1) != self.mirrored

    def margins(self, page: int) -> Sides:
        top, right, bottom, left = self.margin
        return self.margin if self.right_hand(page) else (top, left, bottom, right)

    def left(self, column: int, page: int = 1) -> float:
        """The left edge of a column, from the left edge of the paper."""
        return self.margins(page)[3] + column * (self.column + self.gap)

    @property
    def tab(self) -> float:
        """How far a tab reaches from the edge of the paper."""
        return min(_TAB, self.margin[1] - _BESIDE)

    @property
    def most_scale(self) -> float:
        """The scale at which columns, drawn larger about their middles, come as near to what stays
        white or to the tabs as they may."""
        outer = max(self.white[1], self.tab + _BESIDE / 2 if self.bound else 0.0)
        room = min(self.margin[1] - outer, self.margin[3] - self.white[3])
        return 1 + 2 * max(0.0, room) / self.column


def area_of(
    kind: Kind, paper: Paper, columns: int | None = None, asked: Margins = AS_USUAL
) -> Area:
    """As many columns as asked for, or as the paper holds at the kind's least width.

    Raises Mistakes for margins and for columns between which no words can stand.
    """
    heads = kind.running_heads and not paper.card
    away = max(_NEAREST, kind.away * paper.share)
    margin = _margin(kind, paper, asked, heads, away)
    white = asked.white or Area.white
    page = Area(paper, margin, 1, kind.gap, kind.binding is not None, away, heads, white)
    if page.width < _NARROWEST or page.height < _LOWEST:
        hint = "make them smaller, or take a larger paper"
        raise mistake(f"no words stand between such margins on {paper.name}", hint=hint)
    count = columns or _columns(page.width, kind.gap, kind.column)
    if count > (most := _columns(page.width, kind.gap, _NARROWEST)):
        hint = f"at most {most} do; or take a larger paper"
        raise mistake(f"{count} columns do not stand on {paper.name}", hint=hint)
    return replace(page, columns=count)


def _margin(kind: Kind, paper: Paper, asked: Margins, heads: bool, away: float) -> Sides:
    """Of a right-hand page. Margins shrink on paper smaller than A4, as far as a printer prints and
    heads, feet and tabs have room."""
    line = kind.running_size * LEADING * 25.4 / 72 + away
    bound = kind.binding is not None
    rooms = (line * heads, (_LEAST_TAB + _BESIDE - UNPRINTED) * bound, line, 0.0)
    white = asked.white or Area.white
    least = [side + room for side, room in zip(white, rooms, strict=True)]
    usual = [0.0 if asked.white else side * paper.share for side in kind.margin]
    if not heads:
        usual[0] = min(usual[0], usual[1])
    if kind.floats and not asked.white and paper.share == 1:
        least[0] += column_head(kind)
    top, right, bottom, left = map(max, least, usual)
    if bound and not asked.white:
        left = right
    return top, right, bottom, left + _binding(kind, paper, asked)


def column_head(kind: Kind) -> float:
    """How many mm a sheet's column needs above it to say which topic it goes on with."""
    return kind.running_size * LEADING * 25.4 / 72 + _ABOVE


def _binding(kind: Kind, paper: Paper, asked: Margins) -> float:
    """Nobody binds cards, unless they say so."""
    if kind.binding is None:
        return 0.0
    usual = 0.0 if paper.card else kind.binding * paper.share
    return usual if asked.binding is None else asked.binding


def listing_area(area: Area) -> Area:
    """Where a list of contents stands: in two columns, if the paper is wide enough."""
    count = min(2, _columns(area.width, _LISTED_GAP, _LISTED))
    return replace(area, columns=count, gap=_LISTED_GAP)


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
