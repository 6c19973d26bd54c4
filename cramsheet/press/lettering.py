"""The letters of a font that a block uses, and the font again in another document or process.

Written for WeasyPrint 70 (`weasyprint>=70,<71`).
"""

from dataclasses import dataclass
from typing import Any

from weasyprint.pdf.fonts import Font
from weasyprint.text.ffi import TO_UNITS, ffi, gobject, harfbuzz, pango
from weasyprint.text.fonts import get_pango_font_key


@dataclass(frozen=True)
class Letters:
    """Glyphs of a font that was asked for by these words in a size in px."""

    family: str
    weight: int
    style: int
    variations: str
    size: float
    texts: tuple[tuple[int, str], ...]  # what each glyph says
    widths: tuple[tuple[int, int], ...]  # thousandths of an em


def letters_of(font: Any, description: Any, size: float) -> Letters:
    variations = pango.pango_font_description_get_variations(description)
    return Letters(
        ffi.string(pango.pango_font_description_get_family(description)).decode(),
        int(pango.pango_font_description_get_weight(description)),
        int(pango.pango_font_description_get_style(description)),
        "" if variations == ffi.NULL else ffi.string(variations).decode(),
        size,
        tuple(font.to_unicode.items()),
        tuple(font.widths.items()),
    )


def enter(letters: Letters, fonts: dict[int, Any], config: Any) -> None:
    """Letters among the fonts of a document; `config` is WeasyPrint's that has the faces."""
    known = vars(config).setdefault("keys_of_letters", {})
    name = (letters.family, letters.weight, letters.style, letters.variations)
    if known.get(name) not in fonts:
        known[name] = _load(letters, fonts, config)
    font = fonts[known[name]]
    for glyph, text in letters.texts:
        font.to_unicode.setdefault(glyph, text)
    for glyph, width in letters.widths:
        font.widths.setdefault(glyph, width)


def _load(letters: Letters, fonts: dict[int, Any], config: Any) -> int:
    """The key of the font, which is among those of the document from now on."""
    description = ffi.gc(
        pango.pango_font_description_new(), pango.pango_font_description_free
    )  # fmt: skip
    family = ffi.new("char[]", letters.family.encode())
    pango.pango_font_description_set_family(description, family)
    pango.pango_font_description_set_weight(description, letters.weight)
    pango.pango_font_description_set_style(description, letters.style)
    pango.pango_font_description_set_absolute_size(description, round(letters.size * TO_UNITS))
    if letters.variations:
        variations = ffi.new("char[]", letters.variations.encode())
        pango.pango_font_description_set_variations(description, variations)
    context = ffi.gc(
        pango.pango_font_map_create_context(config.font_map), gobject.g_object_unref
    )  # fmt: skip
    pango_font = ffi.gc(
        pango.pango_font_map_load_font(config.font_map, context, description),
        gobject.g_object_unref,
    )
    key, full, size = get_pango_font_key(pango_font)
    found = ffi.string(pango.pango_font_description_get_family(full)).decode()
    assert found == letters.family, f"{found} instead of {letters.family}"  # else: wrong letters
    if key not in fonts:
        fonts[key] = Font(pango_font, full, size)
        fonts[key].origin = pango_font  # as long as the font lives
    return int(key)


def versions() -> tuple[int, ...]:
    """Of Pango and HarfBuzz, which say where lines break."""
    found: list[int] = []
    for place in range(3):
        number = 0
        while harfbuzz.hb_version_atleast(*found, number + 1, *[0] * (2 - place)):
            number += 1
        found.append(number)
    return int(pango.pango_version()), *found
