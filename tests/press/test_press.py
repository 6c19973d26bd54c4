"""Columns and frames become pages: what stands where, and what leads whither."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from cramsheet.plan.areas import area_of
from cramsheet.plan.kinds import KINDS
from cramsheet.plan.papers import paper
from cramsheet.press.engine import Engine
from cramsheet.press.press import Pages
from tests.making import EXAM, finished, laid, numbered, own_shop, pack_from, pack_of, printed
from tests.paper import Paper, Run, letters

SLACK = 0.6  # mm that a slanted or kerned letter may reach over


def pieces(pages: Pages, name: str) -> list[tuple[int, int]]:
    return [(part.page, part.column) for part in pages.places[name]]


# Columns.


@pytest.mark.slow
def test_columns_fill_from_left_to_right_and_then_the_next_page(engine: Engine) -> None:
    pages, plan = laid(
        engine, pack_of(numbered(160, "with some words behind it that fill")), paper="a5"
    )
    spots = [pieces(pages, name)[0] for name in plan.ids()]
    assert spots == sorted(spots)
    assert pages.count == max(page for page, _ in spots) >= 2
    full = {column for page, column in spots if page == 1}
    assert full == set(range(plan.area.columns))


@pytest.mark.parametrize("order", ["a4", "a5", "letter-portrait"])
def test_the_words_of_a_fact_stand_inside_its_column(order: str) -> None:
    facts = numbered(30, "some words, and then others, that go on for more than one line or two")
    pack = pack_of(facts + "\n- compare: T\n  columns: [one, other]\n  rows: {x: [y z, z y x]}")
    area = area_of(KINDS["sheet"], paper(order, "landscape"))
    edges = [(area.left(column), area.left(column) + area.column) for column in range(area.columns)]
    top, bottom = area.margin[0], area.paper.height - area.margin[2]
    for run in printed(pack, "sheet", order).runs:
        if top + 10 < run.top < bottom:  # neither the title block nor the foot
            assert any(
                left - SLACK <= run.left and run.right <= right + SLACK for left, right in edges
            ), run


def test_the_same_baseline_does_not_hold_two_facts_of_one_column() -> None:
    facts = numbered(20, "and what is said about it in so many words")
    runs = [run for run in printed(pack_of(facts)).runs if run.text.startswith("Number")]
    assert len(runs) == 20
    for one, next_one in pairwise(runs):
        assert next_one.top > one.top + 2 or next_one.left > one.left + 50


@pytest.mark.parametrize("kind", ["sheet", "booklet", "key"])
@pytest.mark.parametrize("count", [1, 2, 3, 7, 12])
def test_headings_stand_with_what_they_head(kind: str, count: int, engine: Engine) -> None:
    asked = "".join(f"- claim: Claim{n}\n  is: true\n  why: it is\n" for n in range(count))
    pages, plan = laid(engine, pack_of(numbered(count), asked), kind)
    assert not pages.spilled
    first = next(plan.ids())
    assert pieces(pages, "domain-demo") == pieces(pages, first)
    if kind == "sheet":
        assert pieces(pages, "topic-1-1") == pieces(pages, first)


def test_a_table_taller_than_a_column_is_split_and_not_lost() -> None:
    rows = "".join(f"    Row{n}: [left{n}, right{n}]\n" for n in range(90))
    it = printed(pack_of(f"- compare: Tall\n  columns: [one, other]\n  rows:\n{rows}"))
    assert len({round(run.left) for run in it.find_all("Row")}) >= 2
    for n in range(89):
        assert len(re.findall(rf"row{n}left{n}right{n}(?!\d)", it.letters)) == 1
    assert it.letters.count("row89left89right89") == 1


@pytest.mark.slow
def test_the_head_of_a_table_is_repeated_on_each_of_its_parts(engine: Engine) -> None:
    rows = "".join(f"    Row{n}: [left{n}, right{n}]\n" for n in range(90))
    pack = pack_of(f"- compare: Tall\n  id: tall\n  columns: [Headword, other]\n  rows:\n{rows}")
    pages, _ = laid(engine, pack)
    parts = pages.places["fact-tall"]
    assert len(parts) > 2
    assert len(printed(pack).find_all("Headword")) == len(parts)


@pytest.mark.slow
def test_a_tall_fact_shares_its_sheet_with_others() -> None:
    words = "some words " * 700
    it = printed(pack_of(numbered(40, "x") + f"\n- trap: {words}\n  truth: yes\n" + "- Lastly"))
    assert it.letters.count("some") == it.letters.count("words") == 700
    assert "number39" in it.letters
    assert "lastly" in it.letters
    assert it.count <= 2


@pytest.mark.slow
def test_a_list_taller_than_a_page_is_split_and_not_lost() -> None:
    items = ", ".join(f"Item{n}" for n in range(300))
    it = printed(pack_of(f"- steps: Tall\n  items: [{items}]"), "sheet", "a5-portrait")
    assert it.count >= 2
    printed_items = [run.text.strip() for run in it.runs if run.text.startswith("Item")]
    assert printed_items == [f"Item{n}" for n in range(300)]


def test_a_fact_is_not_torn_when_the_next_column_holds_it(engine: Engine) -> None:
    words = "many words that go on and on " * 6
    pages, plan = laid(engine, pack_of(numbered(60, words)), paper="a5")
    assert all(len(pages.places[name]) == 1 for name in plan.ids())


# Frames.


def test_the_title_block_stands_on_the_first_page_alone(fahrschule: dict[str, Paper]) -> None:
    for kind, it in fahrschule.items():
        assert it.pages_of("Theorieprüfung der Klasse B") == [1], kind
        assert it.pages_of("Prüfung: 30 Fragen") == [1], kind
    heads = [run.text for run in fahrschule["notes"].runs if run.page > 1 and run.top < 16]
    assert "FS-B" in heads


def test_every_page_has_its_number(fahrschule: dict[str, Paper]) -> None:
    for kind, it in fahrschule.items():
        for page in range(1, it.count + 1):
            here = [run for run in it.runs if run.page == page and not run.drawn]
            low = max(round(run.top, 1) for run in here)
            foot = [run.text for run in here if round(run.top, 1) == low]
            shown, count = page, it.count
            if kind == "blanks":  # a back has the number of its front
                shown, count = (page + 1) // 2, count // 2
            bound = KINDS[kind].binding is not None
            number = f"{shown}" if bound else f"{shown} / {count}"
            assert any(number in run.split(" · ") for run in foot), (kind, page, foot)


def test_nothing_stands_in_the_margin_of_the_printer(fahrschule: dict[str, Paper]) -> None:
    for it in fahrschule.values():
        for run in it.runs:
            width, height = it.sizes[run.page - 1]
            if not run.drawn:
                assert run.left > 4, run
                assert run.right < width - 4, run
                assert 6.5 < run.top < height - 4, run


def test_type_is_of_a_size_that_can_be_read(fahrschule: dict[str, Paper]) -> None:
    """Words, not marks, which may be smaller; the text of a sheet has the size of its kind."""
    for it in fahrschule.values():
        words = [run for run in it.runs if not run.drawn and len(letters(run.text)) > 2]
        assert min(run.size for run in words) > 5.4  # code on the sheet
    plain = [run.size for run in fahrschule["sheet"].find_all("Zusatzzeichens")]
    (size,) = plain  # a single page is set as large as it can be
    assert KINDS["sheet"].size < size <= KINDS["sheet"].ceiling


NAMES = {
    "sheet": "Cheat sheet",
    "notes": "Study notes",
    "booklet": "Question booklet",
    "key": "Answer key",
    "blanks": "Recall sheet",
    "ask": "Ask and answer",
}


@pytest.mark.parametrize(
    ("exam", "said"),
    [
        ("status: retired\nlast-day: 2026-03-31", "Retired: last exam day 2026-03-31"),
        ("status: announced", "Announced, not yet open"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", KINDS)
def test_a_banner_on_every_document(kind: str, exam: str, said: str) -> None:
    asked = "- claim: X\n  is: true\n  why: it is"
    it = printed(pack_of("- {term: X, means: Y}", asked, exam), kind)
    assert it.pages_of(said) == [1]
    foot = [line for line in it.lines() if f"DEMO-1 · {NAMES[kind]}" in line]
    assert len(foot) == it.count
    assert all(("· Retired" in line) == ("retired" in exam) for line in foot)


# What a reader on a screen needs: tags, links, outline, data about the file.


def test_the_outline_follows_the_document(fahrschule: dict[str, Paper]) -> None:
    notes = [(it.depth, it.text, it.page) for it in fahrschule["notes"].outline]
    assert notes == [
        (0, "FS-B Theorieprüfung der Klasse B Lernskript", 1),
        (1, "Inhalt", 1),
        (1, "1 Vorfahrt und Verkehrszeichen 45 %", 2),
        (2, "1.1 Wer zuerst fährt", 2),
        (2, "1.2 Zeichen lesen", 2),
        (1, "2 Geschwindigkeit und Abstand 37,5 %", 3),
        (2, "2.1 Faustformeln", 3),
        (2, "Grenzen", 3),
        (1, "3 Fahrzeug und Umwelt 17,5 %", 4),
        (2, "Vor der Fahrt", 4),
        (2, "Umwelt", 4),
    ]
    for kind, it in fahrschule.items():
        assert [line.depth for line in it.outline][:2] == [0, 1], kind
        assert [line.page for line in it.outline] == sorted(line.page for line in it.outline), kind


CONTENTS = [
    ("1 Vorfahrt und Verkehrszeichen", 2),
    ("Wer zuerst fährt", 2),
    ("Zeichen lesen", 2),
    ("2 Geschwindigkeit und Abstand", 3),
    ("Faustformeln", 3),
    ("Grenzen", 3),
    ("3 Fahrzeug und Umwelt", 4),
    ("Vor der Fahrt", 4),
    ("Umwelt", 4),
]


def test_every_fact_can_be_linked_to_where_it_stands(engine: Engine) -> None:
    pack = pack_of(numbered(60, "some words, and then others"))
    pages, plan = laid(engine, pack, "notes")
    it = printed(pack, "notes")
    assert {name: it.targets[name].page for name in plan.ids()} == {
        name: pages.first_pages[name] for name in plan.ids()
    }
    for name in plan.ids():
        assert it.targets[name].top == pytest.approx(pages.places[name][0].top, abs=0.3)


def test_a_style_for_one_fact_is_heard_by_that_fact_alone(tmp_path: Path) -> None:
    shop = own_shop(tmp_path, {"styles/paper/a4.css": "#fact-n1 { font-size: 2em }"})
    it = printed(pack_of(numbered(3)), shop=shop)
    one, two, three = (run.size for n in range(3) for run in it.find_all(f"Number{n}"))
    assert one == three
    assert two == pytest.approx(2 * one, rel=0.01)


def test_contents_lead_to_the_page_they_name(fahrschule: dict[str, Paper]) -> None:
    notes = fahrschule["notes"]
    texts = [run.text.strip() for run in notes.runs if run.page == 1]
    first = texts.index("Inhalt") + 1
    listed = texts[first : first + 2 * len(CONTENTS)]
    assert list(zip(listed[::2], map(int, listed[1::2]), strict=True)) == CONTENTS
    links = [link for link in notes.links if link.page == 1]
    assert [link.target for link in links] == [page for _, page in CONTENTS]
    for link, (title, page) in zip(links, CONTENTS, strict=True):
        assert title in [run.text.strip() for run in _beside(notes, link.page, link.top)]
        heading = next(run for run in notes.runs if run.page == page and title[2:] in run.text)
        assert heading.size > 11  # the heading itself, not a running head


def test_a_word_wider_than_a_line_of_the_contents_goes_on_below() -> None:
    word = "Dampfschifffahrtsgesellschaft" * 3
    it = printed(pack_of(f"- topic: {word}\n  facts: [A fact]"), "notes", "a5")
    lines = [run for run in it.runs if run.page == 1 and letters(run.text) in letters(word)]
    assert "".join(letters(run.text) for run in lines).count("gesellschaft") == 3
    assert all(run.right < 148 / 2 + 1 for run in lines), "it would run into the other column"


@pytest.mark.slow
def test_contents_longer_than_a_page_name_true_pages_too() -> None:
    topics = "\n".join(f"- topic: Topic number{n}x\n  facts: [Fact number{n}]" for n in range(60))
    it = printed(pack_of(topics), "notes", "a5-landscape")
    headings = {line.text: line.page for line in it.outline if line.depth == 2}
    assert len(headings) == 60
    links = [link for link in it.links if isinstance(link.target, int)]
    assert {link.page for link in links} == {1, 2}
    assert [link.target for link in links[1:]] == list(headings.values())
    listed = it.on(1) + it.on(2)
    for title, page in headings.items():
        assert f"{letters(title)}{page}" in listed
        assert page > 2


def _beside(it: Paper, page: int, top: float) -> list[Run]:
    return [run for run in it.runs if run.page == page and abs(run.top - top) < 2.2]


def test_a_link_stands_on_its_words(fahrschule: dict[str, Paper]) -> None:
    notes = fahrschule["notes"]
    sources = [link for link in notes.links if isinstance(link.target, str)]
    assert len(sources) == 6
    assert {link.target for link in sources} == {"https://verkehr.example/regeln/vorfahrt.html"}
    for link in sources:
        assert any("verkehr" in run.text for run in _beside(notes, link.page, link.top))
        assert link.page == 2
        assert link.left > 150  # in the outer margin


def test_addresses_inside_facts_survive() -> None:
    it = printed(pack_of(numbered(40, "x") + "\n- See [here](https://x.example/a)"), "sheet")
    (link,) = it.links
    assert link.target == "https://x.example/a"
    run = it.find("here")
    assert link.page == run.page
    assert link.left == pytest.approx((run.left + run.right) / 2, abs=1)
    assert link.top == pytest.approx(run.top, abs=2)


def test_the_key_names_the_pages_of_the_notes(fahrschule: dict[str, Paper]) -> None:
    notes, key = fahrschule["notes"], fahrschule["key"]
    named = re.findall(r"→? ?([^→;]+?), Skript S\. (\d+)", " ".join(run.text for run in key.runs))
    assert len(named) >= 8
    for subject, page in named:
        words = letters(subject.rstrip(" …").rpartition("→")[2])
        assert words in notes.on(int(page)), subject


def test_tags_survive_composing(fahrschule: dict[str, Paper]) -> None:
    for kind, it in fahrschule.items():
        assert it.tags[0] == "/Document", kind
        assert it.tags.count("/H1") >= 1, kind
        assert it.tags.count("/H2") == 3 + (kind in ("notes", "blanks")), kind
    assert fahrschule["sheet"].tags.count("/H3") == 6
    assert fahrschule["sheet"].tags.count("/Table") == 1
    assert fahrschule["sheet"].tags.count("/TH") == 4
    assert "v geteilt durch zehn mal drei" in fahrschule["sheet"].alternatives
    assert fahrschule["notes"].tags.count("/Link") == len(fahrschule["notes"].links)


def test_every_figure_has_its_alternative_text(fahrschule: dict[str, Paper]) -> None:
    for kind in ("sheet", "notes"):
        it = fahrschule[kind]
        assert it.tags.count("/Figure") == len(it.alternatives) == 6
        assert all(it.alternatives)


@pytest.mark.parametrize("kind", KINDS)
def test_data_about_the_file(kind: str, fahrschule: dict[str, Paper]) -> None:
    it = fahrschule[kind]
    name = {
        "sheet": "Spickzettel",
        "notes": "Lernskript",
        "booklet": "Fragenheft",
        "key": "Lösungen",
        "blanks": "Lückenblatt",
        "ask": "Frage und Antwort",
    }[kind]
    assert it.info["/Title"] == f"FS-B {name}: Theorieprüfung der Klasse B"
    assert it.info["/Author"] == "Fahrschule Übermut"
    assert it.info["/Subject"] == f"{name}: Theorieprüfung der Klasse B"
    assert it.language == "de"
    assert it.pages_of("Stand 2026-10-01") == list(range(1, it.count + 1))


def test_signs_of_html_in_the_title_stay_text() -> None:
    exam = EXAM.replace("The demo exam", "'A & B <i>c</i>'")
    pack = pack_from(
        {"exam.yaml": exam, "1.yaml": "domain: demo\ntopics: [{topic: T, facts: [X]}]"}
    )
    it = printed(pack)
    assert it.info["/Title"] == "DEMO-1 Cheat sheet: A & B <i>c</i>"
    assert it.pages_of("A & B <i>c</i>") == [1]


@pytest.mark.parametrize("kind", KINDS)
def test_our_fonts_are_inside_and_no_others(kind: str, fahrschule: dict[str, Paper]) -> None:
    it = fahrschule[kind]
    assert it.embedded
    assert it.fonts
    assert all(re.match(r"Cram(Text|Code|Signs)", font) for font in it.fonts)


# Paper.


@pytest.mark.parametrize(
    ("order", "size"),
    [("a4", (297, 210)), ("letter-portrait", (215.9, 279.4)), ("a5", (210, 148))],
)
def test_pages_have_the_size_ordered(order: str, size: tuple[float, float]) -> None:
    it = printed(pack_of(), "sheet", order)
    assert it.sizes[0] == pytest.approx(size, abs=0.1)


def test_a_style_for_one_paper_is_heard_on_that_paper_alone(tmp_path: Path) -> None:
    shop = own_shop(tmp_path, {"styles/paper/a5.css": "p { font-size: 12pt }"})
    sizes = [printed(pack_of(), "notes", it, shop).find("A bare fact").size for it in ("a5", "a4")]
    assert sizes == pytest.approx([12, KINDS["notes"].size], abs=0.05)


@pytest.mark.slow
def test_parts_of_a_long_list_fill_the_columns_and_stand_close() -> None:
    items = ", ".join(f"step number {n} takes a few words and two lines" for n in range(120))
    it = finished(pack_of(f"- First\n- steps: Many\n  items: [{items}]\n- Last"), "notes", "a5")
    assert min(it.fill[:-1]) > 0.9
    tops = [place.top for place in it.places["fact-many"]]
    lows = [place.bottom for place in it.places["fact-many"]]
    apart = [top - low for low, top in zip(lows, tops[1:], strict=False) if top > low]
    assert max(apart) < 0.1  # mm
