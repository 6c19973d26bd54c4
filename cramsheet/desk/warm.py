"""A build that stays: what is read and imported once serves the next time.

What did not change is neither read nor printed again.
"""

import argparse
import gc
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cramsheet import pipeline, shelf
from cramsheet.cellar.keeping import rest
from cramsheet.desk.allowing import caps
from cramsheet.desk.commit import Records
from cramsheet.desk.editions import old_of, records, since_among
from cramsheet.desk.edits import edited
from cramsheet.desk.handing import prepare, publish
from cramsheet.desk.historical import pasts
from cramsheet.desk.ordering import named_files, ordered
from cramsheet.pack.pack import Pack
from cramsheet.page.borrowed import forget_fonts
from cramsheet.page.shop import Shop
from cramsheet.plan.job import Job
from cramsheet.plan.plan import Order, Plan, make_plan
from cramsheet.printed import Printed
from cramsheet.problems import Mistakes, Problem

if TYPE_CHECKING:
    from cramsheet.bindery.copying import Group
    from cramsheet.edition.past import Day
    from cramsheet.edition.record import Edition
    from cramsheet.press.engine import Engine

Wanted = tuple[Pack, Order]
Name = tuple[str, Order]  # of a document: its exam, and what was ordered
Extra = Callable[[Job, Shop, Sequence[Pack]], Sequence[Wanted]]


@dataclass(frozen=True)
class Turn:
    """What became of a rebuild."""

    problems: tuple[Problem, ...] = ()
    edited: frozenset[str] = frozenset()  # element ids of facts and questions
    printed: tuple[Printed, ...] = ()  # anew
    seconds: float = 0.0
    written: bool = False
    whole: bool = True  # not left for what was saved in the meantime
    read: bool = True  # what was saved need not be read again


@dataclass(frozen=True)
class Step:
    """Documents that are finished, and what was edited since the last time."""

    printed: tuple[tuple[Name, Printed], ...]
    edited: frozenset[str]


def _no_extra(job: Job, shop: Shop, packs: Sequence[Pack]) -> Sequence[Wanted]:
    return ()


def _no_step(step: Step) -> None:
    pass


def _never() -> bool:
    return False


