"""What `cramsheet lint` looks for, by the names that authors write after `allow`."""

from typing import Annotated, Literal

from pydantic import Field

from cramsheet.pack.fields import Text, Written

RuleName = Literal[
    "long",
    "twin",
    "contradiction",
    "acronym",
    "source",
    "stale",
    "untaught",
    "uncovered",
    "few",
    "letters",
    "longest",
    "claims",
    "weight",
    "priority",
    "variant",
    "spelling",
    "above",
    "reason",
]
Allowed = tuple[RuleName, ...]

_Words = Annotated[int, Field(ge=1)]


class Lint(Written):
    """exam.yaml: how strictly the pack is read, and what its readers know."""

    sentence: _Words = 25  # the most words of a sentence
    cell: _Words = 8  # of a cell of a table
    definition: _Words = 18  # of what a term means
    days: Annotated[int, Field(ge=1)] = 400  # a source was looked at, counted from the edition
    known: tuple[Text, ...] = ()  # acronyms that nobody needs to be told
    words: tuple[Text, ...] = ()  # that are spelled right
    allow: Allowed = ()  # in the whole pack
