"""What is left out on a sheet to recall: chosen by hashes of the facts' ids, always the same."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from cramsheet.pack.facts import Common, Compare, List, Steps
from cramsheet.plan.likeness import words

_LETTERS = 4  # of a word that is worth recalling
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W_]+)*")


def rarity(texts: Iterable[str]) -> Mapping[str, int]:
    """In how many texts each word stands."""
    return Counter(word for text in texts for word in words(text))


def key_word(text: str, known: Mapping[str, int]) -> str:
    """The word that tells most, for it stands in the fewest texts; "" in a text without spaces."""
    found: list[str] = [word for word in _WORD.findall(text) if len(word) >= _LETTERS]
    if " " not in text or not found:
        return ""
    return min(found, key=lambda word: (max(known.get(it, 0) for it in words(word)), -len(word)))


def left_out(fact: Common, name: str) -> frozenset[object]:
    """Every second item of a list or of steps; of a comparison one cell in each row."""
    start = _hash(name)
    match fact:
        case List() | Steps():
            return frozenset(range(start % 2, len(fact.items), 2))
        case Compare():
            return frozenset(
                (row, at) for row, cells in fact.rows.items() for at in [_cell(name, row, cells)]
            )
        case _:
            return frozenset()


def _cell(name: str, row: str, cells: Sequence[str]) -> int:
    """Of those that say something, when any does."""
    said = [at for at, cell in enumerate(cells) if len(words(cell)) > 0]
    return said[_hash(f"{name}\0{row}") % len(said)] if said else 0


def _hash(text: str) -> int:
    return int.from_bytes(sha256(text.encode()).digest()[:4], "big")
