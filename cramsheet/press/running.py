"""A document in its own type on as few pages as that takes: arithmetic over laid-out blocks.

Where it ends, its columns end together.
"""

from collections.abc import Callable, Sequence

from cramsheet.plan import packing
from cramsheet.plan.keeping import Kept, breaks_before, cut, rippled
from cramsheet.plan.packing import Column, Strip
from cramsheet.press.blocks import Blocks
from cramsheet.press.proposing import capacities
from cramsheet.press.setting import Setting, padded

_A_LITTLE_SMALLER = 0.98  # the scale at which a document may save a page


def run_on(laid: Blocks, head: float, kept: Kept | None = None) -> Setting:
    """`head` is the height in px that the title takes of the first page; `kept` how it was set."""
    scale = _scale(laid, head, kept)
    known = breaks_before(kept, laid.names, laid.strip) if kept else []
    columns: list[Column] = []
    room: list[float] = []
    for first, last in laid.strip.chapters():
        breaks = [index - first for index in known if first < index < last]
        rooms = _rooms(laid, scale, 0.0 if room else head)
        more, heights = _chapter(
            laid.strip.part(first, last), rooms, breaks, laid.plan.area.columns
        )
        columns += [Column(c.first + first, c.last + first, c.height) for c in more]
        room += heights
    return Setting(laid, scale, tuple(columns), tuple(room), laid.plan.kind.spread)


def _scale(laid: Blocks, head: float, kept: Kept | None) -> float:
    """Its own size, or a little less if that saves a page, or did the last time."""
    kind = laid.plan.kind
    if kind.size * _A_LITTLE_SMALLER < kind.floor:
        return 1.0
    plain, small = (_pages(laid, scale, head) for scale in (1.0, _A_LITTLE_SMALLER))
    as_before = kept is not None and kept.scale == _A_LITTLE_SMALLER
    return _A_LITTLE_SMALLER if small < plain or as_before else 1.0


def _pages(laid: Blocks, scale: float, head: float) -> int:
    pages = 0
    for first, last in laid.strip.chapters():
        strip = laid.strip.part(first, last)
        pages += _fewest_pages(strip, _rooms(laid, scale, 0.0 if pages else head))
    return pages


def _rooms(laid: Blocks, scale: float, head: float) -> Callable[[int], list[float]]:
    """The heights of the columns of so many pages, in px of the blocks."""

    def on(pages: int) -> list[float]:
        room = capacities(laid.plan.area, head, 0.0, pages)
        return [height / scale for height in room]

    return on


def _chapter(
    strip: Strip, rooms: Callable[[int], list[float]], breaks: Sequence[int], across: int
) -> tuple[tuple[Column, ...], tuple[float, ...]]:
    """The columns of a run of pieces that begins on a page of its own."""
    pages = _fewest_pages(strip, rooms)
    room = packing.levelled(strip, rooms(pages), across)
    heights = rooms(pages)
    columns = (cut(strip, breaks, heights) or rippled(strip, breaks, heights)) if breaks else None
    columns = columns or packing.even(strip, room, set(breaks)) or packing.filled(strip, room)
    assert columns is not None
    low = max(column.height for column in columns[across * (pages - 1) :] or columns[-1:])
    return padded(strip, columns, [*rooms(pages)[:-across], *[low] * across])


def _fewest_pages(strip: Strip, rooms: Callable[[int], list[float]]) -> int:
    pages = max(1, int(strip.height / sum(rooms(1))))
    while not packing.filled(strip, rooms(pages)):
        pages += 1
    return pages
