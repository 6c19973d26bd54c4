"""The kinds of question an author can write; templates/questions/<kind>.html prints each.

Letters are never written by authors: the program shuffles options and letters them.
"""

import re
from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, Tag, WithJsonSchema, model_validator

from cramsheet.caps import USUAL
from cramsheet.pack.allowing import Allowed
from cramsheet.pack.fields import Complaint, Id, Text, Written, complain, count
from cramsheet.pack.shapes import BY_FIRST_KEY, kinds
from cramsheet.problems import did_you_mean, shortened

BLANK = "___"
_NAMED = re.compile(r"\{([a-z0-9]+(?:-[a-z0-9]+)*)\}")
MOST = USUAL.options  # of pairs and items, too: each has a letter, and a question fits on a page


class Asked(Written):
    """What any question may carry."""

    home: ClassVar[str] = "a file of the folder questions"
    kind: ClassVar[str]

    id: Id | None = None
    task: Text | None = None
    teaches: tuple[Id, ...] = ()
    tags: tuple[Text, ...] = ()
    difficulty: Literal["easy", "medium", "hard"] | None = None
    corrects: Text | None = None  # what stood here and was wrong
    allow: Allowed = ()  # what `lint` would find here

    @property
    def subject(self) -> str:
        return str(getattr(self, self.kind))


class Answer(Written):
    """What any option may carry: `name` is what reasons call it by, `pin` keeps it last."""

    why: Text
    name: Id | None = None
    pin: Literal["last"] | None = None


class Right(Answer):
    right: Text

    @property
    def text(self) -> str:
        return self.right


class Wrong(Answer):
    wrong: Text

    @property
    def text(self) -> str:
        return self.wrong


Option = Annotated[Annotated[Right, Tag("right")] | Annotated[Wrong, Tag("wrong")], BY_FIRST_KEY]


class Choice(Asked):
    """One or several right options among several."""

    kind: ClassVar[str] = "question"

    question: Text
    options: tuple[Option, ...] = Field(min_length=2, max_length=MOST)

    @model_validator(mode="after")
    def _answerable(self) -> "Choice":
        complain(self._unanswerable())
        return self

    def _unanswerable(self) -> Iterator[Complaint]:
        right = sum(isinstance(option, Right) for option in self.options)
        if not right:
            hint = 'write "right:" for at least one'
            yield ("options",), "no option is right", hint
        if right == len(self.options):
            yield ("options",), "every option is right", 'write "wrong:" for at least one'
        seen: set[str] = set()
        for index, option in enumerate(self.options):
            if option.text in seen:
                yield (
                    ("options", index),
                    f'"{shortened(option.text)}" is offered twice',
                    "reword one",
                )
            seen.add(option.text)
        yield from self._misnamed()
        pinned = [index for index, option in enumerate(self.options) if option.pin]
        for index in pinned[1:]:
            yield ("options", index, "pin"), "only one option can stand last", "unpin one"

    def _misnamed(self) -> Iterator[Complaint]:
        """Options of one name, and names in reasons that no option has."""
        names = [option.name for option in self.options if option.name]
        for index, option in enumerate(self.options):
            if option.name and names.count(option.name) > 1:
                place = ("options", index, "name")
                yield place, f'two options are called "{option.name}"', "rename one"
            for name in names_in(option.why) if names else ():
                if name not in names:
                    message = f'no option is called "{name}"'
                    yield ("options", index, "why"), message, did_you_mean(name, names)


def names_in(why: str) -> list[str]:
    """The options that a reason speaks of, as {name}; not inside code or a formula."""
    return _NAMED.findall(re.sub(r"`[^`]*`|\$[^$]*\$", "", why))


class Claim(Asked):
    """True or false."""

    kind: ClassVar[str] = "claim"

    claim: Text
    truth: Annotated[
        Literal["true", "false"], WithJsonSchema({"enum": [True, False, "true", "false"]})
    ] = Field(alias="is")
    why: Text


def _any_of(value: object) -> object:
    return [value] if isinstance(value, str) else value


Accepted = Annotated[
    tuple[Text, ...],
    BeforeValidator(_any_of),
    Field(min_length=1),
    WithJsonSchema({"type": ["string", "number", "array"]}),
]


class FillIn(Asked):
    """Blanks in a sentence; each takes one of the texts accepted for it."""

    kind: ClassVar[str] = "fill"

    fill: Text
    blanks: tuple[Accepted, ...] = Field(min_length=1)
    why: Text

    @model_validator(mode="after")
    def _fillable(self) -> "FillIn":
        complain(self._unfillable())
        return self

    def _unfillable(self) -> Iterator[Complaint]:
        places, given = self.fill.count(BLANK), len(self.blanks)
        if longer := re.search("_{4,}", self.fill):
            message = f'"{shortened(longer[0])}" is longer than a blank'
            yield ("fill",), message, f'write a blank as "{BLANK}"'
        elif places != given:
            there = f"{count(places, 'blank')} in the text, {count(given, 'entry', 'entries')} in"
            hint = f'write "{BLANK}" once for each entry of "blanks"'
            yield ("blanks",), f'{there} "blanks"', hint


class Match(Asked):
    """Each left side has one right side; `extra` are right sides that belong to none."""

    kind: ClassVar[str] = "match"

    match: Text
    pairs: dict[Text, Text] = Field(min_length=2, max_length=MOST)
    extra: tuple[Text, ...] = Field((), max_length=MOST)
    why: Text

    @model_validator(mode="after")
    def _one_to_one(self) -> "Match":
        complain(self._doubled())
        return self

    def _doubled(self) -> Iterator[Complaint]:
        seen: set[str] = set()
        for left, right in self.pairs.items():
            if right in seen:
                message = f'"{shortened(right)}" is the match of two'
                yield ("pairs", left), message, "reword one, so that each has a match of its own"
            seen.add(right)
        for index, right in enumerate(self.extra):
            if right in seen:
                message = f'"{shortened(right)}" is the match of a pair'
                yield ("extra", index), message, "reword it, so that it fits none, or remove it"


class Order(Asked):
    """Steps in the right order; the program shuffles them."""

    kind: ClassVar[str] = "order"

    order: Text
    items: tuple[Text, ...] = Field(min_length=2, max_length=MOST)
    why: Text

    @model_validator(mode="after")
    def _all_unlike(self) -> "Order":
        complain(
            (("items", index), f'"{shortened(item)}" stands twice', "reword one")
            for index, item in enumerate(self.items)
            if item in self.items[:index]
        )
        return self


_Singles = (
    Annotated[Choice, Tag("question")]
    | Annotated[Claim, Tag("claim")]
    | Annotated[FillIn, Tag("fill")]
    | Annotated[Match, Tag("match")]
    | Annotated[Order, Tag("order")]
)
Single = Annotated[_Singles, BY_FIRST_KEY]


class Case(Asked):
    """A story that several questions share."""

    kind: ClassVar[str] = "case"

    case: Text
    story: Text
    questions: tuple[Single, ...] = Field(min_length=2)


Question = Annotated[_Singles | Annotated[Case, Tag("case")], BY_FIRST_KEY]

KINDS = kinds(Question)


class QuestionsFile(Written):
    """content/<exam>/questions/<name>.yaml"""

    domain: Id
    questions: tuple[Question, ...] = Field(min_length=1)
