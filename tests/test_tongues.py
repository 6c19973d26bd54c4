"""Packs in French, Japanese and Arabic: other signs, other scripts, another direction."""

from functools import lru_cache
from itertools import groupby
from pathlib import Path

import fontpkg
import pylopdf_fonts_jp
import pytest

from cramsheet.pack.pack import Pack
from cramsheet.page.borrowed import Case
from cramsheet.page.markup import plain
from cramsheet.page.shop import Shop
from cramsheet.page.writing import Writer
from cramsheet.pipeline import build
from cramsheet.plan.kinds import KINDS
from cramsheet.plan.plan import Order, make_plan
from cramsheet.press.engine import Engine
from cramsheet.problems import Mistakes
from cramsheet.shelf import load_all
from tests.making import PACKS, SHOP, finished, laid, pack_of, printed
from tests.paper import Paper, letters, read
from tests.test_fahrschule import said, texts

JAPANESE = pylopdf_fonts_jp.sans_path()
ARABIC = Path(fontpkg.path("noto-sans-arabic"))
NAMED = Shop(SHOP.roots, Case((JAPANESE, ARABIC)))
BARE = Shop(SHOP.roots, Case())  # a machine without fonts
TONGUES = {"secours": "fr", "jitensha": "ja", "ghidha": "ar"}
HIDDEN = {"id", "tags", "source", "verified", "priority", "status", "tex", "say", "alt", "flow"}
SLOW = [pytest.param(kind, marks=pytest.mark.slow) for kind in ("notes", "key")]


def pack(name: str) -> Pack:
    (it,) = load_all(PACKS, [name], Path.cwd())
    return it


@lru_cache(maxsize=12)
def paper(name: str, kind: str) -> Paper:
    (it,) = build([(pack(name), Order(kind))], NAMED, lambda _: None)
    return read(it.data)


def read_aloud(it: Paper) -> str:
    """Letters that join are drawn from the left, so their words stand backwards in the file."""
    return letters(it.letters + "".join(reversed(it.said)))


@pytest.mark.parametrize("kind", ["sheet", *SLOW[:1]])
@pytest.mark.parametrize("name", TONGUES)
def test_every_fact_is_on_paper(name: str, kind: str) -> None:
    it, lost, shown = paper(name, kind), [], 0
    for entry in pack(name).entries():
        for text in said(entry.fact, set(type(entry.fact).model_fields) - HIDDEN):
            for word in plain(text).split():  # lines that run from the right are broken elsewhere
                shown += 1
                lost += [word] if letters(word) not in read_aloud(it) else []
    assert lost == []
    assert shown > 40


@pytest.mark.parametrize("kind", ["sheet", "booklet", *SLOW])
@pytest.mark.parametrize(("name", "language"), TONGUES.items())
def test_fonts_are_ours_or_named_and_inside(name: str, language: str, kind: str) -> None:
    it = paper(name, kind)
    assert it.embedded
    assert it.language == language
    assert it.fonts
    assert all(font.startswith("Cram") for font in it.fonts)
    assert any(font.startswith("CramMore-") for font in it.fonts) == (language != "fr")


@pytest.mark.parametrize("name", TONGUES)
def test_every_question_is_in_the_booklet(name: str) -> None:
    it = read_aloud(paper(name, "booklet"))
    asked = [item.asked for domain in pack(name).domains for item in domain.items]
    words = [
        word
        for question in asked
        for key in ("question", "claim", "fill", "match", "order", "pairs", "items")
        for text in texts(getattr(question, key, ()))
        for word in plain(text.replace("___", " ")).split()
    ]
    assert len(words) > 15
    assert [word for word in words if letters(word) not in it] == []


def test_columns_run_from_right_to_left_and_places_are_true(engine: Engine) -> None:
    pages, plan = laid(engine, pack("ghidha"), "booklet", shop=NAMED)
    places = [place for parts in pages.places.values() for place in parts]
    assert {place.column for place in places} == {0, 1}
    assert all(a.left > b.left for a in places for b in places if a.column < b.column)
    large = [run for run in paper("ghidha", "booklet").runs if run.size > 10]
    numbers = {run.text.strip(): run for run in large if run.left > 10}  # no tab of the thumb index
    for section in plan.sections:
        for question in section.questions:
            (place,) = pages.places[f"question-{question.id}"]
            run = numbers[str(question.number)]
            assert place.right - 3 < run.left < place.right
            assert place.top < run.top < place.bottom


FACTS = """\
- fact: First
  id: first
  priority: must
- list: Things
  items: [alpha, beta]
- compare: Table
  columns: [One, Two]
  rows:
    Row: [Left, Right]
- limit: Speed
  value: 5-60
  unit: km/h
- when: rain
  choose: Slow
- steps: Steps
  items: [Walk, Run]
"""


