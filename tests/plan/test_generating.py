"""Questions that the program makes: always the same for a seed, and none that misleads."""

from collections import Counter
from dataclasses import replace
from functools import lru_cache
from itertools import combinations
from pathlib import Path

import pytest

from cramsheet.pack.facts import Compare, Limit, Term
from cramsheet.pack.pack import Item, Pack
from cramsheet.pack.questions import Choice, Match, Right
from cramsheet.plan.amounts import amount, varied
from cramsheet.plan.asking import put
from cramsheet.plan.generating import generated, of_domains, with_generated
from cramsheet.plan.inventing import GENERATED
from cramsheet.plan.likeness import gives_away, near, numbers
from cramsheet.problems import Mistakes
from cramsheet.shelf import load_all
from tests.making import PACKS, ROOT, pack_of

MANY = {"mls-c01": 100, "fahrschule": 2, "ghidha": 2, "jitensha": 1, "secours": 1}
SEEDS = [str(seed) for seed in range(6)]


@lru_cache
def pack(name: str) -> Pack:
    folder = ROOT / "content" if name == "mls-c01" else PACKS
    (found,) = load_all(folder, [name], Path.cwd())
    return found


@lru_cache
def made(name: str, seed: str) -> tuple[Item, ...]:
    return generated(pack(name), seed, MANY[name])


ALL = [(name, seed) for name in MANY for seed in SEEDS]


@pytest.mark.parametrize(("name", "seed"), ALL)
def test_every_question_can_be_asked_and_says_that_it_is_generated(name: str, seed: str) -> None:
    items = made(name, seed)
    assert len(items) == len({item.id for item in items}) == MANY[name]
    entries = {entry.id: entry for entry in pack(name).entries()}
    for item in items:
        assert item.asked.tags[0] == GENERATED
        assert item.asked.tags[1] in ("term", "terms", "rows", "limit")
        assert all(fact in entries for fact in item.asked.teaches)
        assert item.mark in [entries[fact].mark for fact in item.asked.teaches]
        assert put(item, 1).answer
    taught = Counter(fact for item in items for fact in item.asked.teaches)
    assert max(taught.values()) == 1  # no question gives another away


@pytest.mark.parametrize(("name", "seed"), ALL)
def test_no_wrong_option_could_be_right(name: str, seed: str) -> None:
    entries = {entry.id: entry.fact for entry in pack(name).entries()}
    for item in made(name, seed):
        fact = entries[item.asked.teaches[0]]
        match item.asked, fact:
            case Choice() as asked, Term():
                _a_term(asked, fact, pack(name))
            case Choice() as asked, Limit():
                _an_amount(asked, fact)
            case Match() as asked, Term() | Compare():
                _pairs(asked)
            case unknown:
                raise AssertionError(unknown)


def _a_term(asked: Choice, fact: Term, of: Pack) -> None:
    means = {
        entry.fact.term: entry.fact.means for entry in of.entries() if isinstance(entry.fact, Term)
    }
    terms = [option.text for option in asked.options]
    assert asked.question == fact.means
    assert [option.text for option in asked.options if isinstance(option, Right)] == [fact.term]
    assert len(set(terms)) == 4
    assert not any(gives_away(term, asked.question) for term in terms)
    assert not any(near(means[one], means[other]) for one, other in combinations(terms, 2))
    assert max(map(len, terms)) <= 3 * min(map(len, terms)) * 3  # each is like the right one


def _an_amount(asked: Choice, fact: Limit) -> None:
    unit = f" {fact.unit}" if fact.unit else ""
    texts = [option.text for option in asked.options]
    assert asked.question == fact.limit
    assert [option.text for option in asked.options if isinstance(option, Right)] == [
        f"{fact.value}{unit}"
    ]
    assert len({tuple(numbers(text)) for text in texts}) == 4
    own, told = amount(fact.value), set(numbers(f"{fact.limit} {fact.note or ''}"))
    for option in asked.options:
        assert option.text.endswith(unit)
        it = amount(option.text.removesuffix(unit))
        assert it is not None
        assert own is not None
        assert (it.places, bool(it.dash)) == (own.places, bool(own.dash))
        if not isinstance(option, Right):
            other = set(numbers(option.text.removesuffix(unit))) - set(numbers(fact.value))
            assert other
            assert told.isdisjoint(other)


def _pairs(asked: Match) -> None:
    assert 3 <= len(asked.pairs) <= 5
    for (left, right), (other, theirs) in combinations(asked.pairs.items(), 2):
        assert not near(right, theirs)
        assert not gives_away(left, theirs)
        assert not gives_away(other, right)
    assert not any(gives_away(left, right) for left, right in asked.pairs.items())


