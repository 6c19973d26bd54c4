"""The tags of fragments on pages: structure elements that get their numbers.

Written for WeasyPrint 70 (`weasyprint>=70,<71`).
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pydyf
from weasyprint.pdf import tags

from cramsheet.press.composing import SLOT, Main, Placed
from cramsheet.press.fragment import BETWEEN, Rectangle

_POINT = 0.75  # of a px


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
    if not isinstance(box, Main):
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

    for data in SLOT.sub(filled, kept.objects).split(BETWEEN) if kept.objects else ():
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
