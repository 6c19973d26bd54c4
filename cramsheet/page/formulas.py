"""LaTeX -> an outline drawing that sits on the baseline, with spoken text."""

import re
from base64 import b64encode
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from xml.etree import ElementTree

from markupsafe import Markup

from cramsheet.cellar.keeping import kept
from cramsheet.page.later import later

_DRAWN = 24  # ziamath draws sub- and superscripts full size when it draws small
# ziamath takes twice as long for each level of MathML, and more for some. Textbooks have
# 8 levels; within these bounds it ends after some seconds.
_DEEPEST = 12
_MOST_WORK = 100_000  # elements, each counted twice for each level above it


class Unreadable(Exception):
    """What the formula's author has to mend."""


@dataclass(frozen=True)
class Drawing:
    """An SVG with its width, height and depth below the baseline, in em."""

    svg: str
    width: float
    height: float
    depth: float


def formula(tex: str, spoken: str) -> Markup:
    """An image that scales with the text around it; raises Unreadable."""
    drawing = draw(tex)
    source = b64encode(drawing.svg.encode()).decode()
    style = f"width:{drawing.width:.3f}em;vertical-align:{-drawing.depth:.3f}em"
    return Markup(
        f'<img class="tex" alt="{escape(spoken)}" style="{style}" '
        f'src="data:image/svg+xml;base64,{source}">'
    )


@lru_cache(maxsize=4096)
def draw(tex: str) -> Drawing:
    """Raises Unreadable."""
    return kept("formulas", Drawing, tex.encode(), lambda: _drawn(tex))


def _drawn(tex: str) -> Drawing:
    with later("ziamath.escapes"):  # it would compile 2,000 names of signs, which TeX has not
        import ziamath  # slow to import, and only packs with formulas need it

    if unknown := _undrawable(tex):
        raise Unreadable(unknown)
    try:
        svg = ziamath.zmath.Latex(tex, size=_DRAWN).svgxml()
    except Exception as error:  # it raises whatever its parsers raise
        raise Unreadable(str(error)) from error
    _left, top, width, height = (float(part) for part in svg.get("viewBox", "").split())
    text = ElementTree.tostring(svg, encoding="unicode")
    return Drawing(text, width / _DRAWN, height / _DRAWN, (top + height) / _DRAWN)


def _undrawable(tex: str) -> str:
    """The first command that would be printed as it is written, or that it would take minutes;
    empty when neither."""
    from latex2mathml.converter import convert

    try:
        told = convert(tex)
        levels, work = _amount(ElementTree.fromstring(told))
    except Exception:  # drawing says what is wrong
        return ""
    if levels > _DEEPEST:
        return f"it is nested {levels} levels deep, and {_DEEPEST} are the most"
    if work > _MOST_WORK:
        return "it is too large"
    found = re.search(r"<mi>(\\\w+)</mi>|&#x0005C;(\w+)", told)
    return f"{found[0].removeprefix('<mi>').removesuffix('</mi>')} is unknown" if found else ""


def _amount(tree: ElementTree.Element) -> tuple[int, int]:
    """Levels (a row of a table is none of its own), and what they cost."""
    below = [_amount(child) for child in tree]
    own = 0 if tree.tag.endswith("}mtr") or tree.tag == "mtr" else 1
    return own + max((it[0] for it in below), default=0), 1 + 2 * sum(it[1] for it in below)
