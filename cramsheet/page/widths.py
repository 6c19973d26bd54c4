"""How wide words are in the text face, letter by letter, and how they break into lines."""

import re
from collections.abc import Iterable, Iterator

from cramsheet.page.advances import text_width
from cramsheet.page.markup import typeset


def wide(words: str, bold: bool = False) -> float:
    """The width of a text in em of its own size, with the dashes and spaces that it is set with."""
    return text_width(typeset(words), bold=bold)


def in_lines(words: str, room: float, bold: bool = False) -> list[str]:
    """A text in lines no wider than the room, in em of its size; a word too long is divided."""
    lines = [""]
    for word in _divided(typeset(words).split(" "), room, bold):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and wide(longer, bold) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _divided(words: Iterable[str], room: float, bold: bool) -> Iterator[str]:
    for word in words:
        while wide(word, bold) > room and len(word) > 2:
            end = _break(word, room, bold)
            first = word[:end]
            yield first if first[-1] in "-–/" else f"{first}-"
            word = word[end:]
        yield word


def _break(word: str, room: float, bold: bool) -> int:
    """After a hyphen or stroke that fits, else after as many letters as fit with a hyphen."""
    most = 1
    while most < len(word) - 1 and wide(f"{word[: most + 1]}-", bold) <= room:
        most += 1
    ends = [found.end() for found in re.finditer(r"[-–/]", word[:most])]
    return ends[-1] if ends and ends[-1] > 1 else most


def balanced(words: str, room: float, bold: bool = False) -> list[str]:
    """The same number of lines, as even as they can be."""
    lines = in_lines(words, room, bold)
    low = room / 2
    while len(lines) > 1 and room - low > 0.25:
        tried = (low + room) / 2
        if len(narrower := in_lines(words, tried, bold)) == len(lines) and not _cuts(
            narrower, lines
        ):
            lines, room = narrower, tried
        else:
            low = tried
    return lines


def _cuts(narrower: list[str], lines: list[str]) -> bool:
    """Whether words were divided that were whole before."""
    return sum(line.count("-") for line in narrower) > sum(line.count("-") for line in lines)
