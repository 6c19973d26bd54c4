"""A document set: which block stands where, at which size; and what is told of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from cramsheet.plan.keeping import Kept
from cramsheet.plan.packing import Column, Strip, stretched
from cramsheet.plan.plan import Plan
from cramsheet.press.blocks import Block, Blocks


@dataclass(frozen=True)
class Setting:
    """Columns of blocks, page after page; an empty one is left white. Heights in px of the blocks
    as laid out: on paper they are drawn at `scale`. `spread` is how many times a gap may grow;
    `as_spread` is the level that columns had the last time, where it is kept."""

    laid: Blocks
    scale: float
    columns: tuple[Column, ...]
    room: tuple[float, ...]  # the height of each column
    spread: float
    as_spread: float | None = None

    @property
    def plan(self) -> Plan:
        return self.laid.plan

    @property
    def pages(self) -> int:
        return len(self.room) // self.plan.area.columns

    @property
    def size(self) -> float:
        """Of the text as printed, in pt."""
        return self.plan.kind.size * self.scale

    def tops(self) -> Iterator[tuple[int, list[tuple[Block, float, float]]]]:
        """For each column that is not empty its number, and its blocks with top and height."""
        strip = self.laid.strip
        for number, (column, room) in enumerate(zip(self.columns, self.room, strict=True)):
            if column.first == column.last:
                continue
            end = max(room * self.level, min(column.height, room))
            tops = stretched(strip, column, end, self.spread)
            yield (
                number,
                [
                    (self.laid.blocks[index], top, strip.pieces[index].height)
                    for index, top in zip(range(column.first, column.last), tops, strict=True)
                ],
            )

    @cached_property
    def level(self) -> float:
        """The share of their height to which the columns of a sheet are spread, all alike: to the
        foot, or as far as the one that can be spread least."""
        if not self.plan.kind.floats:
            return 1.0
        if self.as_spread is not None:
            return self.as_spread
        gaps = self.laid.strip.gaps
        reach = [
            (column.height + self.spread * sum(gaps[column.first + 1 : column.last])) / room
            for column, room in self.used()
        ]
        return min(1.0, max(*self.fill, min(reach), 0.0))

    def used(self) -> list[tuple[Column, float]]:
        return [
            (column, room)
            for column, room in zip(self.columns, self.room, strict=True)
            if column.last > column.first
        ]

    @property
    def fill(self) -> tuple[float, ...]:
        """How full each column is before spreading; empty ones are not counted."""
        return tuple(min(1.0, column.height / room) for column, room in self.used())

    @property
    def ends(self) -> tuple[float, ...]:
        """How far down each column ends after it."""
        rooms = [room for _, room in self.used()]
        lows = [placed[-1][1] + placed[-1][2] for _, placed in self.tops()]
        return tuple(low / room for low, room in zip(lows, rooms, strict=True))

    @property
    def columns_named(self) -> tuple[tuple[str, ...], ...]:
        """The facts or questions of each column, by element id."""
        ids, names = set(self.plan.ids()), self.laid.names
        return tuple(
            tuple(dict.fromkeys(name for name in names[c.first : c.last] if name in ids))
            for c in self.columns
        )

    def kept(self, left_out: Sequence[str], asked: str) -> Kept:
        fill = sum(self.fill) / len(self.fill)
        return Kept(
            self.plan.kind.size,
            self.scale,
            self.plan.area.columns,
            self.columns_named,
            tuple(left_out),
            round(fill, 4),
            asked,
            self.level,
        )


def padded(
    strip: Strip, columns: Sequence[Column], room: Sequence[float]
) -> tuple[tuple[Column, ...], tuple[float, ...]]:
    """As many columns as there is room for, the last ones empty."""
    end = len(strip.pieces)
    return (*columns, *[Column(end, end, 0.0)] * (len(room) - len(columns))), tuple(room)


@dataclass(frozen=True)
class Fit:
    """How a document came to fit; size in pt as printed, shares of 1."""

    size: float
    columns: int  # on a page
    fill: tuple[float, ...]
    ends: tuple[float, ...]
    left_out: tuple[str, ...]  # element ids of facts
    layouts: int
    kept: str = ""  # what of it is set as the last time

    @classmethod
    def of(cls, setting: Setting, whole: Plan, layouts: int, kept: str) -> "Fit":
        shown = set(setting.plan.ids())
        return cls(
            setting.size,
            setting.plan.area.columns,
            setting.fill,
            setting.ends,
            tuple(name for name in whole.ids() if name not in shown),
            layouts,
            kept,
        )

    @property
    def filled(self) -> float:
        return sum(self.fill) / len(self.fill)

    @property
    def spread(self) -> float:
        """The share of the columns that is space added between blocks."""
        return max(0.0, sum(self.ends) / len(self.ends) - self.filled)  # but for rounding

    def told(self) -> str:
        """In a line for the report, the fill of each column in per cent at its end."""
        count = f"{self.columns} column{'s' if self.columns > 1 else ''}"
        left = f"{len(self.left_out)} facts left out" if self.left_out else "nothing left out"
        layouts = f"{self.layouts} layout{'s' if self.layouts > 1 else ''}"
        columns = " ".join(f"{share:.0%}"[:-1] for share in self.fill)
        return (
            f"{self.size:.2f} pt, {count}, {self.filled:.1%} full, {self.spread:.1%} spread,"
            f" ends within {max(self.ends) - min(self.ends):.1%}; {left}; {layouts}"
            f"{self.kept and f', {self.kept}'}; columns {columns}"
        )
