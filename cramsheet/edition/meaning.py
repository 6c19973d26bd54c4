"""Whether other words mean something else: what a reader who learned the old ones has to unlearn.

Only what can be told in any language: numbers, values, code and formulas, which option is right,
which side belongs to which, the order of steps, and the status. Other words are other words.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from cramsheet.pack.content import BETWEEN, IS, TRUTHS, Thing
from cramsheet.plan.likeness import numbers, shared

# Keys whose texts are no prose, and what a person calls them.
_EXACT = {
    "value": "limit",
    "unit": "limit",
    "tex": "formula",
    "lines": "code",
    "status": "status",
    "formerly": "name",
    "is": "answer",
    "blanks": "answer",
}
_FORMULA = re.compile(r"(?<![\\\w$])\$(?=[^\s$])(?:[^$\n]*[^\s$\\])?\$(?![\w$])")
_SIGNS = re.compile(r"[<>=≤≥≠±×÷→←↔]+")
ORDER = "order"  # of steps
_NAME = re.compile(r"[^\W\d_]\w*\d\w*")  # S3, enc0_dim: its digits are no number
# All that can be told of what means something else.
MEANINGS = (
    *dict.fromkeys(_EXACT.values()),
    "kind",
    "number",
    "sign",
    "right option",
    "pairs",
    ORDER,
)
_ONE = 0.5  # of the letters of two options in common: one that was reworded


def meant(old: Thing, new: Thing) -> tuple[str, ...]:
    """What means something else, in words; empty where only the wording differs."""
    found: list[str] = []
    if old.asked and old.kind != new.kind:
        found.append("kind")
    found += _exactly(old, new)
    found += _numbers(old, new)
    found += _answers(old, new)
    return tuple(dict.fromkeys(found))


def _exactly(old: Thing, new: Thing) -> Iterator[str]:
    for place in dict.fromkeys((*old.words, *new.words)):
        what = _EXACT.get(place.split(BETWEEN)[0])
        if what and _plain(old.words.get(place)) != _plain(new.words.get(place)):
            yield what


def _plain(text: str | None) -> str:
    return " ".join((text or "").split())


def _numbers(old: Thing, new: Thing) -> Iterator[str]:
    """Numbers, signs and formulas in prose, wherever they stand in it."""
    mine, theirs = _said(old), _said(new)
    if Counter(numbers(mine)) != Counter(numbers(theirs)):
        yield "number"
    elif Counter(_SIGNS.findall(mine)) != Counter(_SIGNS.findall(theirs)):
        yield "sign"
    elif Counter(_FORMULA.findall(mine)) != Counter(_FORMULA.findall(theirs)):
        yield "formula"


def _said(thing: Thing) -> str:
    """All prose of it, with the names of rows and boxes."""
    exact = (*_EXACT, "corrects")
    words = {place: it for place, it in thing.words.items() if place.split(BETWEEN)[0] not in exact}
    names = [part for place in words for part in place.split(BETWEEN) if not part.isdigit()]
    return _NAME.sub(" ", "\n".join((*words.values(), *names)))


def _answers(old: Thing, new: Thing) -> Iterator[str]:
    if old.kind != new.kind:
        return
    if _flipped(_options(old.words), _options(new.words)):
        yield "right option"
    if new.kind == "match" and _pairs(old.words) != _pairs(new.words):
        yield from _other_pairs(_pairs(old.words), _pairs(new.words))
    if new.kind in ("order", "steps") and _reordered(_listed(old.words), _listed(new.words)):
        yield ORDER


def _options(words: Mapping[str, str]) -> list[tuple[str, bool]]:
    """The options of a question, and whether each is right."""
    return [
        (text, words[f"{place}{BETWEEN}{IS}"] == TRUTHS[0])
        for place, text in words.items()
        if f"{place}{BETWEEN}{IS}" in words
    ]


def _flipped(old: list[tuple[str, bool]], new: list[tuple[str, bool]]) -> bool:
    """Whether an option is right that was wrong, or the other way round; or a right one has gone
    or come. One that was reworded is the same."""
    truth = dict(old)
    if any(text in truth and truth[text] != right for text, right in new):
        return True
    known = dict(new)
    before = [text for text, right in old if right and text not in known]
    after = [text for text, right in new if right and text not in truth]
    return len(before) != len(after) or any(not _reworded(text, before) for text in after)


def _reworded(text: str, before: list[str]) -> bool:
    return any(shared(it, text) >= _ONE for it in before)


def _pairs(words: Mapping[str, str]) -> dict[str, str]:
    start = f"pairs{BETWEEN}"
    return {place.removeprefix(start): it for place, it in words.items() if place.startswith(start)}


def _other_pairs(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    """A left side that was given another's right side."""
    rights = {text: left for left, text in old.items()}
    if any(rights.get(text, left) != left for left, text in new.items() if left in old):
        yield "pairs"


def _listed(words: Mapping[str, str]) -> list[str]:
    return [it for place, it in words.items() if place.startswith(f"items{BETWEEN}")]


def _reordered(old: list[str], new: list[str]) -> bool:
    both = set(old) & set(new)
    return [it for it in old if it in both] != [it for it in new if it in both]
