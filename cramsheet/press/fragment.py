"""Fragments: what a block comes to once it is laid out, as data that no box of WeasyPrint's is in.

A block is drawn and tagged once, alone, at its own corner; `composing` sets it on pages as often as
is wanted. What counts itself on a page or in a file (marked content, groups, objects) has slots for
its numbers. What draws with pictures or patterns keeps its box, and is drawn anew.
Written for WeasyPrint 70 (`weasyprint>=70,<71`).
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any

import pydyf
from weasyprint.anchors import gather_anchors
from weasyprint.draw import draw_stacking_context
from weasyprint.pdf import tags
from weasyprint.pdf.stream import Stream
from weasyprint.stacking import StackingContext
from weasyprint.text.fonts import get_pango_font_key

from cramsheet.press.lettering import Letters, letters_of

_GROUP = re.compile(rb"/x(\d+) Do")
MARK = b"\x00"  # around a slot, as \0N7\0; no string of a PDF holds it
BETWEEN = b"\x01"  # objects
Rectangle = tuple[float, float, float, float]  # left, top, right, bottom in px


@dataclass(frozen=True)
class Tags:
    """The structure elements of a block. Slots: N the number of an object, M of marked content,
    L of the annotation of a link, P the page, Q the element around, B where a picture stands."""

    objects: bytes  # one after another, in the order of their numbers
    top: tuple[int, ...]  # those that belong to the element around
    marked: tuple[tuple[int, int], ...]  # the object of each marked content
    linked: tuple[tuple[int, int], ...]  # the objects of links, and which link
    pictures: tuple[Rectangle, ...]


@dataclass(frozen=True)
class Group:
    """A form of PDF that a block draws: a text in a figure that is not set from the left."""

    drawing: bytes
    area: Rectangle
    alphas: tuple[str, ...]


@dataclass(frozen=True)
class Link:
    type: str
    target: str
    area: Rectangle


@dataclass(frozen=True)
class Drawing:
    """What was drawn, for any page. Slots: M marked contents, X groups."""

    drawing: bytes
    marks: int  # how many marked contents
    groups: tuple[Group, ...]
    letters: tuple[Letters, ...]
    alphas: tuple[str, ...]  # the transparencies it uses, as "a0.5" and "A1"


@dataclass(frozen=True)
class Fragment(Drawing):
    """Lengths in px of the page on which the block was laid out, its `corner` left of its margin
    and at its upper border."""

    tags: Tags | None
    links: tuple[Link, ...]
    anchors: tuple[tuple[str, Rectangle], ...]
    bookmarks: tuple[tuple[int, str, tuple[float, float], str], ...]
    corner: tuple[float, float]
    live: Any = None  # the box, where the drawing cannot be kept

    @cached_property
    def digest(self) -> bytes:
        """Of what it looks like."""
        fonts = [(it.family, it.weight, it.style, it.variations, it.size) for it in self.letters]
        groups = [(it.drawing, it.area, it.alphas) for it in self.groups]
        return blake2b(repr((self.drawing, fonts, groups, self.alphas)).encode()).digest()


class _Heard(Stream):  # type: ignore[misc]
    """Tells which fonts are used; so do the groups it draws."""

    used: dict[int, Any]

    def add_font(self, pango_font: Any) -> Any:
        font, size = super().add_font(pango_font)
        key, description, pixels = get_pango_font_key(pango_font)
        if key not in self.used:
            self.used[key] = (description, pixels)
        return font, size

    def clone(self, **more: Any) -> Any:
        resources = more.get("resources", self._resources)
        group = _Heard(
            self._fonts, self.page_rectangle, resources, self._images, self._tags,
            self._color_profiles, self._output_intent, extra=more.get("extra"),
        )  # fmt: skip
        group.used = self.used
        return group


class Recorder(_Heard):
    """Draws the blocks of one layout, one after another, or the frames."""

    def __init__(self, document: Any) -> None:
        super().__init__(
            {}, (0, 0, 0, 0), {}, {}, {}, document.color_profiles, document.output_intent
        )

    def fragment(self, box: Any, page: Any) -> Fragment:
        corner = (box.position_x, box.border_box_y())
        anchors, links, bookmarks = _gathered(box)
        drawn = self.drawing(
            lambda stream: draw_stacking_context(
                stream, StackingContext.from_box(box, page._page_box)
            )
        )
        kept = not _unkept(self)
        return Fragment(
            **vars(drawn),
            tags=_tags_of(box, self._tags, links) if kept else None,
            links=tuple(Link(type, target, area) for type, target, area, _ in links),
            anchors=tuple(anchors.items()),
            bookmarks=tuple(bookmarks),
            corner=corner,
            live=None if kept else box,
        )

    def once(self, draw: Callable[[Any], None]) -> tuple[Drawing, Sequence[tuple[Any, str]]] | None:
        """The drawing, and the boxes of its marked contents with their tags; None where it cannot
        be kept."""
        drawn = self.drawing(draw)
        marked = [(box, mark["tag"]) for box, mark in self._tags.items()]
        return None if _unkept(self) else (drawn, marked)

    def drawing(self, draw: Callable[[Any], None]) -> Drawing:
        self._begin()
        draw(self)
        return Drawing(
            _drawn(self),
            len(self._tags),
            () if _unkept(self) else tuple(map(_group, self._groups.values())),
            tuple(letters_of(self._fonts[key], *self.used[key]) for key in self.used),
            tuple(self._resources["ExtGState"]),
        )

    def _begin(self) -> None:
        self.stream: list[Any] = []
        self._tags: dict[Any, Any] = {}
        self._images.clear()
        self.used = {}
        groups = "ExtGState", "XObject", "Pattern", "Shading"
        self._resources: dict[str, Any] = {**{name: {} for name in groups}, "ColorSpace": None}
        for font in self._fonts.values():
            font.to_unicode, font.widths = {}, {}

    @property
    def _groups(self) -> dict[str, Any]:
        return dict(self._resources["XObject"])


def _unkept(stream: Any, inside: bool = False) -> bool:
    """Whether it drew with what belongs to one file: pictures, patterns, groups in groups."""
    resources = stream._resources
    if resources["Pattern"] or resources["Shading"]:
        return True
    if any(name[0] not in "aA" for name in resources["ExtGState"]):
        return True
    groups = resources["XObject"].values()
    return any(it is None or inside or _unkept(it, inside=True) for it in groups)


def _drawn(stream: Any) -> bytes:
    return b"\n".join(map(_slotted, stream.stream))


def _slotted(item: Any) -> bytes:
    if isinstance(item, pydyf.Dictionary) and "MCID" in item:
        return b"<</MCID " + slot("M", item["MCID"]).encode() + b">>"
    data: bytes = pydyf._to_bytes(item)
    group = _GROUP.fullmatch(data)
    return b"/" + slot("X", int(group[1])).encode() + b" Do" if group else data


def _group(group: Any) -> Group:
    area = tuple(map(float, group.extra["BBox"]))
    return Group(_drawn(group), area, tuple(group._resources["ExtGState"]))  # type: ignore[arg-type]


def _gathered(box: Any) -> tuple[dict[str, Rectangle], list[Any], list[Any]]:
    anchors: dict[str, Rectangle] = {}
    links: list[Any] = []
    bookmarks: list[Any] = []
    gather_anchors(box, anchors, links, bookmarks, {None: []})
    return anchors, links, bookmarks


class _Slot(pydyf.Object):  # type: ignore[misc]
    """Stands where a number will."""

    def __init__(self, letter: str, number: int) -> None:
        super().__init__()
        self.number = slot(letter, number)

    @property
    def data(self) -> bytes:
        return str(self.number).encode()


def slot(letter: str, number: int) -> str:
    return f"\x00{letter}{number}\x00"


class _File:
    """As much of a PDF as the tagging of a block needs."""

    def __init__(self) -> None:
        self.objects: list[Any] = []
        self.page_references = (slot("P", 0).encode(),)

    def add_object(self, thing: Any) -> None:
        thing.number = slot("N", len(self.objects))
        self.objects.append(thing)


def _tags_of(box: Any, drawn: dict[Any, Any], links: Sequence[Any]) -> Tags:
    """`drawn` tells the marked content of each box; it is used up."""
    for number, (*_, linked) in enumerate(links):
        linked.link_annotation = _Slot("L", number)
    marks = {it: {**mark, "mcid": _Slot("M", mark["mcid"])} for it, mark in drawn.items()}
    file, numbers, annotations = _File(), dict[Any, bytes](), list[Any]()
    around = pydyf.Dictionary({"S": "/Part"})
    around.number = slot("Q", 0)
    top = list(tags._build_box_tree(box, around, file, 0, numbers, annotations, marks))
    assert not marks, "all that was drawn has a tag"
    pictures: list[Rectangle] = []
    for it in file.objects:
        if "BBox" in it.get("A", ()):
            area = tuple(map(float, it["A"]["BBox"]))
            it["A"]["BBox"] = slot("B", len(pictures))
            pictures.append(area)  # type: ignore[arg-type]
    return Tags(
        BETWEEN.join(it.data for it in file.objects),
        tuple(_number(it.number) for it in top),
        tuple((_number(mark.number), _number(it)) for mark, it in numbers.items()),
        tuple((_number(it), _number(link.number)) for it, link in annotations),
        tuple(pictures),
    )


def _number(slotted: str | bytes) -> int:
    text = slotted.decode() if isinstance(slotted, bytes) else slotted
    return int(text.split("\x00")[1][1:])
