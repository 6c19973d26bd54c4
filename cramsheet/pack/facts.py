"""The kinds of fact an author can write.

A new kind is one class here, one line of Fact, and one templates/facts/<kind>.html. Its first
field names it in YAML: the entry `- term: ...` is a Term.
"""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, Tag, ValidationInfo, model_validator

from cramsheet.caps import Caps, allow
from cramsheet.pack.allowing import Allowed
from cramsheet.pack.fields import (
    AnyScalar,
    Complaint,
    Day,
    Id,
    Lines,
    Picture,
    Text,
    Written,
    caps_of,
    complain,
    count,
)
from cramsheet.pack.figures import Box, Curves, Layer, Scale, Tree
from cramsheet.pack.shapes import BARE, BY_FIRST_KEY, kinds
from cramsheet.problems import shortened

UNVERIFIED = "unverified"  # a source that says: nobody has looked


Priority = Literal["must", "should", "could"]
Status = Literal["current", "renamed", "closed", "retired"]


class Common(Written):
    """What any fact may carry."""

    home: ClassVar[str] = "a file beside exam.yaml"
    kind: ClassVar[str]
    label: ClassVar[str] = ""  # the field that names the subject, where it is not the kind
    whole_subject: ClassVar[bool] = True  # the id holds the whole subject, not its first six words

    id: Id | None = None
    priority: Priority = "should"
    tags: tuple[Text, ...] = ()
    source: Text | None = None
    verified: Day | None = None
    formerly: Text | None = None
    status: Status = "current"
    corrects: Text | None = None  # what stood here and was wrong
    allow: Allowed = ()  # what `lint` would find here

    @model_validator(mode="after")
    def _looked_or_not(self) -> "Common":
        complain(_contrary(self.source, self.verified))
        return self

    @property
    def has_past(self) -> bool:
        """Whether a reader is told that it had another name, or that it has ended."""
        return self.formerly is not None or self.status != "current"

    @property
    def subject(self) -> str:
        return str(getattr(self, self.label or self.kind))


def _contrary(source: str | None, verified: date | None) -> Iterator[Complaint]:
    if source == UNVERIFIED and verified:
        message = f'"verified" contradicts "source: {UNVERIFIED}"'
        yield ("verified",), message, "name the source, or remove the date"


class Plain(Common):
    kind: ClassVar[str] = "fact"
    whole_subject: ClassVar[bool] = False

    fact: Text


class Term(Common):
    kind: ClassVar[str] = "term"

    term: Text
    means: Text


class List(Common):
    kind: ClassVar[str] = "list"
    label: ClassVar[str] = "title"

    title: Text = Field(alias="list")
    items: tuple[Text, ...] = Field(min_length=2)


class Steps(Common):
    kind: ClassVar[str] = "steps"

    steps: Text
    items: tuple[Text, ...] = Field(min_length=2)


class Compare(Common):
    kind: ClassVar[str] = "compare"

    compare: Text
    columns: tuple[Text, ...] = Field(min_length=1)
    rows: dict[Text, tuple[Text, ...]] = Field(min_length=1)

    @model_validator(mode="after")
    def _full_rows(self, info: ValidationInfo) -> "Compare":
        complain((*self._uneven(), *self._large(caps_of(info))))
        return self

    def _large(self, caps: Caps) -> Iterator[Complaint]:
        """More would be laid out for minutes, or run off the page."""
        wide, cells = len(self.columns), len(self.columns) * len(self.rows)
        if wide > caps.columns:
            message = f"the table has {wide} columns; {caps.columns} is the most"
            yield ("columns",), message, f"make several tables of it, {allow('columns', wide)}"
        if cells > caps.cells:
            message = f"the table has {cells:,} cells; {caps.cells:,} is the most"
            yield ("rows",), message, f"make several tables of it, {allow('cells', cells)}"

    def _uneven(self) -> Iterator[Complaint]:
        wanted = len(self.columns)
        for name, cells in self.rows.items():
            if len(cells) != wanted:
                have = f"{count(len(cells), 'cell')} for {count(wanted, 'column')}"
                many = len(cells) > wanted
                hint = "quote a cell that holds a comma" if many else "write a cell for each column"
                yield ("rows", name), f'row "{shortened(name)}" has {have}', hint


class Limit(Common):
    kind: ClassVar[str] = "limit"

    limit: Text
    value: Text
    unit: Text | None = None
    note: Text | None = None


