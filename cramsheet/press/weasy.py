"""WeasyPrint's private parts: boxes found, moved and put on pages. `boxes` looks at them.

`Laid` is a document after layout whose pages are columns or frames. `joined` moves the boxes of
columns into a copy of a frame page and lets WeasyPrint gather links, anchors, bookmarks and tags
from where the boxes now stand. Written for WeasyPrint 70 (`weasyprint>=70,<71`).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from weasyprint import css
from weasyprint.css.properties import Dimension
from weasyprint.document import Page
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.layout.background import layout_backgrounds

from cramsheet.press.boxes import gaps_in

PX = 96 / 25.4  # CSS pixels in a millimetre


@dataclass(frozen=True)
class Shift:
    """A column page and how far it moves, in CSS px."""

    page: Page
    right: float
    down: float


def joined(frame: Page, columns: Sequence[Shift], scale: float) -> Page:
    """The frame with the columns on it, drawn at a scale, as a page that WeasyPrint can tag."""
    return _with(frame, list(_moved(columns, scale)))


def _with(frame: Page, more: Sequence[Any]) -> Page:
    """A copy of the frame whose body holds more boxes."""
    page = grown(frame._page_box, more)
    layout_backgrounds(page, lambda *_, **__: None)  # they were placed where the boxes once stood
    return Page(page)


def grown(page_box: Any, more: Sequence[Any]) -> Any:
    """A copy of a page whose body holds more."""
    page = page_box.copy()
    root = next(child for child in page.children if child.element_tag == "html")
    body = next(child for child in root.children if child.element_tag == "body")
    root_copy, body_copy = root.copy(), body.copy()
    page.children = [root_copy if child is root else child for child in page.children]
    root_copy.children = [body_copy if child is body else child for child in root.children]
    body_copy.children = [*body.children, *more]
    return page


def _moved(columns: Sequence[Shift], scale: float) -> Iterator[Any]:
    for column in columns:
        root = column.page._page_box.children[0]
        body = next(child for child in root.children if child.element_tag == "body")
        for box in body.children:
            box.translate(column.right / scale, column.down / scale)
            _scale(box, scale)
            yield box


def _scale(box: Any, scale: float) -> None:
    """A box is drawn at a scale, seen from the corner of the page."""
    if scale != 1:
        box.style = box.style.copy()
        box.style["transform"] = (("scale", (scale, scale)),)
        origin = (Dimension(-box.border_box_x(), "px"), Dimension(-box.border_box_y(), "px"))
        box.style["transform_origin"] = origin


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


def fragments(page: Page, tag: str) -> list[Any]:
    """The boxes of elements of a tag on a page, in the order of the document."""
    return list(_tagged(page._page_box, tag))


def _tagged(box: Any, tag: str) -> Iterator[Any]:
    if box.element_tag == tag:
        yield box
        return
    for child in getattr(box, "children", ()):
        yield from _tagged(child, tag)


def loose(page: Page) -> list[Any]:
    """The absolutely placed blocks of a page, in the order of the document."""
    return list(_absolute(page._page_box))


def _absolute(box: Any) -> Iterator[Any]:
    if isinstance(box, AbsolutePlaceholder):
        yield box._box
        return
    for child in getattr(box, "children", ()):
        yield from _absolute(child)


def seat_numbers(page: Page) -> None:
    """Numbers stand where their gaps begin. WeasyPrint leaves them at the left of lines that run
    from right to left."""
    for gap in gaps_in(page._page_box):
        number = next(it._box for it in gap.children if isinstance(it, AbsolutePlaceholder))
        if gap.style["direction"] == "rtl":
            right = gap.position_x + gap.margin_width()
            number.translate(right - number.margin_width() - number.position_x, 0)


@contextmanager
def alike(tag: str) -> Iterator[None]:
    """Within it elements of a tag are no anchors: WeasyPrint computes styles once for all that look
    alike, but an element with an anchor, and all inside it, looks like no other. `composing` makes
    anchors of them."""
    original = css.find_style_attributes

    def without_anchors(tree: Any, *rest: Any) -> list[Any]:
        names = {element: element.attrib.pop("id", None) for element in tree.iter(tag)}
        found = list(original(tree, *rest))
        for element, name in names.items():
            if name is not None:
                element.set("id", name)
        return found

    css.find_style_attributes = without_anchors
    try:
        yield
    finally:
        css.find_style_attributes = original
