"""Amounts that could be meant instead of one: other numbers, written as it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

_GROUPED = re.compile(r"\d{1,3}(?:([.,\u00a0\u202f ])\d{3})+")
_PLAIN = re.compile(r"\d+(?:([.,])(\d{1,2}))?")
_DOUBLED = tuple(map(Fraction, ("1/4", "1/2", "2", "4")))
_TIMES = (*_DOUBLED, *map(Fraction, ("1/3", "2/5", "2/3", "3/2", "3")))
_GROUP = 1000  # from here on thousands are set apart
_STEPS = (-10, -5, -20, 5, 10, -15)  # of shares of a hundred
_RANGE = re.compile(r"(.+?)([-–])(.+)")


@dataclass(frozen=True)
class Amount:
    """One number, or the two ends of a range, and how they are written."""

    numbers: tuple[Fraction, ...]
    places: int = 0  # behind the decimal sign
    decimal: str = "."
    group: str = ""  # between thousands
    dash: str = ""

    @property
    def largest(self) -> Fraction:
        return max(self.numbers)

    def with_numbers(self, numbers: tuple[Fraction, ...]) -> str:
        return self.dash.join(map(self._written, numbers))

    def _written(self, number: Fraction) -> str:
        whole, _, rest = f"{float(number):.{self.places}f}".partition(".")
        if self.group:
            whole = f"{int(whole):,}".replace(",", self.group)
        return f"{whole}{self.decimal}{rest}" if rest else whole


def amount(text: str) -> Amount | None:
    """None for what is neither a number nor a range of two."""
    if ends := _RANGE.fullmatch(text.strip()):
        first, last = amount(ends[1]), amount(ends[3])
        if first is None or last is None or first.dash or last.dash:
            return None
        style = last if last.group else first
        places = max(first.places, last.places)
        return Amount(first.numbers + last.numbers, places, last.decimal, style.group, ends[2])
    if grouped := _GROUPED.fullmatch(text.strip()):
        return Amount((Fraction(re.sub(r"\D", "", text)),), group=grouped[1])
    if plain := _PLAIN.fullmatch(text.strip()):
        number = Fraction(text.strip().replace(",", "."))
        return Amount((number,), len(plain[2] or ""), plain[1] or ".")
    return None


def varied(text: str, unit: str) -> Iterator[str]:
    """Other amounts that one could take for it, written alike."""
    it = amount(text)
    if it is None:
        return
    for numbers in _others(it, unit == "%"):
        whole = all((number * 10**it.places).denominator == 1 for number in numbers)
        alike = it.group or it.largest >= _GROUP or max(numbers) < _GROUP
        one = numbers == (Fraction(1),)  # a unit would have to be another word: 1 minute
        if whole and alike and not one and len(set(numbers)) == len(it.numbers):
            yield it.with_numbers(numbers)


def _others(it: Amount, share: bool) -> Iterator[tuple[Fraction, ...]]:
    if not it.largest:
        yield from ((Fraction(number, 10**it.places),) for number in (3, 5, 8))
    elif share:
        moved = (tuple(number + step for number in it.numbers) for step in _STEPS)
        yield from (numbers for numbers in moved if min(numbers) > 0 and max(numbers) < 100)
    else:
        times = _DOUBLED if _doubled(it.largest) else _TIMES
        for by in times:
            new = tuple(number * by for number in it.numbers)
            yield (it.numbers[0], *new[1:]) if new[1:] and it.numbers[0] <= 1 else new


def _doubled(number: Fraction) -> bool:
    """Whether it is a power of two, from 8 on, as sizes in computers are."""
    whole = int(number)
    return whole == number >= 8 and not whole & (whole - 1)
