"""The lines of a report."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cramsheet.plan.record import Asked
from cramsheet.problems import shortened
from cramsheet.study.answers import written

LONG = 22  # letters of an answer


@dataclass(frozen=True)
class Share:
    """A line with a bar: its name, what was earned of how much, in how many per cent."""

    name: str
    points: str
    of: str
    percent: int
    number: int = 0  # of the domain


@dataclass(frozen=True)
class Missed:
    n: int
    given: str
    right: str
    facts: str  # that it teaches, by their short names


def shown(parts: Sequence[str], question: Asked) -> str:
    return shortened(written([part or "-" for part in parts], question.kind), LONG)


def right(question: Asked, truth: Callable[[str], str]) -> str:
    accepted = [texts[0] for texts in question.accepted]
    shown = shortened(written(question.answer or accepted, question.kind), LONG)
    return truth(shown)


def ranges(numbers: Sequence[int]) -> list[str]:
    """1, 2, 3, 7 as 1-3 and 7."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