@dataclass
class Warm:
    """The documents that the options of `build` order, printed and written again and again.

    `extra` are documents that somebody looks at: they come first, and are written only if they were
    ordered, too. `shown` is told what is finished, before the rest is. `hurried` says that
    something was saved in the meantime, so that the rest can wait.
    """

    args: argparse.Namespace
    extra: Extra = _no_extra
    shown: Callable[[Step], None] = _no_step
    hurried: Callable[[], bool] = _never
    packs: dict[str, Pack] = field(default_factory=dict)
    _before: dict[str, Pack] = field(default_factory=dict)  # as they were last printed
    _made: dict[Name, Printed] = field(default_factory=dict)
    _held: dict[Name, object] = field(default_factory=dict)  # what each document was made of
    _unwritten: set[Name] = field(default_factory=set)
    _wrong: set[Name] = field(default_factory=set)
    _shop: Shop | None = None
    _job: Job | None = None
    _group: "Group | None" = None
    _engine: "Engine | None" = None
    _old: "Mapping[str, Edition] | None" = None  # what it is compared with
    _past: "Mapping[str, Sequence[Day]]" = field(default_factory=dict)

    @property
    def project(self) -> Path:
        return Path(self.args.project).resolve()

    @property
    def named(self) -> tuple[Path, ...]:
        """Files that options name, wherever they are."""
        return tuple(path.absolute() for path in named_files(self.args))

    @property
    def output(self) -> Path:
        return Path(self.args.output or self.project / "output")

    def rebuild(self, saved: Collection[Path] = ()) -> Turn:
        """Prints what the saved files have changed; when nothing is wrong, writes it."""
        started = time.perf_counter()
        try:
            shop, job = self._open(saved)
            packs = self._read(saved)
            self._look_back(packs)
            prepare(self.output)
            wanted = job.orders(packs)
            extra = list(self.extra(job, shop, packs))
            stale = self._stale([*extra, *wanted])
        except Mistakes as error:
            return Turn(error.problems, seconds=_since(started))
        changed = self._edited(packs)
        looked_at, ordered = {_name(it) for it in extra}, {_name(it) for it in wanted}
        groups = [[it] for it in stale if _name(it) in looked_at]
        groups.append([it for it in stale if _name(it) not in looked_at])
        problems, printed, whole = self._print(groups, shop, changed)
        if whole and not problems:
            self._before = {pack.name: pack for pack in packs}
            self._forget(looked_at | ordered)
        written = whole and self._write(ordered)
        return Turn(problems, changed, printed, _since(started), written, whole)

    def _open(self, saved: Collection[Path]) -> tuple[Shop, Job]:
        """Templates and styles, and what is ordered, read again when one of them was saved, or a
        file that an option names."""
        content, named = self.project / "content", set(self.named) & set(saved)
        if named:
            forget_fonts()
            self.close()  # what was laid out with them
        others = named or any(not path.is_relative_to(content) for path in saved)
        if self._shop is None or others:
            self._job = None
            self._held.clear()  # every document may look different
            self._shop = Shop.open(self.project, self.args.fonts)
        if self._job is None:
            self._job, self._group = ordered(self.args, self._shop)
        return self._shop, self._job

    def _read(self, saved: Collection[Path]) -> list[Pack]:
        """Those packs again in which something was saved; raises Mistakes for all of them."""
        content = self.project / "content"
        for name in [name for name in self.packs if _touches(content / name, saved)]:
            del self.packs[name]
        known = shelf.exams(content)
        names = pipeline.choose(self.args.exam, known, "exam") or tuple(known)
        problems: list[Problem] = []
        for name in (name for name in names if name not in self.packs):
            try:
                self.packs[name] = shelf.load_all(content, [name], Path.cwd(), caps(self.args))[0]
            except Mistakes as error:
                problems += error.problems
        if problems:
            raise Mistakes(problems)
        return [self.packs[name] for name in names]

    def _look_back(self, packs: Sequence[Pack]) -> None:
        """Once: the old edition stays what it was when we began, and so does what git said."""
        if self._old is None:
            self._old = old_of(self.args)
            self._past = pasts(self.args, [it.name for it in packs])

    def _stale(self, wanted: Sequence[Wanted]) -> list[Wanted]:
        """Those whose facts, questions or looks are not as they were printed."""
        once = {_name(it): it for it in wanted}
        return [it for name, it in once.items() if self._held.get(name) != _held(*it)]

    def _edited(self, packs: Iterable[Pack]) -> frozenset[str]:
        found = (edited(self._before.get(pack.name), pack) for pack in packs)
        return frozenset().union(*found)

    def _print(
        self, groups: Iterable[Sequence[Wanted]], shop: Shop, changed: frozenset[str]
    ) -> tuple[tuple[Problem, ...], tuple[Printed, ...], bool]:
        """Group after group; one's mistakes do not hide those of the next."""
        problems: dict[Problem, None] = {}
        printed: list[Printed] = []
        self._wrong.clear()
        for orders in filter(None, groups):
            if printed and self.hurried():
                return tuple(problems), tuple(printed), False
            try:
                made = pipeline.build(
                    orders, shop, _done, self._records(), self._group, engine=self._press(),
                    since=since_among(self._old or {}, self.packs.values()), past=self._past,
                )  # fmt: skip
            except Mistakes as error:
                problems |= dict.fromkeys(error.problems)
                self._wrong.update(map(_name, orders))
                continue
            printed += made
            self._keep(orders, made, changed)
        return tuple(problems), tuple(printed), True

    def _press(self) -> "Engine":
        """It knows the blocks that it has laid out."""
        if self._engine is None:
            from cramsheet.press.engine import Engine

            self._engine = Engine().__enter__()
        return self._engine

    def rest(self) -> None:
        """While nobody waits."""
        rest()
        tidy()

    def close(self) -> None:
        if self._engine is not None:
            self._engine.__exit__(None, None, None)
            self._engine = None

    def _keep(
        self, orders: Sequence[Wanted], made: Sequence[Printed], changed: frozenset[str]
    ) -> None:
        pairs = tuple(zip(map(_name, orders), made, strict=True))
        self._made.update(pairs)
        self._held.update((_name(it), _held(*it)) for it in orders)
        self._unwritten.update(map(_name, orders))
        self.shown(Step(pairs, changed))

    def _records(self) -> Callable[[str], str]:
        """How documents were set the last time: as `build` has it, or, of those that are not
        written, from memory."""
        if getattr(self.args, "afresh", False):
            return lambda path: ""
        kept = {
            path: data.decode()
            for it in self._made.values()
            for path, data in it.files().items()
            if isinstance(data, bytes) and path.endswith(".json")
        }
        written = Records(self.output)
        return lambda path: written(path) or kept.get(path, "")

    def _write(self, wanted: Collection[Name]) -> bool:
        """All that was ordered or nothing, as `build` does; whether it is written."""
        if self._wrong & set(wanted):
            return False
        ready = [self._made[name] for name in wanted if name in self._unwritten]
        if ready:
            files = {path: data for it in ready for path, data in it.files().items()}
            files |= records(self.packs, ready, self.output)
            publish(self.output, files, self.args.overwrite)
        self._unwritten.difference_update(wanted)
        return True

    def _forget(self, wanted: Collection[Name]) -> None:
        """What nobody wants any more."""
        for name in self._made.keys() - wanted:
            del self._made[name]
            self._held.pop(name, None)


def tidy() -> None:
    """Look for garbage, and set aside what stays: otherwise every build would look through all that
    was read and imported before it."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _name(wanted: Wanted) -> Name:
    return wanted[0].name, wanted[1]


def _held(pack: Pack, order: Order) -> object:
    """All of a pack that a document shows or hangs on. Questions alone do not show facts; facts
    show how many questions teach them."""
    plan: Plan = make_plan(pack, order)
    facts = None if plan.kind.asks and not plan.kind.answers else plan.entries
    return (plan.exam, plan.edition, plan.sections, plan.asked, plan.pictures, plan.domains, facts)


def _touches(folder: Path, saved: Collection[Path]) -> bool:
    return any(path.is_relative_to(folder) for path in saved)


def _since(started: float) -> float:
    return time.perf_counter() - started


def _done(name: str) -> None:
    pass
