"""Figures as data: what an author gives so that the page room can draw."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from cramsheet.pack.fields import Complaint, Text, Written, complain
from cramsheet.problems import did_you_mean

FUNCTIONS = (
    "sigmoid", "tanh", "relu", "gaussian", "log", "exp", "square", "abs", "linear",
)  # fmt: skip

Number = Annotated[float, Field(allow_inf_nan=False)]
Point = tuple[Number, Number]


def _function_or_points(value: object) -> object:
    return (value, ()) if isinstance(value, str) else ("", value)


Curve = Annotated[
    tuple[str, tuple[Point, ...]],  # a function's name, or points; one of the two is empty
    BeforeValidator(_function_or_points),
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
    marks: dict[Text, Text] = {}

    @model_validator(mode="after")
    def _drawable(self) -> "Curves":
        complain(self._undrawable())
        return self

    def _undrawable(self) -> Iterator[Complaint]:
        if self.low >= self.high:
            yield ("to",), f'"to" must be more than "from" ({self.low:g})', "swap them"
        for name, (function, points) in self.curves.items():
            if function and function not in FUNCTIONS:
                message = f'"{function}" is not a function'
                yield ("curves", name), message, did_you_mean(function, FUNCTIONS)
            elif not function and len(points) < 2:
                yield ("curves", name), "a curve needs two points or more", "[[0, 1], [2, 3]]"
        for place in self.marks:
            try:
                float(place)
            except ValueError:
                yield (
                    ("marks", place),
                    f'"{place}" is not a number on the x axis',
                    "marks: {4: best}",
                )