class Formula(Common):
    kind: ClassVar[str] = "formula"

    formula: Text
    tex: Text
    say: Text
    where: Text | None = None
    when: Text | None = None


class Scenario(Common):
    kind: ClassVar[str] = "when"
    whole_subject: ClassVar[bool] = False

    when: Text
    choose: Text
    instead_of: Text | None = Field(None, alias="not")


class Trap(Common):
    kind: ClassVar[str] = "trap"
    whole_subject: ClassVar[bool] = False

    trap: Text
    truth: Text


class Mnemonic(Common):
    kind: ClassVar[str] = "mnemonic"

    mnemonic: Text
    helps: Text
    stands: tuple[Text, ...] = Field(min_length=2)


class Code(Common):
    kind: ClassVar[str] = "code"

    code: Text
    language: Text = "text"
    lines: Lines
    note: Text | None = None


class Figure(Common):
    """A drawing made from the data given, or a picture file of the folder figures/."""

    kind: ClassVar[str] = "figure"
    ways: ClassVar[tuple[str, ...]] = (
        "plot", "flow", "tree", "scale", "box", "layers", "matrix", "picture",
    )  # fmt: skip

    figure: Text
    alt: Text
    plot: Curves | None = None
    flow: dict[Text, str] | None = Field(None, min_length=2)
    tree: Tree | None = None
    scale: Scale | None = None
    box: dict[Text, Box] | None = Field(None, min_length=1)
    layers: dict[Text, Layer] | None = Field(None, min_length=2)
    matrix: dict[Literal["tp", "fn", "fp", "tn"], Annotated[int, Field(ge=0)]] | None = None
    picture: Picture | None = None

    @model_validator(mode="after")
    def _one_drawing(self) -> "Figure":
        complain(self._undrawable())
        return self

    def _undrawable(self) -> Iterator[Complaint]:
        ways = self.ways
        given = [way for way in ways if getattr(self, way) is not None]
        if len(given) > 1:
            message = f"a figure cannot be {' and '.join(given)} at once"
            yield (given[1],), message, f"keep one of {', '.join(given)}"
        if not given:
            yield (), "the figure has no drawing", f"add one of {', '.join(ways)}"
        if self.matrix is not None and len(self.matrix) < 4:
            lost = [key for key in ("tp", "fn", "fp", "tn") if key not in self.matrix]
            message = f"the matrix lacks {', '.join(lost)}"
            yield ("matrix",), message, "write it as {tp: 40, fn: 20, fp: 10, tn: 130}"


def _fact(text: str) -> dict[str, str]:
    word, colon, rest = text.partition(":")
    if colon and word in KINDS:
        message = f'"{word}:" without a space after it is part of the text'
        complain([((), message, f'write "{word}: {shortened(rest)}"')])
    return {Plain.kind: text}


_Bare = Annotated[Plain, BeforeValidator(_fact), AnyScalar]

Fact = Annotated[
    Annotated[_Bare, Tag(BARE)]
    | Annotated[Plain, Tag("fact")]
    | Annotated[Term, Tag("term")]
    | Annotated[List, Tag("list")]
    | Annotated[Steps, Tag("steps")]
    | Annotated[Compare, Tag("compare")]
    | Annotated[Limit, Tag("limit")]
    | Annotated[Formula, Tag("formula")]
    | Annotated[Scenario, Tag("when")]
    | Annotated[Trap, Tag("trap")]
    | Annotated[Mnemonic, Tag("mnemonic")]
    | Annotated[Figure, Tag("figure")]
    | Annotated[Code, Tag("code")],
    BY_FIRST_KEY,
]

KINDS = {name: model for name, model in kinds(Fact).items() if name != BARE}


class TopicFile(Written):
    topic: Text
    task: Text | None = None
    source: Text | None = None
    verified: Day | None = None
    facts: tuple[Fact, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _looked_or_not(self) -> "TopicFile":
        complain(self._contrary())
        return self

    def _contrary(self) -> Iterator[Complaint]:
        yield from _contrary(self.source, self.verified)
        for index, fact in enumerate(self.facts):
            for below, message, hint in _contrary(fact.source or self.source, fact.verified):
                yield ("facts", index, *below), message, hint


class FactsFile(Written):
    """content/<exam>/<name>.yaml"""

    domain: Id
    topics: tuple[TopicFile, ...] = Field(min_length=1)
