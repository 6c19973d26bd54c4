"""The line in order, from the files of a pack to finished documents.

Packs come from `shelf`; `desk` writes what is printed here.
"""

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from cramsheet.pack.pack import Pack
from cramsheet.page.markup import plain, short
from cramsheet.page.shop import Shop
from cramsheet.page.writing import Writer
from cramsheet.plan.budget import Budget
from cramsheet.plan.kinds import KINDS
from cramsheet.plan.plan import Order, Plan, make_plan, paper_of
from cramsheet.problems import MachineFault, Mistakes, Problem, did_you_mean, mistake

if TYPE_CHECKING:
    from cramsheet.press.engine import Engine
    from cramsheet.press.fitting import Fit
    from cramsheet.press.press import Pages

FORMATS = ("pdf", "html")


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
    fit: str = ""  # how it came to fit its budget of pages, in a line
    beside: Mapping[str, bytes] = field(default_factory=dict)  # small files that go with it

    def files(self) -> dict[str, bytes]:
        """All that is written, by path below the output folder."""
        return {
            f"{self.exam}/{name}": data
            for name, data in {self.name: self.data, **self.beside}.items()
        }


@dataclass(frozen=True)
class Job:
    """What one build has to make; an empty tuple of papers means those of exam.yaml."""

    kinds: tuple[str, ...] = tuple(KINDS)
    papers: tuple[str, ...] = ("",)
    formats: tuple[str, ...] = ("pdf",)
    edition: date | None = None
    pages: int | None = None  # of the sheet; None: as exam.yaml says; 0: as many as it takes
    plain: bool = False  # columns laid out as pages, without blocks

    def orders(self, packs: Iterable[Pack]) -> list[tuple[Pack, Order]]:
        """One for each document; a pack without questions has no booklet and no key.

        "a5,a5-landscape" names one paper twice for a sheet: it is made once.
        """
        orders: dict[tuple[str, ...], tuple[Pack, Order]] = {}
        for pack, order in self._combinations(packs):
            if not KINDS[order.kind].asks or any(pack.singles()):
                name = (order.format, pack.name, paper_of(pack, order).name, order.kind)
                orders.setdefault(name, (pack, order))
        return list(orders.values())

    def _pages(self, pack: Pack, kind: str) -> int | None:
        """The budget, which only a sheet has."""
        wanted = pack.exam.pages if self.pages is None else self.pages
        return wanted or None if kind == "sheet" else None

    def _combinations(self, packs: Iterable[Pack]) -> Iterator[tuple[Pack, Order]]:
        for format in self.formats:
            for pack in packs:
                for paper in self.papers if format == "pdf" else ("",):
                    for kind in sorted(self.kinds, key=list(KINDS).index):
                        yield (
                            pack,
                            Order(
                                kind,
                                paper,
                                format,
                                self.edition,
                                self._pages(pack, kind),
                                self.plain,
                            ),
                        )


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
    orders: Iterable[tuple[Pack, Order]], shop: Shop, done: Callable[[str], None]
) -> list[Printed]:
    """Every document ordered, proofread, or every problem in any of them (Mistakes).

    `done` is told the name of each document when it is finished.
    """
    line = _Line(shop, done)
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
    engine: "Engine | None" = None
    printed: list[Printed] = field(default_factory=list)
    problems: dict[Problem, None] = field(default_factory=dict)
    notes: dict[tuple[str, str], Mapping[str, int]] = field(default_factory=dict)

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
        name = f"{pack.name}-{plan.kind.name}.html"
        return Printed(pack.name, name, text.encode(), 0, plan.count, 0, _since(started))

    def _pdf(self, pack: Pack, order: Order) -> Printed:
        from cramsheet.press import press, proof

        assert self.engine is not None
        started = time.perf_counter()
        plan = make_plan(pack, order)
        writer = Writer(plan, self.shop)
        laid, plan, fit = self._laid(writer, order, pack)
        if order.kind == "notes":
            self.notes[pack.name, order.paper] = laid.first_pages
        proof.prove(laid, plan)
        written = press.write(laid, self.engine)
        proof.prove_fonts(written, plan)
        printed = Printed(
            pack.name,
            f"{plan.name}.pdf",
            written.data,
            laid.count,
            plan.count,
            fit.size if fit else plan.kind.size,
            _since(started),
        )
        if fit is None:
            return printed
        beside = _left_out(plan, writer.plan) if order.pages else {}
        return replace(printed, fit=fit.told(), beside=beside)

    def _laid(self, writer: Writer, order: Order, pack: Pack) -> "tuple[Pages, Plan, Fit | None]":
        """By blocks where that can be; by the plain way where it is asked for or has to be."""
        from cramsheet.press import press
        from cramsheet.press.fitting import fitted, flowing

        assert self.engine is not None
        if order.pages:
            return fitted(writer, self.engine, Budget(order.pages))
        if order.kind == "sheet" and not order.plain and (done := flowing(writer, self.engine)):
            return done
        pages = self._notes_pages(pack, order) if order.kind == "key" else {}
        return press.lay_out(writer, self.engine, pages), writer.plan, None

    def _notes_pages(self, pack: Pack, order: Order) -> Mapping[str, int]:
        """Where each fact stands in the notes of the same paper, laid out for it if need be."""
        from cramsheet.press import press

        assert self.engine is not None
        known = self.notes.get((pack.name, order.paper))
        if known is None:
            plan = make_plan(pack, Order("notes", order.paper, edition=order.edition))
            known = press.lay_out(Writer(plan, self.shop), self.engine, {}).first_pages
            self.notes[pack.name, order.paper] = known
        return known


def _left_out(shown: Plan, whole: Plan) -> dict[str, bytes]:
    """The list of what did not fit, beside the document; empty when everything did."""
    left = set(whole.ids()) - set(shown.ids())
    lines = [
        f"{entry.mark}\t{entry.fact.priority}\t{entry.id}\t{plain(short(entry.fact))}"
        for entry in whole.entries.values()
        if f"fact-{entry.id}" in left
    ]
    head = f"{len(lines)} of {whole.count} facts are not on this sheet: file, priority, id, fact"
    return {f"{whole.name}-left-out.txt": "\n".join([head, *lines, ""]).encode()}


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
