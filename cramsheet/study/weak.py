"""What to read again: the facts behind missed questions, and the domains to lean on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cramsheet.pack.facts import Common, Compare
from cramsheet.pack.pack import Pack
from cramsheet.page.markup import plain
from cramsheet.plan.mock import Leaning
from cramsheet.study.history import Seen

_LEAN = 2.0  # a domain of which all was missed weighs three times as much as one all right


@dataclass(frozen=True)
class Weak:
    """`facts` by id, those behind the most missed questions first, each before the comparison
    tables that it stands in; `untaught` are missed questions that teach no fact the pack has."""

    facts: tuple[str, ...]
    untaught: tuple[str, ...] = ()


def behind(sittings: Sequence[Seen], pack: Pack) -> Weak:
    """Every fact behind a question that was not wholly right in one of the sittings."""
    order = {entry.id: place for place, entry in enumerate(pack.entries())}
    missed = [it for one in sittings for it in one.outcomes if it.points < 1]
    lost: dict[str, float] = {}
    for outcome in missed:
        for name in (name for name in outcome.teaches if name in order):
            lost[name] = lost.get(name, 0.0) + 1 - outcome.points
    untaught = dict.fromkeys(it.id for it in missed if order.keys().isdisjoint(it.teaches))
    ranked = sorted(lost, key=lambda name: (-round(lost[name], 6), order[name]))
    tables = _tables(pack)
    facts = dict.fromkeys(fact for name in ranked for fact in (name, *tables.get(name, ())))
    return Weak(tuple(facts), tuple(untaught))


def leaning(sittings: Sequence[Seen], pack: Pack) -> Leaning:
    """What the next mock leans on: the facts behind missed questions, and domains, of which each
    weighs what the blueprint says, and up to three times as much the more of it was missed. The
    weights sum to 100."""
    points: dict[str, list[float]] = {}
    for outcome in (outcome for one in sittings for outcome in one.outcomes):
        points.setdefault(outcome.domain, []).append(1 - outcome.points)
    weights = {
        domain.row.id: domain.row.weight * (1 + _LEAN * _mean(points.get(domain.row.id, ())))
        for domain in pack.domains
    }
    whole = sum(weights.values())
    missed = frozenset(
        name for one in sittings for it in one.outcomes if it.points < 1 for name in it.teaches
    )
    return Leaning({name: weight / whole * 100 for name, weight in weights.items()}, missed)


def _mean(shares: Sequence[float]) -> float:
    return sum(shares) / len(shares) if shares else 0.0


def _tables(pack: Pack) -> Mapping[str, tuple[str, ...]]:
    """Of each fact that has a row or a column in comparison tables: their ids."""
    heads: dict[str, list[str]] = {}
    for entry in pack.entries():
        if isinstance(entry.fact, Compare):
            for head in {*map(_head, (*entry.fact.columns, *entry.fact.rows))}:
                heads.setdefault(head, []).append(entry.id)
    return {
        entry.id: tuple(heads.get(_head(entry.fact.subject), ()))
        for entry in pack.entries()
        if _names_something(entry.fact)
    }


def _names_something(fact: Common) -> bool:
    """Whether its subject is a name, not a sentence."""
    return fact.whole_subject and not isinstance(fact, Compare)


def _head(text: str) -> str:
    return plain(text).casefold().strip()
