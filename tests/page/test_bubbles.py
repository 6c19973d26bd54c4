"""Where the bubbles of an answer sheet stand."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cramsheet.pack.pack import Pack
from cramsheet.page.bubbles import LEAST, MOST, Grid, grid, solved
from cramsheet.plan.asking import Question, put
from tests.making import pack_of

WORDS = ("true", "false")
SHEETS = {"a4": (190.0, 276.0), "letter": (195.9, 258.4)}  # mm between the margins


def choice(n: int, options: int, rights: int = 1) -> str:
    told = "".join(
        f"\n    - {{{'right' if k < rights else 'wrong'}: o{k}, why: x}}" for k in range(options)
    )
    return f"- question: Ask {n}?\n  id: q{n}\n  options:{told}\n"


def asked(text: str) -> list[Question]:
    pack: Pack = pack_of(questions=text)
    return [put(item, n) for n, item in enumerate(pack.singles(), 1)]


def on(sheet: str, questions: list[Question], type: float = 3.03, floor: float = 2.29) -> Grid:
    return grid(questions, WORDS, *SHEETS[sheet], type, floor, 25.0)


BIG = asked("".join(choice(n, 8, 1 + (n % 5 == 0)) for n in range(200)))
PAIRS = ", ".join(f"l{k}: r{k}" for k in range(12))
KINDS = asked(
    choice(0, 4)
    + choice(1, 5, 2)
    + "- {claim: So., id: c, is: false, why: x}\n"
    + "- {fill: ___ and ___ and ___, id: f, blanks: [[a, b], c, d], why: x}\n"
    + f"- {{match: Pair., id: m, pairs: {{{PAIRS}}}, why: x}}\n"
    + "- {order: Sort., id: o, items: [one, two, three], why: x}\n"
)


@pytest.mark.parametrize("sheet", SHEETS)
def test_two_hundred_questions_of_eight_options_stand_on_one_page(sheet: str) -> None:
    made = on(sheet, BIG)
    assert len(made.pages) == 1
    assert made.bubble >= LEAST
    assert made.line > made.bubble
    assert made.type >= 2.29
    assert [len(column) for column in made.pages[0]] == [10, 10, 10, 10]


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("count", [1, 4, 5, 6, 20, 65, 137, 200, 450])
def test_every_question_stands_once_in_a_group_of_five(sheet: str, count: int) -> None:
    made = on(sheet, (BIG * 3)[:count])
    groups = [group for page in made.pages for column in page for group in column]
    assert sum(len(group) for group in groups) == count
    assert {len(group) for group in groups[:-1]} <= {5}
    width, height = SHEETS[sheet]
    for page in made.pages:
        assert made.left(len(page) - 1) + made.column <= width + 1e-6
        for column in page:
            lines = sum(row.lines for group in column for row in group)
            assert lines * made.line + (len(column) - 1) * made.between <= made.height + 1e-6
    assert made.height + made.head <= height


def test_few_questions_have_large_bubbles_and_much_room() -> None:
    made = on("a4", BIG[:20])
    assert made.bubble == MOST
    assert made.line > 1.3 * made.bubble


def test_large_print_has_larger_bubbles() -> None:
    made = on("a4", BIG[:20], type=4.2, floor=3.2)
    assert made.bubble > MOST
    assert on("a4", BIG, type=4.2, floor=3.2).type >= 3.2


def test_each_kind_of_question_has_its_places() -> None:
    rows = [row for column in on("a4", KINDS).pages[0] for group in column for row in group]
    assert [row.kind for row in rows] == ["one", "many", "one", "texts", "letters", "letters"]
    one, many, claim, fill, match, order = rows
    assert [it.value for it in one.slots] == list("ABCD")
    assert [it.value for it in many.slots] == list("ABCDE")
    assert [(it.label, it.value) for it in claim.slots] == [("true", "true"), ("false", "false")]
    assert [it.value for it in fill.slots] == ["1", "2", "3"]
    assert len(match.slots) == 12
    assert match.lines == 3
    assert [it.label for it in order.slots] == ["1", "2", "3"]


def test_a_single_blank_has_no_number() -> None:
    (row,) = on("a4", asked("- {fill: ___, id: f, blanks: [a], why: x}\n")).pages[0][0][0]
    assert [(it.label, it.value) for it in row.slots] == [("", "1")]


def test_what_the_strip_says() -> None:
    one, many, claim, fill, match, _ = (solved(it, WORDS, 99) for it in KINDS)
    assert one in "ABCD"
    assert many == "".join(sorted(many))
    assert len(many) == 2
    assert claim == "false"
    assert fill == "a · c · d"
    assert match.split()[0][0] == "1"
    assert solved(KINDS[3], WORDS, 2.5).endswith("…")


@given(st.lists(st.sampled_from(KINDS + BIG[:2]), min_size=1, max_size=120))
def test_columns_are_about_as_high(questions: list[Question]) -> None:
    """None is higher than the one before by more than a group."""
    made = on("a4", questions)
    (page, *_) = made.pages
    heights = [sum(row.lines for group in column for row in group) for column in page]
    tallest = max(sum(row.lines for row in group) for column in page for group in column)
    assert all(two <= one + tallest for one, two in pairwise(heights))
