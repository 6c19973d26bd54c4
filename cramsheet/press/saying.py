"""What glyphs say: the letters behind a run of glyphs, so that a PDF can be read, not only seen.

A PDF has one text for each glyph. A glyph of Arabic may be a part of several letters (a bow here,
its dots there), so there the letters are written beside the glyphs that make them up.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

_TOKEN = re.compile(r"<([0-9a-f]*)>|([^<>]+)")
_DIGITS = 4  # of a glyph


class Texts(dict[int, str]):
    """The text of each glyph of a font, as first seen. While `heard` is a list, it is told of every
    glyph that is drawn; of the glyphs of one cluster of letters all but the first say nothing."""

    heard: list[str] | None = None

    def __contains__(self, glyph: object) -> bool:
        return self.heard is None and super().__contains__(glyph)

    def __setitem__(self, glyph: int, text: str) -> None:
        self.setdefault(glyph, text)
        if self.heard is not None:
            self.heard.append(text)


def listening(font: Any, heard: list[str] | None) -> None:
    """A font of WeasyPrint's tells of its glyphs from now on, or no longer."""
    if not isinstance(font.to_unicode, Texts):
        font.to_unicode = Texts(font.to_unicode)
    font.to_unicode.heard = heard


def clusters(string: str, heard: list[str]) -> Iterator[tuple[str, str]]:
    """A run of glyphs by clusters of letters, each with its letters; "" goes on with the last.

    `string` is that of a TJ operator, without brackets; `heard` loses what is used.
    """
    shown, saying = "", ""
    for glyphs, kern in _TOKEN.findall(string):
        shown += f" {kern}" if kern else ""  # two that meet stay two numbers
        for place in range(0, len(glyphs), _DIGITS):
            said = heard.pop(0)
            if said and shown:
                yield shown, saying
                shown, saying = "", said
            shown, saying = f"{shown}<{glyphs[place : place + _DIGITS]}>", said or saying
    if shown:
        yield shown, saying


class Speech:
    """A text being drawn: `heard` are the letters of the glyphs that are not yet shown."""

    def __init__(self, begin: Callable[[str], None], end: Callable[[], None]) -> None:
        self.heard: list[str] = []
        self._begin, self._end, self._open = begin, end, False

    def show(self, string: str, show: Callable[[str], None]) -> None:
        for glyphs, letters in clusters(string, self.heard):
            if letters:
                self.close()
                self._begin(letters)
                self._open = True
            show(glyphs)

    def close(self) -> None:
        if self._open:
            self._end()
        self._open = False
