"""A plan becomes pages: blocks are set out in columns on frames.

A frame is a page with its running head and foot and, on the first, the title block. No CSS columns
are used.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from cramsheet.page.sheets import Answers, Sheet
from cramsheet.page.writing import Writer
from cramsheet.plan.areas import area_of
from cramsheet.plan.budget import Budget
from cramsheet.plan.keeping import Kept
from cramsheet.plan.plan import Plan
from cramsheet.press.answers import lay_back, with_backs, with_strips
from cramsheet.press.blocks import Block
from cramsheet.press.boxes import frame_inks
from cramsheet.press.engine import Engine, Written
from cramsheet.press.fitting import Fitting
from cramsheet.press.framing import lay_frames
from cramsheet.press.front import lay_contents
from cramsheet.press.labels import column_heads, names_of, sheets
from cramsheet.press.parts import Part, Place
from cramsheet.press.plain import lay_plain
from cramsheet.press.setting import Fit, Setting
from cramsheet.press.weasy import PX, content_height
from cramsheet.problems import mistake

_LEAST = 15.0  # mm below the title
_FOOT = 4.4  # mm that the line at the foot takes, which names what was left out


@dataclass(frozen=True)
class Pages:
    """A document laid out, not yet written."""

    count: int
    places: Mapping[str, tuple[Place, ...]]  # element id -> its parts, in reading order
    spilled: frozenset[str]  # ids of what leaves its column
    split: frozenset[str]  # ids of what is taller than a column and comes in parts
    smallest: Mapping[str, float]  # the smallest type of each block as printed, in pt
    inks: Mapping[str, set[tuple[str, str]]]  # the words' colours and their grounds; "": frames
    document: Any  # weasyprint's
    seen: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)  # "": without an id
    answers: tuple[Answers, ...] = ()  # that belong into the gaps of each page
    backs: bool = False  # they stand on its back, not at its foot

    @property
    def first_pages(self) -> dict[str, int]:
        return {name: parts[0].page for name, parts in self.places.items()}


@dataclass(frozen=True)
class Wish:
    """How a document is to be set: on so many pages, as it was, or as it comes.

    `notes` are the pages of the facts in the notes; `tells` names at the foot what was left out;
    `plain` lets WeasyPrint break the columns. `answers` belong into the gaps of each page; they
    stand on its back, or in a `room` of so many mm at its foot.
    """

    pages: int | None = None
    kept: Kept | None = None
    notes: Mapping[str, int] = field(default_factory=dict)
    tells: bool = False
    plain: bool = False
    answers: tuple[Answers, ...] = ()
    room: float = 0.0

    @property
    def backs(self) -> bool:
        return bool(self.answers) and not self.room

    def asked(self, plan: Plan) -> str:
        """What a record of the last time has to agree with."""
        columns = str(plan.area.columns) if plan.columns_chosen else "auto"
        told = ", left out told" if self.tells else ""
        area = plan.area
        usual = area.margin == area_of(plan.kind, area.paper).margin
        margins = "" if usual else f", margins {' '.join(f'{side:g}' for side in area.margin)}"
        room = f", {self.room:.2f} mm at the foot" if self.room else ""
        return f"{self.pages or 'auto'} pages, {columns} columns{told}{margins}{room}"


@dataclass(frozen=True)
class Made:
    """A document laid out, what of the plan it shows, how it fits, and what to keep of it."""

    pages: Pages
    plan: Plan
    fit: Fit
    kept: Kept
    missing: tuple[str, ...]  # short names of what was left out, the most important first
    setting: Setting
    backs: bool = False  # each page is followed by its back


def lay_out(writer: Writer, engine: Engine, wish: Wish) -> Made:
    """Raises Mistakes when what must be there does not fit, or when there is nothing."""
    if not writer.plan.sections:
        message = f"{writer.plan.pack} has nothing that stands on {writer.plan.kind.name}"
        raise mistake(message, hint="order another kind of document with --only")
    frames = _Frames(writer, engine)
    if writer.plan.kind.contents:
        return _with_contents(writer, engine, wish, frames)
    fitting = _fitting(writer, engine, wish, frames.head)
    setting = _set(fitting, wish, wish.pages)
    body = Part(setting, frames.head, every=2 if wish.backs else 1)
    backs = _backs(fitting.writer, engine, wish, setting) if wish.backs else []
    return _made(writer, engine, wish, frames, fitting, [*backs, body])


def _with_contents(writer: Writer, engine: Engine, wish: Wish, frames: "_Frames") -> Made:
    contents = lay_contents(writer, engine, frames.head)
    fitting = _fitting(writer, engine, wish, 0.0)
    body = Part(_set(fitting, wish, _less(wish.pages, contents.pages)), before=contents.pages)
    numbers = {name: places[0].page for name, places in body.places().items()}
    front = Part(lay_contents(writer, engine, frames.head, numbers), frames.head)
    return _made(writer, engine, wish, frames, fitting, [front, body])


def _with_room(writer: Writer, room: float) -> Writer:
    """Columns end so many mm higher."""
    area = writer.plan.area
    top, right, bottom, left = area.margin
    area = replace(area, margin=(top, right, bottom + room, left))
    return replace(writer, plan=replace(writer.plan, area=area)) if room else writer


def _backs(writer: Writer, engine: Engine, wish: Wish, setting: Setting) -> "list[Part]":
    return [
        Part(lay_back(writer, engine, page, told, setting.size), before=2 * page - 1)
        for page, told in enumerate(wish.answers, 1)
        if told
    ]


def write(pages: Pages, engine: Engine) -> Written:
    return engine.write(pages.document)


def _fitting(writer: Writer, engine: Engine, wish: Wish, head: float) -> Fitting:
    foot = _FOOT * PX if wish.tells else 0.0
    kept = wish.kept if wish.kept and wish.kept.asked == wish.asked(writer.plan) else None
    return Fitting(_with_room(writer, wish.room), engine, head, kept, wish.notes, foot)


def _set(fitting: Fitting, wish: Wish, pages: int | None) -> Setting:
    kind = fitting.plan.kind
    if pages is None:
        return fitting.about_its_size() if kind.floats else fitting.in_its_size()
    return fitting.on_pages(Budget(pages, kind.floor, kind.ceiling))


def _less(pages: int | None, contents: int) -> int | None:
    if pages is not None and pages <= contents:
        raise mistake(
            f"the contents alone take {contents} of {pages} pages", hint="give it more pages"
        )
    return pages and pages - contents


class _Frames:
    """The pages around the text; only those are laid out that say something new."""

    def __init__(self, writer: Writer, engine: Engine) -> None:
        self._writer, self._engine = writer, engine
        (first,) = self.saying([Sheet(1, 1, title=True)]).pages
        self.head = content_height(first)  # px, of the title block
        area = writer.plan.area
        if area.height - self.head / PX < _LEAST:
            message = f"the title leaves no room for words on {area.paper.name}"
            raise mistake(message, hint="take a larger paper, smaller margins, or a shorter title")

    def saying(self, sheets: list[Sheet]) -> Any:
        """A document of WeasyPrint's with a page for each sheet."""
        return lay_frames(self._writer.frames(sheets), self._engine)


