"""Hyphenation without reading a whole dictionary.

pyphen parses every pattern of a language before it divides the first word: half a second for
German, which has 77,000 of them. The patterns that bear on a word are those whose letters stand in
it, so these alone are parsed, by pyphen itself.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyphen

_HEX = "^^"  # a letter written as a number


def teach() -> None:
    """From now on pyphen reads as little as it can; once or more often, the outcome is the same."""
    pyphen.HyphDict = Patterns


class Patterns:
    """Stands for pyphen's HyphDict, and gives what that gives."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with path.open("rb") as file:
            self._first = file.readline().decode().rstrip("\r\n")
        cyrillic = self._first.lower() == "microsoft-cp1251"
        lines = path.read_text("cp1251" if cyrillic else self._first).split("\n")[1:]
        letters = re.sub(r"[0-9 \t\r]", "", "\n".join(lines)).split("\n")
        self._written: dict[str, list[str]] = {}
        self._always: list[str] = []
        for line, key in zip(lines, letters, strict=True):
            if _HEX in line:
                self._always.append(line)
            else:
                self._written.setdefault(key.partition("/")[0], []).append(line)
        self._longest = max(map(len, self._written))
        self._known: dict[str, list[Any]] = {}

    def positions(self, word: str) -> list[Any]:
        word = word.lower()
        if word not in self._known:
            few = _Few(self._first, [*self._bearing_on(word), *self._always])
            self._known[word] = _HyphDict(few).positions(word) if few.holds else []
        return self._known[word]

    def _bearing_on(self, word: str) -> Iterator[str]:
        pointed = f".{word}."
        for start in range(len(pointed)):
            for end in range(start + 1, min(start + self._longest, len(pointed)) + 1):
                yield from self._written.get(pointed[start:end], ())


class _Few:
    """The file of a dictionary, as far as pyphen asks, with few patterns in it."""

    def __init__(self, first: str, lines: list[str]) -> None:
        self._first, self._lines = first, lines

    @property
    def holds(self) -> bool:
        return any(re.search("[1-9]", line) for line in self._lines)

    def open(self, _mode: str) -> Any:
        from io import BytesIO

        return BytesIO(f"{self._first}\n".encode())

    def read_text(self, _encoding: str) -> str:
        return "\n".join([self._first, *self._lines])


_HyphDict = pyphen.HyphDict
