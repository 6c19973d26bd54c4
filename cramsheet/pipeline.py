"""The line in order, from the files of a pack to finished documents.

Packs come from `shelf`; `desk` writes what is printed here.
"""

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import product
from typing import TYPE_CHECKING

from cramsheet.pack.exam import KindName
from cramsheet.pack.pack import Pack
from cramsheet.page.shop import Shop
from cramsheet.page.writing import Writer
from cramsheet.plan.areas import AS_USUAL, Margins
from cramsheet.plan.generating import Lot
from cramsheet.plan.keeping import kept_of
from cramsheet.plan.kinds import KINDS, USUAL
from cramsheet.plan.looks import DEFAULT_INK, MODERN, Look
from cramsheet.plan.plan import Order, Plan, kind_of, make_plan, paper_of, shows
from cramsheet.problems import MachineFault, Mistakes, Problem, did_you_mean, mistake

if TYPE_CHECKING:
    from cramsheet.press.engine import Engine
    from cramsheet.press.over import Under
    from cramsheet.press.press import Made, Wish

FORMATS = ("pdf", "html")
_BELOW = {kind.over: kind.name for kind in KINDS.values() if kind.over}  # what lies over each kind


@dataclass(frozen=True)
class Printed:
    """A finished document and what a person wants to know of it; size in pt, seconds of work."""

    exam: str
    name: str
    data: bytes
    pages: int
    things: int
    size: float
    seconds: float
    fit: str = ""  # how it came to fit, in a line
    left_out: str = ""  # the list of what did not fit
    missing: tuple[str, ...] = ()  # the facts on it by their short names, most important first
    record: str = ""  # of how it is set, for the next time
    ink: float = 0.0  # the share of the paper that it covers

    def files(self) -> dict[str, bytes | None]:
        """All that is written, by path below the output folder; None where a file has to go."""
        stem = self.name.removesuffix(".pdf")
        files: dict[str, bytes | None] = {f"{self.exam}/{self.name}": self.data}
        if stem != self.name:
            files[f"{self.exam}/{stem}-left-out.txt"] = self.left_out.encode() or None
            files[_record(self.exam, stem)] = self.record.encode()
        return files


def _record(exam: str, name: str) -> str:
    return f"{exam}/.layout/{name}.json"


@dataclass(frozen=True)
class Job:
    """What one build has to make; an empty tuple of papers means those of exam.yaml."""

    kinds: tuple[str, ...] = USUAL
    papers: tuple[str, ...] = ("",)
    formats: tuple[str, ...] = ("pdf",)
    edition: date | None = None
    pages: Mapping[str, int] = field(default_factory=dict)  # by kind; 0: as many as it takes
    columns: Mapping[str, int] = field(default_factory=dict)  # by kind; 0: as the fit chooses
    large: bool = False  # large print
    floor: float | None = None  # pt
    tells: bool = False  # a line at the foot names what was left out
    plain: bool = False  # WeasyPrint breaks the columns, to compare
    looks: tuple[Look, ...] = (MODERN,)
    inks: tuple[str, ...] = (DEFAULT_INK,)
    margins: Margins = AS_USUAL
    feet: bool = False  # answers to gaps at the foot
    lot: Lot | None = None  # generated questions

    def orders(self, packs: Iterable[Pack]) -> list[tuple[Pack, Order]]:
        """One for each document; a pack without questions has no booklet and no key, and one with
        nothing to ask no page to fold.

        "a5,a5-landscape" names one paper twice for a sheet: it is made once.
        """
        orders: dict[tuple[object, ...], tuple[Pack, Order]] = {}
        for pack, order in self._combinations(packs):
            if order.lot or shows(kind_of(order), pack):
                paper = paper_of(pack, order).name
                name = (order.format, pack.name, paper, order.look, order.ink, order.kind)
                orders.setdefault(name, (pack, order))
        return list(orders.values())

    def _order(self, pack: Pack, kind: str, paper: str, look: Look, ink: str, format: str) -> Order:
        """What exam.yaml says counts where nothing else was asked for."""
        settings = KINDS[kind].settings
        pages = _asked(settings, self.pages, pack.exam.pages)
        columns = _asked(settings, self.columns, pack.exam.columns)
        notes = self._order(pack, "notes", paper, look, ink, format) if kind == "key" else None
        return Order(
            kind, paper, format, self.edition, pages, columns, self.large, self.floor,
            self.tells, self.plain, self._margins(pack), notes, look, ink,
            self.feet and settings == "sheet", self.lot if KINDS[kind].asks else None,
        )  # fmt: skip

    def _margins(self, pack: Pack) -> Margins:
        if self.margins.binding is None:
            return replace(self.margins, binding=pack.exam.binding)
        return self.margins

    def _combinations(self, packs: Iterable[Pack]) -> Iterator[tuple[Pack, Order]]:
        kinds = sorted(self.kinds, key=list(KINDS).index)
        for format, pack in product(self.formats, packs):
            papers = self.papers if format == "pdf" else ("",)
            for paper, look, ink, kind in product(papers, self.looks, self.inks, kinds):
                yield pack, self._order(pack, kind, paper, look, ink, format)


