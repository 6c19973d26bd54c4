"""Figures as data: what an author gives so that the page room can draw."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Any

from pydantic import Field, PlainValidator, WithJsonSchema, model_validator

from cramsheet.caps import USUAL
from cramsheet.pack.curves import FUNCTIONS, Curves, Number
from cramsheet.pack.fields import Complaint, Path, Text, Written, complain
from cramsheet.problems import shortened

__all__ = ["FUNCTIONS", "Box", "Curves", "Layer", "Question", "Scale", "Tree"]

_DEEPEST = USUAL.questions


@dataclass(frozen=True)
class Question:
    """What is asked, and where each answer leads: to what to take, or to the next question."""

    asks: str
    answers: tuple[tuple[str, "str | Question"], ...]


def _tree(value: object) -> Question:
    complain(_unaskable(value, (), 0))
    assert isinstance(value, Mapping)
    return _question(value)


def _unaskable(value: object, path: Path, depth: int) -> Iterator[Complaint]:
    """The complaints of a question: one key, and below it the answers."""
    like = "write a question, and its answers as keys below it"
    if not isinstance(value, Mapping):
        yield path, "a tree begins with a question", like
        return
    if len(value) != 1:
        yield path, f"one question may stand here, not {len(value)}", like
        return
    ((asks, answers),) = value.items()
    path = (*path, asks)
    if depth >= _DEEPEST:
        yield path, f"the tree is deeper than {_DEEPEST} questions", "make two trees of it"
    elif not isinstance(answers, Mapping) or len(answers) < 2:
        message = f'"{shortened(asks)}" needs two answers or more'
        yield path, message, 'write them as "answer: what to take" below it'
    else:
        for answer, leads in answers.items():
            yield from _unled((*path, answer), leads, depth)


def _unled(path: Path, leads: object, depth: int) -> Iterator[Complaint]:
    if isinstance(leads, Mapping):
        yield from _unaskable(leads, path, depth + 1)
    elif not isinstance(leads, str) or not leads.strip():
        message = f'"{shortened(str(path[-1]))}" leads nowhere'
        yield path, message, "write what to take, or the next question as a key"


def _question(value: Mapping[str, Any]) -> Question:
    ((asks, answers),) = value.items()
    return Question(
        asks.strip(),
        tuple(
            (answer.strip(), leads.strip() if isinstance(leads, str) else _question(leads))
            for answer, leads in answers.items()
        ),
    )


_ANSWERS = {"anyOf": [{"type": ["string", "number", "boolean"]}, {"type": "object"}]}

Tree = Annotated[
    Question,
    PlainValidator(_tree),
    WithJsonSchema(
        {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "additionalProperties": {
                "type": "object",
                "minProperties": 2,
                "additionalProperties": _ANSWERS,
            },
        }
    ),
]


class Scale(Written):
    """Things in their order along one axis, with what its ends mean."""

    start: Text = Field(alias="from")
    end: Text = Field(alias="to")
    items: dict[Text, str] = Field(min_length=2)


class Box(Written):
    """The five numbers of a box plot: whiskers, quartiles and median; and what lies outside."""

    min: Number
    q1: Number
    median: Number
    q3: Number
    max: Number
    outliers: tuple[Number, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> "Box":
        complain(self._disorder())
        return self

    def _disorder(self) -> Iterator[Complaint]:
        names = ("min", "q1", "median", "q3", "max")
        for one, two in pairwise(names):
            if getattr(self, one) > getattr(self, two):
                message = f"{two} is {getattr(self, two):g}, less than {one}"
                yield (two,), message, f"write them in the order {', '.join(names)}"
                return
        reach = 1.5 * (self.q3 - self.q1)
        low, high = self.q1 - reach, self.q3 + reach
        for index, value in enumerate(self.outliers):
            if low <= value <= high:
                message = f"{value:g} is no outlier: it lies between {low:g} and {high:g}"
                yield ("outliers", index), message, "an outlier is 1.5 IQR or more from the box"
        for name in ("min", "max"):
            if not low <= (value := getattr(self, name)) <= high:
                message = f"the whisker {name} is {value:g}, over 1.5 IQR from the box"
                yield (name,), message, f"keep it between {low:g} and {high:g}; list outliers apart"


def _layer(value: object) -> str | tuple[str, ...]:
    if isinstance(value, str):
        return value.strip()
    if not isinstance(value, list) or not value:
        complain([((), "a layer is text or a list of cells", "write [train, train, test]")])
    assert isinstance(value, list)
    complain(
        ((index,), "a cell must be text", "quote text that begins with a bracket")
        for index, cell in enumerate(value)
        if not isinstance(cell, str) or not cell.strip()
    )
    return tuple(cell.strip() for cell in value)


Layer = Annotated[
    str | tuple[str, ...],
    PlainValidator(_layer),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": ["string", "number", "boolean"]},
                {"type": "array", "items": {"type": ["string", "number", "boolean"]}},
            ]
        }
    ),
]
