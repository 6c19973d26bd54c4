"""The fonts that documents are set in, by the names the styles use.

Line breaks depend on fonts, so they come from pinned packages, never from the machine.
"""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from cramsheet.page.borrowed import Borrowed
from cramsheet.page.redrawn import thinned
from cramsheet.problems import did_you_mean, mistake


@dataclass(frozen=True)
class Face:
    """`name` stands in `url(font:<name>-<weight>)`; the families begin with Cram, so no system
    has them. Without weights it is one that does not vary; `files` are of one weight each.
    `optical` is the size of type that its letters are drawn for, where it knows several."""

    name: str
    family: str
    style: str
    package: str
    weights: tuple[int, ...] = (400, 600)
    files: bool = False
    optical: float | None = None


FACES = (
    Face("text", "CramText", "normal", "source-sans-3"),
    Face("text-italic", "CramText", "italic", "source-sans-3"),
    Face("code", "CramCode", "normal", "source-code-pro"),
    Face("signs", "CramSigns", "normal", "stix-two-math", ()),
    # of looks; they lack signs that the faces above have, which follow them in every style
    Face("serif", "CramSerif", "normal", "source-serif-4", optical=8),
    Face("serif-italic", "CramSerif", "italic", "source-serif-4", optical=8),
    Face("narrow", "CramNarrow", "normal", "roboto-condensed"),
    Face("narrow-italic", "CramNarrow", "italic", "roboto-condensed"),
    Face("clear", "CramClear", "normal", "atkinson-hyperlegible", (400, 700), files=True),
    Face("clear-italic", "CramClear", "italic", "atkinson-hyperlegible", (400, 700), files=True),
)
EVERYWHERE = ("CramText", "CramCode", "CramSigns")  # families that every document may fall back on
_LIGHT = {400: 250, 600: 420}  # weights of thin strokes, by the weight they stand for
_OUTLINES = ("glyf", "loca", "head")  # head says how offsets are written
_SAMPLE = "the of and in to is for by an on what each other data model training rate 0 1 2 , . - "


def _named(name: str) -> Face:
    return next(face for face in FACES if face.name == name)


@lru_cache(maxsize=16)
def font_bytes(name: str, weight: int = 400) -> bytes:
    """The file of a face, all its weights in one unless it comes in files of one weight each."""
    return path_of(_named(name), weight).read_bytes()


@lru_cache(maxsize=32)
def cut(name: str) -> bytes:
    """A face at one weight, as "text-600": HarfBuzz takes 13 ms for what costs WeasyPrint 300 when
    it writes a variable font. A face that does not vary goes by its name alone. "text-600-light" is
    as wide to the hair, so that lines break alike, but drawn with thinner strokes."""
    if name.endswith("-light"):
        return _lighter(name.removesuffix("-light"))
    family, _, weight = name.rpartition("-")
    if not weight.isdecimal():
        return font_bytes(name)
    face = _named(family)
    if face.files:
        return font_bytes(family, int(weight))
    import uharfbuzz

    font = uharfbuzz.Face(font_bytes(family))
    wanted = uharfbuzz.SubsetInput()
    wanted.keep_everything()
    wanted.pin_axis_location(font, "wght", float(weight))
    if face.optical:
        wanted.pin_axis_location(font, "opsz", face.optical)
    return bytes(uharfbuzz.subset(font, wanted).blob.data)


def _lighter(name: str) -> bytes:
    """The tables of a cut, but the outlines of a lighter one; glyphs have the same numbers. Where
    there is none, strokes are drawn thinner."""
    from io import BytesIO

    from fontTools.ttLib.sfnt import SFNTReader, SFNTWriter

    family, _, weight = name.rpartition("-")
    if not weight.isdecimal():
        return cut(name)
    if _named(family).files:
        return thinned(cut(name))
    thin = SFNTReader(BytesIO(cut(f"{family}-{_LIGHT[int(weight)]}")))
    usual, out = SFNTReader(BytesIO(cut(name))), BytesIO()
    writer = SFNTWriter(out, len(usual.keys()), usual.sfntVersion)
    for tag in list(usual.tables):
        writer[tag] = (thin if tag in _OUTLINES else usual)[tag]
    writer.close()
    return out.getvalue()


