"""Blocks: each heading and each fact laid out once, alone, at the width of a column.

All are placed at the origin of one page, so that a block's drawing does not depend on its
neighbours; then they are set out in columns.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from cramsheet.page.shop import Style
from cramsheet.page.writing import Html, Sheet, Writer
from cramsheet.plan import packing
from cramsheet.plan.budget import without
from cramsheet.plan.packing import Column, Piece, Strip
from cramsheet.plan.plan import Plan
from cramsheet.press.engine import Engine
from cramsheet.press.press import Pages, Place
from cramsheet.press.weasy import PX, Spot, loose, set_out, spilled
from cramsheet.problems import Problem

_LOOSE = Style(
    "blocks",
    "main { position: relative }\n"
    "main h2, main h3, main .range, main article"
    " { position: absolute !important; left: 0 !important; right: 0; top: 0 !important }\n",
)


@dataclass(frozen=True)
class Blocks:
    """Blocks laid out at one size, in document order; heights in px."""

    plan: Plan
    page: Any
    boxes: tuple[Any, ...]
    strip: Strip

    def in_order(self, order: Sequence[int]) -> "Blocks":
        boxes = tuple(self.boxes[index] for index in order)
        return replace(self, boxes=boxes, strip=self.strip.in_order(order))

    def heights(self) -> dict[str, float]:
        """The height of each block in px, by element id."""
        return {
            str(box.element.get("id")): piece.height
            for box, piece in zip(self.boxes, self.strip.pieces, strict=True)
        }

    def too_tall(self, most: float) -> list[Problem]:
        """What is taller than a column of so many px, and so can stand in none."""
        marks = self.plan.marks()
        hint = "make two of it, or choose a larger paper"
        return [
            Problem(f'"{name}" is taller than a column', marks.get(name), hint)
            for name, height in self.heights().items()
            if height > most
        ]

    def without(self, going: Sequence[str]) -> "Blocks":
        """The same layout without some facts, and without headings that have nothing left."""
        plan = without(self.plan, going)
        ids = {*plan.ids(), *(f"domain-{section.row.id}" for section in plan.sections)}
        left = {(part.number, topic.title) for part in plan.sections for topic in part.topics}
        ids |= {
            f"topic-{section.number}-{index}"
            for section in self.plan.sections
            for index, topic in enumerate(section.topics, 1)
            if (section.number, topic.title) in left
        }
        boxes = [box for box in self.boxes if box.element.get("id") in ids]
        return _gathered(plan, self.page, boxes)


def lay_blocks(writer: Writer, engine: Engine, size: float) -> Blocks:
    """Every block once, alone, at the width of a column and a size in pt; raises Mistakes."""
    plan = replace(writer.plan, kind=replace(writer.plan.kind, size=size))
    flow = replace(writer, plan=plan).flow({}, plan.area.height)
    page = engine.lay(Html(flow.text, (*flow.styles, _LOOSE))).pages[0]
    return _gathered(plan, page, loose(page))


def _gathered(plan: Plan, page: Any, boxes: Sequence[Any]) -> Blocks:
    found: list[Piece] = []
    topic = 0
    for box in boxes:
        heading = box.element_tag in ("h2", "h3") or "range" in box.element.get("class", "")
        if heading and not (found and found[-1].heading):
            topic += 1
        found.append(Piece(box.border_height(), box.margin_top, box.margin_bottom, heading, topic))
    return Blocks(plan, page, tuple(boxes), Strip(found))


def set_blocks(
    writer: Writer,
    engine: Engine,
    laid: Blocks,
    columns: Sequence[Column],
    room: Sequence[float],
    scale: float,
    head: float,
    stretch: float,
) -> tuple[Pages, tuple[float, ...]]:
    """The blocks in their columns on frames, drawn at a scale; and how far each column ends down.

    `room` is the height of each column, `head` that of the title block; px. `stretch` is how many
    times a gap spreading may add to it.
    """
    area, strip = laid.plan.area, laid.strip
    on: dict[int, list[Spot]] = {}
    places: dict[str, tuple[Place, ...]] = {}
    ends = []
    for number, (column, capacity) in enumerate(zip(columns, room, strict=False)):
        sheet, across = divmod(number, area.columns)
        # columns keep their pitch; what scaling takes from their width goes to both sides
        left = (area.left(across) + area.column * (1 - scale) / 2) * PX
        above = area.margin[0] * PX + (head if sheet == 0 else 0.0)
        tops = packing.stretched(strip, column, capacity, stretch)
        for index, top in zip(range(column.first, column.last), tops, strict=True):
            box, piece = laid.boxes[index], strip.pieces[index]
            spot = Spot(box, left, above + top * scale)
            on.setdefault(sheet, []).append(spot)
            places[str(box.element.get("id"))] = (
                Place(
                    sheet + 1,
                    across,
                    spot.left / PX,
                    spot.top / PX,
                    spot.left / PX + area.column * scale,
                    (spot.top + piece.height * scale) / PX,
                ),
            )
        ends.append((tops[-1] + strip.pieces[column.last - 1].height) / capacity)
    lost = frozenset(spilled(laid.page))
    total = len(room) // area.columns
    frames = engine.lay(
        writer.frames(
            [Sheet(number, total, (), title=number == 1) for number in range(1, total + 1)]
        )
    )
    pages = [
        set_out(frames.pages[sheet], laid.page, on.get(sheet, ()), scale) for sheet in range(total)
    ]
    return Pages(total, places, lost, frames.copy(pages)), tuple(ends)
