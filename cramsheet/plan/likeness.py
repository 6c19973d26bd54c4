"""Whether two texts say nearly the same, or one gives the other away; in any language."""

import re
from collections.abc import Iterator
from functools import lru_cache

_NEAR = 0.5  # of the pairs of letters that two texts have, those in common
_LETTERS = 4  # of a word that tells something
_STEM = 5  # letters by which words are kin: predict, prediction
_GIVEN_AWAY = 0.6  # of the pairs of letters of a name
_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f]\d+)*")


def near(one: str, other: str) -> bool:
    """Whether one may pass for the other: all its words stand there, or most of its letters."""
    mine, theirs = words(one), words(other)
    if mine <= theirs or theirs <= mine:
        return True
    return shared(one, other) > _NEAR


def gives_away(name: str, text: str) -> bool:
    """Whether a text says the name of what it describes, or a word of it."""
    stems = {word[:_STEM] for word in words(name) if len(word) >= _LETTERS}
    if any(word.startswith(stem) for word in words(text) for stem in stems):
        return True
    pairs = _pairs(name)
    return len(pairs & _pairs(text)) >= _GIVEN_AWAY * len(pairs) if not stems else False


def alike_in_length(one: str, other: str, times: float = 3.0) -> bool:
    """Whether neither is so many times as long as the other."""
    short, long = sorted((len(one), len(other)))
    return long <= times * short


@lru_cache(maxsize=20_000)
def words(text: str) -> frozenset[str]:
    """Without signs and capitals. A script without spaces has its whole clauses here."""
    return frozenset(re.findall(r"[^\W_]+", text.casefold()))


def numbers(text: str) -> Iterator[str]:
    """As digits alone: "3,500" and "3500" are one."""
    for found in _NUMBER.findall(text):
        yield re.sub(r"[.,\u00a0\u202f](?=\d{3}(?!\d))", "", found).replace(",", ".")


def shared(one: str, other: str) -> float:
    """Of the pairs of letters that two texts have, those in common: 0 to 1."""
    mine, theirs = _pairs(one), _pairs(other)
    return len(mine & theirs) / max(1, len(mine | theirs))


@lru_cache(maxsize=20_000)
def _pairs(text: str) -> frozenset[str]:
    letters = "".join(re.findall(r"[^\W_]+", text.casefold()))
    return frozenset(letters[at : at + 2] for at in range(max(1, len(letters) - 1)))
