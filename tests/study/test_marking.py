"""Marks: what an answer earns, by every way in which answers come in."""

import json
from collections.abc import Mapping

import pytest

from cramsheet.pack.exam import Marking
from cramsheet.pack.source import Source
from cramsheet.pipeline import build
from cramsheet.plan.mock import forms
from cramsheet.plan.plan import Order
from cramsheet.plan.record import Asked
from cramsheet.problems import Mark
from cramsheet.shelf import load_all
from cramsheet.study.answers import Given, possible, read
from cramsheet.study.filled import given, read_filled
from cramsheet.study.letters import from_letters
from cramsheet.study.lists import from_table, from_yaml
from cramsheet.study.results import (
    Results,
    domain_of,
    mark_all,
    results_of,
    tallies,
    task_of,
    total,
)
from cramsheet.study.rules import earned
from tests.making import ROOT, SHOP
from tests.study.sittings import RECORD, filled, form_of, recorded, right, wrong

ASKED = {question.kind: question for question in form_of().questions if question.id != "q-one"}
HERE = Mark("here")


def answers(letter: str, missed: tuple[str, ...] = ()) -> dict[int, str]:
    """Everything right but the questions named."""
    return {q.n: (wrong if q.id in missed else right)(q) for q in form_of(letter).questions}


def given_by(name: str, letter: str, texts: Mapping[int, str]) -> Given:
    return Given(name, letter, {n: (text, HERE) for n, text in texts.items()}, HERE)


def marked(*given: Given, marking: Marking | None = None) -> Results:
    return mark_all(given, RECORD, marking or Marking())


@pytest.mark.parametrize("letter", ["A", "B"])
def test_a_sheet_filled_in_on_a_screen_is_marked_right_in_every_question(letter: str) -> None:
    data = filled(RECORD, letter, "Ada", answers(letter))
    sheet = read_filled("ada.pdf", data)
    (sitting,) = marked(given(sheet, RECORD, sheet.name)).sittings
    assert sitting.name == "Ada"
    assert [answer.points for answer in sitting.answers] == [1.0] * 6


@pytest.mark.parametrize("missed", [q.id for q in form_of().questions])
def test_a_sheet_with_one_wrong_answer_earns_less_there_alone(missed: str) -> None:
    data = filled(RECORD, "A", "Ada", answers("A", (missed,)))
    (sitting,) = marked(given(read_filled("ada.pdf", data), RECORD, "Ada")).sittings
    assert {it.question.id for it in sitting.answers if it.points < 1} == {missed}


@pytest.mark.slow
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_whole_exam_is_printed_filled_in_and_marked_right(paper: str) -> None:
    (pack,) = load_all(ROOT / "content", ["mls-c01"], ROOT)
    (form,) = forms(pack, "7", "A")
    (printed,) = build([(pack, Order("answers", paper, form=form))], SHOP, lambda _: None)
    record = recorded(pack, form)
    asked = record.forms["A"].questions
    assert len(asked) == 65
    assert {question.kind for question in asked} == {"question", "claim", "fill", "match", "order"}
    for missed in (set(), {q.id for q in asked[::2]}, {q.id for q in asked}):
        texts = {q.n: (wrong if q.id in missed else right)(q) for q in asked}
        sheet = read_filled("ada.pdf", filled(record, "A", "Ada", texts, printed.data))
        (sitting,) = mark_all([given(sheet, record, "Ada")], record, Marking()).sittings
        assert {it.question.id for it in sitting.answers if it.points < 1} == missed
        assert not any(it.missing or it.impossible for it in sitting.answers)


def test_a_table_a_list_and_letters_are_marked_as_the_sheet_is() -> None:
    texts = answers("A", ("q-two", "q-match"))
    row = ";".join(f'"{text}"' for text in texts.values())
    table = f"Name;Form;1;2;3;4;5;6\nAda;a;{row}\n"
    lines = "".join(f"      {n}: {json.dumps(text)}\n" for n, text in texts.items())
    listed = f"people:\n  - name: Ada\n    form: A\n    answers:\n{lines}"
    typed = " ".join(f'"{text}"' for text in texts.values())
    sheet = given(read_filled("s", filled(RECORD, "A", "Ada", texts)), RECORD, "Ada")
    ways = [
        *from_table(Source("t.csv", table.encode()), RECORD),
        *from_yaml(Source("l.yaml", listed.encode()), RECORD),
        from_letters(typed, "A", "Ada", RECORD, HERE),
        sheet,
    ]
    assert len(ways) == 4
    found = [marked(way).sittings[0].answers for way in ways]
    assert [it.points for it in found[0]] == [1, 0, 1, 1, 0, 1]
    assert all(it == found[0] for it in found)


def test_columns_may_be_called_by_the_ids_of_questions_and_stand_anywhere() -> None:
    table = b"q-claim\tform\tname\tq-one\nF\tB\tAda\tB\n"
    (sitting,) = marked(*from_table(Source("t.csv", table), RECORD)).sittings
    assert [it.question.id for it in sitting.answers if it.parts] == ["q-claim", "q-one"]


def test_a_list_in_yaml_gives_letters_or_texts() -> None:
    text = "people:\n- {name: Ada, form: A, answers: {2: [E, D], 4: ['5', '1.5 gb']}}\n"
    (sitting,) = marked(*from_yaml(Source("l.yaml", text.encode()), RECORD)).sittings
    assert [it.question.n for it in sitting.answers if it.points == 1] == [2, 4]