def _asked(kind: str, order: Mapping[str, int], exam: Mapping[KindName, int]) -> int | None:
    """What the order says, or exam.yaml; None for 0."""
    by_kind = {str(name): number for name, number in exam.items()} | dict(order)
    return by_kind.get(kind) or None


def check(packs: Iterable[Pack], shop: Shop) -> None:
    """Write every document without laying it out: formulas, pictures and templates are read."""
    problems: dict[Problem, None] = {}
    for pack in packs:
        for kind in KINDS:
            try:
                Writer(make_plan(pack, Order(kind)), shop).flow({}, 100.0)  # of any height
            except Mistakes as error:
                problems |= dict.fromkeys(error.problems)
    if problems:
        raise Mistakes(problems)


def build(
    orders: Iterable[tuple[Pack, Order]],
    shop: Shop,
    done: Callable[[str], None],
    before: Callable[[str], str] = lambda _: "",
) -> list[Printed]:
    """Every document ordered, proofread, or every problem in any of them (Mistakes).

    `done` is told the name of each document when it is finished. `before` gives the text of a
    record of the last time by its path below the output folder, "" when there is none.
    """
    line = _Line(shop, done, before)
    with ExitStack() as stack:
        for pack, order in orders:
            if order.format == "pdf" and line.engine is None:
                from cramsheet.press.engine import Engine  # WeasyPrint is slow to import

                line.engine = stack.enter_context(Engine())
            line.attempt(pack, order)
    if line.problems:
        raise Mistakes(line.problems)
    return line.printed


