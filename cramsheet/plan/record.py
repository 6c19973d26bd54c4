"""What was on a paper: which question stood where in each form, and what was right.

It is written beside the PDFs and read when answers are marked, so that marks stay right when the
pack is another one by then.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any, TypeVar

from cramsheet.pack.questions import Choice, FillIn, Match, Order
from cramsheet.plan.asking import LETTERS, Question, put
from cramsheet.plan.mock import Form
from cramsheet.plan.plan import Plan
from cramsheet.problems import Mark, mistake, shortened

VERSION = 1
KINDS = ("question", "claim", "fill", "match", "order")
_N = TypeVar("_N", int, float)
_AGAIN = "print the paper again, with the same seed"


@dataclass(frozen=True)
class DomainRow:
    id: str
    title: str
    weight: float


@dataclass(frozen=True)
class Asked:
    """A question as it was printed. `choose` is how many answers it takes: right options, blanks,
    left sides or steps. `answer` holds letters in their order for "question", "true" or "false",
    "1C" for each left side of a match, the letters of the steps from first to last of an order;
    nothing for blanks, whose texts are `accepted`, a group for each."""

    n: int
    id: str
    kind: str
    options: int
    choose: int
    answer: tuple[str, ...]
    domain: str
    task: str | None = None
    scored: bool = True
    teaches: tuple[str, ...] = ()
    accepted: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class FormRecord:
    questions: tuple[Asked, ...]

    @cached_property
    def digest(self) -> str:
        """Tells this form from every other: 8 hex digits."""
        plain = json.dumps([asdict(it) for it in self.questions], sort_keys=True)
        return sha256(plain.encode()).hexdigest()[:8]


@dataclass(frozen=True)
class PaperRecord:
    """`seed` names the paper: "7", or "practice-7"; `scale` is the least and the most marks."""

    exam: str
    code: str
    title: str
    seed: str
    edition: str | None
    domains: tuple[DomainRow, ...]
    forms: Mapping[str, FormRecord]  # by letter
    passing: str | None = None
    scale: tuple[str, str] | None = None

    @property
    def path(self) -> str:
        """Below the output folder."""
        return path_of(self.exam, self.seed)

    def form_code(self, letter: str) -> str:
        """As the answer sheet carries it: of which form, and of which state of its questions."""
        return f"{self.exam}/{self.seed}/{letter}/{self.forms[letter].digest}"

    def to_json(self) -> str:
        known = asdict(self)
        known["pass"] = known.pop("passing")
        for letter, form in self.forms.items():
            known["forms"][letter]["digest"] = form.digest
        text = json.dumps(
            {"version": VERSION, **known}, indent=1, sort_keys=True, ensure_ascii=False
        )
        return f"{text}\n"

    @classmethod
    def from_json(cls, text: str, path: str = "") -> "PaperRecord":
        """Raises Mistakes for a damaged file, one that is none of ours, and a newer one."""
        mark = Mark(path) if path else None
        try:
            known = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise mistake("the record of the paper cannot be read", mark, _AGAIN) from error
        _ours(known, mark)
        try:
            record = _read(known)
        except (LookupError, TypeError, ValueError, AttributeError, OverflowError) as error:
            message = f"the record of the paper is damaged: {_said(error)}"
            raise mistake(message, mark, _AGAIN) from error
        for letter, form in record.forms.items():
            if known["forms"][letter].get("digest") != form.digest:
                raise mistake(f"the record of form {letter} was changed by hand", mark, _AGAIN)
        return record


def path_of(exam: str, seed: str) -> str:
    return f"{exam}/mock-{seed}.json"


def record_of(plans: Sequence[Plan]) -> PaperRecord:
    """Of the forms that these plans are of, all of one pack and one seed."""
    plan, domains = plans[0], plans[0].exam.blueprint.domains
    forms = [plan.form for plan in plans if plan.form]
    blueprint = plan.exam.blueprint
    scale = (blueprint.scale[0], blueprint.scale[1]) if blueprint.scale else None
    home = {name: domains[number - 1].id for name, number in plan.domains.items()}
    return PaperRecord(
        plan.pack,
        plan.exam.code,
        plan.exam.title,
        forms[0].paper,
        plan.edition.isoformat() if plan.edition else None,
        tuple(DomainRow(it.id, it.title, it.weight) for it in domains),
        {form.letter: _form_record(form, home) for form in forms},
        blueprint.passing,
        scale,
    )


def code_of(plan: Plan) -> str:
    """Of the one form that a plan is of."""
    record = record_of([plan])
    return record.form_code(*record.forms)


def _form_record(form: Form, domains: Mapping[str, str]) -> FormRecord:
    questions = (put(item, n, form.shuffle) for n, item in enumerate(form.singles(), 1))
    return FormRecord(
        tuple(_asked(it, domains[it.id], it.id not in form.unscored) for it in questions)
    )


def _asked(question: Question, domain: str, scored: bool) -> Asked:
    asked = question.asked
    answer, options = question.answer, len(question.options)
    accepted: tuple[tuple[str, ...], ...] = ()
    match asked:
        case Choice():
            answer, choose = tuple(sorted(answer)), question.rights
        case FillIn():
            answer, choose, accepted = (), len(asked.blanks), asked.blanks
        case Match() | Order():
            choose = len(answer)
        case _:
            options, choose = 2, 1
    return Asked(
        question.number, question.id, question.kind, options, choose, answer, domain,
        asked.task, scored, asked.teaches, accepted,
    )  # fmt: skip


def _ours(known: Any, mark: Mark | None) -> None:
    if not isinstance(known, dict) or "version" not in known or "forms" not in known:
        hint = "name the mock-<seed>.json that lies beside the question paper"
        raise mistake("this is no record of a paper", mark, hint)
    if known["version"] != VERSION:
        version = shortened(str(known["version"]))
        message = f"the record is of version {version}, this program reads {VERSION}"
        raise mistake(message, mark, "use the newest cramsheet, or print the paper again")


def _read(known: Mapping[str, Any]) -> PaperRecord:
    scale = known["scale"]
    if not known["forms"]:
        raise ValueError("it has no form")
    return PaperRecord(
        _text(known["exam"]),
        _text(known["code"]),
        _text(known["title"]),
        _text(known["seed"]),
        known["edition"] and _text(known["edition"]),
        tuple(
            DomainRow(_text(it["id"]), _text(it["title"]), _number(float, it["weight"]))
            for it in known["domains"]
        ),
        {_text(letter): _form(form) for letter, form in known["forms"].items()},
        known["pass"] and _text(known["pass"]),
        scale and (_text(scale[0]), _text(scale[1])),
    )


def _form(known: Mapping[str, Any]) -> FormRecord:
    if not known["questions"]:
        raise ValueError("a form has no question")
    return FormRecord(tuple(_asked_of(it) for it in known["questions"]))


def _asked_of(it: Mapping[str, Any]) -> Asked:
    if it["kind"] not in KINDS:
        raise ValueError(f'no kind of question "{shortened(str(it["kind"]))}"')
    return Asked(
        _number(int, it["n"]),
        _text(it["id"]),
        it["kind"],
        _number(int, it["options"], len(LETTERS)),
        _number(int, it["choose"]),
        _texts(it["answer"]),
        _text(it["domain"]),
        it["task"] and _text(it["task"]),
        bool(it["scored"]),
        _texts(it["teaches"]),
        tuple(_texts(group) for group in it["accepted"]),
    )


def _number(sort: type[_N], value: Any, most: int = 10_000) -> _N:
    """A file may come from anywhere: no "not a number", and none that nobody could count to."""
    number = sort(value)
    if not 0 <= number <= most:
        raise ValueError(f'"{shortened(str(value))}" cannot be')
    return number


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f'"{shortened(str(value))}" is no text')
    return value


def _texts(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list):
        raise TypeError(f'"{shortened(str(values))}" is no list')
    return tuple(map(_text, values))


def _said(error: Exception) -> str:
    said = f'"{error.args[0]}" is missing' if isinstance(error, KeyError) else str(error)
    return shortened(said)