def _made(
    writer: Writer,
    engine: Engine,
    wish: Wish,
    frames: _Frames,
    fitting: Fitting,
    parts: Sequence[Part],
) -> Made:
    body = parts[-1]
    setting, places = body.setting, body.places()
    fit = Fit.of(setting, writer.plan, fitting.layouts, fitting.as_before)
    total = body.before + setting.pages * body.every
    missing = names_of(writer.plan, fit.left_out)
    told = missing if wish.tells else ()
    stand = {name: [part.page for part in parts] for name, parts in places.items()}
    heads = column_heads(setting, body.corner)
    said = sheets(setting.plan, stand, total, told, heads, _beyond(setting))
    if wish.room:
        said = with_strips(said, wish.answers, wish.room)
    elif wish.backs:
        said = with_backs(said)
    laid = frames.saying(said)
    pages = dict(enumerate(laid.pages, 1))
    for part in parts:
        if wish.plain and part is body:
            part.set_plainly_on(pages, lay_plain(fitting.writer, engine, setting, wish.notes))
        else:
            part.set_on(pages)
    small = {name: size * setting.scale for name, size in setting.laid.smallest().items()}
    document = laid.copy([pages[number] for number in range(1, total + 1)])
    inks = {**setting.laid.inks(), "": set(chain(*map(frame_inks, laid.pages)))}
    for part in parts[:-1]:
        inks[""].update(*part.setting.laid.inks().values())
    spilled = setting.laid.spilled.union(*(part.setting.laid.spilled for part in parts))
    whole = Pages(
        total, places, spilled, setting.laid.split, small, inks, document, _seen(parts),
        wish.answers, wish.backs,
    )  # fmt: skip
    kept = setting.kept(fit.left_out, wish.asked(writer.plan))
    return Made(whole, setting.plan, fit, kept, missing, setting, wish.backs)


def _seen(parts: Sequence[Part]) -> dict[str, tuple[Block, ...]]:
    found: dict[str, tuple[Block, ...]] = {}
    for part in parts:
        for name, blocks in part.setting.laid.seen().items():
            found[name] = (*found.get(name, ()), *blocks)
    return found


def _beyond(setting: Setting) -> float:
    """How far, in mm, the columns of a sheet stand out on both sides when they are drawn larger."""
    area = setting.plan.area
    return area.column * max(setting.scale - 1, 0.0) / 2 if setting.plan.kind.floats else 0.0
