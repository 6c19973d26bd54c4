"""What a group tells of its questions: how hard each proved, whether it tells good from weak, and
which wrong answer misled most."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, pstdev

from cramsheet.plan.record import Asked
from cramsheet.study.answers import written
from cramsheet.study.results import Marked, Results, Sitting

FEWEST = 10  # people; a correlation over fewer says nothing


@dataclass(frozen=True)
class Proved:
    """One question of one form after so many people. `right` is the mean of what was earned.

    `discrimination` is the point-biserial correlation between this question and the points for
    all other questions that count; None when too few people sat it or all of them did alike.
    """

    form: str
    question: Asked
    people: int
    right: float
    missing: int
    discrimination: float | None
    misled: str = ""  # the wrong answer given most often
    misled_by: int = 0


def proved(results: Results) -> tuple[Proved, ...]:
    """Each question of each form that somebody sat, as they stand on paper."""
    return tuple(
        one
        for letter in results.record.forms
        if (sat := [it for it in results.sittings if it.form == letter])
        for one in _of_form(letter, sat)
    )


def _of_form(letter: str, sittings: Sequence[Sitting]) -> Iterator[Proved]:
    scores = [sum(it.points for it in one.answers if it.question.scored) for one in sittings]
    for answers in zip(*(one.answers for one in sittings), strict=True):
        question = answers[0].question
        points = [answer.points for answer in answers]
        own = points if question.scored else [0.0] * len(points)
        rest = [score - mine for score, mine in zip(scores, own, strict=True)]
        misled, by = _misled(answers)
        yield Proved(
            letter,
            question,
            len(answers),
            fmean(points),
            sum(answer.missing for answer in answers),
            correlation(points, rest),
            misled,
            by,
        )


def _misled(answers: Sequence[Marked]) -> tuple[str, int]:
    """Of a choice the wrong option, of others the wrong answer, that most people gave; of several
    given as often the first."""
    question = answers[0].question
    wrong: Counter[str] = Counter()
    for answer in answers:
        if answer.missing or answer.points == 1:
            continue
        if question.kind == "question":
            wrong.update(set(answer.parts) - set(question.answer))
        else:
            wrong[written(answer.parts, question.kind)] += 1
    return min(wrong.items(), key=lambda it: (-it[1], it[0]), default=("", 0))


def correlation(xs: Sequence[float], ys: Sequence[float]) -> float | None:
    """Pearson's; with right and wrong alone on one side it is the point-biserial one."""
    if len(xs) < FEWEST or pstdev(xs) < 1e-9 or pstdev(ys) < 1e-9:
        return None
    mean_x, mean_y = fmean(xs), fmean(ys)
    both = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True))
    alone = sqrt(sum((x - mean_x) ** 2 for x in xs) * sum((y - mean_y) ** 2 for y in ys))
    return both / alone
