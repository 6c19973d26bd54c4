"""Which facts and questions, in which order, with which numbers, on which paper."""

from datetime import date

import pytest

from cramsheet.plan.papers import SIZES
from cramsheet.plan.plan import Order, make_plan
from cramsheet.problems import Mistakes
from tests.making import pack_from, pack_of

FILES = {
    "exam.yaml": """\
code: X
title: Three domains
paper: letter
papers: {booklet: a5}
blueprint:
  domains:
    - {id: first, title: First, weight: 20}
    - {id: second, title: Second, weight: 30}
    - {id: third, title: Third, weight: 50}
""",
    # written out of the order of the blueprint
    "1.yaml": """\
domain: third
topics:
  - topic: Same
    facts: [Third one]
  - topic: Other
    facts: [Third two]
""",
    "2.yaml": "domain: first\ntopics:\n  - {topic: Same, facts: [First one]}\n",
    "3.yaml": """\
domain: third
topics:
  - topic: Same
    facts: [{fact: Third three, verified: 2026-02-03}]
""",
    "questions/1.yaml": """\
domain: third
questions:
  - {claim: Third claim, is: true, why: x, teaches: [third-one]}
""",
    "questions/2.yaml": """\
domain: second
questions:
  - {claim: Second claim, is: true, why: x, teaches: [third-one, third-two]}
  - case: A case
    story: Once
    questions:
      - {claim: Inner one, is: true, why: x}
      - {claim: Inner two, is: false, why: x}
""",
}
PACK = pack_from(FILES)


def test_domains_stand_in_the_order_of_the_blueprint_with_its_numbers() -> None:
    facts = make_plan(PACK, Order("sheet")).sections
    assert [(it.number, it.row.id) for it in facts] == [(1, "first"), (3, "third")]
    asked = make_plan(PACK, Order("booklet")).sections
    assert [(it.number, it.row.id) for it in asked] == [(2, "second"), (3, "third")]


def test_topics_of_one_title_are_one_within_their_domain() -> None:
    first, third = make_plan(PACK, Order("sheet")).sections
    assert [topic.title for topic in third.topics] == ["Same", "Other"]
    assert [it.id for it in third.topics[0].entries] == ["third-one", "third-three"]
    assert [it.id for it in first.topics[0].entries] == ["first-one"]


def test_questions_are_numbered_through_all_domains_and_cases() -> None:
    plan = make_plan(PACK, Order("key"))
    numbered = [(it.number, it.id) for part in plan.sections for it in part.questions]
    assert numbered == [
        (1, "second-claim"), (2, "inner-one"), (3, "inner-two"), (4, "third-claim"),
    ]  # fmt: skip
    second = plan.sections[0]
    assert [group.case is not None for group in second.groups] == [False, True]


def test_a_plan_names_all_that_has_to_stand_on_paper_and_where_it_was_written() -> None:
    facts, asked = make_plan(PACK, Order("notes")), make_plan(PACK, Order("key"))
    names = ["fact-first-one", "fact-third-one", "fact-third-three", "fact-third-two"]
    assert list(facts.ids()) == names
    assert facts.count == 4
    assert asked.count == 4
    assert set(asked.ids()) <= set(asked.marks())
    assert str(facts.marks()["fact-third-three"]) == "3.yaml:4:13"


def test_facts_know_how_many_questions_teach_them() -> None:
    plan = make_plan(PACK, Order("notes"))
    assert plan.asked["third-one"] == 2
    assert plan.asked["third-two"] == 1
    assert plan.asked["first-one"] == 0


@pytest.mark.parametrize(
    ("kind", "order", "name", "size"),
    [
        ("sheet", "", "demo-sheet-letter", (279.4, 215.9)),
        ("booklet", "", "demo-booklet-a5", (148.0, 210.0)),
        ("booklet", "a4", "demo-booklet-a4", (210.0, 297.0)),
        ("key", "", "demo-key-letter", (215.9, 279.4)),
        ("sheet", "a4-portrait", "demo-sheet-a4-portrait", (210.0, 297.0)),
    ],
)
def test_the_paper_is_the_one_ordered_then_that_of_the_kind_then_that_of_the_exam(
    kind: str, order: str, name: str, size: tuple[float, float]
) -> None:
    plan = make_plan(PACK, Order(kind, order))
    assert plan.name == name
    assert (plan.area.paper.width, plan.area.paper.height) == size


@pytest.mark.parametrize(
    ("exam", "ordered", "expected"),
    [
        ("", None, date(2026, 2, 3)),  # the newest fact
        ("edition: 2026-01-01\n", None, date(2026, 1, 1)),
        ("edition: 2026-01-01\n", date(2025, 5, 5), date(2025, 5, 5)),
    ],
)
def test_the_edition_is_the_one_ordered_then_that_of_the_exam_then_that_of_the_content(
    exam: str, ordered: date | None, expected: date
) -> None:
    pack = pack_from(FILES | {"exam.yaml": FILES["exam.yaml"] + exam})
    assert make_plan(pack, Order("sheet", edition=ordered)).edition == expected


def test_a_pack_without_any_day_has_no_edition() -> None:
    assert make_plan(pack_of(), Order("sheet")).edition is None


@pytest.mark.parametrize(
    ("order", "message", "hint"),
    [
        (Order("sheets"), 'no kind of document "sheets"', 'did you mean "sheet"?'),
        (
            Order("poster"),
            'no kind of document "poster"',
            "write one of sheet, notes, booklet, key, blanks, ask",
        ),
        (
            Order("sheet", "a9"),
            'no paper "a9"',
            f"write one of {', '.join(SIZES)}, or a size such as 120x180mm",
        ),
    ],
)
def test_a_wrong_order_is_named(order: Order, message: str, hint: str) -> None:
    with pytest.raises(Mistakes) as caught:
        make_plan(PACK, order)
    (problem,) = caught.value.problems
    assert (problem.message, problem.hint) == (message, hint)
