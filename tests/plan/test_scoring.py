"""What a score card says of a form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cramsheet.plan.mock import Form
from cramsheet.plan.plan import Order, make_plan
from cramsheet.plan.scoring import Card, card_of, runs
from tests.making import pack_from


def card(grading: str = "", unscored: frozenset[str] = frozenset()) -> Card:
    pack = pack_from(
        {
            "exam.yaml": f"""
code: DEMO-1
title: Demo
blueprint:
  {grading}
  domains:
    - {{id: one, title: One, weight: 60, tasks: {{"1.2": Later, "1.10": Last}}}}
    - {{id: two, title: Two, weight: 30}}
    - {{id: three, title: Three, weight: 10}}
""",
            "1.yaml": "domain: one\ntopics: [{topic: T, facts: ["
            + ", ".join(f"{{fact: F{n}, id: f{n}}}" for n in range(6))
            + "]}]\n",
            "questions/1.yaml": """
domain: one
questions:
  - {claim: A, id: a, is: true, why: x, task: "1.10", teaches: [f0, f1, f5]}
  - {claim: B, id: b, is: true, why: x, task: "1.2", teaches: [f2]}
  - {claim: C, id: c, is: true, why: x}
  - {claim: D, id: d, is: true, why: x, task: "1.2", teaches: [f2, f3]}
""",
            "questions/2.yaml": "domain: two\nquestions: [{claim: E, id: e, is: true, why: x}]\n",
        }
    )
    form = Form("A", "7", tuple(pack.singles()), unscored)
    pages = {"fact-f0": 4, "fact-f1": 5, "fact-f2": 9, "fact-f3": 9, "fact-f5": 6}
    return card_of(make_plan(pack, Order("score", form=form)), pages)


def test_questions_stand_with_their_domain_and_task() -> None:
    one, two = card(unscored=frozenset("be")).parts
    assert (one.row.id, one.number) == ("one", 1)
    assert (one.scored, one.unscored) == ((1, 3, 4), (2,))
    assert (two.scored, two.unscored) == ((), (5,))
    assert [(it.number, it.title, it.numbers, it.pages) for it in one.tasks] == [
        ("1.2", "Later", (2, 4), ("9",)),
        ("1.10", "Last", (1,), ("4-6",)),
        ("", "", (3,), ()),
    ]


@pytest.mark.parametrize(
    ("grading", "even"),
    [
        ('pass: "750"\n  scale: ["100", "1000"]', 72.2),
        ('pass: "750"', None),
        ('pass: "10 Fehlerpunkte"\n  scale: ["0", "10"]', None),
        ('pass: "750"\n  scale: ["A", "F"]', None),
        ('pass: "1200"\n  scale: ["100", "1000"]', None),
        ("", None),
    ],
)
def test_the_share_that_would_be_the_pass_mark(grading: str, even: float | None) -> None:
    found = card(grading).even
    assert found == (even and pytest.approx(even, abs=0.1))


@given(st.sets(st.integers(1, 60)))
def test_runs_hold_the_numbers_and_no_others(numbers: set[int]) -> None:
    found = set()
    for run in runs(sorted(numbers)):
        first, _, last = run.partition("-")
        found |= set(range(int(first), int(last or first) + 1))
    assert found == numbers
