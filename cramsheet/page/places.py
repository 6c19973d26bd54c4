"""Formulas inside a sentence: $\\sqrt{n}$, found while Markdown is read; `maths` draws them."""

import re
from xml.etree.ElementTree import Element

from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

# A price is no formula: the first sign stands before a letter or figure, the second behind one and
# before none.
MATHS = r"(?<![\\\w$])\$(?=[^\s$])(?:[^$\n]*[^\s$\\])?\$(?![\w$])"


class Place(InlineProcessor):
    """Where a formula will stand; until then its source is there, for those who want plain text."""

    def handleMatch(  # type: ignore[override]  # its stub says less than it does
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        tex = m[0].strip("$")
        span = Element("span", {"data-tex": tex})
        span.text = AtomicString(tex)
        return span, m.start(0), m.end(0)
