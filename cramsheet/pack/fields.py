"""The field types that facts, questions and exams are made of.

Every scalar arrives as the text that was written. The JSON Schema tells editors that an unquoted
`1.10` or `no` is fine where text is wanted.
"""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, ClassVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

Path = tuple[str | int, ...]
Complaint = tuple[Path, str, str]  # where below the entry, what is wrong, what to do

_SCALAR = {"type": ["string", "number", "boolean"]}

Text = Annotated[
    str, StringConstraints(min_length=1, strip_whitespace=True), WithJsonSchema(_SCALAR)
]
Lines = Annotated[
    str, AfterValidator(lambda text: text.rstrip("\n")), Field(min_length=1)
]  # a literal block: leading spaces matter


def _day(value: object) -> object:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError as error:
        message = f'"{value}" is not a date'
        raise PydanticCustomError(
            "cram", "{message}", told((), message, "write 2026-11-21")
        ) from error


def _slug(value: str) -> str:
    if (
        value != "-".join(part for part in value.split("-") if part)
        or not all(letter.isalnum() or letter == "-" for letter in value)
        or value != value.lower()
    ):
        message = f'"{value}" is not an id'
        hint = "lower case letters, digits and hyphens: s3-classes"
        raise PydanticCustomError("cram", "{message}", told((), message, hint))
    return value


Day = Annotated[date, BeforeValidator(_day)]
Id = Annotated[Text, AfterValidator(_slug)]


def told(path: Path, message: str, hint: str) -> dict[str, object]:
    return {"message": message, "complaints": [(path, message, hint)]}


def complain(complaints: Iterable[Complaint]) -> None:
    """Raise all complaints of one entry together; nothing when there are none."""
    if found := list(complaints):
        raise PydanticCustomError(
            "cram", "{message}", {"message": found[0][1], "complaints": found}
        )


class Written(BaseModel):
    """Something an author writes: frozen, and unknown keys are mistakes."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=False
    )


def first_key(value: object) -> str | None:
    """The kind of an entry: its first key; a bare string is "bare"."""
    if isinstance(value, str):
        return "bare"
    if isinstance(value, dict) and value:
        return str(next(iter(value)))
    return None