def test_the_large_pack_gives_every_kind() -> None:
    kinds = Counter(item.asked.tags[1] for item in made("mls-c01", "1"))
    assert set(kinds) == {"term", "terms", "rows", "limit"}
    assert min(kinds["rows"], kinds["limit"], kinds["term"]) > 15


@pytest.mark.parametrize("name", ["mls-c01", "fahrschule"])
def test_the_same_seed_is_the_same_paper_and_another_is_another(name: str) -> None:
    again = generated(pack(name), "1", MANY[name])
    assert [item.asked for item in again] == [item.asked for item in made(name, "1")]
    assert [item.asked for item in again] != [item.asked for item in made(name, "2")]


def test_what_else_is_in_the_pack_does_not_count() -> None:
    """A topic of bare facts more, and everything in another order."""
    of = pack("mls-c01")
    turned = replace(
        of,
        domains=tuple(
            replace(
                domain,
                topics=tuple(
                    replace(topic, entries=topic.entries[::-1]) for topic in domain.topics[::-1]
                ),
            )
            for domain in of.domains
        ),
    )
    one, other = ({item.id: item.asked for item in generated(it, "7", 60)} for it in (of, turned))
    choices = {name for name, asked in one.items() if isinstance(asked, Choice)}
    assert set(one) == set(other)
    assert all(one[name] == other[name] for name in choices)


def test_items_stand_in_the_order_of_the_domains() -> None:
    of = pack("mls-c01")
    by_domain = of_domains(of, made("mls-c01", "1"))
    flat = [item for domain in of.domains for item in by_domain[domain.row.id]]
    assert tuple(flat) == made("mls-c01", "1")


def test_too_few_facts_are_told() -> None:
    with pytest.raises(Mistakes) as caught:
        generated(pack("fahrschule"), "7", 30)
    (problem,) = caught.value.problems
    assert problem.message == "fahrschule: the facts give 2 questions, not 30"
    assert problem.hint == "ask for --number 2, or write more terms, limits and comparisons"


FOUR = """
- {{term: Alpha, means: the first of a row}}
- {{term: Bravo, means: a shout of praise}}
- {{term: Delta, means: where rivers end}}
- {{term: {fourth}, means: {means}}}
"""


@pytest.mark.parametrize(
    ("fourth", "means", "kinds"),
    [
        ("Kilo", "a thousand grams", 2),
        ("Kilo", "a kilo of flour", 1),  # says itself
        ("Kilo", "where the rivers end", 1),  # another way to say Delta
        ("Kilo", "what comes before delta", 1),  # speaks of another term
        ("Bravo zulu", "well done at sea", 1),  # its name holds another
        ("Kilo of the finest flour there is", "a bag", 1),  # stands out
    ],
)
def test_nonsense_is_not_asked(fourth: str, means: str, kinds: int) -> None:
    """Four terms give a question for one of them; three that are apart only a match."""
    of = pack_of(FOUR.format(fourth=fourth, means=means))
    found = set[str]()
    for seed in SEEDS:
        found |= {item.asked.tags[1] for item in generated(of, seed, 1)}
        with pytest.raises(Mistakes):
            generated(of, seed, 5)
    assert found <= {"term", "terms"}
    assert ("term" in found) == (kinds == 2)


@pytest.mark.parametrize(
    ("value", "unit", "some", "never"),
    [
        ("50", "km/h", "100", "500"),
        ("1,000", "rows", "2,000", "2000"),
        ("0,0", "Promille", "0,5", "0.5"),
        ("95", "%", "90", "190"),
        ("128", "MB", "256", "192"),
        ("5-50", "", "10-100", "5-50"),
        ("1-128", "MB", "1-256", "2-256"),
        ("5", "minutes", "10", "1"),
    ],
)
def test_amounts_vary_as_they_are_written(value: str, unit: str, some: str, never: str) -> None:
    found = list(varied(value, unit))
    assert some in found
    assert never not in found
    assert value not in found
    assert len(found) >= 3


@pytest.mark.parametrize("value", ["monthly", "68, 95, 99.7", "≥ 3", "a-b", "24/7"])
def test_what_is_no_amount_does_not_vary(value: str) -> None:
    assert amount(value) is None
    assert list(varied(value, "")) == []


def test_a_pack_may_have_them_beside_its_own() -> None:
    own = pack("mls-c01")
    more = with_generated(own, "7")
    written = [item.id for item in own.singles()]
    found = [item.id for item in more.singles()]
    assert [name for name in found if name in set(written)] == written
    made = [item for item in more.singles() if GENERATED in item.asked.tags]
    assert len(made) == len(found) - len(written) > 100
    taught = Counter(fact for item in made for fact in item.asked.teaches)
    assert max(taught.values()) == 1
    assert with_generated(own, "7") == more
