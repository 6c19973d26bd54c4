"""Bytes of a file -> text that is safe to read and to print."""

import re
from dataclasses import dataclass

from cramsheet.problems import Mark, Mistakes, Problem, mistake

LARGEST_FILE = 1 << 20  # bytes; a pack file is written by hand

# Control characters print as boxes or vanish; bidi overrides (U+202A-E, U+2066-9) print text backwards.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069"
    "\ufdd0-\ufdef\ufffe\uffff]"
)


@dataclass(frozen=True)
class Source:
    """One file of a pack: the path as a person would name it, and the bytes."""

    path: str
    data: bytes


def text_of(source: Source) -> str:
    if len(source.data) > LARGEST_FILE:
        size = f"{len(source.data) / (1 << 20):.1f} MiB"
        hint = "split it: a domain may have several files"
        raise mistake(f"the file has {size}, and 1 MiB is the most", Mark(source.path), hint)
    text = _decode(source).removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if problems := list(_unprintable(source.path, text)):
        raise Mistakes(problems)
    return text


def _decode(source: Source) -> str:
    try:
        return source.data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = source.data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8")) + 1
        byte = f"0x{source.data[error.start]:02x}"
        place = Mark(source.path, line, column)
        raise mistake(f"not UTF-8 text (byte {byte})", place, "save the file as UTF-8") from error


def _unprintable(path: str, text: str) -> list[Problem]:
    problems = []
    for found in _UNPRINTABLE.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        column = found.start() - text.rfind("\n", 0, found.start())
        message = f"the character U+{ord(found[0]):04X} cannot be printed"
        problems.append(Problem(message, Mark(path, line, column), "delete it"))
    return problems