@dataclass
class _Line:
    """A build under way: one document's mistakes do not hide those of the next."""

    shop: Shop
    done: Callable[[str], None]
    before: Callable[[str], str]
    engine: "Engine | None" = None
    printed: list[Printed] = field(default_factory=list)
    problems: dict[Problem, None] = field(default_factory=dict)
    notes: dict[tuple[str, str, Look], Mapping[str, int]] = field(default_factory=dict)
    under: "dict[tuple[str, Order], Under]" = field(default_factory=dict)

    def attempt(self, pack: Pack, order: Order) -> None:
        try:
            printed = self._html(pack, order) if order.format == "html" else self._pdf(pack, order)
        except MachineFault:
            raise  # no other document will fare better
        except Mistakes as error:
            self.problems |= dict.fromkeys(error.problems)
            return
        self.printed.append(printed)
        self.done(printed.name)

    def _html(self, pack: Pack, order: Order) -> Printed:
        started = time.perf_counter()
        plan = make_plan(pack, order)
        text = Writer(plan, self.shop, screen=True).edition({})
        _all_there(text, plan)
        name = f"{plan.name.removesuffix(f'-{plan.area.paper.name}')}.html"
        return Printed(pack.name, name, text.encode(), 0, plan.count, 0, _since(started))

    def _pdf(self, pack: Pack, order: Order) -> Printed:
        from cramsheet.press import press, proof
        from cramsheet.press.coverage import coverage
        from cramsheet.press.labels import list_left_out

        started = time.perf_counter()
        writer = Writer(make_plan(pack, order), self.shop)
        palette = writer.palette()
        palette.prove(len(pack.exam.blueprint.domains))
        made = self._laid(writer, order, pack)
        proof.prove(made.pages, made.plan, palette.contrast)
        written = press.write(made.pages, self._press())
        proof.prove_fonts(written, made.plan)
        return Printed(
            pack.name,
            f"{made.plan.name}.pdf",
            written.data,
            made.pages.count,
            made.plan.count,
            made.fit.size,
            _since(started),
            made.fit.told(),
            list_left_out(made.fit.left_out, writer.plan),
            made.missing,
            made.kept.text(),
            coverage(written.data),
        )

    def _laid(self, writer: Writer, order: Order, pack: Pack) -> "Made":
        from cramsheet.press import press

        notes = self._notes_pages(pack, order) if order.kind == "key" else {}
        kept = kept_of(self.before(_record(pack.name, writer.plan.name)))
        wish = press.Wish(order.pages, kept, notes, order.tells, order.plain)
        if writer.plan.kind.name in _BELOW or writer.plan.kind.over:
            return self._sheet(writer, order, pack, wish)
        made = press.lay_out(writer, self._press(), wish)
        if order.kind == "notes":
            self.notes[pack.name, order.paper, order.look] = made.pages.first_pages
        return made

    def _sheet(self, writer: Writer, order: Order, pack: Pack, wish: "Wish") -> "Made":
        """One that others lie over, or one that lies over it."""
        from cramsheet.press import over, press

        if below := writer.plan.kind.over:
            beneath = replace(order, kind=below)
            if (pack.name, beneath) not in self.under:
                self._laid(Writer(make_plan(pack, beneath), self.shop), beneath, pack)
            return over.lay_over(writer, self._press(), wish, self.under[pack.name, beneath])
        room = 0.0
        if order.feet:
            gaps = replace(order, kind=_BELOW[order.kind])
            above = Writer(make_plan(pack, gaps), self.shop)
            made, room = over.lay_with_feet(writer, above, self._press(), wish)
        else:
            made = press.lay_out(writer, self._press(), wish)
        self.under[pack.name, order] = over.Under.of(made, room)
        return made

    def _notes_pages(self, pack: Pack, order: Order) -> Mapping[str, int]:
        """Where each fact stands in the notes of the same paper, laid out for it if need be."""
        if (pack.name, order.paper, order.look) not in self.notes:
            notes = order.notes or replace(order, kind="notes", pages=None, columns=None, lot=None)
            self._laid(Writer(make_plan(pack, notes), self.shop), notes, pack)
        return self.notes[pack.name, order.paper, order.look]

    def _press(self) -> "Engine":
        assert self.engine is not None
        return self.engine


def _since(started: float) -> float:
    return time.perf_counter() - started


def _all_there(text: str, plan: Plan) -> None:
    """The HTML edition holds each fact and question of the plan once; raises Mistakes."""
    found = re.findall(r'<article id="([^"]+)"', text)
    wrong = [name for name in plan.ids() if found.count(name) != 1]
    if wrong:
        marks = plan.marks()
        raise Mistakes(
            Problem(f'"{name}" does not stand once in {plan.kind.name}.html', marks[name])
            for name in wrong
        )


def choose(wanted: str, known: Iterable[str], what: str) -> tuple[str, ...]:
    """The words of a list like "sheet,key"; raises Mistakes for one that is not known."""
    names = list(known)
    words = tuple(dict.fromkeys(word.strip() for word in wanted.split(",") if word.strip()))
    for word in words:
        if word not in names:
            raise mistake(f'no {what} "{word}"', hint=did_you_mean(word, names))
    return words
