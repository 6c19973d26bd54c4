"""Documents that are not made of blocks, an answer sheet or a report: laid out as they are, and
proofread."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from cramsheet.page.promised import bare
from cramsheet.page.sight import contrast as contrast_of
from cramsheet.page.standing import Rows, Standing, rows_of_card, rows_of_grid, said_on
from cramsheet.page.writing import Html, Writer
from cramsheet.plan.record import code_of
from cramsheet.plan.scoring import card_of
from cramsheet.press.boxes import (
    between,
    between_margins,
    frame_inks,
    inputs,
    smallest_on,
    standing_boxes,
    words_on,
)
from cramsheet.press.engine import Engine, Written
from cramsheet.press.fields import tidied
from cramsheet.press.proof import prove_fonts
from cramsheet.press.seeing import look_at_page, words_of
from cramsheet.press.weasy import PX, content_height
from cramsheet.problems import Mistakes, Problem, shortened

_ROUNDING = 0.02  # pt
_BELOW = 3.5  # mm, between these words and the grid
_SLACK = 0.6  # px that anything may stand out
_TOUCHING = 2.0  # px that lines set tightly may share
_LARGER = "take a larger paper, or shorter words"
_TEMPLATE = "look at its template"

NOTHING: Rows = {}

Word = tuple[str, tuple[float, float, float, float]]


@dataclass(frozen=True)
class Leaf:
    """A document laid out, not yet written."""

    count: int
    document: Any  # weasyprint's

    def inks(self) -> set[tuple[str, str]]:
        """The colour of each word and that of its ground."""
        return set(chain.from_iterable(map(frame_inks, self.document.pages)))


def print_leaf(writer: Writer, engine: Engine, pages: Mapping[str, int]) -> tuple[Written, Leaf]:
    """An answer sheet, a key strip or a score card, proofread, and how it is laid out. `pages` are
    those of the facts in the notes."""
    plan, kind = writer.plan, writer.plan.kind
    grid = None if kind.name == "score" else writer.grid(_head(writer, engine))
    card = card_of(plan, pages)
    leaf = lay_leaf(writer.leaf(card=card, grid=grid, code=code_of(plan)), engine)
    stands = rows_of_grid(writer, grid) if grid else rows_of_card(writer, card)
    said, count = tuple(said_on(writer)), len(grid.pages) if grid else None
    prove_leaf(leaf, plan.name, kind.floor, writer.palette().contrast, stands, count, said)
    written = write_leaf(leaf, engine)
    prove_fonts(written, plan)
    return written, leaf


def _head(writer: Writer, engine: Engine) -> float:
    """How high, in mm, the words above the grid are: those of the answer sheet or those of the key
    strip, whichever are higher, for the grid of both stands in one place."""
    plan = writer.plan
    kinds = (replace(plan.kind, name=name) for name in ("answers", "strip"))
    writers = (replace(writer, plan=replace(plan, kind=kind)) for kind in kinds)
    laid = (engine.lay(it.leaf(grid=None, code="")).pages[0] for it in writers)
    return max(map(content_height, laid)) / PX + _BELOW


def lay_leaf(html: Html, engine: Engine) -> Leaf:
    document = engine.lay(html)
    return Leaf(len(document.pages), document)


def prove_leaf(
    leaf: Leaf,
    name: str,
    floor: float,
    contrast: float,
    stands: Rows = NOTHING,
    pages: int | None = None,
    said: Sequence[str] = (),
) -> None:
    """Raises Mistakes when something leaves the margins of its page, is smaller than so many pt or
    has less contrast; when what must stand does not stand there once and whole, or is not `said`
    anywhere; or when there are not as many pages as planned."""
    found = [
        *_faults(leaf),
        *_lost(leaf, stands),
        *_unsaid(leaf, said),
        *_too_small(leaf, floor),
        *_too_faint(leaf, contrast),
    ]
    if pages is not None and leaf.count != pages:
        found.append((f"there are {leaf.count} pages, not {pages},", _LARGER))
    if found:
        raise Mistakes(Problem(f"{message} on {name}", hint=hint) for message, hint in found)


def write_leaf(leaf: Leaf, engine: Engine) -> Written:
    return engine.write(leaf.document, tidied)


def _faults(leaf: Leaf) -> Iterator[tuple[str, str]]:
    for number, page in enumerate(leaf.document.pages, 1):
        words, (width, height) = words_on(page), between(page)
        for fault in look_at_page(page)[0].faults:
            yield f"{fault} on page {number}", _LARGER
        for word, (left, top, right, low) in words:
            if min(left, top, width - right, height - low) < -_SLACK:
                yield f'"{shortened(word, 30)}" leaves the margins of page {number}', _LARGER
        for one, two in _overlapping(words):
            told = f'"{shortened(one, 30)}" and "{shortened(two, 30)}"'
            yield f"{told} stand on each other on page {number}", _LARGER


def _overlapping(words: Sequence[Word]) -> Iterator[tuple[str, str]]:
    """Texts of which one covers a part of the other, from the top down."""
    order = sorted(words, key=lambda word: word[1][1])
    for index, (text, (left, _, right, low)) in enumerate(order):
        for other, (x, y, end, bottom) in order[index + 1 :]:
            if y > low - _SLACK:
                break
            across = min(right, end) - max(left, x)
            if across > _SLACK and min(low, bottom) - y > _TOUCHING:
                yield text, other


def _lost(leaf: Leaf, rows: Rows) -> Iterator[tuple[str, str]]:
    """Rows that do not stand once, with their words and fields."""
    found: dict[str, list[Any]] = {}
    for page in leaf.document.pages:
        for name, box in standing_boxes(page):
            found.setdefault(name, []).append(box)
    for name, it in rows.items():
        here = found.get(name, [])
        if not here:
            yield f'"{name}" does not stand', _LARGER
        elif len(here) > 1:
            yield f'"{name}" stands {len(here)} times', _TEMPLATE
        else:
            yield from _lacks(name, here[0], it)


def _lacks(name: str, box: Any, row: Standing) -> Iterator[tuple[str, str]]:
    words, rooms = words_of(box)
    if lost := [text for text in row.texts if bare(text) not in bare(words)]:
        yield f'"{name}" does not say "{", ".join(lost)}"', _TEMPLATE
    elif (fields := inputs(box) + rooms) != row.fields:
        yield f'"{name}" has {fields} of {row.fields} fields', _TEMPLATE


def _unsaid(leaf: Leaf, said: Sequence[str]) -> Iterator[tuple[str, str]]:
    words = bare(" ".join(words_of(between_margins(page))[0] for page in leaf.document.pages))
    for text in said:
        if bare(text) not in words:
            yield f'the words "{shortened(text, 60)}" do not stand', _TEMPLATE


def _too_small(leaf: Leaf, floor: float) -> Iterator[tuple[str, str]]:
    size = min(map(smallest_on, leaf.document.pages))
    if size < floor - _ROUNDING:
        yield f"words of {size:.1f} pt, less than {floor:g}, stand", "set them larger in the style"


def _too_faint(leaf: Leaf, least: float) -> Iterator[tuple[str, str]]:
    for colour, ground in sorted(leaf.inks()):
        if (found := contrast_of(colour, ground)) < least:
            faint = f"words in {colour} stand on {ground}: their contrast is {found:.1f}"
            yield f"{faint}, less than {least:g}", "choose a darker colour in the look or the ink"
