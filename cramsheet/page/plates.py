"""What is drawn and not set: formulas, figures and pictures of one document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from markupsafe import Markup

from cramsheet.pack.facts import Figure
from cramsheet.pack.pack import Entry
from cramsheet.page import drawings, formulas, maths, pictures
from cramsheet.page.markup import plain
from cramsheet.page.mirror import mirrored
from cramsheet.page.palette import Palette
from cramsheet.page.words import Words
from cramsheet.plan.plan import Plan
from cramsheet.problems import Problem

_TEX = "LaTeX mathematics such as \\frac{a}{b}; quote it with single quotes"


@dataclass
class Plates:
    """`tone` is what the ink makes of pictures. What cannot be drawn is told in `problems`."""

    plan: Plan
    words: Words
    palette: Palette
    tone: str
    screen: bool
    families: Sequence[str] = ()  # of fonts that are not ours
    problems: list[Problem] = field(default_factory=list)

    def in_text(self, html: Markup) -> Markup:
        """A text with the formulas inside its sentences."""
        return maths.drawn(html, self.words)

    def formula(self, entry: Entry) -> Markup:
        fact = entry.fact
        try:
            return formulas.formula(getattr(fact, "tex", ""), plain(getattr(fact, "say", "")))
        except formulas.Unreadable as error:
            what = ": ".join(filter(None, ("the formula cannot be read", str(error))))
            return self._unreadable(entry, "tex", what, _TEX)

    def figure(self, entry: Entry) -> Markup:
        fact = entry.fact
        assert isinstance(fact, Figure)
        spoken = plain(fact.alt)
        colours = self.palette.of_domain(self._domains[entry.id])
        look = drawings.look(self.plan, self.screen, colours)
        if drawn := drawings.drawing(fact, self.words, look):
            svg = drawn.svg
            if fact.flow and self.plan.exam.right_to_left:
                svg = mirrored(svg)
            svg = svg.replace('"CramText"', f'"{", ".join(("CramText", *self.families))}"', 1)
            drawn = replace(drawn, svg=svg)
            return (drawings.as_part if self.screen else drawings.as_image)(drawn, spoken)
        name = fact.picture or ""
        try:
            uri = pictures.data_uri(self.plan.pictures[name], self.tone, self.plan.caps)
        except pictures.Unreadable as error:
            return self._unreadable(entry, "picture", f'picture "{name}": {error}', error.hint)
        return drawings.image(uri, spoken)

    @cached_property
    def _domains(self) -> Mapping[str, int]:
        """The number of each fact's domain."""
        return {
            entry.id: section.number
            for section in self.plan.sections
            for topic in section.topics
            for entry in topic.entries
        }

    def _unreadable(self, entry: Entry, key: str, message: str, hint: str) -> Markup:
        self.problems.append(Problem(message, entry.node.at((key,)).mark, hint))
        return Markup("")
