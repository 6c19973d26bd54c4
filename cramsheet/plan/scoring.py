"""What a score card says: which questions of a form count for which domain and task, and where the
notes tell what they ask for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from cramsheet.pack.exam import Blueprint, DomainRow
from cramsheet.plan.asking import Question
from cramsheet.plan.plan import Plan


@dataclass(frozen=True)
class TaskRow:
    """`pages` are those of the notes, as "7", "9-12"; the number of the task is "" where the
    questions name none."""

    number: str
    title: str
    questions: tuple[Question, ...]
    pages: tuple[str, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        return tuple(question.number for question in self.questions)


@dataclass(frozen=True)
class DomainPart:
    number: int
    row: DomainRow
    tasks: tuple[TaskRow, ...]
    scored: tuple[int, ...]  # the numbers of the questions that count
    unscored: tuple[int, ...]


@dataclass(frozen=True)
class Card:
    """`even` is the share of right answers, in per cent, that the pass mark would be if marks were
    shared out evenly over the scale; None where nobody can say."""

    parts: tuple[DomainPart, ...]
    even: float | None

    @property
    def scored(self) -> int:
        return sum(len(part.scored) for part in self.parts)


def card_of(plan: Plan, pages: Mapping[str, int]) -> Card:
    """`pages` are those of the facts in the notes, by element id."""
    return Card(tuple(_parts(plan, pages)), _even(plan.exam.blueprint))


def _parts(plan: Plan, pages: Mapping[str, int]) -> Iterator[DomainPart]:
    asked = [question for section in plan.sections for question in section.questions]
    unscored = plan.form.unscored if plan.form else frozenset[str]()
    for number, row in enumerate(plan.exam.blueprint.domains, 1):
        own = [it for it in asked if plan.domains[it.id] == number]
        if own:
            yield DomainPart(
                number,
                row,
                tuple(_tasks(row, own, pages)),
                tuple(it.number for it in own if it.id not in unscored),
                tuple(it.number for it in own if it.id in unscored),
            )


def _tasks(
    row: DomainRow, asked: Sequence[Question], pages: Mapping[str, int]
) -> Iterator[TaskRow]:
    order = list(map(str, row.tasks))

    def place(question: Question) -> int:
        return order.index(question.asked.task) if question.asked.task else len(order)

    for _, found in groupby(sorted(asked, key=place), key=place):
        group = tuple(found)
        task = group[0].asked.task or ""
        names = {f"fact-{name}" for it in group for name in it.teaches}
        at = sorted({pages[name] for name in names if name in pages})
        yield TaskRow(task, row.tasks.get(task, "") if task else "", group, tuple(runs(at)))


def runs(numbers: Sequence[int]) -> Iterator[str]:
    """Numbers in order, those that follow each other as one: 3, 5-7."""
    for _, found in groupby(enumerate(numbers), key=lambda it: it[1] - it[0]):
        run = [number for _, number in found]
        yield f"{run[0]}" if len(run) == 1 else f"{run[0]}-{run[-1]}"


def _even(blueprint: Blueprint) -> float | None:
    try:
        low, high = (float(mark) for mark in blueprint.scale or ())
        wanted = float(blueprint.passing or "")
    except ValueError:
        return None
    return 100 * (wanted - low) / (high - low) if low <= wanted <= high > low else None
