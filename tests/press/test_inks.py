"""Looks and inks on paper: contrast, ink, and the same pages in every ink."""

import re
from dataclasses import replace
from itertools import combinations, groupby, product
from pathlib import Path

import pytest

from cramsheet.page.looks import look_of
from cramsheet.page.shop import Shop
from cramsheet.pipeline import build
from cramsheet.plan.kinds import KINDS
from cramsheet.plan.plan import Order
from cramsheet.printed import Printed
from cramsheet.problems import Mistakes
from tests.making import SHOP, own_shop, pack_of
from tests.page.test_palette import INKS, LOOKS
from tests.paper import Run, read
from tests.press.test_plain import pack
from tests.vera import broken_rules

ASKED = "- claim: X\n  id: it\n  is: true\n  why: x"


def printed(look: str, ink: str, kind: str = "sheet", shop: Shop = SHOP) -> Printed:
    order = Order(kind, look=look_of(look, shop), ink=ink)
    (it,) = build([(pack("fahrschule"), order)], shop, lambda _: None)
    return it


@pytest.mark.slow
@pytest.mark.parametrize("ink", INKS)
def test_every_ink_prints_the_same_pages(ink: str) -> None:
    usual, other = (_runs(printed("modern", it).data) for it in ("colour", ink))
    assert usual == other


def _runs(data: bytes) -> list[Run]:
    """Without what tells pages apart that look otherwise: their codes."""
    return [
        replace(run, font="", text=re.sub(r"^[0-9A-Z]{5}(?= ·|$)", "", run.text))
        for run in read(data).runs
    ]


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("look", LOOKS)
def test_every_look_in_every_ink(kind: str, look: str) -> None:
    """Proofread: all there, inside its column, in our fonts, with enough contrast; accessible."""
    made = {ink: printed(look, ink, kind) for ink in INKS}
    assert len({it.name for it in made.values()}) == len(INKS)
    assert {it.pages for it in made.values()} == {made["colour"].pages}
    assert made["saver"].ink <= 0.5 * made["colour"].ink
    assert [broken_rules(it.data)[0] for it in made.values()] == [{}] * len(INKS)


def test_words_that_are_too_faint_are_refused(tmp_path: Path) -> None:
    shop = own_shop(tmp_path, {"styles/ink/pale.css": ":root { --soft: #999 }"})
    facts = "- limit: Speed\n  value: 3\n  unit: m\n  note: at most"
    with pytest.raises(Mistakes) as caught:
        build([(pack_of(facts), Order("sheet", ink="pale"))], shop, lambda _: None)
    (problem,) = caught.value.problems
    assert problem.message == (
        "words in #999999 stand on #ffffff: their contrast is 2.8, less than 4.5 on"
        " demo-sheet-pale-a4"
    )


def test_words_on_a_ground_of_their_own_are_held_against_it(tmp_path: Path) -> None:
    css = ".d1 { --tint: #777 }"
    shop = own_shop(tmp_path, {"styles/ink/dark.css": css})
    facts = r"- {formula: F, tex: 'x', say: x, when: always}"
    with pytest.raises(Mistakes, match="words in #16181d stand on #777777"):
        build([(pack_of(facts), Order("sheet", ink="dark"))], shop, lambda _: None)


def test_black_is_black_only() -> None:
    import pypdfium2

    page = pypdfium2.PdfDocument(printed("modern", "black").data)[0]
    colours = page.render(scale=4).to_pil().convert("RGB").getcolors(1 << 24)
    assert all(red == green == blue for _, (red, green, blue) in colours)
    grey = sum(count for count, (level, _, _) in colours if 60 < level < 200)
    assert grey < 0.05 * sum(count for count, _ in colours)  # edges of letters alone


def test_a_file_says_its_look_and_ink_unless_usual() -> None:
    names = [printed(look, ink).name for look, ink in (("modern", "colour"), ("classic", "grey"))]
    assert names == ["fahrschule-sheet-a4.pdf", "fahrschule-sheet-classic-grey-a4.pdf"]


ALIKE = {
    "fact": "- fact: Word one word two",
    "term": "- term: Word\n  means: one, word two",
    "list": "- list: Word\n  items: [one, word two]",
    "steps": "- steps: Word\n  items: [one, word two]",
    "compare": "- compare: Word\n  columns: [one]\n  rows: {word: [two]}",
    "limit": "- limit: Word one\n  value: word\n  note: two",
    "formula": "- formula: Word\n  tex: one\n  say: one\n  where: word two",
    "when": "- when: Word one\n  choose: word two",
    "trap": "- trap: Word one\n  truth: word two",
    "mnemonic": "- mnemonic: Word\n  helps: one\n  stands: [word, two]",
    "figure": "- figure: Word\n  alt: word\n  layers: {one: '', word: two}",
    "code": "- code: Word\n  lines: one word two",
}


@pytest.mark.parametrize(
    ("look", "ink"),
    [
        pytest.param(*it, marks=() if it == ("modern", "black") else pytest.mark.slow)
        for it in product(LOOKS, INKS)
    ],
)
def test_kinds_are_told_apart_by_more_than_colour(look: str, ink: str) -> None:
    """By marks, weights, faces, and what is drawn around them."""
    orders = [Order("sheet", look=look_of(look, SHOP), ink=ink)] * len(ALIKE)
    made = build(zip(map(pack_of, ALIKE.values()), orders, strict=True), SHOP, lambda _: None)
    shapes = {kind: shape(it.data) for kind, it in zip(ALIKE, made, strict=True)}
    assert not [(a, b) for a, b in combinations(ALIKE, 2) if shapes[a] == shapes[b]]


def shape(data: bytes) -> tuple[object, ...]:
    """Of a sheet with one fact, whatever its colours."""
    import pypdfium2
    from pypdfium2.raw import FPDF_PAGEOBJ_PATH

    runs = [run for run in read(data).runs if 25 < run.top < 180]  # below title and headings
    marks = {letter for run in runs for letter in run.text if not letter.isalpha()}
    page = pypdfium2.PdfDocument(data)[0]
    drawn = sum(1 for _ in page.get_objects(filter=[FPDF_PAGEOBJ_PATH]))
    fonts = groupby(run.font for run in runs if run.text.strip())
    return frozenset(marks), tuple(font for font, _ in fonts), drawn


@pytest.mark.slow
def test_thick_and_thin_letters_do_not_meet_in_one_build() -> None:
    orders = [Order("sheet", ink=ink) for ink in ("colour", "saver")]
    made = build([(pack("fahrschule"), order) for order in orders], SHOP, lambda _: None)
    assert [it.data for it in made] == [printed("modern", it.ink).data for it in orders]


def test_ink_is_weighed() -> None:
    light, dark = printed("modern", "saver"), printed("modern", "black")
    assert 0.005 < light.ink < dark.ink < 0.15
