"""The record of a paper: written, read back, and refused when it is damaged or foreign."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from cramsheet.plan.mock import Form
from cramsheet.plan.record import PaperRecord, paper_record
from cramsheet.problems import Mistakes
from tests.making import pack_from

PACK = pack_from(
    {
        "exam.yaml": """
code: DEMO-1
title: Demo
blueprint:
  pass: "750"
  scale: ["100", "1000"]
  domains: [{id: demo, title: Demo domain, weight: 100, tasks: {"1.1": One}}]
""",
        "1.yaml": "domain: demo\ntopics: [{topic: T, facts: [{fact: Known, id: known}]}]\n",
        "questions/1.yaml": """
domain: demo
questions:
  - question: Which two?
    id: two
    task: "1.1"
    teaches: [known]
    options:
      - {right: first, why: it is}
      - {wrong: second, why: it is not}
      - {right: third, why: it is}
  - {claim: It is so., id: claim, is: false, why: it is not}
  - {fill: "Take ___ or ___.", id: fill, blanks: [[five, "5"], six], why: so}
  - {match: Pair., id: match, pairs: {left: right, up: down}, extra: [over], why: so}
  - {order: Sort., id: order, items: [one, two, three], why: so}
""",
    }
)
FORM = Form("A", "7", tuple(PACK.singles()), frozenset({"claim"}))
DOMAINS = {item.id: "demo" for item in PACK.singles()}
RECORD = paper_record("demo", PACK.exam, "2026-11-21", [FORM], DOMAINS)
TEXT = RECORD.to_json()


def test_it_is_read_back_as_it_was_written() -> None:
    assert PaperRecord.from_json(TEXT) == RECORD
    assert RECORD.path == "demo/mock-7.json"
    assert RECORD.form_code("A") == f"demo/7/A/{RECORD.forms['A'].digest}"
    assert RECORD.passing == "750"


def test_each_kind_of_question_says_what_is_right() -> None:
    two, claim, fill, match, order = RECORD.forms["A"].questions
    assert (two.options, two.choose, len(two.answer)) == (3, 2, 2)
    assert list(two.answer) == sorted(two.answer)
    assert (two.task, two.teaches, two.scored) == ("1.1", ("known",), True)
    assert (claim.answer, claim.scored) == (("false",), False)
    assert (fill.answer, fill.accepted) == ((), (("five", "5"), ("six",)))
    assert [it[0] for it in match.answer] == ["1", "2"]
    assert (match.options, match.choose) == (3, 2)
    assert sorted(order.answer) == ["A", "B", "C"]


def changed(change: Callable[[dict[str, Any]], object]) -> str:
    known = json.loads(TEXT)
    change(known)
    return json.dumps(known)


def first(known: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = known["forms"]["A"]["questions"][0]
    return found


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (TEXT[:200], "cannot be read"),
        ("", "cannot be read"),
        ("[]", "this is no record of a paper"),
        ('{"size": 9}', "this is no record of a paper"),
        (changed(lambda it: it.update(version=2)), "is of version 2, this program reads 1"),
        (changed(lambda it: it.pop("seed")), 'damaged: "seed" is missing'),
        (changed(lambda it: it.update(forms=[])), "damaged"),
        (changed(lambda it: it.update(forms={})), "damaged: it has no form"),
        (changed(lambda it: first(it).update(kind="essay")), 'no kind of question "essay"'),
        (changed(lambda it: first(it).update(answer="A")), '"A" is no list'),
        (changed(lambda it: first(it).update(answer=["A"])), "form A was changed by hand"),
    ],
)
def test_what_is_no_record_is_refused(text: str, message: str) -> None:
    with pytest.raises(Mistakes, match=message) as caught:
        PaperRecord.from_json(text, "mock-7.json")
    assert str(caught.value).startswith("mock-7.json:1:1: error: ")
    assert caught.value.problems[0].hint


def test_another_shuffle_has_another_digest() -> None:
    other = Form("A", "8", FORM.items, FORM.unscored)
    again = paper_record("demo", PACK.exam, None, [other], DOMAINS)
    assert again.forms["A"].digest != RECORD.forms["A"].digest
