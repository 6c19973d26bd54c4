"""Papers that tell something of a pack and that no plan is behind: a report, a list of changes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from cramsheet.pack.pack import Pack
from cramsheet.page.borrowed import Borrowed, borrowed
from cramsheet.page.fonts import faces_css
from cramsheet.page.letters import lacking
from cramsheet.page.palette import Palette
from cramsheet.page.properties import ROOT, properties
from cramsheet.page.rendering import environment, in_authors_words
from cramsheet.page.shop import Shop, Style
from cramsheet.page.small import variables
from cramsheet.page.words import Words
from cramsheet.page.writing import Html
from cramsheet.plan.kinds import KINDS, Kind
from cramsheet.plan.papers import Paper

SIZES = (9.4, 8.6, 7.8, 7.0)  # pt; the first is usual, the others are for what takes too many pages


@dataclass(frozen=True)
class Handout:
    """How such a paper is dressed. Its template and its style are called as it is."""

    name: str
    pack: Pack
    shop: Shop
    paper: Paper
    margins: str  # as CSS has them
    look: str = "modern"
    ink: str = "colour"
    size: float = SIZES[0]

    def at(self, size: float) -> "Handout":
        return replace(self, size=size)

    @cached_property
    def words(self) -> Words:
        return Words.of(self.pack.exam.language, self.shop)

    @property
    def kind(self) -> Kind:
        return replace(KINDS["key"], name=self.name, size=self.size)

    @property
    def palette(self) -> Palette:
        names = ("base", f"look/{self.look}", f"ink/{self.ink}")
        return Palette.of([self.shop.style(name) for name in names])

    def fonts(self, said: str) -> Sequence[Borrowed]:
        """For letters that ours lack, of its own words and of what else is `said` on it."""
        letters = lacking(said + self.words.all_said())
        return borrowed(letters, self.pack.exam.language, self.shop.case)

    def html(self, fonts: Sequence[Borrowed], **values: object) -> Html:
        """`values` are what its template asks for. Raises Mistakes."""
        rendered = in_authors_words(
            environment(self.shop.templates()), f"{self.name}.html", words=self.words,
            exam=self.pack.exam, **values,
        )  # fmt: skip
        return Html(rendered, self._styles(fonts))

    def _styles(self, fonts: Sequence[Borrowed]) -> tuple[Style, ...]:
        names = ["base", self.name, *["rtl"] * self.pack.exam.right_to_left]
        own = [style for name in names for style in self.shop.style_if_any(name)]
        own += [self.shop.style(f"look/{self.look}"), self.shop.style(f"ink/{self.ink}")]
        families = ", ".join(font.family for font in fonts)
        size = f"{self.paper.width}mm {self.paper.height}mm"
        page = f"@page {{ size: {size}; margin: {self.margins} }}\n"
        page += f"@page {{ font-family: CramText }}\nhtml {{ font-size: {self.size}pt }}\n"
        page += variables(self.kind) + (f":root {{ --more: {families} }}\n" if fonts else "")
        light = properties(own)[ROOT].get("strokes") == "light"
        faces = faces_css("".join(style.text for style in own), light, fonts)
        return (Style("fonts", faces), Style("pages", page), *own)
