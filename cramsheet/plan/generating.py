"""Which of the questions that the program can make are printed.

It follows from hashes of the seed and the facts' ids: the same seed gives the same questions,
whatever else is in the pack.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice, zip_longest

from cramsheet.pack.fields import count
from cramsheet.pack.pack import Item, Pack
from cramsheet.plan.inventing import questions_of
from cramsheet.plan.shuffle import shuffled
from cramsheet.problems import mistake


@dataclass(frozen=True)
class Lot:
    """So many generated questions, drawn by a seed."""

    seed: str
    number: int


def generated(pack: Pack, seed: str, number: int) -> tuple[Item, ...]:
    """So many questions in the order of the domains, no two of them about one fact.

    Raises Mistakes when the facts do not give so many.
    """
    chosen = list(islice(_of_one_fact_each(pack, seed), number))
    if len(chosen) < number:
        questions = count(len(chosen), "question")
        hint = f"ask for --number {len(chosen)}, or write more terms, limits and comparisons"
        raise mistake(f"{pack.name}: the facts give {questions}, not {number}", hint=hint)
    by_domain = of_domains(pack, shuffled(chosen, seed, _name))
    return tuple(item for domain in pack.domains for item in by_domain.get(domain.row.id, ()))


def with_generated(pack: Pack, seed: str) -> Pack:
    """The pack with all questions that its facts give, no two of these about one fact."""
    made = of_domains(pack, _of_one_fact_each(pack, seed))
    domains = (replace(it, items=(*it.items, *made.get(it.row.id, ()))) for it in pack.domains)
    return replace(pack, domains=tuple(domains))


def of_domains(pack: Pack, items: Iterable[Item]) -> Mapping[str, tuple[Item, ...]]:
    """Generated questions by the domain of the facts they are made of."""
    home = {
        entry.id: domain.row.id
        for domain in pack.domains
        for topic in domain.topics
        for entry in topic.entries
    }
    found: dict[str, tuple[Item, ...]] = {}
    for item in items:
        name = home[item.asked.teaches[0]]
        found[name] = (*found.get(name, ()), item)
    return found


def _of_one_fact_each(pack: Pack, seed: str) -> Iterator[Item]:
    taught: set[str] = set()
    for item in _in_turn(pack, seed):
        if taught.isdisjoint(item.asked.teaches):
            taught |= set(item.asked.teaches)
            yield item


def _in_turn(pack: Pack, seed: str) -> Iterator[Item]:
    """All that can be made, the kinds taking turns."""
    kinds: dict[str, list[Item]] = {}
    for domain in pack.domains:
        for item in questions_of(domain, seed):
            kinds.setdefault(item.asked.tags[1], []).append(item)
    mixed = [shuffled(items, seed, _name) for _, items in sorted(kinds.items())]
    yield from (item for turn in zip_longest(*mixed) for item in turn if item is not None)


def _name(item: Item) -> str:
    return item.id
