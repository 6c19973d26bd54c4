"""Stamps on frames: their letters, all of one width, take the place of others in what was drawn.

So a frame is laid out once, however often its digest and its code change.
"""

import re
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from cramsheet.page.writing import Html
from cramsheet.press.composing import Layer
from cramsheet.press.engine import Engine
from cramsheet.press.fragment import Drawing
from cramsheet.press.framing import lay_frames
from cramsheet.press.lettering import Letters
from cramsheet.press.stamps import LETTERS, Marked

_ALL = "".join(sorted({*LETTERS, *"0123456789abcdef"}))
_SPECIMEN = (
    f'<section class="frame"><p class="foot-outer"><b class="imprint">{_ALL}</b></p></section>'
)
_BETWEEN = rb"((?:>-?[\d.]+<)?)"  # two glyphs, where their distance is not what the font says


@dataclass(frozen=True)
class Type:
    """All letters that stamps may have."""

    letters: Letters

    @cached_property
    def glyphs(self) -> dict[str, int]:
        return {text: glyph for glyph, text in self.letters.texts}

    def hexed(self, text: str) -> list[bytes]:
        return [b"%04x" % self.glyphs[it] for it in text]


def lay_imprinted(html: Html, marked: Marked, engine: Engine) -> Any:
    """A document of WeasyPrint's with a page for each frame, with its stamp."""
    laid = lay_frames(replace(html, text=_with_specimen(marked.blank)), engine)
    *blank, specimen = laid.pages
    type_ = _type_of(specimen)
    pages = [
        type_ and _imprinted(page, type_, words)
        for page, words in zip(blank, marked.words, strict=True)
    ]
    if all(pages):
        return laid.copy(pages)
    return lay_frames(replace(html, text=marked.whole), engine)  # what is drawn cannot be kept


def _with_specimen(text: str) -> str:
    end = text.rindex("</section>") + len("</section>")
    return f"{text[:end]}\n{_SPECIMEN.format(_ALL)}{text[end:]}"


def _type_of(specimen: Any) -> Type | None:
    for layer in specimen.layers:
        for letters in layer.known[0].letters if layer.known else ():
            if {text for _, text in letters.texts} >= set(_ALL):
                return Type(letters)
    return None


def _imprinted(page: Any, type_: Type, words: Sequence[tuple[str, str]]) -> Any:
    """A page with other words in place of those that it has; None when it lacks one of them."""
    found = copy(page)
    found.layers = list(page.layers)
    for old, new in words:
        if sum(_set(found.layers, index, type_, old, new) for index in (0, 1)) != 1:
            return None
    return found


def _set(layers: list[Layer], index: int, type_: Type, old: str, new: str) -> int:
    layer = layers[index]
    if layer.known is None:
        return 0
    drawing, boxes = layer.known
    data, count = _written_over(drawing, type_.hexed(old), type_.hexed(new))
    if count:
        letters = (*drawing.letters, type_.letters)  # all: the font is cut as a moment ago
        layers[index] = replace(
            layer, known=(replace(drawing, drawing=data, letters=letters), boxes)
        )
    return count


def _written_over(
    drawing: Drawing, old: Sequence[bytes], new: Sequence[bytes]
) -> tuple[bytes, int]:
    pattern = re.compile(_BETWEEN.join(old))

    def other(found: re.Match[bytes]) -> bytes:
        return b"".join(glyph + gap for glyph, gap in zip(new, (*found.groups(), b""), strict=True))

    return pattern.subn(other, drawing.drawing)
