"""Lengths as people type them."""

import re
from argparse import ArgumentTypeError

_UNPRINTED, _MOST, _MOST_BOUND = 4.0, 100.0, 40.0  # mm


def margin(text: str) -> tuple[float, ...]:
    """In mm: one for all sides, or top, right, bottom and left."""
    sides = [_millimetres(part) for part in text.split(",")]
    if len(sides) not in (1, 4):
        message = f'"{text}" is no margin; write one number, or four as 10,8,12,8'
        raise ArgumentTypeError(message)
    if min(sides) < _UNPRINTED:
        message = f'"{text}" is too narrow: printers leave about 4 mm white; write 4 or more'
        raise ArgumentTypeError(message)
    if max(sides) > _MOST:
        raise ArgumentTypeError(f'"{text}" is too wide; write {_MOST:g} or less')
    return tuple(sides * 4 if len(sides) == 1 else sides)


def binding(text: str) -> float:
    width = _millimetres(text)
    if width > _MOST_BOUND:
        message = f'"{text}" is too wide; write {_MOST_BOUND:g} or less'
        raise ArgumentTypeError(message)
    return width


def _millimetres(text: str) -> float:
    if not re.fullmatch(r"\d{1,4}(\.\d+)?", text.strip()):
        raise ArgumentTypeError(f'"{text}" is no length; write millimetres, such as 8')
    return float(text)
