"""exam.yaml: what is examined, and how."""

import re
from collections.abc import Iterator
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from cramsheet.pack.allowing import Lint
from cramsheet.pack.fields import Complaint, Day, Id, Text, Written, complain
from cramsheet.pack.link import Link
from cramsheet.pack.sizes import OWN, SIZES, TURNS, ordered
from cramsheet.problems import Mistakes, shortened

Count = Annotated[int, Field(ge=0)]

KindName = Literal["sheet", "notes", "booklet", "key"]
_Few = Annotated[int, Field(ge=1, le=100)]
PerKind = Annotated[
    dict[KindName, _Few],
    BeforeValidator(lambda value: {"sheet": value} if isinstance(value, str) else value),
    WithJsonSchema(
        {
            "anyOf": [
                (few := {"type": "integer", "minimum": 1, "maximum": 100}),
                {
                    "type": "object",
                    "properties": dict.fromkeys(get_args(KindName), few),
                    "additionalProperties": False,
                },
            ]
        }
    ),
]

MOST_BOUND = 40.0  # mm
RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")

_LANGUAGE_TAG = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"


def _language(value: str) -> str:
    if not re.fullmatch(_LANGUAGE_TAG, value):
        message = f'"{shortened(value)}" is not a language tag'
        complain([((), message, "write en, de, pt-BR or the like")])
    return value


Language = Annotated[
    Text, AfterValidator(_language), WithJsonSchema({"type": "string", "pattern": _LANGUAGE_TAG})
]


def _paper(value: str) -> str:
    try:
        ordered(value)
    except Mistakes as error:
        complain([((), it.message, it.hint) for it in error.problems])
    return value


_PAPER = rf"^(({'|'.join(SIZES)})(-({'|'.join(TURNS)}))?|[0-9.]+x[0-9.]+(mm|cm|in))$"
PaperName = Annotated[
    Text,
    AfterValidator(_paper),
    WithJsonSchema({"type": "string", "pattern": _PAPER, "examples": [*SIZES, OWN]}),
]


class DomainRow(Written):
    id: Id
    title: Text
    weight: Annotated[
        float, Field(gt=0, le=100, allow_inf_nan=False)
    ]  # per cent of the scored questions
    tasks: dict[Text, Text] = Field({})  # number in the exam guide: what it asks for


class Blueprint(Written):
    """The examiner's plan. Only the domains are needed; not every exam publishes the rest."""

    questions: Annotated[int, Field(ge=1)] | None = None
    scored: Count | None = None
    unscored: Count | None = None
    minutes: Annotated[int, Field(ge=1)] | None = None
    passing: Text | None = Field(None, alias="pass")
    scale: tuple[Text, ...] | None = Field(None, min_length=2, max_length=2)  # least, most marks
    domains: tuple[DomainRow, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _adds_up(self) -> "Blueprint":
        complain(self._sums())
        return self

    def _sums(self) -> Iterator[Complaint]:
        total = sum(domain.weight for domain in self.domains)
        if abs(total - 100) > 0.05:
            hint = "check each weight"
            if abs(total - 1) < 0.01:
                hint = "write weights in per cent: 20, not 0.2"
            yield ("domains",), f"the weights sum to {total:g}, not to 100", hint
        if self.questions and self.scored is not None and self.unscored is not None:
            parts = self.scored + self.unscored
            if parts != self.questions:
                message = f'"scored" and "unscored" make {parts}, "questions" is {self.questions}'
                yield ("questions",), message, "check the three numbers"
        ids = [domain.id for domain in self.domains]
        for index, name in enumerate(ids):
            if name in ids[:index]:
                yield ("domains", index, "id"), f'domain "{name}" is given twice', "rename one"


class Marking(Written):
    """What an answer earns that is right in part: `multiple` for options of which several are
    right, `parts` for blanks, pairs and steps.

    all: the point is for everything right and nothing else. share: each right one earns its
    share; as many can be chosen as are right. minus: the same, and a wrong option costs a share.
    """

    multiple: Literal["all", "share", "minus"] = "all"
    parts: Literal["all", "share"] = "all"


class Exam(Written):
    """content/<exam>/exam.yaml"""

    code: Text
    title: Text
    provider: Text | None = None
    language: Language = "en"
    status: Literal["announced", "live", "retired"] = "live"
    last_day: Day | None = Field(None, alias="last-day")  # on which the exam could be taken
    successor: tuple[Text, ...] = ()
    edition: Day | None = None  # of the content; otherwise its newest "verified"
    paper: PaperName = "a4"
    papers: dict[KindName, PaperName] = Field({})
    # mm that the inner margin of notes, booklets and keys has more than the outer one
    binding: Annotated[float, Field(ge=0, le=MOST_BOUND, allow_inf_nan=False)] | None = None
    pages: PerKind = Field({})  # exactly so many; a number alone is the sheet's
    columns: PerKind = Field({})  # the same
    link: Link | None = None  # of a group; a QR code at the foot of each page
    blueprint: Blueprint
    marking: Marking = Marking()
    lint: Lint = Lint()

    @property
    def right_to_left(self) -> bool:
        """Whether its language is written from right to left."""
        language, *more = self.language.split("-")
        return language in RIGHT_TO_LEFT and "Latn" not in more
