"""Nothing is lost on paper: each way to lose something ends the build with its name and place."""

from pathlib import Path

import pytest

from cramsheet.pipeline import build
from cramsheet.plan.plan import Order, make_plan
from cramsheet.press import proof
from cramsheet.problems import Mistakes
from tests.making import finished, pack_of, place
from tests.safety.losing import FACTS, PICTURES, QUESTIONS, Case, cases, naively_lost

CASES = cases()
PACK = pack_of(FACTS, QUESTIONS, pictures=PICTURES)
_EACH = 6  # so many cases, of which one is tried quickly


def params() -> list[object]:
    slow = pytest.mark.slow
    return [
        pytest.param(case, id=case.name, marks=() if index % _EACH == 0 else slow)
        for index, case in enumerate(CASES)
    ]


@pytest.mark.parametrize("kind", ["sheet", "notes", "booklet", "key", "ask", "blanks"])
def test_with_the_styles_and_templates_of_the_house_nothing_is_lost(kind: str) -> None:
    printed = finished(PACK, kind)
    plan = make_plan(PACK, Order(kind))
    assert printed.things == plan.count
    assert kind == "blanks" or naively_lost(printed.data, plan) == []


@pytest.mark.parametrize("case", params())
def test_what_is_lost_is_named_where_it_was_written(case: Case, tmp_path: Path) -> None:
    with pytest.raises(Mistakes) as caught:
        build([(PACK, Order(case.kind))], case.shop(tmp_path), lambda _: None)
    first = caught.value.problems[0]
    assert case.says in first.message
    assert place(first) == case.at
    assert first.hint


@pytest.mark.parametrize("case", params())
def test_who_only_extracts_the_text_misses_some(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: without our proof a document comes out, and its text is looked through."""
    monkeypatch.setattr(proof, "prove", lambda *_, **__: None)
    try:
        printed = finished(PACK, case.kind, shop=case.shop(tmp_path))
        lost = naively_lost(printed.data, make_plan(PACK, Order(case.kind)))
    except Mistakes:
        lost = ["the document"]
    assert ("finds" if lost else "misses") == case.naive


def test_most_styles_that_hide_are_missed_by_who_only_extracts_the_text() -> None:
    missed = [case for case in CASES if case.rules and case.naive == "misses"]
    assert len(missed) > 40
