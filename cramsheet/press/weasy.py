"""WeasyPrint's private parts: the only module that knows its box tree.

`Laid` is a document after layout whose pages are columns or frames. `joined` moves the boxes of
columns into a copy of a frame page and lets WeasyPrint gather links, anchors, bookmarks and tags
from where the boxes now stand. Written for WeasyPrint 70 (`weasyprint>=70,<71`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from weasyprint.css.properties import Dimension
from weasyprint.document import Page
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.layout.background import layout_backgrounds

PX = 96 / 25.4  # CSS pixels in a millimetre


@dataclass(frozen=True)
class Shift:
    """A column page and how far it moves, in CSS px."""

    page: Page
    right: float
    down: float


def joined(frame: Page, columns: Sequence[Shift]) -> Page:
    """The frame with the columns on it, as a page that WeasyPrint can draw and tag."""
    return _with(frame, list(_moved(columns)))


def _with(frame: Page, more: Sequence[Any]) -> Page:
    """A copy of the frame whose body holds more boxes."""
    page = frame._page_box.copy()
    root = next(child for child in page.children if child.element_tag == "html")
    body = next(child for child in root.children if child.element_tag == "body")
    root_copy, body_copy = root.copy(), body.copy()
    page.children = [root_copy if child is root else child for child in page.children]
    root_copy.children = [body_copy if child is body else child for child in root.children]
    body_copy.children = [*body.children, *more]
    layout_backgrounds(page, lambda *_, **__: None)  # they were placed where the boxes once stood
    return Page(page)


def _moved(columns: Sequence[Shift]) -> Iterator[Any]:
    for column in columns:
        root = column.page._page_box.children[0]
        body = next(child for child in root.children if child.element_tag == "body")
        for box in body.children:
            box.translate(column.right, column.down)
            yield box


def filled_to(page: Page) -> float:
    """How far down the lowest text or picture of a page reaches, in CSS px."""
    return max((bottom for _, (_, _, _, bottom) in _marks(page._page_box)), default=0.0)


def content_height(page: Page) -> float:
    """The height of what stands in the page's body, margins included, in CSS px."""
    root = next(child for child in page._page_box.children if child.element_tag == "html")
    body = next(child for child in root.children if child.element_tag == "body")
    return max(
        (box.position_y + box.margin_height() - body.position_y for box in _blocks(body)),
        default=0.0,
    )


def _blocks(body: Any) -> Iterator[Any]:
    for box in body.children:
        yield box
        yield from (child for child in getattr(box, "children", ()) if child.is_in_normal_flow())


def spilled(page: Page) -> set[str]:
    """The ids of elements of which a text or a picture leaves the page."""
    slack = 0.6
    return {
        element
        for element, (left, top, right, bottom) in _marks(page._page_box)
        if left < -slack
        or top < -slack
        or right > page.width + slack
        or bottom > page.height + slack
    }


def _marks(box: Any, name: str = "") -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    """Each text and picture: the id of the element around it, and its rectangle."""
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    element = getattr(box, "element", None)
    if element is not None and hasattr(element, "get"):
        name = element.get("id") or name
    if isinstance(box, boxes.ReplacedBox) or (isinstance(box, boxes.TextBox) and box.text.strip()):
        yield name, _rectangle(box)
    for child in getattr(box, "children", ()):
        yield from _marks(child, name)


def _rectangle(box: Any) -> tuple[float, float, float, float]:
    """Of a text its line (the margins of a text box are half the leading), of a picture itself."""
    if isinstance(box, boxes.TextBox):
        left, top = box.position_x, box.position_y
        return left, top, left + box.margin_width(), top + box.margin_height()
    left, top = box.border_box_x(), box.border_box_y()
    return left, top, left + box.border_width(), top + box.border_height()


def loose(page: Page) -> list[Any]:
    """The absolutely placed blocks of a page, in the order of the document."""
    return list(_absolute(page._page_box))


def _absolute(box: Any) -> Iterator[Any]:
    if isinstance(box, AbsolutePlaceholder):
        yield box._box
        return
    for child in getattr(box, "children", ()):
        yield from _absolute(child)


@dataclass(frozen=True)
class Spot:
    """A block and where its border box begins, in CSS px of the page."""

    box: Any
    left: float
    top: float


def set_out(frame: Page, flow: Page, spots: Sequence[Spot], scale: float) -> Page:
    """The frame with blocks on it, all drawn at a scale; tags, links and anchors follow."""
    root = next(child for child in flow._page_box.children if child.element_tag == "html")
    body = next(child for child in root.children if child.element_tag == "body")
    main = next(child for child in body.children if child.element_tag == "main").copy()
    for spot in spots:
        box = spot.box
        box.translate(spot.left / scale - box.border_box_x(), spot.top / scale - box.border_box_y())
    main.position_x = main.position_y = 0
    main.children = [spot.box for spot in spots]
    main.style = main.style.copy()
    if scale != 1:
        main.style["transform"] = (("scale", (scale, scale)),)
        main.style["transform_origin"] = (Dimension(0, "px"), Dimension(0, "px"))
    return _with(frame, [main])
