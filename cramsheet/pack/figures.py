"""Figures as data: what an author gives so that the page room can draw."""

import math
from collections.abc import Iterator
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

FUNCTIONS = (
    "sigmoid", "tanh", "relu", "gaussian", "log", "exp", "square", "abs", "linear",
)  # fmt: skip

Number = Annotated[float, Field(allow_inf_nan=False)]


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
    if value not in FUNCTIONS:
        message = f'"{shortened(value)}" is not a function'
        complain([((), message, did_you_mean(value, FUNCTIONS))])
    return value, ()


Curve = Annotated[
    tuple[str, tuple[Point, ...]],  # a function's name, or points; one of the two is empty
    PlainValidator(_curve),
    WithJsonSchema(
        {
            "anyOf": [
                {"enum": list(FUNCTIONS)},
                {
                    "type": "array",
                    "minItems": 2,
                    "items": {"type": "array", "items": {"type": "number"}},
                },
            ]
        }
    ),
]


class Curves(Written):
    """Curves over two axes; axis names are words, numbers are in the axes' own units."""

    x: Text
    y: Text
    low: Number = Field(-5.0, alias="from")
    high: Number = Field(5.0, alias="to")
    curves: dict[Text, Curve] = Field(min_length=1)
    marks: dict[Text, Text] = Field({})

    @model_validator(mode="after")
    def _drawable(self) -> "Curves":
        complain(self._undrawable())
        return self

    def _undrawable(self) -> Iterator[Complaint]:
        if self.low >= self.high:
            message = f'"from" is {self.low:g} and "to" is {self.high:g}'
            yield ("to",), message, 'make "to" the greater one'
        for place in self.marks:
            if not _is_number(place):
                message = f'"{shortened(place)}" is not a number on the x axis'
                yield ("marks", place), message, "write marks as {4: best}"


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False
