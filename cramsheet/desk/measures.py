"""Numbers, lengths and days as people type them."""

import re
from argparse import ArgumentTypeError
from datetime import date

from cramsheet import caps
from cramsheet.problems import Mistakes

_UNPRINTED, _MOST, _MOST_BOUND = 4.0, 100.0, 40.0  # mm
_SIZES = (4.0, 24.0)  # pt


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


def per_kind(text: str) -> dict[str, int]:
    """A number for the sheet, or one for each kind; "auto" is 0."""
    from cramsheet.plan.kinds import KINDS, USUAL

    found = {}
    for part in text.split(","):
        kind, _, number = part.strip().rpartition("=")
        auto = number == "auto"
        good = auto or (number.isdecimal() and 1 <= int(number) <= 100)
        if kind not in ("", *KINDS) or not good:
            raise ArgumentTypeError(
                f'"{part}" is not understood; write 2, auto, or {"=2,".join(USUAL)}=2'
            )
        found[kind or "sheet"] = 0 if auto else int(number)
    return found


def points(text: str) -> float:
    try:
        size = float(text)
    except ValueError:
        size = 0.0
    if not _SIZES[0] <= size <= _SIZES[1]:
        least, most = _SIZES
        message = f'"{text}" is no size of type; write a number from {least:g} to {most:g}'
        raise ArgumentTypeError(message)
    return size


def day_of(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f'"{text}" is not a date; write 2026-11-21') from error


def seed(text: str) -> str:
    """It becomes a part of file names."""
    if not re.fullmatch(r"[A-Za-z0-9]{1,12}", text):
        message = f'"{text}" is no seed; write up to 12 letters and digits, such as 7'
        raise ArgumentTypeError(message)
    return text


def letters(text: str) -> tuple[str, ...]:
    found = tuple(word.strip().upper() for word in text.split(","))
    for letter in found:
        if not re.fullmatch(r"[A-Z]", letter):
            raise ArgumentTypeError(f'"{letter}" is no form; write letters, such as A,B,C')
    if len(set(found)) < len(found):
        raise ArgumentTypeError(f'"{text}" names a form twice')
    return found


def number(text: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,2}", text):
        raise ArgumentTypeError(f'"{text}" is no number of questions; write 1 to 999')
    return int(text)


def allowance(text: str) -> tuple[str, int]:
    try:
        return caps.allowance(text)
    except Mistakes as error:
        (problem,) = error.problems
        raise ArgumentTypeError(f"{problem.message}; {problem.hint}") from error


def words(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))


def few(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text) <= 100):
        raise ArgumentTypeError(f'"{text}" is no number of pages; write 1 to 100')
    return int(text)


def port(text: str) -> int:
    """Those below 1024 belong to the system."""
    if not (text.isdecimal() and 1024 <= int(text) <= 65535):
        raise ArgumentTypeError(f'"{text}" is no port; write a number from 1024 to 65535')
    return int(text)
