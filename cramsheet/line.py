"""The line in order for one document after another, from a plan to finished bytes."""

import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cramsheet.caps import allow
from cramsheet.pack.pack import Pack
from cramsheet.page.onscreen import prove_edition
from cramsheet.page.promised import of_plan
from cramsheet.page.shop import Shop
from cramsheet.page.writing import Writer
from cramsheet.plan.keeping import kept_of
from cramsheet.plan.kinds import KINDS
from cramsheet.plan.looks import Look
from cramsheet.plan.plan import Order, Plan, kind_of, make_plan
from cramsheet.printed import Printed, Share, record_path
from cramsheet.problems import MachineFault, Mistakes, Problem, mistake

if TYPE_CHECKING:
    from cramsheet.bindery.copying import Group, Original
    from cramsheet.press.engine import Engine
    from cramsheet.press.over import Under
    from cramsheet.press.press import Made, Wish

BELOW = {kind.over: kind.name for kind in KINDS.values() if kind.over}  # what lies over each kind


@dataclass
class Line:
    """A build under way: one document's mistakes do not hide those of the next."""

    shop: Shop
    done: Callable[[str], None]
    before: Callable[[str], str]
    group: "Group | None" = None
    engine: "Engine | None" = None
    notes: dict[tuple[str, str, Look], Mapping[str, int]] = field(default_factory=dict)
    original: "Original | None" = None  # of what a group gets, the last one
    under: "dict[tuple[str, Order], Under]" = field(default_factory=dict)

    def run(self, orders: Mapping[int, tuple[Pack, Order]]) -> Share:
        printed: dict[int, Printed] = {}
        problems: dict[int, tuple[Problem, ...]] = {}
        originals: dict[int, Original] = {}
        stays = self.engine is not None  # then what is only told waits until it is asked for
        with ExitStack() as stack:
            for number, (pack, order) in orders.items():
                if order.format == "pdf" and self.engine is None:
                    from cramsheet.press.engine import Engine  # WeasyPrint is slow to import

                    self.engine = stack.enter_context(Engine())
                self.original = None
                try:
                    printed[number] = self._way(order)(pack, order)
                    if not (stays or self.group):  # nor of what only copies are made of
                        printed[number].weigh()  # while other hands are at work, too
                    self.done(printed[number].name)
                except MachineFault:
                    raise  # no other document will fare better
                except Mistakes as error:
                    problems[number] = tuple(error.problems)
                if self.original:
                    originals[number] = self.original
        return Share(printed, problems, originals)

    def _way(self, order: Order) -> Callable[[Pack, Order], Printed]:
        if order.format == "html":
            return self._html
        return self._leaf if kind_of(order).leaf else self._pdf

    def _leaf(self, pack: Pack, order: Order) -> Printed:
        from cramsheet.press.leaf import print_leaf

        started = time.perf_counter()
        writer = Writer(make_plan(pack, order), self.shop)
        pages = self._notes_pages(pack, order) if order.kind == "score" else {}
        written, leaf = print_leaf(writer, self._press(), pages)
        plan, count = writer.plan, leaf.count
        self._keep(writer, count, leaf.inks(), written.data)
        return Printed(
            pack.name, f"{plan.name}.pdf", written.data, count, plan.count, plan.kind.size,
            _since(started),
        )  # fmt: skip

    def _html(self, pack: Pack, order: Order) -> Printed:
        started = time.perf_counter()
        plan = make_plan(pack, order)
        writer = Writer(plan, self.shop, screen=True)
        text = writer.edition({})
        prove_edition(text, plan, of_plan(plan, writer.words))
        name = f"{plan.name.removesuffix(f'-{plan.area.paper.name}')}.html"
        return Printed(pack.name, name, text.encode(), 0, plan.count, 0, _since(started))

    def _pdf(self, pack: Pack, order: Order) -> Printed:
        from cramsheet.press import press, proof
        from cramsheet.press.labels import left_out_of

        started = time.perf_counter()
        writer = Writer(make_plan(pack, order), self.shop)
        palette = writer.palette()
        palette.prove(len(pack.exam.blueprint.domains))
        made = self._laid(writer, order, pack)
        _few(made.pages.count, made.plan)
        promised = of_plan(made.plan, writer.words)
        proof.prove(made.pages, made.plan, palette.contrast, promised)
        written = press.write(made.pages, self._press())
        proof.prove_fonts(written, made.plan)
        inks = set().union(*made.pages.inks.values())
        self._keep(writer, made.pages.count, inks, written.data)
        return Printed(
            pack.name,
            f"{made.plan.name}.pdf",
            written.data,
            made.pages.count,
            made.plan.count,
            made.fit.size,
            _since(started),
            made.fit.told(),
            left_out_of(writer.plan, made.fit.left_out),
            made.missing,
            "" if order.form else made.kept.text(),
            places=made.pages.places,
            fill=made.fit.fill,
        )

    def _keep(self, writer: Writer, pages: int, inks: set[tuple[str, str]], data: bytes) -> None:
        """What a group gets copies of."""
        if writer.plan.named and self.group:
            from cramsheet.bindery.copying import original_of

            self.original = original_of(writer, pages, inks, data, self.group.watermark)

    def _laid(self, writer: Writer, order: Order, pack: Pack) -> "Made":
        from cramsheet.press import press

        notes = self._notes_pages(pack, order) if writer.plan.kind.answers else {}
        before = "" if order.form else self.before(record_path(pack.name, writer.plan.name))
        kept = kept_of(before)  # the same seed gives the same paper, whatever was printed before
        wish = press.Wish(order.pages, kept, notes, order.tells, order.plain)
        if writer.plan.kind.name in BELOW or writer.plan.kind.over:
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
            gaps = replace(order, kind=BELOW[order.kind])
            above = Writer(make_plan(pack, gaps), self.shop)
            made, room = over.lay_with_feet(writer, above, self._press(), wish)
        else:
            made = press.lay_out(writer, self._press(), wish)
        self.under[pack.name, order] = over.Under.of(made, room)
        return made

    def _notes_pages(self, pack: Pack, order: Order) -> Mapping[str, int]:
        """Where each fact stands in the notes of the same paper, laid out for it if need be."""
        if (pack.name, order.paper, order.look) not in self.notes:
            notes = order.notes or replace(
                order, kind="notes", pages=None, columns=None, form=None, lot=None
            )
            self._laid(Writer(make_plan(pack, notes), self.shop), notes, pack)
        return self.notes[pack.name, order.paper, order.look]

    def _press(self) -> "Engine":
        assert self.engine is not None
        return self.engine


def _since(started: float) -> float:
    return time.perf_counter() - started


def _few(pages: int, plan: Plan) -> None:
    """Raises Mistakes for more pages than a document may have."""
    if pages > plan.caps.pages:
        message = f"{plan.name} has {pages:,} pages; {plan.caps.pages:,} is the most"
        raise mistake(message, hint=f"make two packs of it, {allow('pages', pages)}")
