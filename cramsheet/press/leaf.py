"""Documents that are not made of blocks, an answer sheet or a report: laid out as they are, and
proofread."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from cramsheet.page.sight import contrast as contrast_of
from cramsheet.page.writing import Html, Writer
from cramsheet.plan.record import code_of
from cramsheet.plan.scoring import card_of
from cramsheet.press.engine import Engine, Written
from cramsheet.press.fields import tidied
from cramsheet.press.proof import prove_fonts
from cramsheet.press.weasy import frame_inks, outside, smallest_on, standing
from cramsheet.problems import Mistakes, Problem

_ROUNDING = 0.02  # pt
_LARGER = "take a larger paper, or shorter words"


@dataclass(frozen=True)
class Leaf:
    """A document laid out, not yet written."""

    count: int
    document: Any  # weasyprint's


def print_leaf(writer: Writer, engine: Engine, pages: Mapping[str, int]) -> tuple[Written, int]:
    """An answer sheet, a key strip or a score card, proofread, and its number of pages. `pages` are
    those of the facts in the notes."""
    plan, kind = writer.plan, writer.plan.kind
    grid = None if kind.name == "score" else writer.grid()
    html = writer.leaf(card=card_of(plan, pages), grid=grid, code=code_of(plan))
    leaf = lay_leaf(html, engine)
    stands, count = (plan.ids(), len(grid.pages)) if grid else ((), None)
    prove_leaf(leaf, plan.name, kind.floor, writer.palette().contrast, stands, count)
    written = write_leaf(leaf, engine)
    prove_fonts(written, plan)
    return written, leaf.count


def lay_leaf(html: Html, engine: Engine) -> Leaf:
    document = engine.lay(html)
    return Leaf(len(document.pages), document)


def prove_leaf(
    leaf: Leaf,
    name: str,
    floor: float,
    contrast: float,
    stands: Iterable[str] = (),
    pages: int | None = None,
) -> None:
    """Raises Mistakes when something leaves the margins of its page, is smaller than so many pt or
    has less contrast; when what must stand on paper does not stand there once; or when there are
    not as many pages as planned."""
    found = [
        *_faults(leaf),
        *_lost(leaf, stands),
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
        for word in outside(page):
            yield f'"{word}" leaves the margins of page {number}', _LARGER


def _lost(leaf: Leaf, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    found = Counter(chain.from_iterable(map(standing, leaf.document.pages)))
    for name in names:
        if not found[name]:
            yield f'"{name}" does not stand', _LARGER
        elif found[name] > 1:
            yield f'"{name}" stands {found[name]} times', "look at its template"


def _too_small(leaf: Leaf, floor: float) -> Iterator[tuple[str, str]]:
    size = min(map(smallest_on, leaf.document.pages))
    if size < floor - _ROUNDING:
        yield f"words of {size:.1f} pt, less than {floor:g}, stand", "set them larger in the style"


def _too_faint(leaf: Leaf, least: float) -> Iterator[tuple[str, str]]:
    inks = set(chain.from_iterable(map(frame_inks, leaf.document.pages)))
    for colour, ground in sorted(inks):
        if (found := contrast_of(colour, ground)) < least:
            faint = f"words in {colour} stand on {ground}: their contrast is {found:.1f}"
            yield f"{faint}, less than {least:g}", "choose a darker colour in the look or the ink"
