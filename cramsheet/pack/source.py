"""Bytes of a file -> text that is safe to read and to print."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from cramsheet.caps import USUAL, Caps
from cramsheet.door import too_large
from cramsheet.problems import Mark, Mistakes, Problem, mistake

MOST_PROBLEMS = 100  # of one file; whoever has more reads no further

# Control characters print as boxes or vanish, bidi overrides (U+202A-E, U+2066-9) print text
# backwards, and U+0085, U+2028 and U+2029 end a line for YAML but not for an editor.
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff"
_PLANES = range(0x10000, 0x120000, 0x10000)  # the last two places of each hold no character
_NO_CHARACTERS = "\ufdd0-\ufdef" + "".join(chr(end - 2) + chr(end - 1) for end in _PLANES)
_MARKS = "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_UNPRINTABLE = re.compile(f"[{_CONTROLS}{_NO_CHARACTERS}]|{_MARKS}{{{USUAL.accents + 1},}}")


@dataclass(frozen=True)
class Source:
    """One file of a pack: the path as a person would name it, the bytes, and what it may hold."""

    path: str
    data: bytes
    caps: Caps = USUAL


def text_of(source: Source) -> str:
    """The text, its lines ended by \\n; raises Mistakes."""
    if len(source.data) > source.caps.file:
        raise too_large(Mark(source.path), len(source.data), source.caps.file, "file")
    text = _plain(_decode(source))
    if problems := first_of(unprintable(text, Mark(source.path))):
        raise Mistakes(problems)
    return text


def unprintable(text: str, start: Mark) -> Iterator[Problem]:
    """What would print as a box, backwards or not at all; `start` is where the text begins."""
    for found in _UNPRINTABLE.finditer(text):
        if len(found[0]) > 1:
            message = f"{len(found[0])} accents on one letter"
        else:
            message = f"the character U+{ord(found[0]):04X} cannot be printed"
        yield Problem(message, end_of(text[: found.start()], start), "delete it")


def first_of(problems: Iterable[Problem]) -> list[Problem]:
    """As many problems of one file as a person reads; the last one says that there are more."""
    told = list(islice(problems, MOST_PROBLEMS + 1))
    if len(told) > MOST_PROBLEMS:
        told[-1] = Problem("more problems from here on", told[-1].mark, "mend those above first")
    return told


def _decode(source: Source) -> str:
    try:
        return source.data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = _plain(source.data[: error.start].decode("utf-8"))
        message = f"not UTF-8 text (byte 0x{source.data[error.start]:02x})"
        raise mistake(
            message, end_of(before, Mark(source.path)), "save the file as UTF-8"
        ) from error


def _plain(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def end_of(text: str, start: Mark) -> Mark:
    """The place right after the text."""
    lines, last = text.count("\n"), text.rpartition("\n")[2]
    return Mark(start.path, start.line + lines, len(last) + (1 if lines else start.column))