@lru_cache(maxsize=16)
def wideness(family: str) -> float:
    """How wide the letters of a family are, of those of the default look: measured on a sample of
    running text. Raises Mistakes for a family that is not ours."""
    known = {face.family: face.name for face in FACES if face.style == "normal"}
    if family not in known:
        raise mistake(f'no face "{family}"', hint=did_you_mean(family, known))
    own, usual = (_width(known[name]) for name in (family, EVERYWHERE[0]))
    return round(own / usual, 3)


def _width(name: str) -> float:
    """Of the sample, in em."""
    import uharfbuzz

    face = _named(name)
    font = uharfbuzz.Font(
        uharfbuzz.Face(cut(f"{name}-{face.weights[0]}" if face.weights else name))
    )
    glyphs = [font.get_nominal_glyph(ord(letter)) for letter in _SAMPLE]
    advances = [font.get_glyph_h_advance(glyph) for glyph in glyphs if glyph]
    return float(sum(advances) / font.face.upem)


def faces_css(text: str, light: bool = False, more: Sequence[Borrowed] = ()) -> str:
    """The @font-face rules for WeasyPrint, one for each weight of the families that a text names;
    with thin strokes if they are to be light."""
    ours = "".join(
        f"@font-face {{ font-family: {face.family}; font-style: {face.style}; {weight}}}\n"
        for face in used_in(text)
        for weight in _weights(face, "-light" if light else "")
    )
    return ours + "".join(font.css() for font in more)


def used_in(text: str) -> list[Face]:
    return [face for face in FACES if face.family in EVERYWHERE or face.family in text]


def _weights(face: Face, drawn: str) -> list[str]:
    if not face.weights:
        return [f"src: url(font:{face.name}) "]
    return [f"font-weight: {w}; src: url(font:{face.name}-{w}{drawn}) " for w in face.weights]


def embedded_css(text: str, more: Sequence[Borrowed] = ()) -> str:
    """The same for browsers, each font cut down to the characters of the text."""
    rules, letters = [], "".join(sorted(set(text)))
    for face in used_in(text):
        for weight, font in _for_screens(face):
            if data := _subset(font, letters):
                rules.append(
                    f"@font-face {{ font-family: {face.family}; font-style: {face.style}; {weight}"
                    f"src: url(data:font/woff2;base64,{b64encode(data).decode()}) }}\n"
                )
    return "".join([*rules, *(font.css_for_browsers() for font in more)])


def _for_screens(face: Face) -> list[tuple[str, bytes]]:
    """The files that browsers need, with the rule for their weights."""
    if face.files:
        return [(f"font-weight: {w}; ", font_bytes(face.name, w)) for w in face.weights]
    return [("font-weight: 200 900; " if face.weights else "", font_bytes(face.name))]


@lru_cache(maxsize=32)
def _subset(font: bytes, letters: str) -> bytes | None:
    """Of a document: most edits bring no letter that it has not."""
    from io import BytesIO

    from fontTools import subset

    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = ["kern", "liga", "mark", "mkmk", "ccmp", "locl", "tnum", "c2sc"]
    options.drop_tables += ["FFTM"]
    loaded = subset.load_font(BytesIO(font), options)
    known = loaded.getBestCmap()
    if not any(ord(letter) in known for letter in letters):
        return None
    cutter = subset.Subsetter(options)
    cutter.populate(text=letters)
    cutter.subset(loaded)
    out = BytesIO()
    loaded["head"].modified = loaded["head"].created  # the clock has no place in the bytes
    subset.save_font(loaded, out, options)
    return out.getvalue()


def path_of(face: Face, weight: int = 400) -> Path:
    """Where its package keeps the font."""
    if face.package == "stix-two-math":
        found = find_spec("ziamath")  # to import it takes 0.2 s
        assert found is not None
        assert found.origin is not None
        return Path(found.origin).parent / "fonts" / "STIXTwoMath-Regular.ttf"
    import fontpkg

    return Path(fontpkg.path(face.package, weight, face.style))
