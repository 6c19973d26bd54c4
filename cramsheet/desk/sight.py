"""What of a build is shown in the preview: documents as rows of JSON, their bytes beside them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from cramsheet.desk.warm import Name, Step, Wanted
from cramsheet.pack.pack import Pack
from cramsheet.pack.sizes import SIZES
from cramsheet.page.looks import look_of
from cramsheet.page.shop import Shop
from cramsheet.plan.job import Job
from cramsheet.plan.kinds import KINDS
from cramsheet.plan.plan import Order, paper_of, shows
from cramsheet.printed import Printed

Row = Mapping[str, Any]
Tell = Callable[[Row, Sequence[bytes]], None]


@dataclass(frozen=True)
class Choice:
    """The document that somebody looks at."""

    exam: str
    kind: str
    paper: str
    look: str
    ink: str

    @classmethod
    def of(cls, pack: Pack, order: Order) -> "Choice":
        paper = paper_of(pack, order).name
        return cls(pack.name, order.kind, paper, order.look.name, order.ink)

    @classmethod
    def told(cls, row: Mapping[str, Any]) -> "Choice":
        """Raises TypeError, AttributeError or ValueError for what is none."""
        return cls(**{str(name): str(word) for name, word in row.items()})


@dataclass
class Sight:
    """Stands where documents are made, and tells `tell` what there is to choose from, what is
    finished, and what may be forgotten."""

    tell: Tell
    looked_at: Sequence[Choice] = ()

    def __post_init__(self) -> None:
        self._names: dict[Name, Choice] = {}
        self._made: dict[Choice, Printed] = {}

    def extra(self, job: Job, shop: Shop, packs: Sequence[Pack]) -> Sequence[Wanted]:
        """The documents that are looked at, the last one first."""
        ordered = {Choice.of(*wanted): wanted for wanted in job.orders(packs)}
        looked_at = self.looked_at or tuple(ordered)[:1]
        found = {
            choice: wanted
            for choice in looked_at
            for wanted in [ordered.get(choice) or _wanted(choice, job, shop, packs)]
            if wanted
        }
        self._names = {
            (pack.name, order): choice
            for choice, (pack, order) in {**ordered, **found}.items()
        }  # fmt: skip
        menu = _menu(shop, packs, ordered)
        self.tell({"menu": menu, "wanted": [asdict(it) for it in self._names.values()]}, ())
        return list(found.values())

    def show(self, step: Step) -> None:
        pairs = [(self._names[name], printed) for name, printed in step.printed]
        self._made.update(pairs)
        rows = [_document(choice, it, step.edited) for choice, it in pairs]
        self.tell({"documents": rows}, [it.data for _, it in pairs])

    def weigh(self) -> list[tuple[Choice, float]]:
        """How much of its paper each document covers; pages are drawn for it."""
        wanted = set(self._names.values())
        self._made = {choice: it for choice, it in self._made.items() if choice in wanted}
        return [(choice, it.ink) for choice, it in self._made.items()]


def _document(choice: Choice, it: Printed, edited: frozenset[str]) -> dict[str, object]:
    sort = "question-" if KINDS[choice.kind].asks else "fact-"
    absent = (name for name in edited - it.places.keys() if name.startswith(sort))
    return {
        **asdict(choice),
        "name": it.name,
        "things": it.things,
        "asks": KINDS[choice.kind].asks,
        "size": round(it.size, 2),
        "full": round(100 * sum(it.fill) / len(it.fill), 1) if it.fill else None,
        "columns": [round(100 * share) for share in it.fill],
        "left": len(it.missing),
        "missing": it.missing,
        "marks": _marks(it, edited),
        "absent": sorted(absent),
    }


def _marks(printed: Printed, edited: frozenset[str]) -> list[dict[str, object]]:
    """Where what was edited stands, as shares of its page, in reading order."""
    found = [(place, name) for name in edited for place in printed.places.get(name, ())]
    found.sort(key=lambda it: (it[0].page, it[0].column, it[0].top))
    return [
        {"id": name, "page": it.page, "box": [it.left, it.top, it.right, it.bottom]}
        for it, name in found
    ]


def _menu(
    shop: Shop, packs: Sequence[Pack], ordered: dict[Choice, Wanted]
) -> dict[str, object]:  # fmt: skip
    """What there is to choose from."""
    kinds = {
        pack.name: [kind.name for kind in KINDS.values() if shows(kind, pack)] for pack in packs
    }
    papers = dict.fromkeys([*(it.paper for it in ordered), *SIZES])
    return {
        "exams": kinds,
        "papers": list(papers),
        "looks": list(shop.names("styles/look")),
        "inks": list(shop.names("styles/ink")),
        "first": asdict(next(iter(ordered))) if ordered else None,
    }


def _wanted(choice: Choice, job: Job, shop: Shop, packs: Sequence[Pack]) -> Wanted | None:
    """What nobody ordered, as the rest of the order says; None when its exam is gone."""
    look = (look_of(choice.look, shop),)
    mine = [pack for pack in packs if pack.name == choice.exam]
    one = replace(job, kinds=(choice.kind,), papers=(choice.paper,), looks=look, inks=(choice.ink,))
    return next(iter(one.orders(mine)), None)
