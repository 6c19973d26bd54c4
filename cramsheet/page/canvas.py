"""A canvas for figures: lines, boxes and words in the page's own fonts, written as SVG.

It is 150 units wide; one unit is a third of a millimetre in a column of 50 mm. Things are told
apart by dash and weight, not by colour, so that they print on anything.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

from cramsheet.page.tables import text_width

WIDTH = 150.0
INK, SOFT, HAIR, TINT = "#16181d", "#474c56", "#8d94a1", "#eceef2"


@dataclass
class Canvas:
    """150 units wide; y grows downwards."""

    height: float
    parts: list[str] = field(default_factory=list)

    def line(self, points: Iterable[tuple[float, float]], width: float, dash: str = "") -> None:
        path = " ".join(f"{x:.2f},{y:.2f}" for x, y in points)
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<polyline points="{path}" fill="none" stroke="{INK}" stroke-width="{width}"'
            f' stroke-linejoin="round"{dashes}/>'
        )

    def hair(self, x1: float, y1: float, x2: float, y2: float, dash: str = "") -> None:
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<line x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}"'
            f' stroke="{HAIR}" stroke-width=".5"{dashes}/>'
        )

    def box(self, x: float, y: float, width: float, height: float, fill: str = "#fff") -> None:
        self.parts.append(
            f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}" rx="1.5"'
            f' fill="{fill}" stroke="{INK}" stroke-width=".6"/>'
        )

    def text(
        self, x: float, y: float, words: str, size: float = 6.4, anchor: str = "start",
        soft: bool = False, bold: bool = False,
    ) -> None:  # fmt: skip
        weight = ' font-weight="600"' if bold else ""
        self.parts.append(
            f'<text x="{x:.2f}" y="{y:.2f}" font-size="{size:.2f}" text-anchor="{anchor}"'
            f' fill="{SOFT if soft else INK}"{weight}>{escape(words)}</text>'
        )

    def svg(self) -> str:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {self.height:g}"'
            f' font-family="CramText">{"".join(self.parts)}</svg>'
        )


def fit(words: str, size: float, room: float) -> float:
    """The size, or a smaller one at which the words take no more than the room."""
    return min(size, room / text_width(words))
