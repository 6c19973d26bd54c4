"""A plan -> HTML, through Jinja."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import unescape
from urllib.parse import urlsplit

from markupsafe import Markup

from cramsheet.pack.facts import Compare
from cramsheet.page.advances import text_width
from cramsheet.page.borrowed import borrowed
from cramsheet.page.bubbles import Grid, grid, solved
from cramsheet.page.edges import Edges
from cramsheet.page.fonts import embedded_css, faces_css
from cramsheet.page.gaps import Gaps
from cramsheet.page.letters import lacking, printed, unprintable, unreadable
from cramsheet.page.listings import listing
from cramsheet.page.markup import direction, inline, marks_of, plain, short, stem
from cramsheet.page.palette import Palette
from cramsheet.page.plates import Plates
from cramsheet.page.properties import ROOT, properties
from cramsheet.page.rendering import environment, in_authors_words
from cramsheet.page.sheets import Answers, Sheet
from cramsheet.page.shop import Shop, Style
from cramsheet.page.sizing import refuse_sizes
from cramsheet.page.small import share, variables
from cramsheet.page.tables import cell, column_shares, pair_shares
from cramsheet.page.words import Words
from cramsheet.plan.areas import Area, listing_area
from cramsheet.plan.asking import Question
from cramsheet.plan.plan import Plan
from cramsheet.problems import Mistakes

HTML_PAPER = "screen"
_MARGIN_LINE = 14.8  # em
_INDENT = 2.1  # em, of a question beside its number


@dataclass(frozen=True)
class Html:
    """Text and its stylesheets in cascade order."""

    text: str
    styles: tuple[Style, ...]


@dataclass
class Writer:
    """Writes the parts of one document; every text it makes is a function of plan and shop."""

    plan: Plan
    shop: Shop
    screen: bool = False  # for a browser, not for paper
    numbers: Mapping[str, int] = field(default_factory=dict)  # of the first gap of each fact
    whole: frozenset[str] = frozenset()  # ids of facts without gaps
    fonts_of: Plan | None = None  # the plan that fonts are borrowed for, when it is not its own

    def __post_init__(self) -> None:
        language = self.plan.exam.language
        self.words = Words.of(language, self.shop)
        text = "".join(
            (printed(self.fonts_of or self.plan), self.words.all_said(), marks_of(language))
        )
        self.more = borrowed(lacking(text), language, self.shop.case)
        ink = properties([self.shop.style(self._look_and_ink()[1])]).get(ROOT, {})
        tone = ink.get("pictures", "")
        self.plates = Plates(
            self.plan, self.words, self.palette(), tone, self.screen, self._families
        )
        hides = bool(self.plan.kind.over)
        self.gaps = Gaps(self.plan.entries, self.numbers, hides, self.whole, self.screen)
        self.environment = environment(self.shop.templates()).overlay()
        self.environment.filters = {
            **self.environment.filters,
            "md": lambda text: self.plates.in_text(inline(text, language)),
            "plain": plain,
            "direction": direction,
            "stem": stem,
            "short": short,
            "where": _where,
            "tex": self.plates.formula,
            "figure": self.plates.figure,
            "listing": listing,
            "cell": cell,
            "gap": self.gaps.gap,
            "keys": self.gaps.keys,
            "columns": self._columns,
            "pairs": self._pairs,
            "told": self._told,
            "solved": self.solved,
        }

    def flow(self, pages: Mapping[str, int], height: float) -> Html:
        """The facts or questions, on pages as wide as a column and so many mm high.

        `pages` are those of the facts in the notes, by element id.
        """
        self._all_printable()
        self.gaps.found.clear()
        size = _page_size(self.plan.area, height)
        text = self._render(f"{self.plan.kind.name}.html", layout="flow.html", pages=pages)
        return Html(text, self._styles(size))

    def left_out(self) -> Mapping[str, list[Markup]]:
        """What the gaps of each fact leave out."""
        self.flow({}, 100.0)  # of any height
        return dict(self.gaps.found)

    def answers(self, page: int, answers: Answers, height: float) -> Html:
        """What belongs into the gaps of a page, for its back."""
        size = _page_size(self.plan.area, height)
        return Html(self._render("backs.html", page=page, answers=answers), self._styles(size))

    def strips(self, pages: Sequence[Answers], height: float) -> Html:
        """The same at the foot of each page, to learn how high they are."""
        area = replace(self.plan.area, columns=1)
        return Html(self._render("feet.html", pages=pages), self._styles(_page_size(area, height)))

    @property
    def contents_area(self) -> Area:
        area = self.plan.area
        return replace(area, columns=1) if self.plan.form else listing_area(area)

    def contents(self, pages: Mapping[str, int], height: float) -> Html:
        """A list of domains and topics with the pages they begin on, by element id; of a form its
        front page."""
        size = _page_size(self.contents_area, height)
        name = "front.html" if self.plan.form else "contents.html"
        return Html(self._render(name, pages=pages), self._styles(size))

    def leaf(self, **values: object) -> Html:
        """The whole of a document that is not made of blocks."""
        self._all_printable()
        edges = Edges(self.plan, self.words, 99)
        text = self._render(f"{self.plan.kind.name}.html", edges=edges, **values)
        return Html(text, self._styles(edges.rules(), "leaf"))

    def palette(self) -> Palette:
        return Palette.of([self.shop.style(name) for name in ("base", *self._look_and_ink())])

    def frames(self, sheets: Sequence[Sheet]) -> Html:
        """A page a sheet: running heads and feet, and the title block where it belongs."""
        self._all_printable()
        edges = Edges(self.plan, self.words, sheets[-1].total)
        text = self._render("frames.html", sheets=sheets, edges=edges)
        return Html(text, self._styles(edges.rules(), "frames"))

    def edition(self, pages: Mapping[str, int]) -> str:
        """One self-contained HTML file for screens."""
        name = f"{self.plan.kind.name}.html"
        text = self._render(name, layout="screen.html", pages=pages)
        names = ("base", *self.plan.kind.styled, *self._direction)
        styles = [style for name in names for style in self.shop.style_if_any(name)]
        look, ink = self._look_and_ink()
        styles += [self.shop.style(name) for name in (look, HTML_PAPER, ink)]
        rules = "\n".join(style.text for style in styles)
        css = embedded_css(unescape(text) + rules, self.more)  # styles print marks, too
        css += variables(self.plan.kind) + self._fonts + rules
        return text.replace("/*styles*/", css.replace("</", "<\\/"), 1)

    def _styles(self, page: str, *more: str) -> tuple[Style, ...]:
        kind, paper = self.plan.kind, self.plan.area.paper
        names = ("base", *more, *kind.styled, *self._direction)
        own = [style for name in names for style in self.shop.style_if_any(name)]
        own += self.shop.style_if_any("paper/card") if paper.card else ()
        own += self.shop.style_if_any(f"paper/{paper.name.split('-')[0]}")
        own += [self.shop.style(name) for name in self._look_and_ink()]
        made = f"{page}\n@page {{ font-family: CramText }}\n"
        made += f"html {{ font-size: {kind.size}pt }}\n{variables(kind)}{self._fonts}"
        refuse_sizes(own)
        light = properties(own)[ROOT].get("strokes") == "light"
        fonts = faces_css("".join(style.text for style in own), light, self.more)
        return (Style("fonts", fonts), Style("pages", made), *own)

    def _look_and_ink(self) -> tuple[str, str]:
        """The ink has the last word, for it makes promises."""
        return f"look/{self.plan.look.name}", f"ink/{self.plan.ink}"

    @property
    def _direction(self) -> tuple[str, ...]:
        return ("rtl",) if self.plan.exam.right_to_left else ()

    @property
    def _fonts(self) -> str:
        """The rule that tells the styles which fonts come after ours."""
        return f":root {{ --more: {', '.join(self._families)} }}\n" if self.more else ""

    @property
    def _families(self) -> tuple[str, ...]:
        return tuple(font.family for font in self.more)

    def _all_printable(self) -> None:
        if lost := [*unprintable(self.plan, self.more), *unreadable(self.plan)]:
            raise Mistakes(lost)

    def _render(self, name: str, **values: object) -> str:
        before = len(self.plates.problems)
        text = in_authors_words(
            self.environment, name, plan=self.plan, exam=self.plan.exam, words=self.words,
            sided=_sided(self.plan), **values,
        )  # fmt: skip
        if self.plates.problems[before:]:
            raise Mistakes(dict.fromkeys(self.plates.problems))
        return text

    def _columns(self, fact: Compare) -> tuple[float, ...]:
        kind = self.plan.kind
        em = kind.size * share("tables", kind) * 25.4 / 72  # mm
        return column_shares(fact, self.plan.area.column / em, self.plan.look.face)

    def _pairs(self, question: Question) -> tuple[float, ...]:
        rights = [option.text for option in question.options]
        width = self.plan.area.column / self._type - _INDENT
        return pair_shares(question.lefts, rights, width, self.plan.look.face)

    def grid(self, head: float) -> Grid:
        """Of an answer sheet and of its key strip, below so many mm."""
        area = self.plan.area
        asked = [question for section in self.plan.sections for question in section.questions]
        type, floor = self._type, _mm(self.plan.kind.floor)
        return grid(asked, self._truths, area.width, area.height, type, floor, head)

    def solved(self, question: Question, on: Grid) -> str:
        return solved(question, self._truths, (on.content - on.bubble * 2) / self._type)

    @property
    def _truths(self) -> tuple[str, str]:
        return self.words("true"), self.words("false")

    @property
    def _type(self) -> float:
        """The size of the text, in mm."""
        return _mm(self.plan.kind.size)

    def _told(self, names: Sequence[str]) -> str:
        """What was left out, as far as a line holds it."""
        line = self.plan.area.width * 72 / 25.4 / self.plan.kind.running_size  # em
        for count in range(len(names), -1, -1):
            shown, more = " · ".join(names[:count]), len(names) - count
            text = self.words("left_out", names=shown)
            if more:
                text = self.words("left_out_more", names=shown, count=more)
            if text_width(text) < line:
                break
        return text


def _mm(points: float) -> float:
    return points * 25.4 / 72


def _page_size(area: Area, height: float) -> str:
    """A column is a page of its own."""
    return f"@page {{ size: {area.column:.3f}mm {height:.3f}mm; margin: 0 }}"


def _sided(plan: Plan) -> bool:
    """Whether notes have room for sources in an outer margin."""
    narrow = plan.kind.large or plan.area.columns > 1 or plan.area.width <= 160
    return plan.kind.name == "notes" and not narrow


def _where(address: str) -> str:
    """An address in one line of the notes' margin: whose page, and the last part of its path."""
    if not address.startswith(("http://", "https://")):
        return address
    parts = urlsplit(address)
    host = (parts.hostname or address).split(".")[-2:][0]
    last = parts.path.rstrip("/").rpartition("/")[2].removesuffix(".html").removesuffix(".md")
    label = f"{host} › {last}" if last else host
    while text_width(label) > _MARGIN_LINE:
        label = f"{label.removesuffix('…')[:-1]}…"
    return label
