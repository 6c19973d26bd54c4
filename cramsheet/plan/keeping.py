"""How a document was set the last time, so that what need not change stays as it is on paper.

The record is small, sorted JSON beside the output; one that cannot be read is as good as none.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from math import isfinite

from cramsheet.plan.packing import Column, Strip

_VERSION = 2
_FULL = 0.85  # of its height is a column that ends before it did, at least
_MOST_ACROSS = 100


@dataclass(frozen=True)
class Kept:
    """Size in pt in which type was laid out, the scale at which it was drawn, columns on a page,
    and the facts or questions of each column by element id. `asked` is what was asked for: where
    that is another, nothing is kept."""

    size: float
    scale: float
    across: int
    columns: tuple[tuple[str, ...], ...]
    left_out: tuple[str, ...] = ()
    fill: float = 1.0
    asked: str = ""
    level: float | None = None  # to which columns were spread

    @property
    def pages(self) -> int:
        return -(-len(self.columns) // self.across)

    def text(self) -> str:
        known = {"version": _VERSION, **asdict(self)}
        return json.dumps(known, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def kept_of(text: str) -> Kept | None:
    """None for what is no record of ours."""
    try:
        known = json.loads(text)
        if known.pop("version") != _VERSION:
            return None
        kept = Kept(
            float(known["size"]),
            float(known["scale"]),
            int(known["across"]),
            tuple(tuple(map(str, column)) for column in known["columns"]),
            tuple(map(str, known["left_out"])),
            float(known["fill"]),
            str(known["asked"]),
            None if known.get("level") is None else float(known["level"]),
        )
        sound = 1 <= kept.across <= _MOST_ACROSS and all(map(isfinite, (kept.size, kept.scale)))
        return kept if sound and min(kept.size, kept.scale) > 0 else None
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return None


def as_before(kept: Kept, names: Sequence[str], strip: Strip) -> list[int]:
    """The order in which pieces stood, new ones after those that they follow in the pack."""
    place = {name: index for index, name in enumerate(n for c in kept.columns for n in c)}
    order: list[int] = []
    start = 0
    for stop in range(1, len(names) + 1):
        if stop == len(names) or strip.pieces[stop].topic != strip.pieces[start].topic:
            order += _topic_as_before(place, names, range(start, stop))
            start = stop
    return order


def _topic_as_before(place: dict[str, int], names: Sequence[str], run: range) -> list[int]:
    known = sorted((i for i in run if names[i] in place), key=lambda i: (place[names[i]], i))
    order: list[int] = []
    for index in run:
        if names[index] in place:
            order.append(known.pop(0))
        else:  # a heading, or new
            order.append(index)
    return order


def breaks_before(kept: Kept, names: Sequence[str], strip: Strip) -> list[int]:
    """The pieces that begin columns as they did, headings before them included; not the first."""
    where = {name: index for index, name in reversed(list(enumerate(names)))}
    breaks = set()
    for column in kept.columns:
        index = next((where[name] for name in column if name in where), 0)
        while index and strip.pieces[index - 1].keeps:
            index -= 1
        breaks.add(index)
    return sorted(breaks - {0})


def cut(strip: Strip, breaks: Sequence[int], room: Sequence[float]) -> list[Column] | None:
    """The columns between breaks; None when one is too high or there are too many."""
    edges = [0, *breaks, len(strip.pieces)]
    columns = [Column(first, last, strip.taken(first, last)) for first, last in pairwise(edges)]
    fits = len(columns) <= len(room) and all(
        column.height <= height + 1e-6 for column, height in zip(columns, room, strict=False)
    )
    return columns if fits else None


def rippled(strip: Strip, breaks: Sequence[int], room: Sequence[float]) -> list[Column] | None:
    """The columns as they were, but for what has no room any more: it goes on to the next column,
    and so on until all is as it was again. None when there is no room for it before the end, or
    when a column would be left as empty as none was."""
    edges, columns, first = [*breaks, len(strip.pieces)], list[Column](), 0
    for number, edge in enumerate(edges[: len(room)]):
        if edge <= first:
            return None
        last = min(edge, strip.fits(first, room[number]))
        if last < edge and (last <= first or strip.taken(first, last) < _FULL * room[number]):
            return None
        columns.append(Column(first, last, strip.taken(first, last)))
        first = last
    if first < len(strip.pieces) and len(columns) < len(room):
        columns.append(Column(first, len(strip.pieces), strip.taken(first, len(strip.pieces))))
        first = len(strip.pieces) if columns[-1].height <= room[len(columns) - 1] + 1e-6 else first
    return columns if first == len(strip.pieces) else None
