"""What is said twice, and what is said twice differently."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from math import log, sqrt

from cramsheet.edit.copy import Copy, Finding, Owner, found, grouped
from cramsheet.pack.facts import Code, Figure, Formula, Limit
from cramsheet.pack.pack import Entry
from cramsheet.problems import Mark, shortened

_ALIKE = 0.65  # cosine of two texts, their words weighed by how rare they are
_ASKED = {"question", "claim", "fill", "match", "order", "pairs", "items"}  # without options
_SIGNS = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]+|\d[\d.,]*\d|[^\W_]+")


def twins(copy: Copy) -> Iterator[Finding]:
    """The later of two that say nearly the same; a figure may show what a fact says."""
    asked = [it for it in copy.questions if it.key in _ASKED]
    drawn = [it for it in copy.facts if isinstance(it.owner, Entry) and _draws(it.owner)]
    facts = [it for it in copy.facts if isinstance(it.owner, Entry) and not _draws(it.owner)]
    for what, passages in (("fact", facts), ("figure", drawn), ("question", asked)):
        groups = grouped(passages)
        texts = [" ".join(it.said for it in group) for _, group in groups]
        for first, second in _alike([_words(text) for text in texts]):
            (one, _), (other, _) = groups[first], groups[second]
            if _told_apart(one, other):
                continue
            message = f'this {what} says nearly the same as "{shortened(texts[first])}"'
            hint = f"that stands at {one.mark}: keep one, or say what is different"
            yield found(message, other.mark, hint, other)


def contradictions(copy: Copy) -> Iterator[Finding]:
    """A limit that is given twice, with different values."""
    seen: dict[tuple[str, ...], tuple[str, Mark]] = {}
    for entry in copy.pack.entries():
        if isinstance(fact := entry.fact, Limit):
            value = " ".join(filter(None, (fact.value, fact.unit)))
            words = tuple(sorted(set(_words(fact.limit))))
            before, mark = seen.setdefault(words, (value, entry.mark))
            if before != value:
                message = f'"{shortened(fact.limit)}" is {value} here and {before} elsewhere'
                hint = f"the other is at {mark}: look it up, and keep the right one"
                yield found(message, entry.node.at(("value",)).mark, hint, entry)


def _told_apart(one: Owner, other: Owner) -> bool:
    """Whether two facts worded alike differ in a value, a formula or code."""
    match (one, other):
        case (Entry(fact=Limit(value=a)), Entry(fact=Limit(value=b))):
            return a != b
        case (Entry(fact=Formula(tex=a)), Entry(fact=Formula(tex=b))):
            return a != b
        case (Entry(fact=Code(lines=a)), Entry(fact=Code(lines=b))):
            return a != b
        case _:
            return False


def _draws(entry: Entry) -> bool:
    return isinstance(entry.fact, Figure)


def _alike(texts: Sequence[Sequence[str]]) -> Iterator[tuple[int, int]]:
    """Pairs of texts whose words point the same way (tf-idf, cosine); the earlier one first."""
    in_texts = Counter(word for text in texts for word in set(text))
    holders: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, text in enumerate(texts):
        weights = {w: n * log(1 + len(texts) / in_texts[w]) for w, n in Counter(text).items()}
        length = sqrt(sum(weight**2 for weight in weights.values()))
        alike: dict[int, float] = defaultdict(float)
        for word, weight in weights.items():
            for other, before in holders[word]:
                alike[other] += before * weight / length
            holders[word].append((number, weight / length))
        yield from ((other, number) for other, cosine in sorted(alike.items()) if cosine > _ALIKE)


def _words(text: str) -> list[str]:
    """In lower case, without the s of a plural; pairs of letters where there are no spaces."""
    words = []
    for word in _SIGNS.findall(text.casefold()):
        if ord(word[0]) > 0xE00:
            words += [word[at : at + 2] for at in range(max(1, len(word) - 1))]
        else:
            words.append(word.removesuffix("s") if len(word) > 3 else word)
    return words
