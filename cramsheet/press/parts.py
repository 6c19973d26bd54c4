"""Runs of pages: where the columns of a setting, and the blocks in them, come to stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cramsheet.press.bars import AWAY, NEAR, bar
from cramsheet.press.blocks import Block
from cramsheet.press.composing import Spot
from cramsheet.press.setting import Setting
from cramsheet.press.weasy import PX, Shift, joined

Spots = tuple[Sequence[Spot], float]  # the blocks of a page, and their scale


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

    def spots(self) -> "dict[int, Spots]":
        """The blocks of each page, and the scale at which they are drawn."""
        spots: dict[int, list[Spot]] = {}
        for number, placed in self.setting.tops():
            page, _, left, top = self.corner(number)
            spots.setdefault(page, []).extend(
                self._spot(block, left * PX, top * PX + down * self.setting.scale)
                for block, down, _ in placed
            )
        return {page: (here, self.setting.scale) for page, here in spots.items()}

    def bars(self, wanted: Mapping[str, str]) -> dict[int, list[Spot]]:
        """The change bars of each page, at the side where lines begin."""
        scale, found = self.setting.scale, dict[int, list[Spot]]()
        mirrored = self.setting.plan.exam.right_to_left
        away = NEAR if self.setting.plan.kind.floats else AWAY
        for number, placed in self.setting.tops() if wanted else ():
            page, _, left, top = self.corner(number)
            across = self.setting.plan.area.column * scale * PX + away if mirrored else -away
            for block, down, height in placed:
                if way := wanted.get(block.name):
                    art = bar(way, height * scale, scale)
                    at = (left * PX + across, top * PX + down * scale)
                    found.setdefault(page, []).append(
                        Spot(art, "", self.setting.laid.fonts, *at, (0.0, 0.0))
                    )
        return found

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
