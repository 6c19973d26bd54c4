"""A build: every document that was ordered, or every problem in any of them.

Packs come from `shelf`; `desk` writes what is printed here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from cramsheet.cellar.keeping import rest
from cramsheet.crew import can_fork, share_out
from cramsheet.line import BELOW, Line
from cramsheet.pack.pack import Pack
from cramsheet.page.shop import Shop
from cramsheet.page.writing import Writer
from cramsheet.plan.kinds import KINDS
from cramsheet.plan.plan import Order, kind_of, make_plan
from cramsheet.printed import Printed, Share
from cramsheet.problems import Mistakes, Problem, did_you_mean, mistake

if TYPE_CHECKING:
    from cramsheet.bindery.copying import Group, Original
    from cramsheet.edition.past import Day
    from cramsheet.edition.since import Since
    from cramsheet.press.engine import Engine

_NOTHING: "Mapping[str, Since]" = MappingProxyType({})
_NO_PAST: "Mapping[str, Sequence[Day]]" = MappingProxyType({})


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
    group: "Group | None" = None,
    hands: int = 1,
    engine: "Engine | None" = None,
    since: "Mapping[str, Since]" = _NOTHING,
    past: "Mapping[str, Sequence[Day]]" = _NO_PAST,
) -> list[Printed]:
    """Every document ordered, proofread, or every problem in any of them (Mistakes).

    `done` is told the name of each document when it is finished. `before` gives the text of a
    record of the last time by its path below the output folder, "" when there is none. A `group`
    gets copies of the documents that are ordered with room for names. `hands` are the processes
    that share the work, where this one can fork; what is printed does not depend on them. An
    `engine` that was entered before does all of it, and knows what it has laid out. `since` are the
    old editions, by pack: what has changed has bars, what need not change stays where it was.
    `past` is what stands at the end of the notes of each pack.
    """
    wanted = list(orders)
    line = Line(shop, done, before, group, engine, since=since, past=past)
    shares = _shared(wanted, line, hands)
    if problems := [it for index in range(len(wanted)) for it in shares.problems.get(index, ())]:
        raise Mistakes(dict.fromkeys(problems))
    printed = [shares.printed[index] for index in range(len(wanted))]
    originals = [it for _, it in sorted(shares.originals.items())]
    return _copied(printed, originals, group, shop) if group else printed


def _shared(wanted: Sequence[tuple[Pack, Order]], line: Line, hands: int) -> Share:
    lots = lots_of(wanted) if hands > 1 and can_fork() and not line.engine else []
    if len(lots) < 2 or all(order.format == "html" for _, order in wanted):
        return line.run(dict(enumerate(wanted)))
    from cramsheet.press.engine import import_all

    def work(lot: int, tell: Callable[[str], None]) -> Share:
        chosen = {number: wanted[number] for number in lots[lot]}
        return replace(line, done=tell).run(chosen)

    import_all()  # once for all
    rest()
    return Share.of_all(share_out(work, len(lots), hands, line.done))


def lots_of(orders: Sequence[tuple[Pack, Order]]) -> list[list[int]]:
    """The numbers of the orders that have to be made together, for one shows where another stands;
    those with most to lay out come first."""
    lots: dict[object, list[int]] = {}
    for number, (pack, order) in enumerate(orders):
        lots.setdefault(_together(pack, order) or number, []).append(number)
    return sorted(lots.values(), key=lambda lot: -sum(_weight(*orders[it]) for it in lot))


def _together(pack: Pack, order: Order) -> tuple[object, ...]:
    kind = kind_of(order)
    if order.format == "html":
        return ()
    if order.kind in ("notes", "score") or kind.answers:
        return (pack.name, "notes", order.paper, order.look)
    if kind.name in BELOW or kind.over:
        return (pack.name, "sheet", order.paper, order.look, order.ink)
    return ()


def _weight(pack: Pack, order: Order) -> int:
    asks = kind_of(order).asks
    return sum(1 for _ in (pack.singles() if asks else pack.entries())) * (order.format == "pdf")


def _copied(
    printed: Sequence[Printed], originals: Sequence["Original"], group: "Group", shop: Shop
) -> list[Printed]:
    """What was printed for a group becomes copies."""
    from cramsheet.bindery.copying import copies_of
    from cramsheet.press.engine import Engine

    with Engine() as engine:
        files = copies_of(originals, group, shop, engine)
    return [replace(it, copies=files.get((it.exam, it.stem))) for it in printed]


def choose(wanted: str, known: Iterable[str], what: str) -> tuple[str, ...]:
    """The words of a list like "sheet,key"; raises Mistakes for one that is not known."""
    names = list(known)
    words = tuple(dict.fromkeys(word.strip() for word in wanted.split(",") if word.strip()))
    for word in words:
        if word not in names:
            raise mistake(f'no {what} "{word}"', hint=did_you_mean(word, names))
    return words
