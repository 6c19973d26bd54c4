"""A practice paper: drawn from what matches."""

import pytest

from cramsheet.plan.mock import Form
from cramsheet.plan.practice import Wanted, practice
from cramsheet.problems import Mistakes
from tests.making import pack_from

PACK = pack_from(
    {
        "exam.yaml": """
code: DEMO-1
title: Demo
blueprint:
  domains:
    - {id: one, title: One, weight: 60, tasks: {"1.1": A, "1.2": B}}
    - {id: two, title: Two, weight: 40}
""",
        "1.yaml": "domain: one\ntopics: [{topic: T, facts: [F]}]\n",
        "2.yaml": "domain: two\ntopics: [{topic: U, facts: [G]}]\n",
        "questions/1.yaml": """
domain: one
questions:
  - {claim: A, id: a, is: true, why: x, task: "1.1", tags: [sums], difficulty: hard}
  - {claim: B, id: b, is: true, why: x, task: "1.2", tags: [sums, words]}
  - {claim: C, id: c, is: true, why: x, difficulty: easy}
  - case: Case
    id: k
    story: Once.
    tags: [sums]
    difficulty: hard
    questions:
      - {claim: D, id: d, is: true, why: x}
      - {claim: E, id: e, is: true, why: x, difficulty: easy}
""",
        "questions/2.yaml": "domain: two\nquestions:\n"
        + "".join(f"  - {{claim: N{n}, id: n{n}, is: true, why: x}}\n" for n in range(30)),
    }
)


def ids(form: Form) -> set[str]:
    return {item.id for item in form.singles()}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(domains=("one",)), {"a", "b", "c", "d", "e"}),
        (Wanted(tasks=("1.1", "1.2")), {"a", "b"}),
        (Wanted(tags=("sums",)), {"a", "b", "d", "e"}),  # the tag of the case goes for its parts
        (Wanted(tags=("words",), tasks=("1.2",)), {"b"}),
        (Wanted(difficulty=("hard",)), {"a"}),  # of the case one part is easy
        (Wanted(difficulty=("hard", "easy")), {"a", "c", "d", "e"}),
    ],
)
def test_it_holds_what_matches(wanted: Wanted, found: set[str]) -> None:
    form = practice(PACK, "7", wanted)
    assert ids(form) == found
    assert form.practice
    assert (form.code, form.paper) == ("P-7", "practice-7")


def test_it_holds_twenty_or_as_many_as_asked_for() -> None:
    assert len(ids(practice(PACK, "7", Wanted()))) == 20
    assert len(ids(practice(PACK, "7", Wanted(), 33))) == 33
    assert len(ids(practice(PACK, "7", Wanted(domains=("one",)), 4))) == 4


def test_the_seed_decides() -> None:
    assert practice(PACK, "7", Wanted()) == practice(PACK, "7", Wanted())
    assert ids(practice(PACK, "7", Wanted())) != ids(practice(PACK, "8", Wanted()))


@pytest.mark.parametrize(
    ("wanted", "number", "message"),
    [
        (Wanted(domains=("tow",)), None, 'no domain "tow"'),
        (Wanted(tasks=("1.3",)), None, 'no task "1.3"'),
        (Wanted(tags=("sum",)), None, 'no tag "sum"'),
        (Wanted(difficulty=("Hard",)), None, 'no difficulty "Hard"'),
        (
            Wanted(domains=("two",), tags=("sums",)),
            None,
            "there is no question of domain two, tag sums",
        ),
        (Wanted(tasks=("1.1",)), 5, "there is only 1 question of task 1.1, not 5"),
        (Wanted(), 99, "there are only 35 questions in demo, not 99"),
    ],
)
def test_what_cannot_be_drawn_is_told(wanted: Wanted, number: int | None, message: str) -> None:
    with pytest.raises(Mistakes) as caught:
        practice(PACK, "7", wanted, number)
    (problem,) = caught.value.problems
    assert problem.message == message
    assert problem.hint
