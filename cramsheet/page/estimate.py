"""How high a fact will be on a sheet before anything is laid out, from the widths of letters.

All lengths are in em of the type. The estimate only proposes a size; real heights decide. Its
constants are those of styles/sheet.css; a look with other spacing costs one more layout.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from cramsheet.pack.facts import (
    Code,
    Common,
    Compare,
    Figure,
    Formula,
    Limit,
    List,
    Mnemonic,
    Plain,
    Scenario,
    Steps,
    Term,
    Trap,
)
from cramsheet.pack.pack import Entry
from cramsheet.page import drawings, formulas
from cramsheet.page.advances import text_width
from cramsheet.page.canvas import Look
from cramsheet.page.scripts import beside_wide
from cramsheet.page.small import SHARES, share
from cramsheet.page.tables import column_shares
from cramsheet.page.words import Words
from cramsheet.plan.packing import Piece
from cramsheet.plan.plan import Plan

_SILENT = Words({**dict.fromkeys(drawings.WORDS, "abcdef"), "decimal": "."})  # shape is enough
_LINE = 1.16
_DOMAIN = 1.13 * (1.1 + 0.68)
_SPACE = 0.2
_BOLD = 1.045
_ROOM = {
    "trap": (0.4, 0.55),
    "formula": (0.3, 0.45),
    "mnemonic": (0.3, 0.5),
    "compare": (0.0, 0.51),
}  # above and below
_HYPHENS = 1.03  # long words of cells are hyphenated, so lines are fuller


def pieces(plan: Plan) -> list[Piece]:
    """Domains, topics and facts of a sheet as packing wants them, at the plan's size; in em."""
    kind, stretch = plan.kind, plan.look.leading / _LINE
    width = plan.area.column * 72 / 25.4 / kind.size / plan.look.wide
    sizes = {name: share(name, kind) for name in SHARES}
    topic_height = sizes["labels"] * (1.05 + 0.27)
    found: list[Piece] = []
    topics = 0
    for number, section in enumerate(plan.sections):
        topics += 1
        found.append(Piece(_DOMAIN, 1.36 if number else 0.0, 0.34, True, topics))
        for index, topic in enumerate(section.topics):
            topics += index > 0
            found.append(Piece(topic_height, 0.66 if index else 0.31, 0.31, True, topics))
            for entry in topic.entries:
                above, below = _ROOM.get(entry.fact.kind, (0.0, 0.24))
                high = fact_height(entry, width, sizes) * stretch
                found.append(Piece(high, above, below, topic=topics))
    return found


