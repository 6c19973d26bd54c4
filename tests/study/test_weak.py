"""What to read again: exactly the facts behind the questions that were missed."""

from random import Random

import pytest

from cramsheet.pack.pack import Pack
from cramsheet.plan.mock import Leaning, forms
from cramsheet.plan.plan import Order, make_plan
from cramsheet.press.engine import Engine
from cramsheet.shelf import load_all
from cramsheet.study.history import MOST, Seen, history_of, history_text, seen, with_new
from cramsheet.study.results import mark_all
from cramsheet.study.weak import behind, leaning
from tests.making import ROOT, SHOP, made_of
from tests.study.sittings import PACK, form_of, recorded, right, wrong
from tests.study.test_marking import answers, given_by, marked


@pytest.fixture(scope="module")
def exam() -> Pack:
    return load_all(ROOT / "content", ["mls-c01"], ROOT)[0]


def sat(*missed: str, letter: str = "A") -> tuple[Seen, ...]:
    return seen(marked(given_by("Ada", letter, answers(letter, missed))))


def on_sheet(pack: Pack, facts: tuple[str, ...]) -> list[str]:
    plan = make_plan(pack, Order("weak", facts=facts))
    return [name.removeprefix("fact-") for name in plan.ids()]


def test_facts_behind_missed_questions_most_missed_first() -> None:
    found = behind((*sat("q-one"), *sat("q-two"), *sat("q-fill")), PACK)
    assert found.facts == ("bucket", "which-store", "disk", "five")
    assert found.untaught == ()
    twice = behind((*sat("q-one"), *sat("q-fill"), *sat("q-fill")), PACK)
    assert twice.facts == ("five", "bucket", "which-store")


def test_a_fact_that_is_a_row_of_a_comparison_brings_the_table() -> None:
    assert behind(sat("q-order"), PACK).facts == ("days",)
    assert behind(sat("q-one"), PACK).facts == ("bucket", "which-store")


def test_missed_questions_that_teach_nothing_are_named() -> None:
    found = behind(sat("q-claim", "q-match"), PACK)
    assert (found.facts, found.untaught) == ((), ("q-claim", "q-match"))


def test_all_right_is_nothing_to_read() -> None:
    assert behind(sat(), PACK).facts == ()


def test_the_sheet_keeps_the_order_of_domains_and_what_was_missed_most_first() -> None:
    facts = ("five", "net", "disk", "which-store", "bucket")
    assert on_sheet(PACK, facts) == ["net", "disk", "which-store", "bucket", "five"]


@pytest.mark.parametrize("number", range(8))
def test_a_simulated_student_gets_exactly_the_facts_behind_missed_questions(
    exam: Pack, number: int
) -> None:
    chance = Random(number)
    (form,) = forms(exam, str(number), "A")
    record = recorded(exam, form)
    asked = record.forms["A"].questions
    missed = {question.id for question in asked if chance.random() < 0.3}
    texts = {q.n: wrong(q) if q.id in missed else right(q) for q in asked}
    results = mark_all([given_by("Ada", "A", texts)], record, exam.exam.marking)
    (sitting,) = results.sittings
    assert {it.question.id for it in sitting.answers if it.points < 1} == missed
    taught = {name for q in asked if q.id in missed for name in q.teaches}
    found = behind(seen(results), exam).facts
    names = {entry.id: entry.fact for entry in exam.entries()}
    assert taught <= set(found)
    neighbours = set(found) - taught
    assert all(names[name].kind == "compare" for name in neighbours)
    subjects = {names[name].subject.casefold() for name in taught}
    for name in neighbours:
        table = names[name].model_dump()
        assert subjects & {head.casefold() for head in (*table["rows"], *table["columns"])}
    assert sorted(on_sheet(exam, found)) == sorted(found)


def test_the_sheet_on_paper_holds_them_and_no_other(engine: Engine) -> None:
    facts = behind(sat("q-one", "q-order"), PACK).facts
    made = made_of(engine, PACK, Order("weak", facts=facts), SHOP)
    printed = {name for name in made.pages.places if name.startswith("fact-")}
    assert printed == {"fact-bucket", "fact-which-store", "fact-days"}
    assert made.plan.name == "demo-weak-a4"


def test_the_next_mock_leans_on_the_domain_that_was_missed() -> None:
    even = leaning(sat(), PACK).weights
    assert even == {"one": pytest.approx(60), "two": pytest.approx(40)}
    found = leaning(sat("q-fill", "q-match", "q-order"), PACK)  # all of the second domain
    assert found.facts == {"five", "days"}
    assert found.weights["two"] == pytest.approx(100 * 40 * 3 / (60 + 40 * 3))
    assert sum(found.weights.values()) == pytest.approx(100)
    assert leaning((), PACK) == Leaning(even)


def test_history_is_read_back_and_a_day_counts_once() -> None:
    first = seen(marked(given_by("Ada", "A", answers("A", ("q-one",)))), "2026-11-26")
    again = seen(marked(given_by("Ada", "A", answers("A"))), "2026-11-26")
    later = seen(marked(given_by("Ada", "A", answers("A"))), "2026-11-27")
    known = history_of(history_text("demo", with_new((), first)), "h")
    assert known == first
    assert with_new(known, again) == again
    assert with_new(known, later) == (*first, *later)
    assert len(with_new(tuple(first) * (MOST + 5), later)) == MOST


def test_history_holds_no_answers() -> None:
    text = history_text("demo", sat("q-fill"))
    assert "1,5 GB" not in text
    assert [question.id in text for question in form_of().questions] == [True] * 6
