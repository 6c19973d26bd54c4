"""How wide letters and words are, from the fonts themselves."""

from functools import lru_cache
from typing import Any

from cramsheet.page.fonts import EVERYWHERE, FACES, cut
from cramsheet.page.scripts import em_of

_USUAL = EVERYWHERE[0]
_UNKNOWN = 0.55  # em of a letter that another face has to set


def text_width(text: str, family: str = _USUAL, bold: bool = False) -> float:
    """In em, letter by letter, without kerning."""
    return sum(map(_advances(family, bold).__getitem__, text))


def cut_to(text: str, room: float) -> str:
    """The text, or as much of it as so many em hold."""
    if text_width(text) <= room:
        return text
    while text and text_width(f"{text}…") > room:
        text = text[:-1]
    return f"{text.rstrip(' ·,;:')}…"


class _Advances(dict[str, float]):
    """By letter, looked up as they come."""

    def __init__(self, font: Any, instead: "_Advances | None") -> None:
        super().__init__()
        self._font, self._instead = font, instead

    def __missing__(self, letter: str) -> float:
        width = self[letter] = self._look_up(letter)
        return width

    def _look_up(self, letter: str) -> float:
        if glyph := self._font.get_nominal_glyph(ord(letter)):
            return float(self._font.get_glyph_h_advance(glyph) / self._font.face.upem)
        if self._instead is not None:
            return self._instead[letter]
        em = em_of(letter)
        return _UNKNOWN if em is None else em


@lru_cache(maxsize=16)
def _advances(family: str, bold: bool) -> _Advances:
    import uharfbuzz

    face = next(it for it in FACES if it.family == family and it.style == "normal")
    weight = face.weights[-1 if bold else 0]
    font = uharfbuzz.Font(uharfbuzz.Face(cut(f"{face.name}-{weight}")))
    return _Advances(font, None if family == _USUAL else _advances(_USUAL, bold))
