"""Blocks: each heading and each fact or question, laid out once, alone, at the width of a column;
what is taller than a column comes in parts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cramsheet.plan.budget import without as less
from cramsheet.plan.packing import Piece, Strip
from cramsheet.plan.plan import Plan
from cramsheet.press.fragment import Fragment
from cramsheet.press.seeing import Sight
from cramsheet.problems import Problem

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
    sight: Sight
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

    def seen(self) -> dict[str, tuple[Block, ...]]:
        """The blocks of each element, by its id; of those without one by ""."""
        found: dict[str, tuple[Block, ...]] = {}
        for block in self.blocks:  # the parts of one have its name
            found[block.name] = (*found.get(block.name, ()), block)
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


def gathered(plan: Plan, blocks: Sequence[Block], fonts: Any) -> Blocks:
    """Blocks as packing wants them: a topic begins with its headings."""
    lost = frozenset(block.name for block in blocks if block.spilled)
    return Blocks(plan, tuple(blocks), Strip(list(_pieces(plan, blocks))), fonts, lost)


def _pieces(plan: Plan, blocks: Sequence[Block]) -> Iterator[Piece]:
    topic, before = 0, None
    for block, after in zip(blocks, (*blocks[1:], None), strict=True):
        part = before is not None and bool(before.sheet or block.sheet)
        if (block.heading and not (before and before.heading)) or part:
            topic += 1
        fresh = plan.kind.chapters and block.tag == "h2" and before is not None
        above = 0.0 if _goes_on(before, block) else block.above
        below = 0.0 if _goes_on(block, after) else block.below
        yield Piece(block.height, above, below, block.keeps, topic, fresh)
        before = block


def _goes_on(before: Block | None, after: Block | None) -> bool:
    """Whether it is the next part of the same, which no gap may part from it."""
    return bool(before and after and after.sheet > 1 and before.name == after.name)
