"""Documents that are not made of blocks: laid out as they are, and proofread."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from cramsheet.page.sight import contrast as contrast_of
from cramsheet.page.writing import Html
from cramsheet.press.engine import Engine, Written
from cramsheet.press.weasy import frame_inks
from cramsheet.problems import Mistakes, Problem


@dataclass(frozen=True)
class Leaf:
    """A document laid out, not yet written."""

    count: int
    document: Any  # weasyprint's


def lay_leaf(html: Html, engine: Engine) -> Leaf:
    document = engine.lay(html)
    return Leaf(len(document.pages), document)


def prove_leaf(leaf: Leaf, name: str, floor: float, contrast: float) -> None:
    """Raises Mistakes for words with less contrast."""
    if problems := [Problem(f"{it} on {name}") for it in _too_faint(leaf, contrast)]:
        raise Mistakes(problems)


def write_leaf(leaf: Leaf, engine: Engine) -> Written:
    return engine.write(leaf.document)


def _too_faint(leaf: Leaf, least: float) -> Iterator[str]:
    inks = set(chain.from_iterable(map(frame_inks, leaf.document.pages)))
    for colour, ground in sorted(inks):
        if (found := contrast_of(colour, ground)) < least:
            yield f"words in {colour} with a contrast of {found:.1f}, less than {least:g}, stand"
