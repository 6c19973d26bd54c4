"""The line in order, from the files of a pack to finished documents.

With `desk` the only place that touches files: it reads packs, `desk` writes what is printed.
"""

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cramsheet.pack.pack import Folder, Pack, read_pack
from cramsheet.pack.source import LARGEST_FILE, Source
from cramsheet.page.shop import Shop
from cramsheet.page.writing import Writer
from cramsheet.plan.kinds import KINDS
from cramsheet.plan.plan import Order, Plan, make_plan, paper_of
from cramsheet.problems import MachineFault, Mark, Mistakes, Problem, did_you_mean, mistake

if TYPE_CHECKING:
    from cramsheet.press.engine import Engine

FORMATS = ("pdf", "html")
LARGEST_PICTURE = 20 << 20  # bytes


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


@dataclass(frozen=True)
class Job:
    """What one build has to make; an empty tuple of papers means those of exam.yaml."""

    kinds: tuple[str, ...] = tuple(KINDS)
    papers: tuple[str, ...] = ("",)
    formats: tuple[str, ...] = ("pdf",)
    edition: date | None = None

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

    def _combinations(self, packs: Iterable[Pack]) -> Iterator[tuple[Pack, Order]]:
        for format in self.formats:
            for pack in packs:
                for paper in self.papers if format == "pdf" else ("",):
                    for kind in sorted(self.kinds, key=list(KINDS).index):
                        yield pack, Order(kind, paper, format, self.edition)


def exams(content: Path) -> list[str]:
    """The names of the packs, sorted; raises Mistakes when there is no content."""
    if not content.is_dir():
        hint = "go to the folder that holds content/, or type `cramsheet new my-exam`"
        raise mistake(f"there is no {content}", hint=hint)
    names = sorted(
        path.name for path in content.iterdir() if path.is_dir() and path.name[0] not in "._"
    )
    if not names:
        raise mistake(f"no pack in {content}", hint="`cramsheet new my-exam` makes one")
    return names


def load_all(content: Path, names: Iterable[str], here: Path) -> list[Pack]:
    """All packs, or every problem in all of their files (Mistakes)."""
    packs: list[Pack] = []
    problems: list[Problem] = []
    for name in names:
        try:
            packs.append(read_pack(_folder(content / name, here)))
        except Mistakes as error:
            problems += error.problems
    if problems:
        raise Mistakes(problems)
    return packs


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
        pages = self._notes_pages(pack, order) if order.kind == "key" else {}
        laid = press.lay_out(Writer(plan, self.shop), self.engine, pages)
        if order.kind == "notes":
            self.notes[pack.name, order.paper] = laid.first_pages
        proof.prove(laid, plan)
        written = press.write(laid, self.engine)
        proof.prove_fonts(written, plan)
        name, seconds = f"{plan.name}.pdf", _since(started)
        return Printed(
            pack.name, name, written.data, laid.count, plan.count, plan.kind.size, seconds
        )

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


def _folder(path: Path, here: Path) -> Folder:
    """The files of a pack; raises Mistakes for files that would be lost without a word."""
    problems = list(_strays(path, here))
    exam = path / "exam.yaml"
    texts = [p for p in sorted(path.glob("*.yaml")) if p != exam]
    questions = sorted((path / "questions").glob("*.yaml"))
    figures = sorted((path / "figures").glob("*"))
    sources: dict[Path, Source] = {}
    for file in (*((exam,) if exam.exists() else ()), *texts, *questions, *figures):
        try:
            most = LARGEST_PICTURE if file in figures else LARGEST_FILE
            sources[file] = Source(_shown(file, here), _read(file, most, here))
        except Mistakes as error:
            problems += error.problems
    if problems:
        raise Mistakes(problems)
    return Folder(
        path.name,
        sources.get(exam),
        tuple(sources[file] for file in texts),
        tuple(sources[file] for file in questions),
        {file.name: sources[file].data for file in figures},
        _shown(path, here),
    )


def _strays(path: Path, here: Path) -> Iterator[Problem]:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", path.name):
        hint = "lower case letters, digits and hyphens: driving-theory"
        yield Problem(f'"{path.name}" cannot name a pack', Mark(_shown(path, here)), hint)
    for file in sorted((*path.glob("*.yml"), *path.glob("questions/*.yml"))):
        yield Problem("the file would not be read", Mark(_shown(file, here)), "name it .yaml")


def _read(file: Path, most: int, here: Path) -> bytes:
    mark = Mark(_shown(file, here))
    if file.is_symlink() or not file.is_file():
        raise mistake("not a file of the pack's own", mark, "copy the file here")
    if file.stat().st_size > most:
        size = f"{most >> 20} MiB"
        raise mistake(f"the file is larger than {size}", mark, "split it, or make it smaller")
    try:
        return file.read_bytes()
    except OSError as error:
        raise mistake(f"cannot be read: {error.strerror}", mark) from error


def _shown(path: Path, here: Path) -> str:
    """The path as the person who typed the command would name it."""
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def choose(wanted: str, known: Iterable[str], what: str) -> tuple[str, ...]:
    """The words of a list like "sheet,key"; raises Mistakes for one that is not known."""
    names = list(known)
    words = tuple(dict.fromkeys(word.strip() for word in wanted.split(",") if word.strip()))
    for word in words:
        if word not in names:
            raise mistake(f'no {what} "{word}"', hint=did_you_mean(word, names))
    return words
