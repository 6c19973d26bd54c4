"""The lines of the change sheet: what was beside what is, as a reader looks for it."""

from collections.abc import Sequence

import pytest

from cramsheet.edition.between import COME, GONE, Piece
from cramsheet.edition.changes import changes
from cramsheet.edition.rows import Row, in_language, joints, rows
from cramsheet.pack.content import Content, content_of
from cramsheet.page.words import Words
from tests.making import SHOP, pack_of

WORDS = Words.of("en", SHOP)
BEFORE = {
    "limit": "- {limit: Size, value: 5, unit: GB, id: x}",
    "term": "- {term: Pallet, means: a flat frame, id: x}",
    "when": "- {when: It rains, choose: a coat, not: a hat, id: x}",
    "trap": "- {trap: All swans are white, truth: some are black, id: x}",
    "compare": "- {compare: Doors, columns: [Wood, Steel], id: x,"
    " rows: {Weight: [light, heavy], Price: [low, high]}}",
    "list": "- {list: Tools, items: [saw, plane, file], id: x}",
    "formula": "- {formula: Area, tex: a b, say: a times b, id: x}",
    "status": "- {fact: It stands, id: x}",
}
AFTER = {
    "limit": ("value: 5", "value: 6", [("Size: [-5-] GB", "Size: {+6+} GB")]),
    "term": ("flat", "square", [("Pallet: a [-flat-] frame", "Pallet: a {+square+} frame")]),
    "when": (
        "a hat",
        "a cap",
        [
            ("It rains → a coat", "It rains → a coat"),
            ("not: a [-hat-]", "not: a {+cap+}"),
        ],
    ),
    "trap": (
        "some are",
        "many are",
        [
            ("✗ All swans are white", "✗ All swans are white"),
            ("✓ [-some-] are black", "✓ {+many+} are black"),
        ],
    ),
    "compare": (
        "heavy",
        "very heavy",
        [
            ("Doors", "Doors"),
            ("Weight: light | heavy", "Weight: light | {+very+} heavy"),
        ],
    ),
    "list": ("plane, ", "", [("Tools", "Tools"), ("[-plane-]", "")]),
    "formula": (
        "say: a times b",
        "say: a by b",
        [("Area: a [-times-] b", "Area: a {+by+} b")],
    ),
    "status": (
        "id: x",
        "id: x, status: closed",
        [("It stands",) * 2, ("", "{+closed to new customers+}")],
    ),
}


def content(facts: str) -> Content:
    return content_of(pack_of(f"{facts}\n- Another fact"))


def told(old: Content, new: Content) -> list[tuple[str, str]]:
    (change,) = changes(old, new).all
    found = rows(change, joints(": ", "→"), in_language(WORDS))
    return [_said(it) for it in found]


def _said(row: Row) -> tuple[str, str]:
    return _set_off(row.old), _set_off(row.new)


def _set_off(pieces: Sequence[Piece]) -> str:
    marks = {GONE: "[-{}-]", COME: "{{+{}+}}"}
    return "".join(marks.get(way, "{}").format(text) for way, text in pieces).replace("\u202f", " ")


@pytest.mark.parametrize("what", BEFORE)
def test_what_differs_is_set_off_beside_what_it_belongs_to(what: str) -> None:
    old, new, expected = AFTER[what]
    assert BEFORE[what].count(old) == 1
    after = BEFORE[what].replace(old, new)
    assert told(content(BEFORE[what]), content(after)) == expected


@pytest.mark.parametrize("what", BEFORE)
def test_what_came_or_went_stands_on_one_side(what: str) -> None:
    with_it, without = content(BEFORE[what]), content_of(pack_of("- Another fact"))
    went, came = told(with_it, without), told(without, with_it)
    assert {new for _, new in went} == {old for old, _ in came} == {""}
    assert [old for old, _ in went] == [new for _, new in came]
    assert "[-" not in str(went)
    assert "{+" not in str(came)


def test_an_option_stands_behind_its_tick() -> None:
    asked = "- {question: Which, id: q, options: [{right: A, why: a}, {wrong: B, why: b}]}"
    other = asked.replace("{right: A", "{wrong: A").replace("{wrong: B", "{right: B")
    old, new = (content_of(pack_of(questions=it)) for it in (asked, other))
    assert told(old, new) == [("Which", "Which"), ("✓ A", "{+✗+} A"), ("✗ B", "{+✓+} B")]


def test_no_space_is_set_off_with_the_words() -> None:
    old, new = content("- {fact: one two three, id: x}"), content("- {fact: one four three, id: x}")
    assert told(old, new) == [("one [-two-] three", "one {+four+} three")]
