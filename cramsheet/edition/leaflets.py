"""A change sheet becomes HTML, pages and a PDF."""

from dataclasses import replace

from cramsheet.edition.leaflet import SIZES, Leaflet
from cramsheet.page.dressing import dressed
from cramsheet.page.rendering import environment, in_authors_words
from cramsheet.page.writing import Html
from cramsheet.press.engine import Engine
from cramsheet.press.leaf import lay_leaf, prove_leaf, write_leaf

_MARGINS = "14mm 14mm 13mm"


def print_leaflet(leaflet: Leaflet, name: str, engine: Engine) -> bytes:
    """In the largest type in which it has one page; of many changes in the usual type.

    Raises Mistakes for what does not come out well.
    """
    for points in SIZES:
        leaf = lay_leaf(html(replace(leaflet, size=points)), engine)
        if leaf.count == 1:
            break
    else:
        leaf = lay_leaf(html(leaflet), engine)
    prove_leaf(leaf, name, leaflet.kind.floor, leaflet.palette().contrast)
    return write_leaf(leaf, engine).data


def html(leaflet: Leaflet) -> Html:
    text = in_authors_words(
        environment(leaflet.shop.templates()), "changes.html", leaflet=leaflet,
        words=leaflet.words, exam=leaflet.pack.exam,
    )  # fmt: skip
    styles = dressed(
        leaflet.shop, leaflet.kind, leaflet.paper, _MARGINS, (leaflet.look, leaflet.ink),
        leaflet.more, leaflet.pack.exam.right_to_left,
    )  # fmt: skip
    return Html(text, styles)
