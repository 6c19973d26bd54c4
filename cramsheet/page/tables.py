"""How wide the columns of a table are: as its words want, so that it takes the fewest lines.

WeasyPrint's own way (auto layout) measures every cell twice and takes over half of the time of a
document with many tables; fixed columns cost nothing, and these break better.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest
from math import ceil

from markupsafe import Markup

from cramsheet.cellar.keeping import kept
from cramsheet.pack.facts import Compare
from cramsheet.page.advances import text_width
from cramsheet.page.markup import inline
from cramsheet.page.scripts import beside_wide

_PADDING = 0.6  # em between columns
_SLOT, _LETTER = 3.6, 0.6  # em, more than padding: what stands before the words of a pair
_LONGEST = 7.0  # em of a word that is kept together at any price
_ROUNDING = 1.015  # kerning, and what a browser's widths are rounded to
_CODE = re.compile(r"<code[^>]*>(.*?)</code>")
_CODE_SHARE = 0.95  # of the text around, about
_HYPHENATED = 9  # letters of a word that may be divided
_DIVIDED = 0.65  # of such a word stands on a line then, at most
# Of these letters, but they are names, and stay whole: SageMaker, OpenSearch.
_NAME = re.compile(r"(?<!\w)(?=\w{9,16}(?!\w))\w*[a-z][A-Z]\w*")

_Grid = tuple[tuple[str, ...], ...]


def column_shares(fact: Compare, width: float, family: str = "CramText") -> tuple[float, ...]:
    """Widths in per cent, row names first, for a table so many em wide in a family of ours."""
    names = ("", *fact.rows)
    rows = (fact.columns, *fact.rows.values())
    grid = tuple((name, *cells) for name, cells in zip(names, rows, strict=True))
    return _shares(grid, width, family)


def pair_shares(
    lefts: Sequence[str], rights: Sequence[str], width: float, family: str
) -> tuple[float, float]:
    """Widths in per cent of the two columns of a matching question so many em wide."""
    grid = tuple(zip_longest(("", *lefts), ("", *rights), fillvalue=""))
    words = max(width - _SLOT - _LETTER, 2 * _PADDING)  # that is left for them
    left = _shares(grid, words, family)[0] / 100 * words + _SLOT
    return round(100 * left / width, 2), round(100 - 100 * left / width, 2)


def cell(html: Markup) -> Markup:
    """With names held together, in a cell whose other long words may be divided."""
    parts = re.split(r"(<[^>]*>)", html)
    parts[::2] = [
        _NAME.sub(r'<span class="whole">\g<0></span>', _loosened(part)) for part in parts[::2]
    ]
    return Markup("".join(parts))


@lru_cache(maxsize=1024)
def _shares(grid: _Grid, width: float, family: str) -> tuple[float, ...]:
    key = repr((grid, width, family)).encode()
    return kept("tables", tuple[float, ...], key, lambda: _shared_out(grid, width, family))


def _shared_out(grid: _Grid, width: float, family: str) -> tuple[float, ...]:
    cells = [
        [
            # heads and row names are bold
            list(_measured(cell, family, not (row and column)))
            for column, cell in enumerate(cells)
        ]
        for row, cells in enumerate(grid)
    ]
    space = text_width(" ", family)
    ems = [[sum(em + space for _, em in words) - space for words in row] for row in cells]
    columns = [[word for words in column for word in words] for column in zip(*cells, strict=True)]
    widths = _fewest_lines(ems, _least(columns, width), width)
    return tuple(round(100 * share / sum(widths), 2) for share in widths)


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


def _measured(cell: str, family: str, bold: bool) -> Iterator[tuple[str, float]]:
    """Each word of a cell and its width in em; code is set in a face of its own."""
    for number, part in enumerate(_CODE.split(inline(cell))):
        for word in _words(_loosened(Markup(part).striptags())):
            if number % 2:
                yield word, text_width(word, "CramCode") * _CODE_SHARE
            elif word or not number:
                yield word, text_width(word, family, bold)


def _words(cell: str) -> list[str]:
    """What a line may not break inside, but by a hyphen."""
    return [part for word in re.split(r"[ \n]|(?<=-)", cell) for part in beside_wide(word)]


def _least(columns: Sequence[Sequence[tuple[str, float]]], total: float) -> list[float]:
    """The widths at which no word is divided; where the table has no room for that, long words are,
    of as few columns as can be, and names of rows last of all."""
    whole = [_longest(words, 1.0) for words in columns]
    left = total - sum(whole)
    if left >= 0:
        return whole
    widths = [_longest(words, _DIVIDED) for words in columns]
    left = total - sum(widths)
    for index in sorted(range(len(widths)), key=lambda it: (it > 0, whole[it] - widths[it])):
        more = min(max(left, 0.0), whole[index] - widths[index])
        widths[index] += more
        left -= more
    return widths


def _longest(words: Iterable[tuple[str, float]], share: float) -> float:
    ems = (em * (share if _divisible(word) else 1.0) for word, em in words)
    return min(_LONGEST, max(ems, default=1.0) * _ROUNDING) + _PADDING


def _loosened(text: str) -> str:
    """Words are not held together where one of them may be divided: its end would be too wide."""
    return re.sub(r"[^ \n]*\u00a0[^ \n]*", _loose, text)


def _loose(found: re.Match[str]) -> str:
    words = found[0].split("\u00a0")
    return (" " if any(map(_divisible, words)) else "\u00a0").join(words)


def _divisible(word: str) -> bool:
    return any(len(it) >= _HYPHENATED and not _NAME.search(it) for it in word.split("\u00a0"))
