"""Nothing is lost on paper: each way to lose something ends the build with its name and place."""

import re
from pathlib import Path

import pytest

from cramsheet.pipeline import build
from cramsheet.plan.plan import Order, make_plan
from cramsheet.press import proof
from cramsheet.problems import Mistakes
from tests.making import SHOP, finished, own_shop, pack_of, place
from tests.safety.losing import FACTS, PICTURES, QUESTIONS, Case, cases, naively_lost

CASES = cases()
PACK = pack_of(FACTS, QUESTIONS, pictures=PICTURES)
_EACH = 6  # so many cases, of which one is tried quickly


def params(cases: list[Case]) -> list[object]:
    slow = pytest.mark.slow
    return [
        pytest.param(case, id=case.name, marks=() if index % _EACH == 0 else slow)
        for index, case in enumerate(cases)
    ]


@pytest.mark.parametrize("kind", ["sheet", "notes", "booklet", "key", "ask", "blanks"])
def test_with_the_styles_and_templates_of_the_house_nothing_is_lost(kind: str) -> None:
    printed = finished(PACK, kind)
    plan = make_plan(PACK, Order(kind))
    assert printed.things == plan.count
    assert kind == "blanks" or naively_lost(printed.data, plan) == []


@pytest.mark.parametrize("case", params(CASES))
def test_what_is_lost_is_named_where_it_was_written(case: Case, tmp_path: Path) -> None:
    with pytest.raises(Mistakes) as caught:
        build([(PACK, Order(case.kind))], case.shop(tmp_path), lambda _: None)
    found = [it for it in caught.value.problems if case.says in it.message]
    assert found, caught.value.problems
    assert place(found[0]) == case.at
    assert found[0].hint


@pytest.mark.slow
@pytest.mark.parametrize("case", params(CASES))
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


_OF_PAPER = ("boxes or lines", "touch others", "the title lacks", "the contents lack")
ON_SCREEN = [
    case for case in CASES if case.template and not any(it in case.says for it in _OF_PAPER)
]


@pytest.mark.slow
@pytest.mark.parametrize("case", params(ON_SCREEN))
def test_what_a_template_forgets_is_missed_on_screens_too(case: Case, tmp_path: Path) -> None:
    with pytest.raises(Mistakes) as caught:
        build([(PACK, Order(case.kind, format="html"))], case.shop(tmp_path), lambda _: None)
    assert caught.value.problems[0].hint


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sheet", "notes", "booklet", "key", "ask", "blanks"])
def test_the_house_loses_nothing_on_screens(kind: str) -> None:
    (it,) = build([(PACK, Order(kind, format="html"))], SHOP, lambda _: None)
    assert it.data


@pytest.mark.slow
@pytest.mark.parametrize(
    ("feet", "template", "old"),
    [
        (False, "backs.html", "{{ text }}"),
        (False, "backs.html", '<span class="answer-n">{{ number }}</span>'),
        (True, "foot.html", "{{ text }}"),
        (True, "foot.html", "{% for number, text in answers %}"),
    ],
)
def test_answers_to_gaps_are_not_forgotten(
    feet: bool, template: str, old: str, tmp_path: Path
) -> None:
    text = (SHOP.templates()[0] / template).read_text("utf-8")
    new = "{% for number, text in answers[1:] %}" if "for" in old else ""
    assert text.count(old) >= 1
    shop = own_shop(tmp_path, {f"templates/{template}": text.replace(old, new)})
    with pytest.raises(Mistakes, match='the answers to page 1 lack "'):
        build([(PACK, Order("blanks", feet=feet))], shop, lambda _: None)


def test_a_sheet_of_what_was_missed_is_proved_like_any_other(tmp_path: Path) -> None:
    case = next(it for it in CASES if it.template == "facts/term.html")
    order = Order("weak", facts=("firehose", "shard"))
    build([(PACK, order)], SHOP, lambda _: None)
    with pytest.raises(Mistakes, match=re.escape(case.says)):
        build([(PACK, order)], case.shop(tmp_path), lambda _: None)
