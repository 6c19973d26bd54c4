"""Fragments set on pages: drawn at their places, with their links, anchors and bookmarks.

Written for WeasyPrint 70 (`weasyprint>=70,<71`).
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pydyf
from weasyprint.anchors import gather_anchors
from weasyprint.document import Page
from weasyprint.draw import draw_page, draw_stacking_context
from weasyprint.stacking import StackingContext

from cramsheet.press.fragment import MARK, Drawing, Fragment, Group, Rectangle
from cramsheet.press.lettering import enter
from cramsheet.press.weasy import grown

SLOT = re.compile(MARK + rb"([A-Z])(\d+)" + MARK)


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
            if fragment.live is not None:
                box = fragment.live
                stream.transform(*self.matrix)
                draw_stacking_context(stream, StackingContext.from_box(box, page))
                return
            stream.set_matrix(*self.matrix)  # nothing that follows asks where it is
            self.first = len(stream._tags)
            marked = [((self, number), "") for number in range(fragment.marks)]
            draw_again(fragment, stream, self.spot.fonts, marked)


@dataclass(frozen=True)
class Layer:
    """What a frame draws under the blocks of a page, or over them; `known` from the last time, with
    the boxes of its marked contents and their tags."""

    draw: Callable[[Any], None]
    fonts: Any = None
    known: tuple[Drawing, Sequence[tuple[Any, str]]] | None = None

    def paint(self, stream: Any) -> None:
        if self.known is None:
            self.draw(stream)
        else:
            draw_again(self.known[0], stream, self.fonts, self.known[1])


def layers(page: Page) -> tuple[Layer, Layer]:
    """The title and what else is drawn first; then what stands in the margins."""
    box = page._page_box
    body, margins = box.copy(), [it for it in box.children if it.element_tag != "html"]
    body.children = [it for it in box.children if it.element_tag == "html"]

    def over(stream: Any) -> None:
        for margin in margins:
            draw_stacking_context(stream, StackingContext.from_box(margin, box))

    return Layer(lambda stream: draw_page(body, stream)), Layer(over)


def draw_again(
    drawing: Drawing, stream: Any, fonts: Any, marked: Sequence[tuple[Any, str]]
) -> None:
    """`marked` is what the marked contents are the contents of, and their tags."""
    for letters in drawing.letters:
        enter(letters, stream._fonts, fonts)
    _transparent(stream, drawing.alphas)
    groups = [_grouped(stream, group) for group in drawing.groups]
    first = len(stream._tags)
    for number, (owner, tag) in enumerate(marked, first):
        stream._tags[owner] = {"tag": tag, "mcid": number}

    def filled(found: re.Match[bytes]) -> bytes:
        number = int(found[2])
        return b"%d" % (first + number) if found[1] == b"M" else groups[number]

    stream.stream.append(SLOT.sub(filled, drawing.drawing))


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
        # for the tags; it is not drawn
        self._page_box = grown(base._page_box, [Main(self.placed, self.height)])

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
        under, over = getattr(self.base, "layers", None) or layers(self.base)
        with stream.stacked():
            stream.transform(a=scale, d=scale)
            under.paint(stream)
            for placed in self.placed:
                placed.draw(stream, self.base._page_box)
            over.paint(stream)


@dataclass(eq=False)
class Main:
    """Stands among the boxes of a page for the element that holds the fragments."""

    placed: Sequence[Placed]
    height: float  # of the page, in px