@pytest.mark.parametrize("language", ["ar", "en"])
def test_tables_marks_and_numbers_stand_on_their_side(language: str) -> None:
    it = printed(pack_of(FACTS, exam=f"language: {language}"), "sheet", "3x5-portrait", NAMED)
    rows = (("Row", "Left", "Right"), ("◆", "First"), ("Walk",), ("1", "Walk"), ("One", "Two"))
    way = -1 if language == "ar" else 1
    for row in rows:
        lefts = [way * next(r.left for r in it.runs if r.text.strip() == word) for word in row]
        assert lefts == sorted(lefts), row
    first, things = it.find("First"), it.find("Things")  # marks hang out of the text
    edges = [run.right if language == "ar" else run.left for run in (first, things)]
    assert edges[0] == pytest.approx(edges[1], abs=0.3)
    assert it.find("5–60\u202fkm/h")  # inside it goes on from left to right
    assert it.find("←" if language == "ar" else "→")


def test_the_page_is_mirrored(engine: Engine) -> None:
    exam = "language: ar"
    mirrored = printed(pack_of(FACTS, exam=exam), "notes", shop=NAMED)
    usual = printed(pack_of(FACTS), "notes")
    width = usual.sizes[0][0]
    heads = [run for it in (usual, mirrored) for run in it.runs if run.page == 2]
    codes = [run for run in heads if run.text == "DEMO-1"]
    assert codes[0].left > width / 2 > codes[1].left
    assert codes[1].left == pytest.approx(18, abs=0.5)  # the inner margin, of a right-hand page
    facts = [run.left for run in mirrored.runs if run.page == 2]
    assert min(facts) == pytest.approx(codes[1].left, abs=0.5), "over its columns"


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_pack_that_needs_no_other_font_gets_none(kind: str) -> None:
    facts, question = (
        "- {term: A *plain*, means: '**fact** × 2 ∀'}",
        "- claim: X\n  is: true\n  why: x",
    )
    it = pack_of(facts, question)
    assert finished(it, kind, shop=NAMED).data == finished(it, kind, shop=BARE).data


def test_without_a_font_each_fact_says_what_to_install() -> None:
    with pytest.raises(Mistakes) as caught:
        printed(pack_of("- 日本\n- 語\n- ☃️x", exam="language: ja"), shop=BARE)
    problems = caught.value.problems
    hint = "install a font for Japanese, such as fonts-noto-cjk, or name one: --font FILE"
    assert [(it.message, it.hint) for it in problems[:2]] == [
        ('no font has the character "日" (U+65E5)', hint),
        ('no font has the character "語" (U+8A9E)', hint),
    ]
    assert "in other words" in str(problems[2].hint)


@pytest.mark.parametrize(
    ("text", "name"),
    [("שלום", "Hebrew"), ("สวัสดี", "Thai"), ("नमस्ते", "Devanagari"), ("한국어", "Korean")],
)
def test_a_script_is_called_by_its_name(text: str, name: str) -> None:
    with pytest.raises(Mistakes) as caught:
        printed(pack_of(f"- {text}"), shop=BARE)
    (problem,) = caught.value.problems
    assert f"a font for {name}" in str(problem.hint)


def test_an_html_file_carries_the_letters_it_needs() -> None:
    text = Writer(make_plan(pack("ghidha"), Order("sheet")), NAMED, screen=True).edition({})
    assert '<html lang="ar" dir="rtl">' in text
    assert text.count("font-family: CramMore-") == 2  # two weights
    assert "--more: CramMore-" in text
    assert "font/ttf" not in text


def test_foreign_words_are_tagged_with_their_language() -> None:
    assert paper("secours", "sheet").tongues == ("en",)
    assert paper("ghidha", "sheet").tongues == ("en", "en")


def test_french_signs_have_their_spaces() -> None:
    it = paper("secours", "sheet")
    assert it.find("et non\u202f:")
    assert it.find("européenne\u202f: c’est gratuit\u202f!")
    assert it.find("«\u202fDAE\u202f»")
    assert paper("secours", "booklet").find("Vrai ou faux\u202f?")


def test_the_words_of_a_drawing_join_and_lead_left() -> None:
    it = paper("ghidha", "sheet")
    drawn = [run for run in it.runs if run.drawn]
    assert [run.text for run in drawn if run.text[:1].isdigit()] == ["5 °C", "70 °C"]
    drawn.sort(key=lambda run: run.top)
    for _, row in groupby(drawn, lambda run: run.top):  # each row begins at the right
        lefts = [run.left for run in row]
        assert lefts == sorted(lefts, reverse=True)
    assert len(drawn) <= 9  # words, not letters


def test_the_key_names_facts_by_a_part_of_them() -> None:
    it = paper("jitensha", "key")
    assert letters("自転車は軽車両であり、車道の左側を …") in it.letters
    assert letters("通行するのが原則である") not in it.letters
