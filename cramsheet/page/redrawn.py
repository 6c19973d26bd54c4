"""Fonts whose outlines are drawn anew: bold or thin faces made of a regular one, TrueType of CFF.

HarfBuzz moves outlines apart by a share of the em for a bold face; letters stay as wide as they
were, so lines break alike. 0.03 em is about what semibold adds to the stems of Source Sans.
"""

from io import BytesIO
from typing import Any

_THICKER, _THINNER = 0.03, 0.032  # em
_FAITHFUL = 0.0005  # em that a quadratic curve may be off a cubic one
_HINTS = ("fpgm", "prep", "cvt ", "gasp", "hdmx", "VDMX", "LTSH")  # for the outlines as they were


def emboldened(font: bytes) -> bytes:
    """A font without axes, its glyphs bolder; few glyphs, for each takes about 0.2 ms."""
    return _redrawn(font, _THICKER)


def thinned(font: bytes) -> bytes:
    """The same with strokes by so much thinner, for ink that is saved."""
    return _redrawn(font, -_THINNER)


def as_truetype(font: bytes) -> bytes:
    """WeasyPrint writes the numbers of glyphs where PDF wants those of characters in a Chinese CFF
    font: viewers that go by the book show other letters. TrueType has but one kind of number."""
    return font if b"glyf" in font[:512] else _redrawn(font, 0.0)


def as_woff2(font: bytes) -> bytes:
    """Packed for browsers."""
    from fontTools.ttLib import TTFont

    loaded = TTFont(BytesIO(font), recalcTimestamp=False)
    loaded.flavor = "woff2"
    out = BytesIO()
    loaded.save(out)
    return out.getvalue()


def _redrawn(font: bytes, thicker: float) -> bytes:
    import uharfbuzz
    from fontTools.ttLib import TTFont

    drawn = uharfbuzz.Font(uharfbuzz.Face(font))
    if thicker:
        drawn.synthetic_bold = (thicker, thicker, True)
    loaded: Any = TTFont(BytesIO(font), recalcTimestamp=False)
    names = loaded.getGlyphOrder()
    cubic = "glyf" not in loaded
    glyphs = {name: _glyph(drawn, index, cubic) for index, name in enumerate(names)}
    if cubic:
        _make_room(loaded, names)
    for tag in _HINTS:
        if tag in loaded:
            del loaded[tag]
    for name, glyph in glyphs.items():
        loaded["glyf"][name] = glyph
        glyph.recalcBounds(loaded["glyf"])
        loaded["hmtx"][name] = (loaded["hmtx"][name][0], getattr(glyph, "xMin", 0))
    if thicker > 0:
        loaded["OS/2"].usWeightClass = 600
    out = BytesIO()
    loaded.save(out)
    return out.getvalue()


def _glyph(drawn: Any, index: int, cubic: bool) -> Any:
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    error = drawn.face.upem * _FAITHFUL
    drawn.draw_glyph_with_pen(index, Cu2QuPen(pen, error, reverse_direction=cubic))
    return pen.glyph()


def _make_room(loaded: Any, names: list[str]) -> None:
    """Tables for quadratic outlines instead of those for cubic ones."""
    from fontTools.ttLib import newTable

    loaded.setGlyphOrder(names)
    for tag in ("CFF ", "VORG"):
        if tag in loaded:
            del loaded[tag]
    loaded["loca"], loaded["glyf"] = newTable("loca"), newTable("glyf")
    loaded["glyf"].glyphOrder, loaded["glyf"].glyphs = names, {}
    most = loaded["maxp"]
    most.tableVersion, most.maxZones = 0x00010000, 1
    for limit in (
        "TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs", "StackElements",
        "SizeOfInstructions", "ComponentElements", "ComponentDepth", "Points", "Contours",
        "CompositePoints", "CompositeContours",
    ):  # fmt: skip
        setattr(most, f"max{limit}", 0)
    loaded.sfntVersion = "\000\001\000\000"
