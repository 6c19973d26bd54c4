"""How wide the columns of a table are: as its words want, so that it takes the fewest lines.

WeasyPrint's own way (auto layout) measures every cell twice and takes over half of the time of a
document with many tables; fixed columns cost nothing, and these break better.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from math import ceil

from cramsheet.pack.facts import Compare
from cramsheet.page.markup import plain
from cramsheet.page.scripts import beside_wide, em_of

_PADDING = 0.6  # em between columns
_LONGEST = 7.0  # em of a word that is kept together at any price
_BOLD = 1.04

# Advance widths of Source Sans 3 in em, by kind of letter; the rest counts as wide as an n.
_WIDTHS = {
    **dict.fromkeys("ij',.:;|lI!f·", 0.26),
    **dict.fromkeys(" ()[]{}-trJ/*sz?", 0.36),
    **dict.fromkeys("CRPKBDGUNHOQ&", 0.62),
    **dict.fromkeys("wMWm%@→", 0.78),
}
_OTHER = 0.52


def column_shares(fact: Compare, width: float) -> tuple[float, ...]:
    """Widths in per cent, row names first, for a table so many em wide."""
    names = ("", *fact.rows)
    rows = (fact.columns, *fact.rows.values())
    grid = tuple((name, *cells) for name, cells in zip(names, rows, strict=True))
    return _shares(grid, width)


@lru_cache(maxsize=1024)
def _shares(grid: tuple[tuple[str, ...], ...], width: float) -> tuple[float, ...]:
    texts = [[plain(cell) for cell in row] for row in grid]
    ems = [
        [
            text_width(text) * (1 if row and column else _BOLD)  # heads and row names are bold
            for column, text in enumerate(cells)
        ]
        for row, cells in enumerate(texts)
    ]
    words = [_longest_word(column) + _PADDING for column in zip(*texts, strict=True)]
    widths = _fewest_lines(ems, words, width)
    return tuple(round(100 * share / sum(widths), 2) for share in widths)


def text_width(text: str) -> float:
    """About how wide a text is, in em."""
    if text.isascii():
        return sum(_WIDTHS.get(letter, _OTHER) for letter in text)
    return sum(_WIDTHS.get(letter) or _wide(letter) for letter in text)


def _wide(letter: str) -> float:
    em = em_of(letter)
    return _OTHER if em is None else em


def _fewest_lines(ems: list[list[float]], widths: list[float], total: float) -> list[float]:
    """Begin with the longest words and give the rest where it saves most lines for its width."""
    widths = list(widths)
    while (left := total - sum(widths)) > 0:
        steps = [
            (_lines(ems, widths) - _lines(ems, _wider(widths, index, more)), more, index)
            for index in range(len(widths))
            for more in _useful(ems, index, widths[index], left)
        ]
        saving = [(lines / more, more, index) for lines, more, index in steps if lines > 0]
        if not saving:
            spare = left / len(widths)
            return [width + spare for width in widths]
        _, more, index = max(saving)
        widths = _wider(widths, index, more)
    return widths


def _useful(ems: list[list[float]], index: int, width: float, left: float) -> Iterator[float]:
    """The steps at which some cell of the column takes a line less."""
    seen = set()
    for row in ems:
        for lines in range(1, 5):
            more = round(_needed(row[index], lines) - width + 0.01, 2)
            if 0 < more <= left and more not in seen:
                seen.add(more)
                yield more


def _needed(em: float, lines: int) -> float:
    """The column in which a text takes so many lines; words do not fill their lines quite."""
    return em * (1.02 if lines == 1 else 1.12) / lines + _PADDING


def _wider(widths: Sequence[float], index: int, more: float) -> list[float]:
    return [width + more * (place == index) for place, width in enumerate(widths)]


def _lines(ems: Iterable[Sequence[float]], widths: Sequence[float]) -> int:
    return sum(
        max(_count(em, width - _PADDING) for em, width in zip(row, widths, strict=True))
        for row in ems
    )


def _count(em: float, width: float) -> int:
    return 1 if em * 1.02 <= width else max(2, ceil(em * 1.12 / width))


def _longest_word(cells: Iterable[str]) -> float:
    words = (
        part
        for cell in cells
        for word in re.split(r"\s|(?<=-)", cell)
        for part in beside_wide(word)
    )
    return min(_LONGEST, max((text_width(word) * _BOLD for word in words), default=1.0))
