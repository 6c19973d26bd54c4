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


@dataclass(frozen=True)
class Face:
    """`name` stands in `url(font:<name>-<weight>)`; the families begin with Cram, so no system
    has them. Without weights it is one that does not vary."""

    name: str
    family: str
    style: str
    package: str
    weights: tuple[int, ...] = (400, 600)


FACES = (
    Face("text", "CramText", "normal", "source-sans-3"),
    Face("text-italic", "CramText", "italic", "source-sans-3"),
    Face("code", "CramCode", "normal", "source-code-pro"),
    Face("signs", "CramSigns", "normal", "stix-two-math", ()),
)


@lru_cache(maxsize=8)
def font_bytes(name: str) -> bytes:
    face = next(face for face in FACES if face.name == name)
    return path_of(face).read_bytes()


@lru_cache(maxsize=8)
def cut(name: str) -> bytes:
    """A face at one weight, as "text-600": HarfBuzz takes 13 ms for what costs WeasyPrint 300 when
    it writes a variable font. A face that does not vary goes by its name alone."""
    family, _, weight = name.rpartition("-")
    if not weight.isdecimal():
        return font_bytes(name)
    import uharfbuzz

    face = uharfbuzz.Face(font_bytes(family))
    wanted = uharfbuzz.SubsetInput()
    wanted.keep_everything()
    wanted.pin_axis_location(face, "wght", float(weight))
    return bytes(uharfbuzz.subset(face, wanted).blob.data)


def faces_css(more: Sequence[Borrowed] = ()) -> str:
    """The @font-face rules for WeasyPrint, one for each weight."""
    ours = "".join(
        f"@font-face {{ font-family: {face.family}; font-style: {face.style}; {weight}}}\n"
        for face in FACES
        for weight in _weights(face)
    )
    return ours + "".join(font.css() for font in more)


def _weights(face: Face) -> list[str]:
    if not face.weights:
        return [f"src: url(font:{face.name}) "]
    return [f"font-weight: {w}; src: url(font:{face.name}-{w}) " for w in face.weights]


def embedded_css(text: str, more: Sequence[Borrowed] = ()) -> str:
    """The same for browsers, each font cut down to the characters of the text."""
    rules = []
    for face in FACES:
        if data := _subset(font_bytes(face.name), text):
            weight = "font-weight: 200 900; " if face.package.startswith("source") else ""
            rules.append(
                f"@font-face {{ font-family: {face.family}; font-style: {face.style}; {weight}"
                f"src: url(data:font/woff2;base64,{b64encode(data).decode()}) }}\n"
            )
    return "".join([*rules, *(font.css_for_browsers() for font in more)])


def _subset(font: bytes, text: str) -> bytes | None:
    from io import BytesIO

    from fontTools import subset

    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = ["kern", "liga", "mark", "mkmk", "ccmp", "locl", "tnum", "c2sc"]
    options.drop_tables += ["FFTM"]
    loaded = subset.load_font(BytesIO(font), options)
    known = loaded.getBestCmap()
    if not any(ord(letter) in known for letter in set(text)):
        return None
    cutter = subset.Subsetter(options)
    cutter.populate(text=text)
    cutter.subset(loaded)
    out = BytesIO()
    loaded["head"].modified = loaded["head"].created  # the clock has no place in the bytes
    subset.save_font(loaded, out, options)
    return out.getvalue()


def path_of(face: Face) -> Path:
    """Where its package keeps the font, all weights in one file."""
    if face.package == "stix-two-math":
        found = find_spec("ziamath")  # to import it takes 0.2 s
        assert found is not None
        assert found.origin is not None
        return Path(found.origin).parent / "fonts" / "STIXTwoMath-Regular.ttf"
    import fontpkg

    return Path(fontpkg.path(face.package, style=face.style))
