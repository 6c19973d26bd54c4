"""The names of a group, to be stamped on the pages of a finished document: HTML in its styles.

Each stands on a page of its own, once for each place that a name may have, and nothing else does.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import atan2, degrees, hypot

from cramsheet.page.advances import text_width
from cramsheet.page.borrowed import Borrowed, borrowed
from cramsheet.page.edges import Edges, NamePlace
from cramsheet.page.fonts import faces_css
from cramsheet.page.letters import advice, lacking
from cramsheet.page.markup import direction
from cramsheet.page.properties import ROOT, properties, resolved
from cramsheet.page.rendering import environment, in_authors_words
from cramsheet.page.shop import Shop, Style
from cramsheet.page.writing import Html, Writer
from cramsheet.plan.looks import DEFAULT_INK, MODERN, Look
from cramsheet.plan.names import Person
from cramsheet.problems import Mistakes, Problem, mistake

_ACROSS, _HIGHEST = 0.66, 0.15  # of a watermark: of the diagonal, and of the shorter side
_BOLD = 1.08


@dataclass(frozen=True)
class Watermark:
    """The size of its type in mm, and by how many degrees its line rises."""

    size: float
    turn: float


@dataclass(frozen=True)
class Naming:
    """How names are written on a document; a page takes one of the `places`."""

    places: tuple[NamePlace, ...]
    language: str = "en"
    look: Look = MODERN
    ink: str = DEFAULT_INK
    watermark: bool = False

    @classmethod
    def of(cls, writer: Writer, pages: int, watermark: bool) -> "tuple[Naming, tuple[int, ...]]":
        """For a document of so many pages, and the place that each page takes."""
        plan = writer.plan
        edges = Edges(plan, writer.words, pages)
        of_pages = [edges.name_place(number) for number in range(1, pages + 1)]
        places = tuple(dict.fromkeys(of_pages))
        naming = cls(places, plan.exam.language, plan.look, plan.ink, watermark)
        return naming, tuple(map(places.index, of_pages))

    def html(self, people: Sequence[Person], shop: Shop) -> Html:
        """For each person as many pages as there are places. Raises Mistakes for letters that no
        font has."""
        text = "".join(it.name for it in people)
        more = borrowed(lacking(text), self.language, shop.case)
        if problems := list(self._unprintable(people, more)):
            raise Mistakes(problems)
        text = in_authors_words(
            environment(shop.templates()),
            "names.html",
            people=people,
            naming=self,
            direction=direction,
        )
        return Html(text, self._styles(shop, more))

    def mark(self, shop: Shop) -> str:
        """The colour of watermarks, as "#rrggbb"; raises Mistakes where the ink has none."""
        colour = resolved("watermark", properties(self._own(shop))[ROOT])
        if colour == "none":
            hint = "take another ink, or leave out --watermark"
            raise mistake(f"{self.ink} ink has no grey for a watermark", hint=hint)
        return colour if len(colour) > 4 else "#" + "".join(2 * part for part in colour[1:])

    def across(self, name: str) -> Watermark:
        """A watermark runs along the diagonal."""
        width, height = self.places[0].paper
        long = _ACROSS * hypot(width, height) / (text_width(name, self.look.face) * _BOLD)
        return Watermark(min(long, _HIGHEST * min(width, height)), degrees(atan2(height, width)))

    def _own(self, shop: Shop) -> list[Style]:
        names = ("base", "names", f"look/{self.look.name}", f"ink/{self.ink}")
        return [shop.style(name) for name in names]

    def _styles(self, shop: Shop, more: Sequence[Borrowed]) -> tuple[Style, ...]:
        own = self._own(shop)
        light = properties(own)[ROOT].get("strokes") == "light"
        fonts = faces_css("".join(style.text for style in own), light, more)
        width, height = self.places[0].paper
        made = f"@page {{ size: {width:.3f}mm {height:.3f}mm; margin: 0 }}\n"
        if more:
            made += f":root {{ --more: {', '.join(font.family for font in more)} }}\n"
        return (Style("fonts", fonts), Style("pages", made), *own)

    def _unprintable(self, people: Sequence[Person], more: Sequence[Borrowed]) -> Iterator[Problem]:
        known = {chr(code) for font in more for code in font.letters}
        for it in people:
            told = set[str]()
            for letter in sorted(lacking(it.name) - known):
                if (hint := advice(letter, self.language)) not in told:
                    name = f'"{letter}" (U+{ord(letter):04X})'
                    yield Problem(f"no font has the character {name}", it.mark, hint)
                told.add(hint)
