"""Fragments set on pages: drawn at their places, with their links, anchors, bookmarks and tags.

Written for WeasyPrint 70 (`weasyprint>=70,<71`).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pydyf
from weasyprint.anchors import gather_anchors
from weasyprint.document import Page
from weasyprint.draw import draw_page, draw_stacking_context
from weasyprint.pdf import tags
from weasyprint.stacking import StackingContext

from cramsheet.press.fragment import BETWEEN, MARK, Fragment, Group, Rectangle
from cramsheet.press.lettering import enter

_SLOT = re.compile(MARK + rb"([A-Z])(\d+)" + MARK)
_POINT = 0.75  # of a px


@dataclass(frozen=True)
class Spot:
    """A block, the id it goes by, the fonts it was laid out with, and where it begins, left of its
    margin and at its upper border; px of the page."""

    fragment: Fragment
    name: str
    fonts: Any
    left: float
    top: float
    size: tuple[float, float]  # as laid out


@dataclass(eq=False)
class _Linked:
    """Stands for the box of a link; WeasyPrint hangs the annotation here."""

    link_annotation: Any = None

    def is_attachment(self) -> bool:
        return False


@dataclass(eq=False)
class Placed:
    """A fragment on a page, drawn at a scale."""

    spot: Spot
    scale: float

    def __post_init__(self) -> None:
        self.links = [_Linked() for _ in self.spot.fragment.links]
        self.first = 0  # of its marked contents on the page

    @property
    def matrix(self) -> tuple[float, float, float, float, float, float]:
        x, y = self.spot.fragment.corner
        left, top = self.spot.left - self.scale * x, self.spot.top - self.scale * y
        return self.scale, 0, 0, self.scale, left, top

    def point(self, x: float, y: float) -> tuple[float, float]:
        scale, _, _, _, left, top = self.matrix
        return left + scale * x, top + scale * y

    def area(self, area: Rectangle) -> Rectangle:
        return (*self.point(*area[:2]), *self.point(*area[2:]))

    def draw(self, stream: Any, page: Any) -> None:
        fragment = self.spot.fragment
        with stream.stacked():
            stream.transform(*self.matrix)
            if fragment.live is not None:
                box = fragment.live
                draw_stacking_context(stream, StackingContext.from_box(box, page))
                return
            for letters in fragment.letters:
                enter(letters, stream._fonts, self.spot.fonts)
            _transparent(stream, fragment.alphas)
            groups = [_grouped(stream, group) for group in fragment.groups]
            self.first = len(stream._tags)
            stream._tags.update(((self, number), None) for number in range(fragment.marks))

            def filled(found: re.Match[bytes]) -> bytes:
                number = int(found[2])
                return b"%d" % (self.first + number) if found[1] == b"M" else groups[number]

            stream.stream.append(_SLOT.sub(filled, fragment.drawing))


def _transparent(stream: Any, alphas: Sequence[str]) -> None:
    states = stream._resources["ExtGState"]
    for name in alphas:
        key = "ca" if name[0] == "a" else "CA"
        states.setdefault(name, pydyf.Dictionary({key: float(name[1:])}))


def _grouped(stream: Any, group: Group) -> bytes:
    """The name of a group, which belongs to the stream from now on."""
    form = stream.add_group(0, 0, 0, 0)
    form.extra["BBox"][:] = group.area
    _transparent(form, group.alphas)
    form.stream.append(group.drawing)
    return str(form.id).encode()


class Composed(Page):  # type: ignore[misc]
    """A page with fragments on it: all that WeasyPrint asks of a page when it writes a file."""

    def __init__(self, base: Page, spots: Sequence[Spot], scale: float) -> None:
        self.base, self.placed = base, [Placed(spot, scale) for spot in spots]
        self.width, self.height, self.bleed = base.width, base.height, base.bleed
        self.forms, self.bookmarks = base.forms, list(base.bookmarks)
        self.links, self.anchors = list(base.links), dict(base.anchors)
        for placed in self.placed:
            self._gather(placed)
        self._page_box = _with_more(base._page_box, _Main(self.placed, self.height))

    def _gather(self, placed: Placed) -> None:
        spot, fragment = placed.spot, placed.spot.fragment
        x, y = fragment.corner
        if spot.name:
            own = placed.area((x, y, x + spot.size[0], y + spot.size[1]))
            self.anchors.setdefault(spot.name, own)
        for name, area in fragment.anchors:
            self.anchors.setdefault(name, placed.area(area))
        for level, label, at, state in fragment.bookmarks:
            self.bookmarks.append((level, label, placed.point(*at), state))
        boxes: Sequence[Any] = placed.links
        if fragment.live is not None:
            found: list[Any] = []
            gather_anchors(fragment.live, {}, found, [], {None: []})
            boxes = [box for *_, box in found]
        for link, box in zip(fragment.links, boxes, strict=True):
            self.links.append((link.type, link.target, placed.area(link.area), box))

    def paint(self, stream: Any, scale: float = 1) -> None:
        """The title, then the fragments, then what stands in the margins, as it is read."""
        page = self.base._page_box
        body, margins = page.copy(), [it for it in page.children if it.element_tag != "html"]
        body.children = [it for it in page.children if it.element_tag == "html"]
        with stream.stacked():
            stream.transform(a=scale, d=scale)
            draw_page(body, stream)
            for placed in self.placed:
                placed.draw(stream, page)
            for margin in margins:
                draw_stacking_context(stream, StackingContext.from_box(margin, page))


@dataclass(eq=False)
class _Main:
    """Stands among the boxes of a page for the element that holds the fragments."""

    placed: Sequence[Placed]
    height: float


def _with_more(page_box: Any, more: Any) -> Any:
    """A copy of a page for the tags; it is not drawn."""
    page = page_box.copy()
    root = next(child for child in page.children if child.element_tag == "html")
    body = next(child for child in root.children if child.element_tag == "body")
    root_copy, body_copy = root.copy(), body.copy()
    page.children = [root_copy if child is root else child for child in page.children]
    root_copy.children = [body_copy if child is body else child for child in root.children]
    body_copy.children = [*body.children, more]
    return page


class _Written(pydyf.Object):  # type: ignore[misc]
    data = b""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.data = data


_tagged_box: Callable[..., Iterator[Any]] = tags._build_box_tree


def teach() -> None:
    """Once or more often: the outcome is the same."""
    global _tagged_box
    if tags._build_box_tree is not _tagged:
        _tagged_box, tags._build_box_tree = tags._build_box_tree, _tagged


def _tagged(box: Any, around: Any, pdf: Any, page: int, *rest: Any) -> Iterator[Any]:
    """`rest` are the objects of marked contents, the annotations and the marks of the page."""
    if not isinstance(box, _Main):
        yield from _tagged_box(box, around, pdf, page, *rest)
        return
    reference = pdf.page_references[page]
    part = pydyf.Dictionary(
        {"Type": "/StructElem", "S": "/Part", "K": pydyf.Array(), "Pg": reference}
    )
    part["P"] = around.reference
    pdf.add_object(part)
    for placed in box.placed:
        if placed.spot.fragment.live is None:
            top = _entered(placed, part, pdf, reference, box.height, *rest)
        else:
            found = _tagged_box(placed.spot.fragment.live, part, pdf, page, *rest)
            top = [it.reference for it in found]
        part["K"].extend(top)
    yield part


def _entered(
    placed: Placed,
    around: Any,
    pdf: Any,
    page: bytes,
    height: float,
    numbers: dict[int, bytes],
    annotations: list[Any],
    marks: dict[Any, Any],
) -> list[bytes]:
    """The structure elements of a fragment, with numbers in their slots."""
    kept = placed.spot.fragment.tags
    assert kept is not None
    begin = len(pdf.objects)
    for number in range(placed.spot.fragment.marks):
        del marks[placed, number]

    def filled(found: re.Match[bytes]) -> bytes:
        letter, number = found[1], int(found[2])
        if letter == b"N":
            return b"%d" % (begin + number)
        if letter == b"M":
            return b"%d" % (placed.first + number)
        return _rarer(letter, number)

    def _rarer(letter: bytes, number: int) -> bytes:
        if letter == b"P":
            return page
        if letter == b"Q":
            return b"%d" % around.number
        if letter == b"L":  # none where WeasyPrint tells of a link that leads nowhere
            return b"%d" % getattr(placed.links[number].link_annotation, "number", 0)
        return _standing(placed.area(kept.pictures[number]), height)

    for data in _SLOT.sub(filled, kept.objects).split(BETWEEN):
        pdf.add_object(_Written(data))
    for mark, owner in kept.marked:
        numbers[placed.first + mark] = b"%d 0 R" % (begin + owner)
    for owner, link in kept.linked:
        if placed.links[link].link_annotation is not None:
            annotations.append((b"%d 0 R" % (begin + owner), placed.links[link].link_annotation))
    return [b"%d 0 R" % (begin + number) for number in kept.top]


def _standing(area: Rectangle, height: float) -> bytes:
    """A rectangle in pt, from the lower left corner of the page."""
    left, top, right, bottom = area
    sides = (left, height - bottom, right, height - top)
    return pydyf.Array([side * _POINT for side in sides]).data  # type: ignore[no-any-return]
