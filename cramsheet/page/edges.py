"""What stands at the edges of a page: running heads and feet, and the tabs of the thumb index.

All of it is cut to what the paper holds: a card says code and page number, an A4 page much more.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from cramsheet.page.advances import cut_to, text_width
from cramsheet.page.linking import BESIDE, Code, code_in
from cramsheet.page.markup import plain
from cramsheet.page.words import Words
from cramsheet.plan.papers import UNPRINTED
from cramsheet.plan.plan import Plan
from cramsheet.plan.record import code_of

_BOLD = 1.08  # widths are measured in regular type, and heads are semibold
_APART = 1.5  # em between two texts on a line
_MARKS = 6.5  # em that the signs of the legend take, and the room around them
_TALLEST = 14.0  # mm of a tab
_CARDS = 0.6  # of that, at least, on small paper
_LOWEST = 2.8  # mm
_BETWEEN = 0.8  # mm between two tabs, at least
_NUMBER = 4.0  # mm, the type of a tab, at most
_BESIDE = 3.0  # em more that the legend takes beside other words
_CODE = "MMMMM · "  # as wide as the code of a page, at most
_NAMES = (18.0, 10.0)  # em that a name gets at the foot if they can be had: 35 letters, or 20


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
class NamePlace:
    """Where a person's name may stand at the foot of a page: the size of the paper, both ends of
    the line and its top in mm, its type in pt. It ends at the right or begins at the left."""

    paper: tuple[float, float]
    left: float
    right: float
    top: float
    size: float
    at_right: bool = True


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
        hands = (1, 2) if area.right_hand(1) else (2, 1)
        right, left = (" ".join(f"{it:.3f}mm" for it in area.margins(page)) for page in hands)
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
        about, place = self._usual_foot
        if not self.plan.named:
            return about, place
        abouts = [*self._abouts(), ""]
        places = ("middle", "beside") if place in ("middle", "beside") else (place,)
        tries = [(it, there) for there in places for it in abouts if self._stands(it, there)]
        enough = (it for em in _NAMES for it in tries if self._left_for_a_name(*it) >= em)
        return next(enough, max(tries, key=lambda it: self._left_for_a_name(*it)))

    @cached_property
    def _usual_foot(self) -> tuple[str, str]:
        abouts = list(self._abouts())
        room = self._holds - self._width_of_number - _APART
        if self.plan.kind.floats:
            for about in abouts:
                if self._stands(about, "middle"):
                    return about, "middle"
                if text_width(about) + self._legend_width < room:
                    return about, "beside"
        place = "title" if self.plan.kind.floats else ""
        fits = (about for about in abouts if text_width(about) < room)
        return next(fits, cut_to(abouts[-1], room)), place

    @cached_property
    def _legend_width(self) -> float:
        return text_width("".join(self.words.parts("legend"))) + _MARKS

    def _stands(self, about: str, place: str) -> bool:
        """Whether it leaves the middle of the line to the legend that is to stand there."""
        sides = 2 * (text_width(about) + _APART)
        return place != "middle" or sides + self._legend_width < self._holds

    def _left_for_a_name(self, about: str, place: str) -> float:
        """How many em such a foot has between what it says and the page number."""
        wide = self.plan.look.wide
        if place == "middle":
            side = (self._line - wide * self._legend_width) / 2 - _APART
        else:
            legend = self._legend_width + _BESIDE if place == "beside" else 0.0
            side = self._line - wide * (text_width(about) + legend)
        return max(0.0, side - self._number_width - _APART)

    @property
    def _number_width(self) -> float:
        """Of the last page number, and the room before it."""
        return self.plan.look.wide * self._width_of_number + _APART

    @property
    def _width_of_number(self) -> float:
        code = self.link.side + BESIDE if self.link else 0.0
        em = self.plan.kind.running_size * 25.4 / 72 * self.plan.look.wide
        return text_width(_CODE * self.coded + self.number(self.total)) + code / em

    @cached_property
    def link(self) -> Code | None:
        """Of a group, as a QR code."""
        link = self.plan.exam.link
        return code_in(link, self.plan.area) if link else None

    @cached_property
    def coded(self) -> bool:
        """Whether pages tell their codes: on the smallest cards, that an exam is retired is worth
        more."""
        *_, least, _ = self._abouts()
        needs = text_width(least + _CODE + self.number(self.total)) + _APART
        return self.plan.exam.status != "retired" or needs < self._holds

    def name_place(self, page: int) -> NamePlace:
        """Beside the page number."""
        area, em = self.plan.area, self.plan.kind.running_size * 25.4 / 72
        _, right, bottom, left = area.margins(page)
        away, room = self._number_width * em, self._left_for_a_name(*self._foot) * em
        at_right = area.right_hand(page)
        end = area.paper.width - right - away if at_right else left + away + room
        top = area.paper.height - bottom + area.away
        paper = (area.paper.width, area.paper.height)
        return NamePlace(paper, end - room, end, top, self.plan.kind.running_size, at_right)

    def _abouts(self) -> Iterator[str]:
        """From the longest to the shortest."""
        exam, words, form = self.plan.exam, self.words, self.plan.form
        retired = [words("retired")] if exam.status == "retired" else []
        edition = (
            [f"{words('edition')} {words.day(self.plan.edition)}"] if self.plan.edition else []
        )
        digest = [self.plan.digest] if self.plan.digest else []
        name = [words(self.plan.called)]
        code = [f"{exam.code} {words('form', code=form.code)}"] if form else [exam.code]
        if form:
            yield " · ".join([*code, *name, *edition, *digest, *retired])
            name = []
        known = [*name, *edition, *digest, *retired], [*name, *edition, *retired]
        for more in (*known, [*name, *retired], retired, []):
            yield " · ".join([*code, *more])

    def number(self, page: int) -> str:
        """At the outer foot; of loose pages, how many there are, too; of an answer sheet by what
        its marker knows it."""
        if self.plan.kind.name == "answers":
            return self._sheet_code
        return f"{page}" if self.plan.area.bound else f"{page} / {self.total}"

    @cached_property
    def _sheet_code(self) -> str:
        return code_of(self.plan)

    # heads

    def code(self) -> str:
        """At the inner head."""
        return cut_to(self.plan.exam.code, self._holds / 3) if self.plan.area.heads else ""

    def head(self, domains: Sequence[Domain]) -> str:
        """At the outer head: the domains that go on from the page before."""
        if not self.plan.area.heads:
            return ""
        if self.plan.form:
            return self.words("form", code=self.plan.form.code)
        told = [f"{it.number} {plain(it.title)}" for it in domains if not it.begins]
        return cut_to(" · ".join(told), (self._holds - text_width(self.code()) - _APART) / _BOLD)

    @property
    def _line(self) -> float:
        """How long a line is, in em."""
        return self.plan.area.width * 72 / 25.4 / self.plan.kind.running_size

    @property
    def _holds(self) -> float:
        """The same in letters of the usual look, by which texts are measured."""
        return self._line / self.plan.look.wide

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
