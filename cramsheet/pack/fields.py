"""The field types that facts, questions and exams are made of.

Every scalar arrives as the text that was written. The JSON Schema tells editors that an unquoted
`1.10` or `no` is fine where text is wanted.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, ClassVar
from unicodedata import normalize

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from cramsheet.caps import USUAL, Caps
from cramsheet.door import unfit
from cramsheet.pack.ids import is_slug, slug
from cramsheet.problems import shortened

Path = tuple[str | int, ...]
Complaint = tuple[Path, str, str]  # where below the entry, what is wrong, what to do

AnyScalar = WithJsonSchema({"type": ["string", "number", "boolean"]})

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True), AnyScalar]
Lines = Annotated[
    str, AfterValidator(lambda text: text.rstrip("\n")), Field(min_length=1)
]  # a literal block: leading spaces matter


def complain(complaints: Iterable[Complaint]) -> None:
    """Raise all complaints of one entry together; nothing when there are none."""
    if found := list(complaints):
        raise PydanticCustomError("cram", "{message}", {"message": found[0][1], "found": found})


def _day(value: object) -> object:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else "")
        except ValueError:
            message = f'"{shortened(value)}" is not a date'
            complain([((), message, "write year-month-day: 2026-11-21")])
    return value


def _id(value: str) -> str:
    if not is_slug(value):
        message = f'"{shortened(value)}" is not an id'
        complain([((), message, f'write "{slug(shortened(value))}"')])
    return value


def _file_name(value: str) -> str:
    """As the shelf has it."""
    if unfit(value):
        message = f'"{shortened(value)}" is no name of a picture'
        hint = "write the name of a file in figures/, without a folder: plot.png"
        complain([((), message, hint)])
    return normalize("NFC", value)


Day = Annotated[date, BeforeValidator(_day)]
Id = Annotated[Text, AfterValidator(_id)]
Picture = Annotated[Text, AfterValidator(_file_name)]


def caps_of(info: ValidationInfo) -> Caps:
    """Those of the file that is read; the usual ones for what comes from no file."""
    return info.context if isinstance(info.context, Caps) else USUAL


class Written(BaseModel):
    """Something an author writes: frozen, and unknown keys are mistakes."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=False
    )


def count(number: int, noun: str, plural: str = "") -> str:
    """1 cell, 2 cells"""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"
