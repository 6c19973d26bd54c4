"""Shuffling that depends on nothing but the seed and the words.

The order follows hashes, so adding or moving other content never changes it, and neither does the
version of Python: the same seed gives the same paper for ever.
"""

from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")


def shuffled(things: Iterable[T], seed: str, words: Callable[[T], str]) -> tuple[T, ...]:
    """The things in an order that looks random; `words` tells them apart."""
    return tuple(
        sorted(things, key=lambda thing: sha256(f"{seed}\0{words(thing)}".encode()).digest())
    )


def out_of_order(items: tuple[str, ...], seed: str) -> tuple[str, ...]:
    """Shuffled, and never by chance in the order given."""
    mixed = shuffled(items, seed, str)
    return mixed[::-1] if mixed == items else mixed
