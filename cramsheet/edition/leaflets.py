"""A change sheet becomes HTML, pages and a PDF."""

from dataclasses import replace

from cramsheet.edition.leaflet import Leaflet
from cramsheet.page.dressing import SIZES
from cramsheet.page.writing import Html
from cramsheet.press.engine import Engine
from cramsheet.press.leaf import lay_leaf, prove_leaf, write_leaf


def print_leaflet(leaflet: Leaflet, name: str, engine: Engine) -> bytes:
    """In the largest type in which it has one page; of many changes in the usual type.

    Raises Mistakes for what does not come out well.
    """
    for points in SIZES:
        leaf = lay_leaf(html(_at(leaflet, points)), engine)
        if leaf.count == 1:
            break
    else:
        leaf = lay_leaf(html(leaflet), engine)
    floor, contrast = leaflet.handout.kind.floor, leaflet.handout.palette.contrast
    prove_leaf(leaf, name, floor, contrast, said=tuple(leaflet.said()))
    return write_leaf(leaf, engine).data


def _at(leaflet: Leaflet, size: float) -> Leaflet:
    return replace(leaflet, handout=leaflet.handout.at(size))


def html(leaflet: Leaflet) -> Html:
    return leaflet.handout.html(leaflet.fonts, leaflet=leaflet)
