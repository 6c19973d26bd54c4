"""Blocks: each heading and each fact or question laid out once, alone, at the width of a column.

All are placed at the origin of one page, so that a block's drawing does not depend on its
neighbours; then they are set out in columns. What is taller than a column comes in parts.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from cramsheet.page.shop import Style
from cramsheet.page.writing import Html, Writer
from cramsheet.plan.budget import without as less
from cramsheet.plan.packing import Piece, Strip
from cramsheet.plan.plan import Plan
from cramsheet.press.boxes import inks, lines, smallest_type, spilled
from cramsheet.press.engine import Engine
from cramsheet.press.fragment import Fragment, Recorder
from cramsheet.press.store import Article, skeleton
from cramsheet.press.weasy import PX, alike, fragments, loose, seat_numbers
from cramsheet.problems import Problem

BLOCKS = (
    "main section > h2, main section > h3, main nav > h2, main .front > h2, main .range,"
    " main article, main .line"
)
_LOOSE = Style(
    "blocks",
    "main { position: relative }\n"
    "main section { break-before: auto !important }\n"
    f":is({BLOCKS})"
    " { position: absolute !important; left: 0 !important; right: 0; top: 0 !important }\n",
)
_PARTS = Style(
    "parts of blocks",
    "main section > h2, main section > h3, main .range { display: none }\n"
    "main article { display: flow-root; break-before: page; break-after: auto;"
    " break-inside: auto !important }\n"
    "main section { break-before: auto !important }\n",
)
ENDLESS = 20_000.0  # mm, the height of the page that blocks are laid out on
_PART = 0.47  # of a column: so high is a part of what is taller than one


Lines = tuple[tuple[float, str], ...]  # where each stands below the top of its block, and its words


@dataclass(frozen=True)
class Block:
    """A heading, a fact or a question, or a part of one; lengths in px as laid out, type in pt."""

    name: str  # the element id it goes by
    tag: str
    classes: frozenset[str]
    height: float
    above: float  # its margins
    below: float
    width: float
    spilled: bool
    smallest: float
    inks: frozenset[tuple[str, str]]  # the colours of words and of their grounds
    lines: Lines
    fragment: Fragment
    sheet: int = 0  # of a part its number, from 1

    @property
    def heading(self) -> bool:
        return self.tag in ("h2", "h3") or bool({"range", "domain-line"} & self.classes)

    @property
    def keeps(self) -> bool:
        """Whether it stays with what follows."""
        return self.heading or "case" in self.classes


@dataclass(frozen=True)
class Blocks:
    """Blocks laid out at one size, in the order they are read; heights in px."""

    plan: Plan
    blocks: tuple[Block, ...]
    strip: Strip
    fonts: Any  # they were laid out with
    spilled: frozenset[str]
    split: frozenset[str] = frozenset()  # what comes in parts

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(block.name for block in self.blocks)

    def in_order(self, order: Sequence[int]) -> "Blocks":
        blocks = tuple(self.blocks[index] for index in order)
        return replace(self, blocks=blocks, strip=self.strip.in_order(order))

    def heights(self) -> dict[str, float]:
        """The height of each block in px, by element id."""
        found: dict[str, float] = {}
        for name, piece in zip(self.names, self.strip.pieces, strict=True):
            found[name] = found.get(name, 0.0) + piece.height
        return found

    def smallest(self) -> dict[str, float]:
        """The smallest type of each block, in pt as laid out, by element id."""
        found: dict[str, float] = {}
        for block in self.blocks:  # the parts of one have its name
            found[block.name] = min(block.smallest, found.get(block.name, block.smallest))
        return found

    def inks(self) -> dict[str, set[tuple[str, str]]]:
        """The colours of the words of each block and of their grounds, by element id."""
        found: dict[str, set[tuple[str, str]]] = {}
        for block in self.blocks:
            found.setdefault(block.name, set()).update(block.inks)
        return found

    def lines(self) -> dict[str, Lines]:
        """The words of each block, line by line, by element id."""
        found: dict[str, Lines] = {}
        for block in self.blocks:  # the parts of one have its name
            found[block.name] = found.get(block.name, ()) + block.lines
        return found

    def too_tall(self, most: float) -> list[Problem]:
        """What is taller than a column of so many px, and so can stand in none."""
        marks = self.plan.marks()
        hint = "make two of it, or choose a larger paper"
        tall = {
            name: piece
            for name, piece in zip(self.names, self.strip.pieces, strict=True)
            if piece.height > most
        }
        return [
            Problem(f'"{name}" is taller than a column', marks.get(name), hint) for name in tall
        ]

    def without(self, going: Sequence[str]) -> "Blocks":
        """The same layout without some facts, and without headings that have nothing left."""
        plan = less(self.plan, going)
        ids = {*plan.ids(), *(f"domain-{section.row.id}" for section in plan.sections)}
        ids |= {section.topic_id(topic) for section in plan.sections for topic in section.topics}
        kept = [index for index, block in enumerate(self.blocks) if block.name in ids]
        return replace(self.in_order(kept), plan=plan)


def lay_blocks(
    writer: Writer,
    engine: Engine,
    size: float,
    tallest: float,
    pages: Mapping[str, int] | None = None,
) -> Blocks:
    """Every block once, alone, at the width of a column and a size in pt; raises Mistakes.

    What is taller than `tallest` (px) comes in parts that are not. `pages` are those of the facts
    in the notes.
    """
    plan = replace(writer.plan, kind=replace(writer.plan.kind, size=size))
    writer = replace(writer, plan=plan)
    html = writer.flow(pages or {}, ENDLESS)
    found = lay_loose(html, engine)
    tall = {block.name for block in found if block.height > tallest}
    if tall:
        parts = _parts(writer, engine, tall, tallest * _PART, pages or {})
        found = [part for block in found for part in parts.get(block.name, [block])]
    laid = gathered(plan, found, engine.fonts_of(html))
    return replace(laid, strip=laid.strip.relaxed(tallest), split=frozenset(tall))


def lay_loose(html: Html, engine: Engine) -> list[Block]:
    """Every block of a document; what was laid out before is known."""
    whole = skeleton(Html(html.text, (*html.styles, _LOOSE)))
    known = _known(whole.articles, engine)
    missing = [it for it in whole.articles if it.id not in known]
    ids = {it.id for it in whole.articles}
    order = engine.store.order(whole.key)
    if order is None or {it for it in order if isinstance(it, str)} != ids:
        laid = _laid(whole.without([it for it in whole.articles if it.id in known]), engine)
        order = tuple(block.name if block.name in ids else block for block in laid)
        engine.store.put_order(whole.key, order)
    else:
        laid = _laid(whole.only(missing), engine) if missing else []
    fresh = {block.name: (block,) for block in laid}
    _keep(missing, fresh, engine)
    blocks = {**fresh, **known}
    return [blocks[it][0] if isinstance(it, str) else it for it in order]


def _laid(html: Html, engine: Engine) -> list[Block]:
    with alike("article"):
        document = engine.lay(html)
    (page,) = document.pages
    seat_numbers(page)
    return _settled(document, [(box, page, 0) for box in loose(page)], engine)


def _known(articles: Sequence[Article], engine: Engine) -> dict[str, Sequence[Block]]:
    return {it.id: found for it in articles if (found := engine.store.get(it.key))}


def _keep(missing: Sequence[Article], laid: Mapping[str, Sequence[Block]], engine: Engine) -> None:
    for it in missing:
        if blocks := laid.get(it.id):
            engine.store.put(it.key, tuple(blocks))


def _settled(document: Any, found: Sequence[tuple[Any, Any, int]], engine: Engine) -> list[Block]:
    """Boxes, each with its page and the number of that, as what they come to."""
    recorder = Recorder(document)
    with engine.all_is_well():
        return [_block(box, page, sheet, recorder) for box, page, sheet in found]


def _block(box: Any, page: Any, sheet: int, recorder: Recorder) -> Block:
    return Block(
        box.element.get("id", ""),
        box.element_tag,
        frozenset(box.element.get("class", "").split()),
        box.border_height(),
        box.margin_top,
        box.margin_bottom,
        box.border_width(),
        spilled(box, page),
        smallest_type(box),
        frozenset(inks(box)),
        lines(box),
        recorder.fragment(box, page),
        sheet,
    )


def gathered(plan: Plan, blocks: Sequence[Block], fonts: Any) -> Blocks:
    """Blocks as packing wants them: a topic begins with its headings."""
    lost = frozenset(block.name for block in blocks if block.spilled)
    return Blocks(plan, tuple(blocks), Strip(list(_pieces(plan, blocks))), fonts, lost)


def _pieces(plan: Plan, blocks: Sequence[Block]) -> Iterator[Piece]:
    topic, before = 0, None
    for block in blocks:
        part = before is not None and bool(before.sheet or block.sheet)
        if (block.heading and not (before and before.heading)) or part:
            topic += 1
        fresh = plan.kind.chapters and block.tag == "h2" and before is not None
        yield Piece(block.height, block.above, block.below, block.keeps, topic, fresh)
        before = block


def _parts(
    writer: Writer, engine: Engine, tall: set[str], height: float, pages: Mapping[str, int]
) -> dict[str, list[Block]]:
    """Tall blocks broken into pages of a height in px, by element id; tables repeat their heads."""
    going = [name for name in writer.plan.ids() if name not in tall]
    html = replace(writer, plan=less(writer.plan, going)).flow(pages, height / PX)
    whole = skeleton(Html(html.text, (*html.styles, _PARTS)))
    known = _known([it for it in whole.articles if it.id in tall], engine)
    missing = tall - set(known)
    if not missing:
        return {name: list(parts) for name, parts in known.items()}
    document = engine.lay(whole.without([it for it in whole.articles if it.id in known]))
    boxes: dict[str, list[tuple[Any, Any, int]]] = {}
    for page in document.pages:
        seat_numbers(page)
        for box in fragments(page, "article"):
            if (name := box.element.get("id", "")) in missing:
                parts = boxes.setdefault(name, [])
                parts.append((box, page, len(parts) + 1))
    laid = _settled(document, list(chain(*boxes.values())), engine)
    fresh = {name: [block for block in laid if block.name == name] for name in boxes}
    _keep([it for it in whole.articles if it.id in missing], fresh, engine)
    return {name: list(parts) for name, parts in {**known, **fresh}.items()}
