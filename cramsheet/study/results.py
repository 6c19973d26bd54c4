"""What people earned, question by question; as JSON it holds all that is needed later."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from cramsheet.pack.exam import Marking
from cramsheet.plan.record import Asked, PaperRecord
from cramsheet.problems import Mark, Mistakes, Problem, mistake
from cramsheet.study.answers import TRUTHS, Given, read
from cramsheet.study.rules import earned

VERSION = 1
_AGAIN = "mark the answers again: `cramsheet mock` keeps its record beside the papers"


@dataclass(frozen=True)
class Marked:
    """One answer: its parts, what it earned from 0 to 1, and whether it could be an answer."""

    question: Asked
    parts: tuple[str, ...]
    points: float
    impossible: bool = False

    @property
    def missing(self) -> bool:
        return not any(self.parts)


@dataclass(frozen=True)
class Sitting:
    name: str
    form: str
    answers: tuple[Marked, ...]  # to every question of the form, in order


@dataclass(frozen=True)
class Tally:
    points: float
    of: int

    @classmethod
    def of_answers(cls, answers: Sequence[Marked]) -> "Tally":
        return cls(round(sum(answer.points for answer in answers), 4), len(answers))

    @property
    def share(self) -> float:
        return self.points / self.of if self.of else 0.0


@dataclass(frozen=True)
class Results:
    record: PaperRecord
    marking: Marking
    sittings: tuple[Sitting, ...]

    def to_json(self) -> str:
        """Sums are for other programs; they are not read back."""
        told = {
            "results": "cramsheet",
            "version": VERSION,
            "marking": self.marking.model_dump(),
            "paper": json.loads(self.record.to_json()),
            "sittings": [_told(sitting) for sitting in self.sittings],
        }
        return json.dumps(told, indent=1, ensure_ascii=False) + "\n"


def mark_all(
    given: Iterable[Given],
    record: PaperRecord,
    marking: Marking,
    as_given: bool = False,
    truths: Mapping[str, str] = TRUTHS,
) -> Results:
    """Everybody's answers marked, in the order given. Raises Mistakes for people who are named
    twice, and for typed answers that cannot be, unless they count `as_given`; those that `given`
    raises are among them, in the order of the files."""
    problems: list[Problem] = []
    sound = list(_sound(given, problems))
    problems += _twice(sound)
    sittings = []
    for one in sound:
        answers = []
        for question in record.forms[one.form].questions:
            text, mark = one.answers.get(question.n, ("", one.mark))
            answer = read(text, question, truths)
            if answer.wrong and one.typed and not as_given:
                problems.append(answer.problem(question.n, mark))
            points = earned(question, answer, marking)
            answers.append(Marked(question, answer.parts, points, bool(answer.wrong)))
        sittings.append(Sitting(one.name, one.form, tuple(answers)))
    if problems:
        raise Mistakes(problems)
    return Results(record, marking, tuple(sittings))


def _sound(given: Iterable[Given], problems: list[Problem]) -> Iterator[Given]:
    try:
        yield from given
    except Mistakes as error:
        problems += error.problems


def _twice(given: Sequence[Given]) -> Iterator[Problem]:
    first: dict[tuple[str, str], Mark] = {}
    for one in given:
        key = (one.name.casefold(), one.form)
        if key in first:
            what = f'"{one.name}" has answered form {one.form} twice'
            yield Problem(what, one.mark, f"the first is at {first[key]}: remove one, or rename")
        first.setdefault(key, one.mark)


def tallies(sitting: Sitting, key: Callable[[Asked], str | None]) -> dict[str, Tally]:
    """Of the questions that count, by domain or the like; those without are left out."""
    by_key: dict[str, list[Marked]] = {}
    for answer in sitting.answers:
        if answer.question.scored and (name := key(answer.question)):
            by_key.setdefault(name, []).append(answer)
    return {name: Tally.of_answers(answers) for name, answers in sorted(by_key.items())}


def total(sitting: Sitting, scored: bool = True) -> Tally:
    """Of the questions that count, or of those that do not."""
    return Tally.of_answers([it for it in sitting.answers if it.question.scored == scored])


def domain_of(question: Asked) -> str:
    return question.domain


def task_of(question: Asked) -> str | None:
    return question.task


def _told(sitting: Sitting) -> dict[str, object]:
    return {
        "name": sitting.name,
        "form": sitting.form,
        "total": asdict(total(sitting)),
        "domains": {k: asdict(it) for k, it in tallies(sitting, domain_of).items()},
        "tasks": {k: asdict(it) for k, it in tallies(sitting, task_of).items()},
        "answers": [
            {
                "n": answer.question.n,
                "id": answer.question.id,
                "given": list(answer.parts),
                "points": answer.points,
                **({"impossible": True} if answer.impossible else {}),
            }
            for answer in sitting.answers
        ],
    }


def results_of(text: str, path: str) -> Results:
    """Read back what `to_json` wrote; raises Mistakes."""
    mark = Mark(path)
    try:
        told: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise mistake("the file is no JSON, or a damaged one", mark, _AGAIN) from error
    if not isinstance(told, dict) or told.get("results") != "cramsheet":
        hint = "name the file <exam>-results-<seed>.json that `cramsheet mark` wrote"
        raise mistake("the file holds no results of cramsheet", mark, hint)
    if told.get("version") != VERSION:
        hint = "use that version, or mark the answers again"
        raise mistake("another version of cramsheet wrote the results", mark, hint)
    try:
        record = PaperRecord.from_json(json.dumps(told["paper"]), path)
        sittings = tuple(_sitting(it, record) for it in told["sittings"])
        return Results(record, Marking(**told["marking"]), sittings)
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise mistake("the results are damaged", mark, _AGAIN) from error


def _sitting(told: Any, record: PaperRecord) -> Sitting:
    by_number = {question.n: question for question in record.forms[told["form"]].questions}
    answers = tuple(
        Marked(
            by_number[it["n"]],
            tuple(map(str, it["given"])),
            min(1.0, max(0.0, float(it["points"]))),
            bool(it.get("impossible")),
        )
        for it in told["answers"]
    )
    return Sitting(str(told["name"]), str(told["form"]), answers)