def test_the_words_of_the_language_are_understood_for_true_and_false() -> None:
    one = given_by("Ada", "A", {3: "Falsch"})
    (sitting,) = mark_all([one], RECORD, Marking(), truths={"falsch": "false"}).sittings
    assert sitting.answers[2].points == 1


@pytest.mark.parametrize(
    ("kind", "text", "multiple", "parts", "points"),
    [
        ("question", "DE", "all", "all", 1),
        ("question", "e, d", "all", "all", 1),
        ("question", "DA", "all", "all", 0),
        ("question", "D", "all", "all", 0),
        ("question", "D", "share", "all", 0.5),
        ("question", "DA", "share", "all", 0.5),
        ("question", "AB", "share", "all", 0),
        ("question", "DA", "minus", "all", 0),
        ("question", "D", "minus", "all", 0.5),
        ("question", "AB", "minus", "all", 0),
        ("question", "ADE", "share", "all", 0),  # one more than can be right
        ("claim", "F", "all", "all", 1),
        ("claim", "true", "all", "all", 0),
        ("fill", "five|1,5 GB", "all", "all", 1),
        ("fill", " FIVE | 1.5  gb", "all", "all", 1),
        ("fill", "5|1,5GB", "all", "all", 1),
        ("fill", "5|2", "all", "all", 0),
        ("fill", "5|2", "all", "share", 0.5),
        ("fill", "5", "all", "share", 0.5),
        ("match", "1B 2C 3A", "all", "all", 1),
        ("match", "3a,1b,2c", "all", "all", 1),
        ("match", "BCA", "all", "all", 1),
        ("match", "B-A", "all", "share", 0.6667),
        ("match", "BCD", "all", "all", 0),
        ("order", "B C A", "all", "all", 1),
        ("order", "BAC", "all", "share", 0.3333),
        ("order", "-CA", "all", "share", 0.6667),
        ("order", "BAC", "all", "all", 0),
    ],
)
def test_what_an_answer_earns(
    kind: str, text: str, multiple: str, parts: str, points: float
) -> None:
    marking = Marking.model_validate({"multiple": multiple, "parts": parts})
    assert earned(ASKED[kind], read(text, ASKED[kind]), marking) == points


@pytest.mark.parametrize(
    ("accepted", "given", "same"),
    [
        ("S3 Glacier", "s3  glacier", True),
        ("1,000", "1000", False),
        ("1 000", "1000", True),
        ("0.5", "0,5", True),
        ("10 %", "10%", True),
        ("read-only", "read‑only", True),  # with a hyphen that does not break
        ("naïve", "naive", False),
        ("Ridge", "ridge.", True),
        ("a b", "ab", False),
    ],
)
def test_texts_are_the_same_but_for_capitals_spaces_and_the_decimal_comma(
    accepted: str, given: str, same: bool
) -> None:
    asked = Asked(1, "q", "fill", 0, 1, (), "one", accepted=((accepted,),))
    assert earned(asked, read(given, asked), Marking()) == float(same)


def test_what_can_be_answered_is_told_in_signs() -> None:
    told = {question.id: possible(question) for question in form_of().questions}
    assert told == {
        "q-one": "A-D", "q-two": "2 × A-E", "q-claim": "", "q-fill": "",
        "q-match": "1A-3D", "q-order": "3 × A-C",
    }  # fmt: skip


def test_points_are_summed_by_domain_and_task_of_what_counts() -> None:
    texts = answers("B", ("q-two", "q-claim"))
    texts[next(q.n for q in form_of("B").questions if q.id == "q-order")] = ""
    (sitting,) = marked(given_by("Ada", "B", texts)).sittings
    assert (total(sitting).points, total(sitting).of) == (3, 5)  # the claim is tried out alone
    assert (total(sitting, scored=False).points, total(sitting, scored=False).of) == (0, 1)
    domains = {name: (it.points, it.of) for name, it in tallies(sitting, domain_of).items()}
    assert domains == {"one": (1, 2), "two": (2, 3)}
    tasks = {name: (it.points, it.of) for name, it in tallies(sitting, task_of).items()}
    assert tasks == {"1.1": (1, 1), "1.2": (0, 1)}
    assert [it.question.id for it in sitting.answers if it.missing] == ["q-order"]


def test_an_impossible_answer_of_a_filled_sheet_earns_nothing_and_is_named() -> None:
    texts = answers("A") | {2: "ADE", 6: "BBZ"}
    sheet = given(read_filled("s", filled(RECORD, "A", "Ada", texts)), RECORD, "Ada")
    (sitting,) = mark_all([sheet], RECORD, Marking(multiple="minus")).sittings
    assert {it.question.id for it in sitting.answers if it.impossible} == {"q-two", "q-order"}
    assert [it.points for it in sitting.answers] == [1, 0, 1, 1, 1, 0]


def test_results_are_read_back_as_they_were_written() -> None:
    results = marked(
        given_by("Ada", "A", answers("A", ("q-two",))), given_by("Ada", "B", {}),
        marking=Marking(multiple="share"),
    )  # fmt: skip
    assert results_of(results.to_json(), "r.json") == results
    told = json.loads(results.to_json())["sittings"][0]
    assert told["total"] == {"points": 5, "of": 6}
    assert told["domains"]["one"] == {"points": 2, "of": 3}


def test_a_name_in_a_sheet_steers_no_terminal() -> None:
    data = filled(RECORD, "A", "Ada\x1b[31m\n  L.", answers("A"))
    assert read_filled("s", data).name == "Ada[31m L."
