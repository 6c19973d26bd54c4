"""The sittings of one person over time: a small JSON for each exam, which never leaves the machine.

It holds no answers, only what each question earned and what it teaches.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from cramsheet.problems import Mark, mistake
from cramsheet.study.results import Results

VERSION = 1
MOST = 200  # sittings; the oldest go
_FORGET = "delete it: cramsheet weak --forget"


@dataclass(frozen=True)
class Outcome:
    id: str
    domain: str
    teaches: tuple[str, ...]
    points: float


@dataclass(frozen=True)
class Seen:
    """One person's sitting of one form, as far as it tells what to read again. `day` is empty
    where nobody noted it."""

    name: str
    seed: str
    form: str
    outcomes: tuple[Outcome, ...]
    day: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        return self.day, self.name, self.seed, self.form


def seen(results: Results, day: str = "") -> tuple[Seen, ...]:
    return tuple(
        Seen(
            sitting.name,
            results.record.seed,
            sitting.form,
            tuple(
                Outcome(it.question.id, it.question.domain, it.question.teaches, it.points)
                for it in sitting.answers
            ),
            day,
        )
        for sitting in results.sittings
    )


def with_new(known: Sequence[Seen], new: Sequence[Seen]) -> tuple[Seen, ...]:
    """What is marked again on one day counts once."""
    keys = {one.key for one in new}
    return (*(one for one in known if one.key not in keys), *new)[-MOST:]


def history_text(exam: str, sittings: Sequence[Seen]) -> str:
    told = {
        "history": "cramsheet",
        "version": VERSION,
        "exam": exam,
        "sittings": [asdict(one) for one in sittings],
    }
    return json.dumps(told, ensure_ascii=False) + "\n"


def history_of(text: str, path: str) -> tuple[Seen, ...]:
    """Raises Mistakes for what is no history of ours; an empty text is an empty one."""
    if not text:
        return ()
    try:
        told: Any = json.loads(text)
        if told["history"] != "cramsheet" or told["version"] != VERSION:
            raise ValueError(text)
        return tuple(_seen(one) for one in told["sittings"])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise mistake("the history of sittings cannot be read", Mark(path), _FORGET) from error


def _seen(told: Any) -> Seen:
    outcomes = tuple(
        Outcome(
            str(it["id"]), str(it["domain"]), tuple(map(str, it["teaches"])), float(it["points"])
        )
        for it in told["outcomes"]
    )
    name, seed, form, day = (str(told[key]) for key in ("name", "seed", "form", "day"))
    return Seen(name, seed, form, outcomes, day)
