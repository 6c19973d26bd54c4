"""What one build has to make: an order for each document."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import product

from cramsheet.pack.exam import KindName
from cramsheet.pack.pack import Pack
from cramsheet.plan.areas import AS_USUAL, Margins
from cramsheet.plan.generating import Lot
from cramsheet.plan.kinds import KINDS, USUAL
from cramsheet.plan.looks import DEFAULT_INK, MODERN, Look
from cramsheet.plan.plan import Order, kind_of, paper_of, shows

FORMATS = ("pdf", "html")


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
    named: bool = False  # for a group
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
            named=self.named, feet=self.feet and settings == "sheet",
            lot=self.lot if KINDS[kind].asks else None,
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
