"""A canvas for figures: lines, boxes and words in the page's own fonts, written as SVG.

All lengths are in em of the text around, so a figure is laid out for its column like a text.
Things are told apart by dash, weight, shape and label, never by colour alone: they print on
anything.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape

from cramsheet.page.markup import typeset
from cramsheet.page.widths import wide

_UNIT = 10  # of the SVG in an em: browsers set type of one unit badly
LEADING = 1.14  # from line to line, of the type
CAPS, DEPTH = 0.66, 0.22  # above and below the baseline, of the type
AXIS, HAIR, EDGE, CURVE = 0.065, 0.045, 0.065, 0.14  # weights of lines

Point = tuple[float, float]


@dataclass(frozen=True)
class Colours:
    """As "#rrggbb". `hue` is for what matters most and `tint` fills; on a printer that has black
    alone they are as the ink and the paper."""

    ink: str = "#16181d"
    soft: str = "#474c56"
    hair: str = "#8d94a1"
    paper: str = "#ffffff"
    hue: str = "#1d4f91"
    tint: str = "#eceef2"


@dataclass(frozen=True)
class Look:
    """For what a figure is drawn, in em of the text: its width, the size of its words, and the
    least size, which prints at the floor."""

    width: float
    size: float = 1.0
    least: float = 1.0
    colours: Colours = Colours()


@dataclass(frozen=True)
class Drawing:
    """Lengths in em of the text; `smallest` is the size of the smallest words."""

    svg: str
    width: float
    height: float
    smallest: float


@dataclass
class Canvas:
    """As wide as its look says; x grows to the right, y downwards. Baselines place words."""

    look: Look
    parts: list[str] = field(default_factory=list)
    smallest: float = 1e9

    @property
    def width(self) -> float:
        return self.look.width

    def line(
        self, points: Iterable[Point], weight: float, dash: str = "", colour: str = "ink"
    ) -> None:
        path = " ".join(f"{_u(x)},{_u(y)}" for x, y in points)
        self.parts.append(
            f'<polyline points="{path}" fill="none" {self._stroke(colour, weight, dash)}'
            ' stroke-linejoin="round"/>'
        )

    def hair(self, x1: float, y1: float, x2: float, y2: float, dash: str = "") -> None:
        self.parts.append(
            f'<line x1="{_u(x1)}" y1="{_u(y1)}" x2="{_u(x2)}" y2="{_u(y2)}"'
            f" {self._stroke('hair', HAIR, dash)}/>"
        )

    def elbow(self, x: float, top: float, y: float, right: float, round_: float = 0.45) -> None:
        """Down from the top and, by a round corner, to the right."""
        self.parts.append(
            f'<path d="M{_u(x)} {_u(top)}V{_u(y - round_)}Q{_u(x)} {_u(y)}'
            f' {_u(x + round_)} {_u(y)}H{_u(right)}" fill="none" {self._stroke("soft", EDGE)}/>'
        )

    def arrow(self, start: Point, end: Point, weight: float = AXIS, colour: str = "ink") -> None:
        """Straight, across or down, with an open head."""
        (x1, y1), (x2, y2) = start, end
        self.line([start, end], weight, colour=colour)
        long, half = 0.32, 0.22
        if x1 == x2:
            back = -long if y2 > y1 else long
            head = [(x2 - half, y2 + back), end, (x2 + half, y2 + back)]
        else:
            back = -long if x2 > x1 else long
            head = [(x2 + back, y2 - half), end, (x2 + back, y2 + half)]
        self.line(head, weight, colour=colour)

    def box(
        self, x: float, y: float, width: float, height: float, fill: str = "paper",
        colour: str = "ink", weight: float = EDGE, round_: float = 0.22,
    ) -> None:  # fmt: skip
        stroke = self._stroke(colour, weight) if weight else 'stroke="none"'
        self.parts.append(
            f'<rect x="{_u(x)}" y="{_u(y)}" width="{_u(width)}" height="{_u(height)}"'
            f' rx="{_u(round_)}" fill="{self._colour(fill)}" {stroke}/>'
        )

    def dot(self, x: float, y: float, radius: float, fill: str = "ink", weight: float = 0) -> None:
        stroke = f" {self._stroke('ink', weight)}" if weight else ""
        self.parts.append(
            f'<circle cx="{_u(x)}" cy="{_u(y)}" r="{_u(radius)}"'
            f' fill="{self._colour(fill)}"{stroke}/>'
        )

    def area(self, points: Iterable[Point], fill: str = "tint") -> None:
        path = " ".join(f"{_u(x)},{_u(y)}" for x, y in points)
        self.parts.append(f'<polygon points="{path}" fill="{self._colour(fill)}"/>')

    def text(
        self, x: float, y: float, words: str, size: float = 0.0, anchor: str = "start",
        colour: str = "ink", bold: bool = False,
    ) -> None:  # fmt: skip
        size = size or self.look.size
        self.smallest = min(self.smallest, size)
        weight = ' font-weight="600"' if bold else ""
        self.parts.append(
            f'<text x="{_u(x)}" y="{_u(y)}" font-size="{_u(size)}" text-anchor="{anchor}"'
            f' fill="{self._colour(colour)}"{weight}>{escape(typeset(words))}</text>'
        )

    def lines(
        self, x: float, y: float, lines: Sequence[str], anchor: str = "start",
        colour: str = "ink", bold: bool = False,
    ) -> None:  # fmt: skip
        """Lines of text below each other, the first on the baseline y."""
        for number, words in enumerate(lines):
            down = y + number * self.look.size * LEADING
            self.text(x, down, words, anchor=anchor, colour=colour, bold=bold)

    def wide(self, words: str, bold: bool = False) -> float:
        """The width of a text at the size of the figure's words, in em of the text around."""
        return wide(words, bold) * self.look.size

    def drawing(self, height: float) -> Drawing:
        svg = (
            '<svg xmlns="http://www.w3.org/2000/svg"'
            f' viewBox="0 0 {_u(self.width)} {_u(height)}"'
            f' font-family="CramText">{"".join(self.parts)}</svg>'
        )
        return Drawing(svg, self.width, height, self.smallest)

    def _colour(self, name: str) -> str:
        return str(getattr(self.look.colours, name))

    def _stroke(self, colour: str, weight: float, dash: str = "") -> str:
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        return f'stroke="{self._colour(colour)}" stroke-width="{_u(weight)}"{dashes}'


def _u(em: float) -> str:
    """A length in units of the SVG."""
    return f"{em * _UNIT:.2f}".rstrip("0").rstrip(".")
