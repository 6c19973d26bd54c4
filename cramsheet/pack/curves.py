"""What stands over two axes: curves as functions or points, dots, bars."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import (
    BeforeValidator,
    Field,
    PlainValidator,
    TypeAdapter,
    WithJsonSchema,
    model_validator,
)

from cramsheet.pack.fields import Complaint, Text, Written, complain
from cramsheet.problems import did_you_mean, shortened

# Each with the most numbers that it takes in brackets.
FUNCTIONS: Mapping[str, int] = {
    "sigmoid": 0, "tanh": 0, "relu": 0, "leaky-relu": 1, "elu": 1, "softplus": 0, "step": 0,
    "gaussian": 0, "normal": 2, "log-normal": 2, "log": 0, "exp": 0, "square": 0,
    "abs": 0, "linear": 0,
}  # fmt: skip

_EXP = 50.0  # the largest x of exp
_FAR = 1e9  # numbers beyond could not be told apart on paper
_NEAR = 1e-9  # deviations below have curves that no number reaches
Number = Annotated[float, Field(allow_inf_nan=False, ge=-_FAR, le=_FAR)]


def called(text: str) -> tuple[str, tuple[float, ...]]:
    """ "normal(0, 2)" -> its name and its numbers; raises ValueError for what is no number."""
    name, bracket, rest = text.partition("(")
    if not bracket:
        return name.strip(), ()
    if not rest.endswith(")"):
        raise ValueError(text)
    numbers = tuple(float(part) for part in rest[:-1].split(","))
    if not all(abs(number) <= _FAR for number in numbers):  # so nothing infinite, and no "nan"
        raise ValueError(text)
    return name.strip(), numbers


def _pair(value: object) -> object:
    if not (isinstance(value, list) and len(value) == 2):
        complain([((), "a point is two numbers", "write [x, y], such as [2, 3.5]")])
    return value


Point = Annotated[tuple[Number, Number], BeforeValidator(_pair)]
_POINTS = TypeAdapter(tuple[Point, ...])


def _curve(value: object) -> tuple[str, tuple[tuple[float, float], ...]]:
    if not isinstance(value, str):
        points = _POINTS.validate_python(value)  # here, so that errors point at the cell written
        if len(points) < 2:
            complain([((), "a curve needs two points or more", "write [[0, 1], [2, 3]]")])
        return "", points
    complain(_uncallable(value))
    return value, ()


def _uncallable(value: str) -> Iterator[Complaint]:
    name = re.split(r"\s*\(", value, maxsplit=1)[0]
    if name not in FUNCTIONS:
        yield (), f'"{shortened(name)}" is not a function', did_you_mean(name, FUNCTIONS)
        return
    most = FUNCTIONS[name]
    example = f"{name}(0, 2)" if most == 2 else f"{name}(0.1)"
    try:
        numbers = called(value)[1]
    except ValueError:
        hint = f'write "{example}"' if most else f'write "{name}"'
        yield (), f'"{shortened(value)}" cannot be read', hint
        return
    if len(numbers) > most:
        hint = f'write "{example}"' if most else f'write "{name}"'
        yield (), f"{name} takes {most or 'no'} numbers, not {len(numbers)}", hint
    elif most == 2 and len(numbers) > 1 and numbers[1] < _NEAR:
        yield (), f"the second number of {name} is the deviation", "make it greater than 0"


_LIST_OF_POINTS = {
    "type": "array",
    "minItems": 2,
    "items": {"type": "array", "items": {"type": "number"}},
}

Curve = Annotated[
    tuple[str, tuple[Point, ...]],  # a function as written, or points; one of the two is empty
    PlainValidator(_curve),
    WithJsonSchema(
        {
            "anyOf": [
                {"enum": list(FUNCTIONS)},
                {"type": "string", "pattern": r"^(leaky-relu|elu|normal|log-normal)\s*\(.*\)$"},
                _LIST_OF_POINTS,
            ]
        }
    ),
]


class Curves(Written):
    """Curves, dots and bars over two axes; axis names are words, numbers are in the axes' units."""

    x: Text
    y: Text
    low: Number = Field(-5.0, alias="from")
    high: Number = Field(5.0, alias="to")
    curves: dict[Text, Curve] = Field({}, min_length=1)
    dots: dict[Text, Annotated[tuple[Point, ...], Field(min_length=1)]] = Field({}, min_length=1)
    bars: dict[Text, Number] = Field({}, min_length=2)
    marks: dict[Text, Text] = Field({})
    spans: dict[Text, Point] = Field({})
    shade: dict[Text, Point] = Field({})
    x_ticks: tuple[Number, ...] = Field((), alias="x-ticks")
    y_ticks: tuple[Number, ...] = Field((), alias="y-ticks")

    @model_validator(mode="after")
    def _drawable(self) -> "Curves":
        complain(self._undrawable())
        return self

    @property
    def numbered(self) -> bool:
        """Whether bars stand at numbers of the x axis, not at names."""
        return all(_is_number(place) for place in self.bars)

    def _undrawable(self) -> Iterator[Complaint]:
        if not (self.curves or self.dots or self.bars):
            yield (), "the plot shows nothing", "add one of curves, dots, bars"
        if self.low >= self.high:
            message = f'"from" is {self.low:g} and "to" is {self.high:g}'
            yield ("to",), message, 'make "to" the greater one'
        for name, (function, _) in self.curves.items():
            if (function == "log" and self.high <= 0) or (function == "exp" and self.high > _EXP):
                message = f"{function} cannot be drawn between {self.low:g} and {self.high:g}"
                yield ("curves", name), message, 'give other numbers for "from" and "to"'
        for place in self.marks:
            if not _is_number(place):
                message = f'"{shortened(place)}" is not a number on the x axis'
                yield ("marks", place), message, "write marks as {4: best}"
        for name in self.shade:
            if name not in self.curves:
                message = f'no curve is called "{shortened(name)}"'
                yield ("shade", name), message, did_you_mean(name, self.curves)
        for key in ("spans", "shade"):
            for name, (start, end) in getattr(self, key).items():
                if start >= end:
                    hint = "write the smaller number first"
                    yield (key, name), f'"{shortened(name)}" ends before it begins', hint
        yield from self._bad_bars()

    def _bad_bars(self) -> Iterator[Complaint]:
        if not self.numbered and (self.curves or self.dots):
            message = "bars with names stand alone"
            yield ("bars",), message, "name each bar by its number on the x axis"
        if self.numbered and len({float(place) for place in self.bars}) < len(self.bars):
            yield ("bars",), "two bars stand at one number", "keep one of them"


def _is_number(text: str) -> bool:
    try:
        return abs(float(text)) <= _FAR
    except ValueError:
        return False
