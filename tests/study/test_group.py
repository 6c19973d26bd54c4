"""What a group tells of its questions."""

from statistics import correlation as pearson

import pytest

from cramsheet.study.group import FEWEST, correlation, proved
from cramsheet.study.results import Results
from cramsheet.study.tables import people_table, questions_table
from tests.study.sittings import form_of
from tests.study.test_marking import answers, given_by, marked

# So many questions of form A, from the first, are right.
STRENGTHS = (0, 0, 1, 1, 2, 2, 3, 3, 4, 5, 6, 6)


@pytest.fixture(scope="module")
def group() -> Results:
    ids = [question.id for question in form_of().questions]
    return marked(
        *(
            given_by(f"P{n}", "A", answers("A", tuple(ids[strength:])))
            for n, strength in enumerate(STRENGTHS)
        ),
        given_by("Other", "B", answers("B", ("q-one",))),
    )


def test_how_hard_each_question_proved(group: Results) -> None:
    rights = [it.right for it in proved(group) if it.form == "A"]
    assert rights == [
        pytest.approx(sum(strength > place for strength in STRENGTHS) / len(STRENGTHS))
        for place in range(6)
    ]
    assert {it.people for it in proved(group) if it.form == "B"} == {1}


def test_discrimination_is_the_correlation_with_all_other_questions(group: Results) -> None:
    for place, it in enumerate(it for it in proved(group) if it.form == "A"):
        own = [float(strength > place) for strength in STRENGTHS]
        rest = [strength - mine for strength, mine in zip(STRENGTHS, own, strict=True)]
        assert it.discrimination == pytest.approx(pearson(own, rest))


def test_of_few_people_or_of_people_who_did_alike_nothing_is_told(group: Results) -> None:
    assert [it.discrimination for it in proved(group) if it.form == "B"] == [None] * 6
    assert correlation([1.0] * 20, [float(n) for n in range(20)]) is None
    few = [float(n) for n in range(FEWEST)]
    assert correlation(few, few) == pytest.approx(1)
    assert correlation(few[1:], few[1:]) is None


def test_which_option_misled_most() -> None:
    given = ["A", "A", "C", "B", "D", "D", "D", ""]
    results = marked(*(given_by(f"P{n}", "A", {1: text}) for n, text in enumerate(given)))
    first = proved(results)[0]
    assert (first.misled, first.misled_by, first.missing) == ("D", 3, 1)
    assert proved(results)[1].misled == ""


def test_an_option_misleads_beside_a_right_one() -> None:
    texts = ("AD", "BD", "BD", "CD")
    results = marked(*(given_by(text + str(n), "A", {2: text}) for n, text in enumerate(texts)))
    assert (proved(results)[1].misled, proved(results)[1].misled_by) == ("B", 2)


def test_tables_hold_a_row_for_each_person_and_each_question(group: Results) -> None:
    people = people_table(group).decode("utf-8-sig").splitlines()
    assert people[0].startswith("name,form,points,of,share,one points,one of,two points,two of,1.1")
    assert len(people) == 1 + len(STRENGTHS) + 1
    assert people[9].startswith("P8,A,4,6,0.6667,3,3,1,3,")
    questions = questions_table(group).decode("utf-8-sig").splitlines()
    assert len(questions) == 1 + 12
    assert questions[1].startswith("A,1,q-one,one,1.1,yes,12,0.833,0,0.")


def test_no_spreadsheet_reckons_with_a_name() -> None:
    results = marked(given_by("=1+1", "A", {}))
    assert "\n'=1+1,A," in people_table(results).decode("utf-8-sig").replace("\r", "")
