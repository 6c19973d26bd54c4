"""Runs of pages: where the columns of a setting, and the blocks in them, come to stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cramsheet.press.blocks import Block
from cramsheet.press.composing import Composed, Spot
from cramsheet.press.setting import Setting
from cramsheet.press.weasy import PX, Shift, joined


@dataclass(frozen=True)
class Place:
    """Where an element came to stand: page and column count from 1 and 0; its rectangle in mm."""

    page: int
    column: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Part:
    """A run of pages: how it is set, the height in px that the title takes of the first, the number
    of pages before it, and how many there are to each of its own."""

    setting: Setting
    head: float = 0.0
    before: int = 0
    every: int = 1

    def corner(self, number: int) -> tuple[int, int, float, float]:
        """Of a column: its page from 1, its number as read, and its upper left corner in mm.

        Columns keep their pitch; what scaling takes from their width goes to both sides.
        """
        area, scale = self.setting.plan.area, self.setting.scale
        sheet, across = divmod(number, area.columns)
        page = self.before + sheet * self.every + 1
        left = self.setting.plan.left(across, page) + area.column * (1 - scale) / 2
        top = area.margin[0] + (self.head / PX if sheet == 0 else 0.0)
        return page, across, left, top

    def places(self) -> dict[str, tuple[Place, ...]]:
        scale, found = self.setting.scale, dict[str, list[Place]]()
        for number, placed in self.setting.tops():
            page, across, left, top = self.corner(number)
            right = left + self.setting.plan.area.column * scale
            for block, down, height in placed:
                upper, lower = (top + y * scale / PX for y in (down, down + height))
                place = Place(page, across, left, upper, right, lower)
                found.setdefault(block.name, []).append(place)
        found.pop("", None)
        return {name: tuple(places) for name, places in found.items()}

    def set_on(self, frames: dict[int, Any]) -> None:
        """Blocks are set on the pages, by number."""
        spots: dict[int, list[Spot]] = {}
        for number, placed in self.setting.tops():
            page, _, left, top = self.corner(number)
            spots.setdefault(page, []).extend(
                self._spot(block, left * PX, top * PX + down * self.setting.scale)
                for block, down, _ in placed
            )
        for page, here in spots.items():
            frames[page] = Composed(frames[page], here, self.setting.scale)

    def _spot(self, block: Block, left: float, top: float) -> Spot:
        size = (block.width, block.height)
        return Spot(block.fragment, block.name, self.setting.laid.fonts, left, top, size)

    def set_plainly_on(self, frames: dict[int, Any], columns: Mapping[int, Any]) -> None:
        """Whole columns that WeasyPrint laid out, by number, are moved onto the pages."""
        for number, column in columns.items():
            page, _, left, top = self.corner(number)
            frames[page] = joined(
                frames[page], [Shift(column, left * PX, top * PX)], self.setting.scale
            )
