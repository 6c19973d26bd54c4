"""Fragments: what a block comes to once it is laid out, as data that no box of WeasyPrint's is in.

A block is drawn and tagged once, alone, at its own corner; `composing` sets it on pages as often as
is wanted. What counts itself on a page or in a file (marked content, objects) has slots for its
numbers. What draws with more than letters, lines and areas keeps its box, and is drawn anew.
Written for WeasyPrint 70 (`weasyprint>=70,<71`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pydyf
from weasyprint.anchors import gather_anchors
from weasyprint.draw import draw_stacking_context
from weasyprint.pdf import tags
from weasyprint.pdf.stream import Stream
from weasyprint.stacking import StackingContext
from weasyprint.text.fonts import get_pango_font_key

from cramsheet.press.lettering import Letters, letters_of

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
class Link:
    type: str
    target: str
    area: Rectangle


@dataclass(frozen=True)
class Fragment:
    """Lengths in px from the corner of the block: its left margin edge, its upper border edge."""

    drawing: tuple[bytes, ...]  # a number of marked content belongs between two
    letters: tuple[Letters, ...]
    alphas: tuple[str, ...]  # the transparencies it uses, as "a0.5" and "A1"
    tags: Tags | None
    links: tuple[Link, ...]
    anchors: tuple[tuple[str, Rectangle], ...]
    bookmarks: tuple[tuple[int, str, tuple[float, float], str], ...]
    corner: tuple[float, float]  # where the block was laid out
    live: Any = None  # the box, where the drawing cannot be kept


class Recorder(Stream):  # type: ignore[misc]
    """Draws the blocks of one layout, one after another."""

    def __init__(self, document: Any) -> None:
        super().__init__(
            {}, (0, 0, 0, 0), {}, {}, {}, document.color_profiles, document.output_intent
        )

    def fragment(self, box: Any, page: Any) -> Fragment:
        self._begin()
        corner = (box.position_x, box.border_box_y())
        anchors, links, bookmarks = _gathered(box)
        draw_stacking_context(self, StackingContext.from_box(box, page._page_box))
        return Fragment(
            tuple(self._pieces()),
            tuple(letters_of(font, *self._used[key]) for key, font in self._fonts_used()),
            tuple(self._resources["ExtGState"]),
            None if self._unkept else _tags_of(box, self._tags, links),
            tuple(Link(type, target, area) for type, target, area, _ in links),
            tuple(anchors.items()),
            tuple(bookmarks),
            corner,
            box if self._unkept else None,
        )

    def add_font(self, pango_font: Any) -> Any:
        font, size = super().add_font(pango_font)
        key, description, size = get_pango_font_key(pango_font)
        if key not in self._used:
            self._used[key] = (description, size)
        return font, size

    def _begin(self) -> None:
        self.stream: list[Any] = []
        self._tags: dict[Any, Any] = {}
        self._images.clear()
        self._used: dict[int, Any] = {}
        groups = "ExtGState", "XObject", "Pattern", "Shading"
        self._resources: dict[str, Any] = {**{name: {} for name in groups}, "ColorSpace": None}
        for font in self._fonts.values():
            font.to_unicode, font.widths = {}, {}
        self._current_color = self._current_color_stroke = None
        self._current_alpha = self._current_alpha_stroke = None
        self._current_font = self._old_font = None

    def _fonts_used(self) -> Iterator[tuple[int, Any]]:
        return ((key, self._fonts[key]) for key in self._used)

    @property
    def _unkept(self) -> bool:
        """Whether it drew with what belongs to one file: pictures, groups, patterns."""
        drawn = any(self._resources[name] for name in ("XObject", "Pattern", "Shading"))
        return drawn or any(name[0] not in "aA" for name in self._resources["ExtGState"])

    def _pieces(self) -> Iterator[bytes]:
        piece: list[bytes] = []
        for item in self.stream:
            if isinstance(item, pydyf.Dictionary) and "MCID" in item:
                yield b"\n".join(piece)
                piece = []
            else:
                piece.append(pydyf._to_bytes(item))
        yield b"\n".join(piece)


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
