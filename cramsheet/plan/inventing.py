"""Questions that the facts of a domain give, of terms, comparisons and limits.

A question that could mislead is not made: no option but the right one may be right, too, and none
may stand out by its shape.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from cramsheet.pack.facts import Compare, Limit, Term
from cramsheet.pack.pack import Domain, Entry, Item, Topic
from cramsheet.pack.questions import Asked, Choice, Match
from cramsheet.plan.amounts import amount, varied
from cramsheet.plan.likeness import alike_in_length, gives_away, near, numbers, words
from cramsheet.plan.shuffle import shuffled

GENERATED = "generated"  # the first tag of each; the second says what is asked
_WRONG = 3  # wrong options of a question
_PAIRS = (3, 5)  # of a matching question, least and most
_TIMES = 20  # that an amount may be larger than the one it is offered with


def questions_of(domain: Domain, seed: str) -> Iterator[Item]:
    terms = [(topic, it) for topic, it in _of(domain, Term) if _describes(it.fact)]
    limits = _of(domain, Limit)
    yield from _matched_terms(domain, terms, seed)
    for topic, entry in terms:
        yield from _term_question(topic, entry, terms, seed)
    for topic in domain.topics:
        for entry in topic.entries:
            if isinstance(entry.fact, Compare):
                yield from _matched_rows(topic, entry, entry.fact, seed)
            elif isinstance(entry.fact, Limit):
                yield from _limit_question(topic, entry, entry.fact, limits, seed)


Placed = tuple[Topic, Entry]


def _of(domain: Domain, kind: type[Limit] | type[Term]) -> list[Placed]:
    return [
        (topic, entry)
        for topic in domain.topics
        for entry in topic.entries
        if isinstance(entry.fact, kind)
    ]


def _near_first(topic: Topic, placed: Iterable[Placed], seed: str) -> list[Entry]:
    """Shuffled, those of a topic before the others of its domain."""
    mixed = shuffled(placed, seed, lambda it: it[1].id)
    return [entry for _, entry in sorted(mixed, key=lambda it: it[0] is not topic)]


def _item(name: str, of: Entry, asked: Asked) -> Item:
    return Item(f"{GENERATED}-{name}", asked, of.mark)


# terms


def _describes(fact: object) -> bool:
    """A meaning that does not say its term."""
    return isinstance(fact, Term) and not gives_away(fact.term, fact.means)


def _apart(one: Term, other: Term) -> bool:
    """Terms of like shape, neither of which could pass for the other."""
    return not (
        near(one.term, other.term)
        or near(one.means, other.means)
        or gives_away(one.term, other.means)
        or gives_away(other.term, one.means)
    ) and alike_in_length(one.term, other.term)


def _term_question(
    topic: Topic, entry: Entry, terms: Sequence[Placed], seed: str
) -> Iterator[Item]:
    """Which term is meant? Others of the topic are offered, or of the domain."""
    fact, offered = _term(entry), list[Term]()
    for it in map(_term, _near_first(topic, terms, f"{seed}\0{entry.id}")):
        if len(offered) < _WRONG and all(_apart(it, other) for other in (fact, *offered)):
            offered.append(it)
    if len(offered) == _WRONG:
        right, *wrong = ((it.term, it.means) for it in (fact, *offered))
        yield _item(entry.id, entry, _choice("term", topic, entry, fact.means, right, wrong))


def _matched_terms(domain: Domain, terms: Sequence[Placed], seed: str) -> Iterator[Item]:
    """A question for each topic with terms enough, and one of the terms that are left."""
    left: list[Entry] = []
    for topic in domain.topics:
        own = [it for of, it in terms if of is topic]
        chosen = _all_apart(own, f"{seed}\0{topic.title}")
        if len(chosen) >= _PAIRS[0]:
            yield _terms_question(topic.title, chosen, topic.task)
        else:
            left += own
    chosen = _all_apart(left, f"{seed}\0{domain.row.id}")
    if len(chosen) >= _PAIRS[0]:
        yield _terms_question(domain.row.title, chosen)


def _all_apart(terms: Sequence[Entry], seed: str) -> list[Entry]:
    chosen: list[Entry] = []
    for entry in shuffled(terms, seed, lambda it: it.id):
        if len(chosen) < _PAIRS[1] and all(_apart(_term(entry), _term(it)) for it in chosen):
            chosen.append(entry)
    return chosen


def _terms_question(title: str, chosen: Sequence[Entry], task: str | None = None) -> Item:
    pairs = {_term(it).term: _term(it).means for it in chosen}
    teaches = tuple(it.id for it in chosen)
    return _item(f"terms-{min(teaches)}", chosen[0], _match("terms", task, title, pairs, teaches))


def _term(entry: Entry) -> Term:
    assert isinstance(entry.fact, Term)
    return entry.fact


# comparisons


def _matched_rows(topic: Topic, entry: Entry, fact: Compare, seed: str) -> Iterator[Item]:
    """Rows with their cells in one column. Where the title names the columns, they are what is
    compared, and rows tell themselves."""
    if all(words(column) <= words(fact.compare) for column in fact.columns):
        return
    rows = shuffled(fact.rows, f"{seed}\0{entry.id}", str)
    for column in shuffled(range(len(fact.columns)), f"{seed}\0{entry.id}", str):
        pairs: dict[str, str] = {}
        for row in rows:
            cell = fact.rows[row][column]
            if len(pairs) < _PAIRS[1] and words(cell) and _fits(row, cell, pairs):
                pairs[row] = cell
        if len(pairs) >= _PAIRS[0]:
            title = f"{fact.compare} – {fact.columns[column]}"
            asked = _match("rows", topic.task, title, pairs, (entry.id,))
            yield _item(f"{entry.id}-{column + 1}", entry, asked)
            return


def _fits(row: str, cell: str, pairs: Mapping[str, str]) -> bool:
    return not gives_away(row, cell) and not any(
        near(cell, other) or gives_away(row, other) or gives_away(name, cell)
        for name, other in pairs.items()
    )


# limits


def _limit_question(
    topic: Topic, entry: Entry, fact: Limit, limits: Sequence[Placed], seed: str
) -> Iterator[Item]:
    """How much? Amounts of other limits are offered, those of the topic first, and then others
    that one could take for it."""
    others = map(_limit, _near_first(topic, limits, f"{seed}\0{entry.id}"))
    siblings = ((it, it.value) for it in others if _sibling(fact, it))
    made = shuffled(varied(fact.value, fact.unit or ""), f"{seed}\0{entry.id}", str)
    own, told = set(numbers(fact.value)), {*numbers(fact.limit), *numbers(fact.note or "")}
    right = _amount(fact, fact.value)
    wrong: list[tuple[str, str]] = []
    for of, value in chain(siblings, ((None, value) for value in made)):
        new = set(numbers(value)) - own
        if new and told.isdisjoint(new) and len(wrong) < _WRONG:
            told |= new
            text = _amount(fact, value)
            wrong.append((text, _told(of) if of else f"{text} ≠ {right}"))
    if len(wrong) == _WRONG:
        why = f"{fact.limit} – {fact.note}" if fact.note else fact.limit
        yield _item(
            entry.id, entry, _choice("limit", topic, entry, fact.limit, (right, why), wrong)
        )


def _sibling(one: Limit, other: Limit) -> bool:
    """Of the same unit, of like size, and not the same thing under another name."""
    mine, theirs = amount(one.value), amount(other.value)
    if mine is None or theirs is None or one.unit != other.unit or near(one.limit, other.limit):
        return False
    if bool(mine.dash) != bool(theirs.dash) or mine.places != theirs.places:
        return False
    small, large = sorted((mine.largest, theirs.largest))
    return 0 < large <= _TIMES * small


def _amount(fact: Limit, value: str) -> str:
    return f"{value} {fact.unit}" if fact.unit else value


def _told(fact: Limit) -> str:
    return f"{fact.limit} – {_amount(fact, fact.value)}"


def _limit(entry: Entry) -> Limit:
    assert isinstance(entry.fact, Limit)
    return entry.fact


# what is asked


def _choice(
    what: str,
    topic: Topic,
    entry: Entry,
    text: str,
    right: tuple[str, str],
    wrong: Iterable[tuple[str, str]],
) -> Choice:
    """Options come with their reasons."""
    options = [{"right": right[0], "why": right[1]}]
    options += [{"wrong": text, "why": why} for text, why in wrong]
    asked = {"question": text, "options": options, "task": topic.task, "teaches": [entry.id]}
    return Choice.model_validate({**asked, "tags": [GENERATED, what]})


def _match(
    what: str, task: str | None, text: str, pairs: Mapping[str, str], teaches: tuple[str, ...]
) -> Match:
    why = " · ".join(f"{left} – {right}" for left, right in pairs.items())
    return Match(
        match=text, pairs=dict(pairs), extra=(), why=why, task=task, teaches=teaches,
        tags=(GENERATED, what),
    )  # fmt: skip
