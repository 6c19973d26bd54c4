"""A plan -> HTML, through Jinja."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from pathlib import Path
from traceback import walk_tb
from urllib.parse import urlsplit

import jinja2

from cramsheet.pack.facts import Compare
from cramsheet.page.edges import Domain, Edges
from cramsheet.page.fonts import embedded_css, faces_css
from cramsheet.page.letters import unprintable, unreadable
from cramsheet.page.listings import listing
from cramsheet.page.markup import inline, plain, short, stem
from cramsheet.page.palette import Palette
from cramsheet.page.plates import Plates
from cramsheet.page.properties import ROOT, properties
from cramsheet.page.shop import Shop, Style
from cramsheet.page.sizing import refuse_sizes
from cramsheet.page.small import share, variables
from cramsheet.page.tables import column_shares, text_width
from cramsheet.page.words import Unspoken, Words
from cramsheet.plan.areas import Area, listing_area
from cramsheet.plan.plan import Plan
from cramsheet.problems import Mark, Mistakes, mistake

HTML_PAPER = "screen"
_MARGIN_LINE = 14.8  # em


@dataclass(frozen=True)
class Html:
    """Text and its stylesheets in cascade order."""

    text: str
    styles: tuple[Style, ...]


@dataclass(frozen=True)
class ColumnHead:
    """Above a column of a sheet that begins inside a topic: which; corner and width in mm of the
    page."""

    left: float
    top: float
    width: float
    domain: int
    topic: str


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


@dataclass
class Writer:
    """Writes the parts of one document; every text it makes is a function of plan and shop."""

    plan: Plan
    shop: Shop
    screen: bool = False  # for a browser, not for paper

    def __post_init__(self) -> None:
        language = self.plan.exam.language
        self.words = Words.of(language, self.shop)
        ink = properties([self.shop.style(self._look_and_ink()[1])]).get(ROOT, {})
        tone = ink.get("pictures", "")
        self.plates = Plates(self.plan, self.words, self.palette(), tone, self.screen)
        self.environment = _environment(self.shop.templates()).overlay()
        self.environment.filters = {
            **self.environment.filters,
            "md": lambda text: self.plates.in_text(inline(text, language)),
            "plain": plain,
            "stem": stem,
            "short": short,
            "where": _where,
            "tex": self.plates.formula,
            "figure": self.plates.figure,
            "listing": listing,
            "columns": self._columns,
            "told": self._told,
        }

    def flow(self, pages: Mapping[str, int], height: float) -> Html:
        """The facts or questions, on pages as wide as a column and so many mm high.

        `pages` are those of the facts in the notes, by element id.
        """
        if lost := [*unprintable(self.plan), *unreadable(self.plan)]:
            raise Mistakes(lost)
        size = _page_size(self.plan.area, height)
        text = self._render(f"{self.plan.kind.name}.html", layout="flow.html", pages=pages)
        return Html(text, self._styles(size))

    @property
    def contents_area(self) -> Area:
        return listing_area(self.plan.area)

    def contents(self, pages: Mapping[str, int], height: float) -> Html:
        """A list of domains and topics with the pages they begin on, by element id."""
        size = _page_size(self.contents_area, height)
        return Html(self._render("contents.html", pages=pages), self._styles(size))

    def palette(self) -> Palette:
        return Palette.of([self.shop.style(name) for name in ("base", *self._look_and_ink())])

    def frames(self, sheets: Sequence[Sheet]) -> Html:
        """A page a sheet: running heads and feet, and the title block where it belongs."""
        edges = Edges(self.plan, self.words, sheets[-1].total)
        text = self._render("frames.html", sheets=sheets, edges=edges)
        return Html(text, self._styles(edges.rules(), "frames"))

    def edition(self, pages: Mapping[str, int]) -> str:
        """One self-contained HTML file for screens."""
        name = f"{self.plan.kind.name}.html"
        text = self._render(name, layout="screen.html", pages=pages)
        styles = [self.shop.style("base"), *self.shop.style_if_any(self.plan.kind.name)]
        look, ink = self._look_and_ink()
        styles += [self.shop.style(name) for name in (look, HTML_PAPER, ink)]
        rules = "\n".join(style.text for style in styles)
        css = embedded_css(unescape(text) + rules)  # styles print marks, too
        css += variables(self.plan.kind) + rules
        return text.replace("/*styles*/", css.replace("</", "<\\/"), 1)

    def _styles(self, page: str, *more: str) -> tuple[Style, ...]:
        kind, paper = self.plan.kind, self.plan.area.paper
        names = ("base", *more, kind.name)
        own = [style for name in names for style in self.shop.style_if_any(name)]
        own += self.shop.style_if_any("paper/card") if paper.card else ()
        own += self.shop.style_if_any(f"paper/{paper.name.split('-')[0]}")
        own += [self.shop.style(name) for name in self._look_and_ink()]
        made = f"{page}\n@page {{ font-family: CramText }}\n"
        made += f"html {{ font-size: {kind.size}pt }}\n{variables(kind)}"
        refuse_sizes(own)
        light = properties(own)[ROOT].get("strokes") == "light"
        fonts = faces_css("".join(style.text for style in own), light)
        return (Style("fonts", fonts), Style("pages", made), *own)

    def _look_and_ink(self) -> tuple[str, str]:
        """The ink has the last word, for it makes promises."""
        return f"look/{self.plan.look.name}", f"ink/{self.plan.ink}"

    def _render(self, name: str, **values: object) -> str:
        before = len(self.plates.problems)
        text = _in_authors_words(
            self.environment, name, plan=self.plan, exam=self.plan.exam, words=self.words,
            sided=_sided(self.plan), **values,
        )  # fmt: skip
        if self.plates.problems[before:]:
            raise Mistakes(dict.fromkeys(self.plates.problems))
        return text

    def _columns(self, fact: Compare) -> tuple[float, ...]:
        kind = self.plan.kind
        em = kind.size * share("tables", kind) * 25.4 / 72  # mm
        return column_shares(fact, self.plan.area.column / em / self.plan.look.wide)

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


@lru_cache(maxsize=4)
def _environment(folders: tuple[Path, ...]) -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders),
        autoescape=True,
        undefined=_Undefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.do"],
    )


class _Undefined(jinja2.StrictUndefined):
    """Says what a template could have asked for, in its author's words."""

    @property
    def _undefined_message(self) -> str:
        thing = type(self._undefined_obj)
        known = getattr(thing, "model_fields", None) or getattr(thing, "__dataclass_fields__", ())
        has = f"; there is: {', '.join(known)}" if known else ""
        return f'nothing is called "{self._undefined_name}" here{has}'


def _in_authors_words(environment: jinja2.Environment, name: str, **values: object) -> str:
    try:
        return environment.get_template(name).render(**values)
    except jinja2.TemplateSyntaxError as error:
        mark = Mark(error.filename or error.name or name, error.lineno)
        raise mistake(f"template: {error.message}", mark) from error
    except jinja2.TemplateNotFound as error:
        raise mistake(
            f'no template "{error.name}"', hint="a kind of fact or question needs one"
        ) from error
    except (jinja2.UndefinedError, Unspoken) as error:
        raise mistake(f"template: {error}", _template_line(error)) from error


def _template_line(error: Exception) -> Mark | None:
    places = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    return next(
        (Mark(name, line) for name, line in reversed(places) if name.endswith(".html")), None
    )
