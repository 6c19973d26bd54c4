"""Sizes of paper by the names that people give them; lengths in mm."""

import re
from dataclasses import dataclass

from cramsheet.problems import choose_one, closest, mistake

TURNS = ("portrait", "landscape")
SIZES = {  # upright
    "a3": (297.0, 420.0),
    "a4": (210.0, 297.0),
    "a5": (148.0, 210.0),
    "letter": (215.9, 279.4),
    "legal": (215.9, 355.6),
    "tabloid": (279.4, 431.8),
    "3x5": (76.2, 127.0),  # index cards
    "4x6": (101.6, 152.4),
}
OWN = "120x180mm"  # an example of any other
LEAST, MOST = 40.0, 1200.0  # of a side
_UNITS = {"mm": 1.0, "cm": 10.0, "in": 25.4}
_MEASURED = re.compile(r"(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)(mm|cm|in)?")


@dataclass(frozen=True)
class Ordered:
    """A paper as it was ordered. Without a turn it lies as the document likes best; one that is
    given by its sides lies as these say."""

    name: str
    sides: tuple[float, float]  # upright, or as given
    turn: str = ""
    measured: bool = False


def ordered(order: str) -> Ordered:
    """What "a4", "a5-landscape", "3x5" and "120x180mm" mean; raises Mistakes for others."""
    size, _, turn = order.partition("-")
    if size in SIZES:
        if turn not in ("", *TURNS) or order.endswith("-"):
            raise mistake(f'no paper "{order}"', hint=_turned(size, turn))
        return Ordered(size, SIZES[size], turn)
    if found := _MEASURED.fullmatch(order):
        return _measured(order, *found.groups())
    raise mistake(f'no paper "{order}"', hint=_meant(size))


def _measured(order: str, width: str, height: str, unit: str | None) -> Ordered:
    if unit is None:
        hint = f"add the unit, {order}mm or {order}in, or {_named()}"
        raise mistake(f'no paper "{order}"', hint=hint)
    sides = round(float(width) * _UNITS[unit], 3), round(float(height) * _UNITS[unit], 3)
    if not all(LEAST <= side <= MOST for side in sides):
        hint = f"take sides of {LEAST:g} to {MOST:g} mm"
        raise mistake(f"nothing is printed on paper of {sides[0]:g} x {sides[1]:g} mm", hint=hint)
    return Ordered(order, sides, measured=True)


def _turned(size: str, turn: str) -> str:
    known = [f"{size}-{it}" for it in TURNS]
    close = closest(f"{size}-{turn}", known) if closest(turn, TURNS) else ""
    return f'did you mean "{close}"?' if close else choose_one(known)


def _meant(size: str) -> str:
    if re.match(r"\d", size):
        return f"write width x height as {OWN}, or {_named()}"
    close = closest(size, SIZES)
    return f'did you mean "{close}"?' if close else f"{choose_one(SIZES)}, or a size such as {OWN}"


def _named() -> str:
    return f"one of {', '.join(SIZES)}"
