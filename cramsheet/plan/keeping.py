"""How a document was set the last time, so that what need not change stays as it is on paper.

The record is small, sorted JSON beside the output; one that cannot be read is as good as none.
"""

import json
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from math import isfinite

from cramsheet.plan.packing import Strip

_VERSION = 2
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
        known = {"version": _VERSION, **vars(self)}
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


def pages_of(kept: Kept, names: Collection[str], every: Collection[str]) -> list[tuple[str, ...]]:
    """The columns of the pages that held mostly these, of all that there still are."""
    found: list[tuple[str, ...]] = []
    for start in range(0, len(kept.columns), kept.across):
        page = kept.columns[start : start + kept.across]
        there = [name for column in page for name in column if name in every]
        if 2 * sum(name in names for name in there) > len(there):
            found += page
    return found


def starts_before(
    columns: Sequence[Sequence[str]], names: Sequence[str], strip: Strip
) -> list[int]:
    """The piece with which each column begins, as it did, headings before it included.

    What has moved to elsewhere in the pack, and what is new, goes with what it follows now.
    """
    was = _in_line(list(_columns_of(columns, names)))
    starts, index = [0], 0
    for number in range(1, len(columns)):
        index = next((i for i, column in was if column >= number and i >= index), len(names))
        start = index
        while start > starts[-1] and start < len(names) and strip.pieces[start - 1].keeps:
            start -= 1
        starts.append(start)
    return starts


def renumbered(kept: Kept, names: Sequence[str]) -> int:
    """The first piece of a question that has another number than it had."""
    before = dict.fromkeys(name for column in kept.columns for name in column)
    now = [name for name in dict.fromkeys(names) if name.startswith("question-")]
    pairs = zip_longest(before, now)
    name = next((new for old, new in pairs if new != old), None)
    return names.index(name) if name else len(names)


def _columns_of(
    columns: Sequence[Sequence[str]], names: Sequence[str]
) -> Iterator[tuple[int, int]]:
    """Each piece that there was, and its column; the parts of one stand in several."""
    known: dict[str, list[int]] = {}
    for number, column in enumerate(columns):
        for name in column:
            known.setdefault(name, []).append(number)
    for index, name in enumerate(names):
        if numbers := known.get(name):
            yield index, numbers.pop(0) if len(numbers) > 1 else numbers[0]


def _in_line(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """As many of them as can be in the order of their columns."""
    ends: list[int] = []  # the last column of the best run of each length
    length: list[int] = []
    for _, column in pairs:
        place = bisect_right(ends, column)
        ends[place : place + 1] = [column]
        length.append(place)
    found, want = list[tuple[int, int]](), len(ends) - 1
    for pair, place in zip(reversed(pairs), reversed(length), strict=True):
        if place == want and (not found or pair[1] <= found[-1][1]):
            found.append(pair)
            want -= 1
    return found[::-1]
