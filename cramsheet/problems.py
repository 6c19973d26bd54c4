"""A mistake with an address and a remedy; every room reports through these values."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import IntEnum

# Controls, line ends, bidi overrides and halves of characters.
_OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


_LONGEST = 100  # letters


class Exit(IntEnum):
    """Exit codes of the command: who has to act."""

    DONE = 0
    FOUND = 1  # the author, if they agree: `lint` found something
    PACK = 2  # the author: content, template, style or order
    MACHINE = 3  # the machine: files, libraries, fonts
    STOPPED = 130  # Ctrl-C


@dataclass(frozen=True, order=True)
class Mark:
    """A place in a file that a person wrote; line and column count from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        drive, rest = self.path[:2], self.path[2:]  # a colon in a name could pass for a place
        path = printable(drive + rest.replace(":", "\\u003a"))
        return f"{path}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Problem:
    message: str
    mark: Mark | None = None
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.mark}: " if self.mark else ""
        hint = f"\n  hint: {printable(self.hint)}" if self.hint else ""
        return f"{place}error: {printable(self.message)}{hint}"


class Mistakes(Exception):
    """Everything found wrong, in reading order, so that a file is mended in one pass."""

    exit = Exit.PACK

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=_place))
        super().__init__(*self.problems)

    def __reduce__(self) -> tuple[type["Mistakes"], tuple[tuple["Problem", ...]]]:
        return type(self), (self.problems,)  # it may come from another process

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class MachineFault(Mistakes):
    """The content may be fine; the machine cannot do it."""

    exit = Exit.MACHINE


def mistake(message: str, mark: Mark | None = None, hint: str = "") -> Mistakes:
    return Mistakes([Problem(message, mark, hint)])


def _place(problem: Problem) -> tuple[bool, Mark]:
    return problem.mark is not None, problem.mark or Mark("")


def closest(word: str, known: Iterable[str]) -> str:
    """The word that was meant, as far as one can tell; empty when none is near. Nobody looks for
    long ones, which would take minutes."""
    if len(word) > _LONGEST:
        return ""
    short = [name for name in known if len(name) <= _LONGEST]
    return next(iter(get_close_matches(word, short, n=1)), "")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A remedy for a word that is not among those known; empty when nothing is known."""
    names = list(dict.fromkeys(known))
    if close := closest(word, names):
        return f'did you mean "{close}"?'
    return choose_one(names)


def choose_one(names: Iterable[str], verb: str = "write") -> str:
    """A remedy that lists what there is; empty when there is nothing."""
    match list(names):
        case []:
            return ""
        case [*few] if len(few) < 3:
            return f"{verb} {' or '.join(few)}"
        case several:
            return f"{verb} one of {', '.join(several)}"


def printable(text: str) -> str:
    """On one line, without what a terminal would obey or read backwards: names of files may hold
    anything."""
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def shortened(text: str, most: int = 60) -> str:
    """An author's words on one line of a message; long ones lose their end."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most].rstrip()}..."


def quoted(text: str) -> str:
    """The text as YAML wants it in quotes; the other kind when it holds an apostrophe."""
    short = shortened(text)
    return f'"{short}"' if "'" in short else f"'{short}'"
