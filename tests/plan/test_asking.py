"""The letters printed lead to the answers written, for every kind of question."""

import pytest

from cramsheet.pack import questions
from cramsheet.pack.pack import Pack
from cramsheet.plan.asking import Question, put
from cramsheet.plan.plan import Order, make_plan
from tests.making import pack_of


def asked(text: str) -> Question:
    (item,) = pack_of(questions=text).singles()
    return put(item, 7)


def choice(name: str, *rights: str) -> str:
    options = ["a", "b", "c", "d", "e"]
    lines = [f"- question: Which?\n  id: {name}\n  options:"]
    lines += [
        f"    - {'right' if option in rights else 'wrong'}: {option}\n      why: since {option}"
        for option in options
    ]
    return "\n".join(lines)


@pytest.mark.parametrize("rights", [["a"], ["e"], ["b", "d"]])
@pytest.mark.parametrize("name", ["one", "two", "three"])
def test_choice(name: str, rights: list[str]) -> None:
    question = asked(choice(name, *rights))
    by_letter = {option.letter: option for option in question.options}
    assert list(by_letter) == list("ABCDE")
    assert sorted(by_letter[letter].text for letter in question.answer) == rights
    assert list(question.answer) == sorted(question.answer)
    assert question.rights == len(rights)
    assert all(option.why == f"since {option.text}" for option in question.options)
    assert {option.text for option in question.options if option.right} == set(rights)


@pytest.mark.parametrize("truth", ["true", "false"])
def test_claim(truth: str) -> None:
    question = asked(f"- claim: X\n  is: {truth}\n  why: because")
    assert question.answer == (truth,)
    assert question.why == "because"


def test_fill_accepts_any_of_several() -> None:
    question = asked("- fill: ___ and ___\n  blanks: ['1', [1000, '1,000']]\n  why: x")
    assert question.answer == ("1", "1000 / 1,000")


@pytest.mark.parametrize("name", ["m1", "m2", "m3"])
def test_match(name: str) -> None:
    question = asked(
        f"- match: Which?\n  id: {name}\n  pairs: {{one: I, two: II, three: III}}\n"
        "  extra: [IV, V]\n  why: x"
    )
    assert question.lefts == ("one", "two", "three")
    text_of = {option.letter: option.text for option in question.options}
    assert sorted(text_of.values()) == ["I", "II", "III", "IV", "V"]
    found = {question.lefts[int(it[0]) - 1]: text_of[it[1]] for it in question.answer}
    assert found == {"one": "I", "two": "II", "three": "III"}


@pytest.mark.parametrize("name", [f"o{number}" for number in range(8)])
@pytest.mark.parametrize("items", [["x", "y"], ["x", "y", "z"]])
def test_order(name: str, items: list[str]) -> None:
    question = asked(f"- order: How?\n  id: {name}\n  items: [{', '.join(items)}]\n  why: x")
    text_of = {option.letter: option.text for option in question.options}
    assert [text_of[letter] for letter in question.answer] == items
    assert [option.text for option in question.options] != items


def test_every_kind_has_a_test_above() -> None:
    """A case is put part by part."""
    tested = {"question", "claim", "fill", "match", "order"}
    assert tested == set(questions.KINDS) - {"case"}


def test_options_depend_on_their_own_question_alone() -> None:
    alone = options(pack_of(questions=choice("one", "a")))
    among = options(pack_of(questions="\n".join(choice(name, "a") for name in ("zero", "one"))))
    assert among["one"] == alone["one"]
    assert among["zero"] != among["one"]


def options(pack: Pack) -> dict[str, list[str]]:
    (section,) = make_plan(pack, Order("booklet")).sections
    return {it.id: [option.text for option in it.options] for it in section.questions}


NAMED = """
- question: Which one?
  id: it
  options:
    - {right: One, why: "cheaper than {two}, but `{three}` is code", name: one}
    - {wrong: Two, why: "dearer than {one}", name: two}
    - {wrong: Three, why: no}
    - {wrong: None of them, why: "{one} is", pin: last}
"""


@pytest.mark.parametrize("seed", ["", "7", "8", "9", "10"])
def test_reasons_follow_the_shuffle_and_what_is_pinned_stays_last(seed: str) -> None:
    (item,) = pack_of(questions=NAMED).singles()
    asked = put(item, 1, seed)
    letter = {option.text: option.letter for option in asked.options}
    why = {option.text: option.why for option in asked.options}
    assert why["One"] == f"cheaper than {letter['Two']}, but `{{three}}` is code"
    assert why["Two"] == f"dearer than {letter['One']}"
    assert asked.options[-1].text == "None of them"
