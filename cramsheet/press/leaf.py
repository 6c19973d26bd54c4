"""Documents that are not made of blocks, a report: laid out as they are, and proofread."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from cramsheet.page.sight import contrast as contrast_of
from cramsheet.page.writing import Html
from cramsheet.press.engine import Engine, Written
from cramsheet.press.weasy import frame_inks, outside, smallest_on
from cramsheet.problems import Mistakes, Problem

_ROUNDING = 0.02  # pt


@dataclass(frozen=True)
class Leaf:
    """A document laid out, not yet written."""

    count: int
    document: Any  # weasyprint's


def lay_leaf(html: Html, engine: Engine) -> Leaf:
    document = engine.lay(html)
    return Leaf(len(document.pages), document)


def prove_leaf(
    leaf: Leaf, name: str, floor: float, contrast: float, pages: int | None = None
) -> None:
    """Raises Mistakes when something leaves the margins of its page, is smaller than so many pt or
    has less contrast, or when there are not as many pages as planned."""
    problems = [Problem(f"{message} on {name}", hint=hint) for message, hint in _faults(leaf)]
    problems += [Problem(f"{it} on {name}") for it in _too_small(leaf, floor)]
    problems += [Problem(f"{it} on {name}") for it in _too_faint(leaf, contrast)]
    if pages is not None and leaf.count != pages:
        problems.append(Problem(f"{name} takes {leaf.count} pages, not {pages}"))
    if problems:
        raise Mistakes(problems)


def write_leaf(leaf: Leaf, engine: Engine) -> Written:
    return engine.write(leaf.document)


def _faults(leaf: Leaf) -> Iterator[tuple[str, str]]:
    hint = "take a larger paper, or shorter words"
    for number, page in enumerate(leaf.document.pages, 1):
        for word in outside(page):
            yield f'"{word}" leaves the margins of page {number}', hint


def _too_small(leaf: Leaf, floor: float) -> Iterator[str]:
    size = min(map(smallest_on, leaf.document.pages))
    if size < floor - _ROUNDING:
        yield f"words of {size:.1f} pt, less than {floor:g}, stand"


def _too_faint(leaf: Leaf, least: float) -> Iterator[str]:
    inks = set(chain.from_iterable(map(frame_inks, leaf.document.pages)))
    for colour, ground in sorted(inks):
        if (found := contrast_of(colour, ground)) < least:
            yield f"words in {colour} with a contrast of {found:.1f}, less than {least:g}, stand"
