"""What stands at the edges of a page: running heads and feet, and the tabs of the thumb index.

All of it is cut to what the paper holds: a card says code and page number, an A4 page much more.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from cramsheet.page.advances import text_width
from cramsheet.page.markup import plain
from cramsheet.page.words import Words
from cramsheet.plan.papers import UNPRINTED
from cramsheet.plan.plan import Plan

_BOLD = 1.08  # widths are measured in regular type, and heads are semibold
_APART = 1.5  # em between two texts on a line
_MARKS = 6.5  # em that the signs of the legend take, and the room around them
_TALLEST = 14.0  # mm of a tab
_CARDS = 0.6  # of that, at least, on small paper
_LOWEST = 2.8  # mm
_BETWEEN = 0.8  # mm between two tabs, at least
_NUMBER = 4.0  # mm, the type of a tab, at most


@dataclass(frozen=True)
class Domain:
    """A domain as the edges of a page tell it; where it `begins` its own heading does."""

    number: int
    title: str
    begins: bool = False


@dataclass(frozen=True)
class Tab:
    """The number of a domain at the outer edge, so many mm below the tab before it, or below the
    top of the text."""

    number: int
    above: float
    height: float


@dataclass(frozen=True)
class Edges:
    """Of a document of so many pages."""

    plan: Plan
    words: Words
    total: int

    def rules(self) -> str:
        """The size of the paper, its margins, and what the styles of the edges need to know."""
        area = self.plan.area
        size = f"size: {area.paper.width:.3f}mm {area.paper.height:.3f}mm"
        told = f":root {{ --away: {area.away:.3f}mm; --tab: {area.tab:.3f}mm; "
        told += f"--tab-type: {self._tab_type:.3f}mm }}\n"
        right, left = (" ".join(f"{it:.3f}mm" for it in area.margins(page)) for page in (1, 2))
        pages = f"@page {{ {size}; margin: {right} }}\n@page verso {{ margin: {left} }}\n"
        return pages + told

    # feet

    @cached_property
    def about(self) -> str:
        """At the inner foot: what this is, as far as the line holds it."""
        return self._foot[0]

    @cached_property
    def legend(self) -> str:
        """Where a sheet explains its signs: in the "middle" of the foot or "beside" its words, in
        the "title" where the foot has no room; "" in other kinds."""
        return self._foot[1]

    @cached_property
    def _foot(self) -> tuple[str, str]:
        abouts = list(self._abouts())
        room = self._line - text_width(self.number(self.total)) - _APART
        if self.plan.kind.floats:
            legend = text_width("".join(self.words.parts("legend"))) + _MARKS
            for about in abouts:
                if 2 * (text_width(about) + _APART) + legend < self._line:
                    return about, "middle"
                if text_width(about) + legend < room:
                    return about, "beside"
        place = "title" if self.plan.kind.floats else ""
        fits = (about for about in abouts if text_width(about) < room)
        return next(fits, _cut(abouts[-1], room)), place

    def _abouts(self) -> Iterator[str]:
        """From the longest to the shortest."""
        exam, words = self.plan.exam, self.words
        retired = [words("retired")] if exam.status == "retired" else []
        edition = (
            [f"{words('edition')} {words.day(self.plan.edition)}"] if self.plan.edition else []
        )
        name = [words(self.plan.titled)]
        for more in ([*name, *edition, *retired], [*name, *retired], retired, []):
            yield " · ".join([exam.code, *more])

    def number(self, page: int) -> str:
        """At the outer foot; of loose pages, how many there are, too."""
        return f"{page}" if self.plan.area.bound else f"{page} / {self.total}"

    # heads

    def code(self) -> str:
        """At the inner head."""
        return _cut(self.plan.exam.code, self._line / 3) if self.plan.area.heads else ""

    def head(self, domains: Sequence[Domain]) -> str:
        """At the outer head: the domains that go on from the page before."""
        if not self.plan.area.heads:
            return ""
        told = [f"{it.number} {plain(it.title)}" for it in domains if not it.begins]
        return _cut(" · ".join(told), (self._line - text_width(self.code()) - _APART) / _BOLD)

    @property
    def _line(self) -> float:
        """How long a line is, in em."""
        return self.plan.area.width * 72 / 25.4 / self.plan.kind.running_size

    # thumb index

    def tabs(self, domains: Sequence[Domain]) -> Iterator[Tab]:
        """The tabs of a page: each domain has a place of its own, the first at the head of the
        text and the last at its foot, so that they are steps in the edge of the closed book."""
        if not self.plan.area.bound:
            return
        order = [section.number for section in self.plan.sections]
        step = (self.plan.area.height - self._tab_height) / max(1, len(order) - 1)
        end = 0.0
        for domain in domains:
            top = order.index(domain.number) * step
            yield Tab(domain.number, top - end, self._tab_height)
            end = top + self._tab_height

    @property
    def _tab_height(self) -> float:
        share = self.plan.area.height / len(self.plan.sections)
        tallest = _TALLEST * max(_CARDS, self.plan.area.paper.share)
        return max(_LOWEST, min(tallest, share - _BETWEEN))

    @property
    def _tab_type(self) -> float:
        """Two figures have room beside the edge where no printer prints."""
        return min(_NUMBER, 0.85 * (self.plan.area.tab - UNPRINTED), 0.75 * self._tab_height)


def _cut(text: str, room: float) -> str:
    """The text, or as much of it as so many em hold."""
    if text_width(text) <= room:
        return text
    while text and text_width(f"{text}…") > room:
        text = text[:-1]
    return f"{text.rstrip(' ·,;:')}…"
