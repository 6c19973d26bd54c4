"""HTML -> blocks.

All are placed at the origin of one page, so that a block's drawing does not depend on its
neighbours; then they are set out in columns. What was laid out before is known.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from cramsheet.page.shop import Style
from cramsheet.page.writing import Html, Writer
from cramsheet.plan.budget import without as less
from cramsheet.press.blocks import Block, Blocks, gathered
from cramsheet.press.boxes import inks, lines, lowest, smallest_type, spilled
from cramsheet.press.engine import Engine
from cramsheet.press.fragment import Recorder
from cramsheet.press.seeing import look
from cramsheet.press.store import Article, skeleton
from cramsheet.press.weasy import PX, alike, fragments, loose, seat_numbers

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
# So high, of a column, is a part of what is taller than one. Parts of a table repeat its heads, so
# there are few of them; others are low, so that they fill the columns.
_PART, _TABLE = 0.12, 0.47
_TABLES = frozenset({"compare", "match"})
_LISTS = frozenset({"list", "steps"})  # nothing is drawn around them


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
    high = [block for block in found if block.height > tallest]
    tall = {block.name for block in high}
    if tall:
        tables = {block.name for block in high if _TABLES & block.classes}
        parts = dict[str, list[Block]]()
        for some, share in ((tables, _TABLE), (tall - tables, _PART)):
            parts |= _parts(writer, engine, some, tallest * share, pages or {}) if some else {}
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
    classes = frozenset(box.element.get("class", "").split())
    height = box.border_height()
    if sheet and _LISTS & classes:  # WeasyPrint has parts reach to the end of their page
        height = min(height, lowest(box) - box.border_box_y())
    return Block(
        box.element.get("id", ""),
        box.element_tag,
        classes,
        height,
        box.margin_top,
        box.margin_bottom,
        box.border_width(),
        spilled(box, page),
        smallest_type(box),
        frozenset(inks(box)),
        lines(box),
        look(box, page),
        recorder.fragment(box, page),
        sheet,
    )


def _parts(
    writer: Writer, engine: Engine, tall: set[str], height: float, pages: Mapping[str, int]
) -> dict[str, list[Block]]:
    """Tall blocks broken into pages of a height in px, by element id; tables repeat their heads."""
    going = [name for name in writer.plan.ids() if name not in tall]
    few = replace(writer, plan=less(writer.plan, going), fonts_of=writer.plan)
    html = few.flow(pages, height / PX)
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
