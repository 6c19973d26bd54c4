"""Formulas inside sentences, drawn into the places that Markdown left for them."""

import re
from collections.abc import Iterator
from html import unescape

from markupsafe import Markup

from cramsheet.page import formulas
from cramsheet.page.places import MATHS
from cramsheet.page.spoken import spoken
from cramsheet.page.words import Words

_PLACE = re.compile(r'<span data-tex="([^"]*)">.*?</span>', re.DOTALL)


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
    for found in re.findall(MATHS, re.sub(r"`[^`]*`", "", text)):
        try:
            formulas.draw(found.strip("$"))
        except formulas.Unreadable as error:
            yield found, str(error)
