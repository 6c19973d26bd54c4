"""Formulas inside a sentence: $\\sqrt{n}$, found in text and put into HTML."""

import re
from collections.abc import Iterator
from html import unescape
from xml.etree.ElementTree import Element

from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString
from markupsafe import Markup

from cramsheet.page import formulas
from cramsheet.page.spoken import spoken
from cramsheet.page.words import Words

# A price is no formula: the first sign stands before a letter or figure, the second behind one and
# before none.
PATTERN = r"(?<![\\\w$])\$(?=[^\s$])([^$\n]*[^\s$\\])\$(?![\w$])"
_PLACE = re.compile(r'<span data-tex="([^"]*)">.*?</span>', re.DOTALL)


class Place(InlineProcessor):
    """Where a formula will stand; until then its source is there, for those who want plain text."""

    def handleMatch(  # type: ignore[override]  # its stub says less than it does
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        span = Element("span", {"data-tex": m[1]})
        span.text = AtomicString(m[1])
        return span, m.start(0), m.end(0)


def drawn(html: Markup, words: Words) -> Markup:
    """The formulas in their places; what cannot be read stays as it is written."""
    if "data-tex" not in html:
        return html
    return Markup(_PLACE.sub(lambda place: _drawn(unescape(place[1]), place[0], words), html))


def _drawn(tex: str, place: str, words: Words) -> str:
    try:
        return formulas.formula(tex, spoken(tex, words) or tex)
    except formulas.Unreadable:
        return place


def unreadable(text: str) -> Iterator[tuple[str, str]]:
    """Each formula of a text that cannot be read, and what is wrong with it."""
    for found in re.finditer(PATTERN, re.sub(r"`[^`]*`", "", text)):
        try:
            formulas.draw(found[1])
        except formulas.Unreadable as error:
            yield found[1], str(error)
