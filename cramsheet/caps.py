"""How much of everything there may be, in one place, and how to have more of it.

A pack cannot raise its own caps: who builds can, with `--allow NAME=VALUE`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from math import ceil
from typing import Any

from cramsheet.problems import choose_one, closest, mistake

_KIB, _MIB, _GIB = 1 << 10, 1 << 20, 1 << 30
_SIZE = re.compile(r"([0-9]{1,15})(?:([KMG])(?:i?B)?)?", re.IGNORECASE)
_MOST = 10**12


@dataclass(frozen=True)
class Row:
    """A cap: what it counts, of what kind its numbers are, which of them make sense. `fixed` says
    why nobody can raise it."""

    name: str
    usual: int
    what: str
    bytes: bool
    least: int
    fixed: str

    def written(self, value: int) -> str:
        """As a person reads it."""
        return _size(value) if self.bytes else f"{value:,}"

    def excess(self, found: int, most: int) -> str:
        return f"{self.written(found)}; {self.written(most)} is the most"

    def typed(self, value: int) -> str:
        """At least the value, as `--allow` takes it."""
        if not self.bytes:
            return str(value)
        if value % _GIB == 0:
            return f"{value // _GIB}G"
        unit, sign = (_MIB, "M") if value > _MIB else (_KIB, "K")
        return f"{ceil(value / unit)}{sign}"


def _cap(usual: int, what: str, bytes_: bool = False, least: int = 1, fixed: str = "") -> Any:
    row = {"what": what, "bytes": bytes_, "least": least, "fixed": fixed}
    return field(default=usual, metadata=row)


@dataclass(frozen=True)
class Caps:
    """Those of a pack, then those of the process that draws it."""

    file: int = _cap(_MIB, "a file of facts, of questions or of names", bytes_=True)
    picture: int = _cap(20 * _MIB, "a picture", bytes_=True)
    pixels: int = _cap(25_000_000, "pixels of a picture")
    folder: int = _cap(64 * _MIB, "all files of a pack together", bytes_=True)
    files: int = _cap(500, "files of a pack")
    facts: int = _cap(3_000, "facts and questions of a pack")
    values: int = _cap(60_000, "values (texts, lists, keys) in a file")
    text: int = _cap(20_000, "characters of a text")
    word: int = _cap(400, "characters of a word, in scripts with spaces")
    cells: int = _cap(2_000, "cells of a table")
    columns: int = _cap(20, "columns of a table")
    people: int = _cap(1_000, "people on a list")
    depth: int = _cap(20, "levels of a file", fixed="a tree of 6 questions has 18")
    questions: int = _cap(6, "questions from top to bottom of a tree", fixed="no column holds more")
    options: int = _cap(12, "options of a question", fixed="each needs a letter")
    accents: int = _cap(8, "accents on a letter", fixed="no script has more")
    pages: int = _cap(120, "pages of a document")
    seconds: int = _cap(150, "seconds of a build")
    memory: int = _cap(2 * _GIB, "memory of a build", bytes_=True, least=320 * _MIB)
    output: int = _cap(64 * _MIB, "a document", bytes_=True, least=_MIB)
    open_files: int = _cap(128, "files open at a time", least=64)

    def allowing(self, wishes: Iterable[tuple[str, int]]) -> "Caps":
        """With other numbers for some; the last one counts."""
        return replace(self, **{name.replace("-", "_"): value for name, value in wishes})

    @property
    def of_packs(self) -> tuple[int, ...]:
        """Those that decide what is read; the others only end a build."""
        return tuple(getattr(self, it.name) for it in fields(self) if it.name not in _OF_BUILDS)


_OF_BUILDS = ("seconds", "memory", "output", "open_files")


def rows() -> Iterator[Row]:
    for it in fields(Caps):
        usual = getattr(USUAL, it.name)
        yield Row(name=it.name.replace("_", "-"), usual=usual, **it.metadata)


USUAL = Caps()
ROWS = {row.name: row for row in rows()}


def allowance(text: str) -> tuple[str, int]:
    """What `--allow facts=6000` says; raises Mistakes."""
    name, sign, number = (part.strip() for part in text.partition("="))
    row = ROWS.get(name.lower().replace("_", "-"))
    if row is None:
        raise mistake(f'"{name}" is no limit', hint=_meant(name))
    if row.fixed:
        what = f'"{row.name}" stays {row.written(row.usual)}: {row.fixed}'
        raise mistake(what, hint=choose_one(_raisable(), "raise"))
    example = f"write {row.name}={row.typed(2 * row.usual)}"
    found = _SIZE.fullmatch(number)
    if not sign or not found:
        what = f'"{number}" is no number' if sign else f'"{text.strip()}" names no number'
        raise mistake(what, hint=example)
    step = 1024 if row.bytes else 1000
    value = int(found[1]) * step ** ("KMG".index(found[2].upper()) + 1 if found[2] else 0)
    if not row.least <= value <= _MOST:
        bound = f"from {row.written(row.least)} to {row.written(_MOST)}"
        raise mistake(f'"{number}" is out of bounds for {row.name}', hint=f"take a value {bound}")
    return row.name, value


def allow(name: str, needed: int) -> str:
    """The end of a hint: how whoever builds can have so much."""
    return f"or allow more: --allow {name}={ROWS[name].typed(needed)}"


def _meant(name: str) -> str:
    close = closest(name.lower(), ROWS)
    return f'did you mean "{close}"?' if close else choose_one(_raisable())


def _raisable() -> list[str]:
    return [row.name for row in ROWS.values() if not row.fixed]


def _size(value: int) -> str:
    for unit, sign in ((_GIB, "GiB"), (_MIB, "MiB"), (_KIB, "KiB")):
        if value >= unit:
            return f"{ceil(value * 10 / unit) / 10:g} {sign}"
    return f"{value} bytes"
