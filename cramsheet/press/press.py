"""A plan becomes pages: columns are laid out as narrow pages and set side by side on frames.

This is the plain way. A frame is a page with its running head and foot and, on the first, the
title block; the columns of facts or questions are moved onto it. No CSS columns are used.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cramsheet.page.writing import Sheet, Writer
from cramsheet.plan.kinds import Area
from cramsheet.plan.plan import Plan
from cramsheet.press.engine import Engine, Written
from cramsheet.press.weasy import PX, Shift, content_height, filled_to, joined, spilled

_TRIES = (1.03, 1.1, 1.2, 1.35, 1.6)  # times the even share of each column


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
class Pages:
    """A document laid out, not yet written."""

    count: int
    places: Mapping[str, tuple[Place, ...]]  # element id -> its parts, in reading order
    spilled: frozenset[str]  # ids of what leaves its column
    document: Any  # weasyprint's

    @property
    def first_pages(self) -> dict[str, int]:
        return {name: parts[0].page for name, parts in self.places.items()}


@dataclass(frozen=True)
class _Column:
    """A narrow page and where it goes; lengths in mm."""

    page: Any
    sheet: int
    column: int
    left: float
    top: float


def lay_out(writer: Writer, engine: Engine, pages: Mapping[str, int]) -> Pages:
    """`pages` are those of the facts in the notes, by element id; raises Mistakes."""
    head = content_height(engine.lay(writer.frames([Sheet(1, 1, title=True)])).pages[0]) / PX
    columns = list(_columns(writer, engine, pages, head))
    total = columns[-1].sheet
    frames = engine.lay(writer.frames(_sheets(writer.plan, columns, total)))
    places = _places(columns)
    lost = frozenset(name for column in columns for name in spilled(column.page))
    return Pages(
        total, places, lost, frames.copy([_set(frames, number, columns) for number in range(total)])
    )


def write(pages: Pages, engine: Engine) -> Written:
    return engine.write(pages.document)


def _columns(
    writer: Writer, engine: Engine, pages: Mapping[str, int], head: float
) -> Iterator[_Column]:
    area = writer.plan.area
    if writer.plan.kind.name != "notes":
        yield from _side_by_side(area, _levelled(writer, engine, pages, head), 1, head)
        return
    flow = engine.lay(writer.flow(pages, area.height))
    before = 1  # pages that the contents take; known only once they are laid out
    while True:
        body = list(_side_by_side(area, flow.pages, before + 1, 0.0))
        numbers = {name: parts[0].page for name, parts in _places(body).items()}
        listed = engine.lay(writer.contents(numbers, area.height - head))
        contents = list(_side_by_side(writer.contents_area, listed.pages, 1, head))
        if contents[-1].sheet == before:
            break
        before = contents[-1].sheet
    yield from contents
    yield from body


def _levelled(
    writer: Writer, engine: Engine, pages: Mapping[str, int], head: float
) -> Sequence[Any]:
    """The columns; when all stand on the first sheet, as low as they end evenly.

    Only then, for each try lays out the whole text again.
    """
    area = writer.plan.area
    columns: Sequence[Any] = engine.lay(writer.flow(pages, area.height - head)).pages
    if len(columns) > area.columns or area.columns == 1:
        return columns
    even = sum(filled_to(column) for column in columns) / PX / area.columns
    for more in _TRIES:
        height = even * more
        if height >= area.height - head:
            break
        tried: Sequence[Any] = engine.lay(writer.flow(pages, height)).pages
        if len(tried) <= area.columns and all(map(_well_ended, tried)):
            return tried
    return columns


def _well_ended(column: Any) -> bool:
    """Nothing leaves the column, and no heading is parted from what it heads."""
    tops = {name: rectangle[1] for name, rectangle in column.anchors.items()}
    last = max(tops, key=lambda name: tops[name], default="")
    return not spilled(column) and not last.startswith(("domain-", "topic-"))


def _side_by_side(area: Area, pages: Sequence[Any], first: int, head: float) -> Iterator[_Column]:
    """Columns from left to right, then onto the next sheet; `head` is above those of the first."""
    for index, page in enumerate(pages):
        sheet, column = first + index // area.columns, index % area.columns
        top = area.margin[0] + (head if sheet == first else 0.0)
        yield _Column(page, sheet, column, area.left(column), top)


def _places(columns: Sequence[_Column]) -> dict[str, tuple[Place, ...]]:
    places: dict[str, list[Place]] = {}
    for it in columns:
        for name, (left, top, right, bottom) in it.page.anchors.items():
            place = Place(
                it.sheet,
                it.column,
                it.left + left / PX,
                it.top + top / PX,
                it.left + right / PX,
                it.top + bottom / PX,
            )
            places.setdefault(name, []).append(place)
    return {name: tuple(parts) for name, parts in places.items()}


def _sheets(plan: Plan, columns: Sequence[_Column], total: int) -> list[Sheet]:
    """What each frame says: the domains of the facts that stand on it."""
    domain_of = {
        name: section.row.title for section in plan.sections for name in section.element_ids()
    }
    on: dict[int, dict[str, None]] = {}
    for column in columns:
        for name in column.page.anchors:
            if name in domain_of:
                on.setdefault(column.sheet, {})[domain_of[name]] = None
    return [
        Sheet(number, total, tuple(on.get(number, ())), title=number == 1)
        for number in range(1, total + 1)
    ]


def _set(frames: Any, number: int, columns: Sequence[_Column]) -> Any:
    shifts = [
        Shift(column.page, column.left * PX, column.top * PX)
        for column in columns
        if column.sheet == number + 1
    ]
    return joined(frames.pages[number], shifts)
