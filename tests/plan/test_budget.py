"""What goes first when a sheet is full, and what never goes."""

from cramsheet.plan.budget import by_importance, without
from cramsheet.plan.plan import Order, make_plan
from tests.making import pack_from

EXAM = """\
code: X
title: X
blueprint: {domains: [{id: one, title: One, weight: 80}, {id: two, title: Two, weight: 20}]}
"""
ONE = """\
domain: one
topics:
  - topic: A
    facts:
      - {fact: a must, id: must, priority: must}
      - {fact: a should, id: should-taught}
      - {fact: a could, id: could-one, priority: could}
"""
TWO = """\
domain: two
topics:
  - topic: B
    facts:
      - {fact: a should, id: should-untaught}
      - {fact: a could, id: could-two, priority: could}
  - topic: C
    facts:
      - {fact: a could, id: could-taught, priority: could}
"""
QUESTIONS = """\
domain: one
questions:
  - {claim: it is so, is: true, why: it is, teaches: [should-taught, could-taught]}
"""
PACK = pack_from({"exam.yaml": EXAM, "1.yaml": ONE, "2.yaml": TWO, "questions/1.yaml": QUESTIONS})
PLAN = make_plan(PACK, Order("sheet"))
HEIGHTS = dict.fromkeys(PLAN.ids(), 10.0)


def test_could_goes_before_should_and_must_never() -> None:
    going = by_importance(PLAN, HEIGHTS)
    assert "fact-must" not in going
    assert [name.split("-")[1] for name in going] == ["could"] * 3 + ["should"] * 2


def test_what_no_question_teaches_goes_first() -> None:
    going = by_importance(PLAN, HEIGHTS)
    assert going[2] == "fact-could-taught"
    assert going[3:] == ["fact-should-untaught", "fact-should-taught"]


def test_domains_over_their_weight_give_first() -> None:
    """Domain two has half of the paper and a fifth of the exam."""
    assert by_importance(PLAN, HEIGHTS)[:2] == ["fact-could-two", "fact-could-one"]


def test_topics_and_domains_left_empty_go_too() -> None:
    less = without(PLAN, ["fact-could-taught"])
    assert [topic.title for section in less.sections for topic in section.topics] == ["A", "B"]
    less = without(PLAN, ["fact-could-taught", "fact-should-untaught", "fact-could-two"])
    assert [section.row.id for section in less.sections] == ["one"]
