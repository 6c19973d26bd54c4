"""Which fact of the old edition a fact of the new one is: by its id, or by what it says."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from cramsheet.pack.content import Thing
from cramsheet.plan.likeness import shared, words

_KIN = 0.5  # of the pairs of letters of two texts, those in common: with other ids, one thing
_CROSSED = 0.25  # so much more like another thing than like that of its own id
_CANDIDATES = 5  # are weighed, those with the most words in common
_COMMON = 60  # a word that more things have tells none of them apart

Pairs = dict[str, str]  # element ids: the old one of each new one


def matched(old: Mapping[str, Thing], new: Mapping[str, Thing]) -> Pairs:
    """What is in neither keys nor values has come or gone."""
    found = {name: name for name in new if name in old and old[name].digest == new[name].digest}
    _add(found, _the_same(*_rest(found, old, new)))
    _add(found, _kin(*_rest(found, old, new)))
    left_old, left_new = _rest(found, old, new)
    return {**found, **{name: name for name in left_new if name in left_old}}


def _rest(
    found: Pairs, old: Mapping[str, Thing], new: Mapping[str, Thing]
) -> tuple[dict[str, Thing], dict[str, Thing]]:
    taken = set(found.values())
    return (
        {name: it for name, it in old.items() if name not in taken},
        {name: it for name, it in new.items() if name not in found},
    )


def _add(found: Pairs, more: Iterable[tuple[str, str]]) -> None:
    """Pairs of old and new, the surest first; each thing is in one pair."""
    taken = set(found.values())
    for before, after in more:
        if before not in taken and after not in found:
            found[after] = before
            taken.add(before)


def _the_same(old: Mapping[str, Thing], new: Mapping[str, Thing]) -> Iterator[tuple[str, str]]:
    """Word for word, under another id."""
    known: dict[str, list[str]] = defaultdict(list)
    for name, it in old.items():
        known[it.digest].append(name)
    for name, it in new.items():
        for before in known[it.digest][:1]:
            known[it.digest].pop(0)
            yield before, name


def _kin(old: Mapping[str, Thing], new: Mapping[str, Thing]) -> list[tuple[str, str]]:
    """Things that say nearly the same, and those that kept their ids; the likest first."""
    index: dict[str, list[str]] = defaultdict(list)
    for name, it in old.items():
        for word in words(it.text):
            index[word].append(name)
    found: list[tuple[float, str, str]] = []
    for name, it in new.items():
        for before in _candidates(it, name, index, old):
            own = before == name
            likeness = shared(old[before].text, it.text)
            if own or likeness >= _KIN:
                found.append((likeness + _CROSSED * own, before, name))
    return [(before, after) for _, before, after in sorted(found, key=_surest)]


def _candidates(
    it: Thing, name: str, index: Mapping[str, list[str]], old: Mapping[str, Thing]
) -> Iterator[str]:
    """Old facts or questions that have words of it, and that of its own id."""
    counts: Counter[str] = Counter()
    for word in words(it.text):
        having = index.get(word, [])
        if len(having) <= _COMMON:
            counts.update(before for before in having if old[before].asked == it.asked)
    if name in old:
        yield name
    yield from (before for before, _ in counts.most_common(_CANDIDATES) if before != name)


def _surest(pair: tuple[float, str, str]) -> tuple[float, str, str]:
    return -pair[0], pair[1], pair[2]