def fact_height(entry: Entry, width: float, sizes: Mapping[str, float] = SHARES) -> float:
    """Without the room below it; `sizes` are those of small type."""
    fact, body = entry.fact, width - 0.82
    match fact:
        case Plain():
            return _text(fact.fact, body)
        case Term():
            return _text(f"**{fact.term}**{_former(fact)} {fact.means}", body)
        case List():
            words = f"**{fact.title}**{_former(fact)}: {' · '.join(fact.items)}"
            return _text(words, body)
        case Limit():
            unit = f" {fact.unit}" if fact.unit else ""
            note = f" {fact.note}" if fact.note else ""
            words = f"{fact.limit}{_former(fact)} **{fact.value}{unit}**{note}"
            return _text(words, body)
        case Scenario():
            turn = f" not: {fact.instead_of}" if fact.instead_of else ""
            return _text(f"{fact.when} → **{fact.choose}**{_former(fact)}{turn}", body)
        case Steps():
            inner = body - 1.3
            return _LINE + sum(_text(item, inner) for item in fact.items)
        case Trap():
            words = f"✗ {fact.trap} ✓ {fact.truth}{_former(fact)}"
            return _text(words, width - 2.4) + 0.62
        case Mnemonic():
            words = f"**{fact.mnemonic}** {fact.helps}: {' · '.join(fact.stands)}"
            return _text(words, width - 1.1) + 0.58
        case Formula():
            return _formula(fact, width, sizes["small"]) + 0.62
        case Compare():
            return _table(fact, width, sizes["tables"])
        case Code():
            size = sizes["listings"]
            lines = sum(
                max(1, -(-len(line) * 0.6 * size // (width - 1))) for line in fact.lines.split("\n")
            )
            use = _text(fact.note, width, sizes["small"]) if fact.note else 0.0
            return _LINE + 0.42 + lines * 1.15 * size + 0.7 + 0.32 + use
        case Figure():
            return _LINE + 0.42 + _figure(fact, width, sizes["labels"]) + 0.65
    return _LINE


def _former(fact: Common) -> str:
    words = f" (formerly {fact.formerly})" if fact.formerly else ""
    closed = {"closed": " (closed to new customers)", "retired": " (no longer available)"}
    return words + closed.get(fact.status, "")


def _text(text: str, width: float, size: float = 1.0) -> float:
    return _lines(text, width / size) * _LINE * size


_LETTER = 0.5  # em, that a line has at least


def _lines(text: str, width: float) -> int:
    """Greedy line breaks at spaces, and after hyphens."""
    lines, used, width = 1, 0.0, max(width, _LETTER)  # a column of many may have no room at all
    for word in _words(text):
        wide, glued = word
        room = 0.0 if glued or used == 0 else _SPACE
        if used and used + room + wide > width:
            lines, used = lines + 1, wide
        else:
            used += room + wide
        while used > width:  # longer than a line: it breaks anywhere
            lines, used = lines + 1, used - width
    return lines


@lru_cache(maxsize=20_000)
def _words(text: str) -> tuple[tuple[float, bool], ...]:
    """Each unbreakable run: its width, and whether it follows its neighbour without a space."""
    return tuple(
        (text_width(piece) * (_BOLD if index % 2 else 1.0), number > 0)
        for index, part in enumerate(re.split(r"\*\*", text))
        for word in _unmarked(part).split()
        for number, piece in enumerate(
            part for run in re.split(r"(?<=[-–/])(?=\w)", word) for part in beside_wide(run)
        )
    )


def _unmarked(text: str) -> str:
    """Near enough: the words of a link, no marks of emphasis or code."""
    return re.sub(r"\[([^\[\]]*)\](?:\([^)]*\)|\{[\w-]*\})|[*`_]", r"\1", text)


def _table(fact: Compare, width: float, size: float) -> float:
    shares = column_shares(fact, round(width / size * 4) / 4)  # in steps, so that they are known
    widths = [share / 100 * width / size - 0.45 for share in shares]
    widths[-1] += 0.45  # no room beside the last
    widths = [wide * _HYPHENS for wide in widths]
    rows = [("", *fact.columns), *((name, *cells) for name, cells in fact.rows.items())]
    total = 0.0
    for number, row in enumerate(rows):
        lines = max(
            _lines(f"**{cell}**" if not number or not column else cell, widths[column])
            for column, cell in enumerate(row)
        )
        total += (lines * 1.12 + 0.41) * size
    return _text(f"**{fact.compare}**{_former(fact)}", width) + 0.42 + total


def _formula(fact: Formula, width: float, size: float) -> float:
    try:
        drawn = formulas.draw(fact.tex)
    except formulas.Unreadable:
        return _LINE
    name = text_width(fact.formula) * _BOLD + 0.7
    above, below = max(drawn.height - drawn.depth, 0.85), max(drawn.depth, 0.31)
    high = above + below if name + drawn.width <= width - 1 else _LINE + above + below
    use = "; ".join(part for part in (fact.where, fact.when) if part)
    return high + (_text(use, width - 1, size) if use else 0.0)


def _figure(fact: Figure, width: float, size: float) -> float:
    wide = min(int(width * 2) / 2, drawings.WIDEST)  # in steps, so that they are known
    drawn = drawings.drawing(fact, _SILENT, Look(wide, round(size, 2)))
    return drawn.height if drawn else 0.6 * width
