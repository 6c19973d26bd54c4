"""Heads, feet and tabs: cut to what the paper holds, and never what matters most."""

import itertools
import re

import pytest

from cramsheet.pack.pack import Pack
from cramsheet.page.advances import text_width
from cramsheet.page.edges import Domain, Edges, Tab
from cramsheet.page.sheets import Sheet
from cramsheet.page.words import Words
from cramsheet.plan.kinds import KINDS
from cramsheet.plan.papers import SIZES, TURNS
from cramsheet.plan.plan import Order, make_plan
from tests.making import EXAM, SHOP, pack_from, pack_of, pack_of_domains, writer

BOUND = [name for name, kind in KINDS.items() if kind.binding is not None]
PAPERS = [*(f"{size}-{turn}" for size in SIZES for turn in TURNS), "60x60mm", "120x180mm"]
EDITION = "edition: 2026-11-21\n"


def edges(pack: Pack, kind: str, paper: str = "", total: int = 12) -> Edges:
    return Edges(make_plan(pack, Order(kind, paper)), Words.of(pack.exam.language, SHOP), total)


def tops(tabs: list[Tab]) -> list[float]:
    """From the top of the text."""
    found, end = [], 0.0
    for tab in tabs:
        found.append(end + tab.above)
        end = found[-1] + tab.height
    return found


# Tabs.


def test_the_kinds_that_are_read_as_books_are_bound() -> None:
    assert BOUND == ["notes", "booklet", "key"]


@pytest.mark.parametrize("count", [2, 4, 8, 20])
@pytest.mark.parametrize("paper", ["a4", "a5-landscape", "3x5", "3x5-landscape"])
def test_tabs_step_down_from_the_head_of_the_text_to_its_foot(count: int, paper: str) -> None:
    it = edges(pack_of_domains(count), "notes", paper)
    tabs = list(it.tabs([Domain(n, "X") for n in range(1, count + 1)]))
    found = tops(tabs)
    assert [tab.number for tab in tabs] == list(range(1, count + 1))
    assert found[0] == 0.0
    assert found[-1] + tabs[-1].height == pytest.approx(it.plan.area.height)
    assert all(tab.above > 0 for tab in tabs[1:]), "none stands over another"


def test_a_tab_stands_where_it_stands_on_every_page() -> None:
    it = edges(pack_of_domains(5), "key")
    all_of_them = tops(list(it.tabs([Domain(n, "X") for n in range(1, 6)])))
    for number, top in enumerate(all_of_them, 1):
        assert tops(list(it.tabs([Domain(number, "X")]))) == pytest.approx([top])


def test_a_single_domain_has_its_tab_at_the_head() -> None:
    (tab,) = edges(pack_of(), "notes").tabs([Domain(1, "Demo domain")])
    assert tab.above == 0.0


def test_tabs_get_smaller_where_there_are_many() -> None:
    few, many = (
        next(edges(pack_of_domains(count), "notes", "a5").tabs([Domain(1, "X")])).height
        for count in (4, 20)
    )
    assert 2.8 <= many < few


def test_a_sheet_has_no_tabs() -> None:
    assert list(edges(pack_of_domains(3), "sheet").tabs([Domain(1, "X")])) == []
    html = writer(pack_of_domains(3)).frames([Sheet(1, 1, (Domain(1, "X"),))]).text
    assert "tab" not in re.findall(r'class="(\w+)', html)


def test_hues_repeat_after_eight_domains() -> None:
    sheet = Sheet(2, 2, (Domain(1, "X"), Domain(9, "Y")))
    html = writer(pack_of_domains(9), "notes").frames([sheet]).text
    assert re.findall(r'class="tab (d\d)".*?>(\d)<', html) == [("d1", "1"), ("d1", "9")]


# Heads.


def test_the_head_names_the_domains_that_go_on_from_the_page_before() -> None:
    it = edges(pack_of_domains(3), "booklet")
    assert it.head([Domain(1, "One"), Domain(2, "Two", begins=True)]) == "1 One"
    assert it.head([Domain(1, "**One**"), Domain(2, "Two")]) == "1 One · 2 Two"
    assert it.head([Domain(2, "Two", begins=True)]) == ""


@pytest.mark.parametrize("kind", BOUND)
@pytest.mark.parametrize("paper", ["a5", "120x180mm"])
def test_a_long_title_is_cut_to_what_the_head_holds(kind: str, paper: str) -> None:
    it = edges(pack_of(exam="provider: X"), kind, paper)
    head = it.head([Domain(1, "A very long title of a domain " * 6)])
    em = it.plan.kind.running_size * 25.4 / 72
    assert head.endswith("…")
    assert len(head) > 20
    assert (text_width(head) + text_width(it.code())) * em < it.plan.area.width


@pytest.mark.parametrize("paper", ["3x5", "4x6-landscape", "60x60mm"])
def test_a_card_has_no_running_head(paper: str) -> None:
    it = edges(pack_of(), "notes", paper)
    assert it.head([Domain(1, "One")]) == it.code() == ""


# Feet.


@pytest.mark.parametrize(("kind", "paper"), list(itertools.product(KINDS, PAPERS)))
@pytest.mark.parametrize("language", ["en", "de"])
def test_a_foot_holds_its_words_on_every_paper(kind: str, paper: str, language: str) -> None:
    pack = pack_of(exam=f"{EDITION}status: retired\nlanguage: {language}")
    it = edges(pack, kind, paper, 120)
    legend = text_width("".join(it.words.parts("legend"))) + 6
    words = text_width(it.about) + 1 + text_width(f"MMMMM · {it.number(120)}")
    em = it.plan.kind.running_size * 25.4 / 72
    if it.legend == "middle":  # in the middle of the paper
        words = 2 * (text_width(it.about) + 1) + legend
    elif it.legend == "beside":
        words += legend
    assert words * em < it.plan.area.width
    assert it.about.startswith("DEMO-1")
    assert bool(it.legend) == it.plan.kind.floats


@pytest.mark.parametrize(
    ("paper", "about", "legend"),
    [
        ("a4", "DEMO-1 · Cheat sheet · edition 2026-11-21 · b4be3e", "middle"),
        ("3x5-landscape", "DEMO-1 · Cheat sheet · edition 2026-11-21 · b4be3e", "beside"),
        ("4x6-portrait", "DEMO-1 · Cheat sheet", "beside"),  # the legend is worth more
        ("3x5-portrait", "DEMO-1 · Cheat sheet · edition 2026-11-21 · b4be3e", "title"),
        ("50x80mm", "DEMO-1 · Cheat sheet", "title"),
    ],
)
def test_a_foot_keeps_what_matters_most(paper: str, about: str, legend: str) -> None:
    it = edges(pack_of(exam=EDITION), "sheet", paper)
    assert (it.about, it.legend) == (about, legend)


def test_that_an_exam_is_retired_stays_in_the_foot_longest() -> None:
    pack = pack_of(exam=f"{EDITION}status: retired")
    about = edges(pack, "notes", "a4").about
    assert about == "DEMO-1 · Study notes · edition 2026-11-21 · b4be3e · Retired"
    assert edges(pack, "booklet", "45x80mm").about == "DEMO-1 · Retired"


def test_a_code_too_long_for_a_card_is_cut() -> None:
    exam = EXAM.replace("DEMO-1", "A-VERY-LONG-CODE-OF-AN-EXAM-THAT-NO-CARD-HOLDS")
    pack = pack_from(
        {"exam.yaml": exam, "1.yaml": "domain: demo\ntopics: [{topic: T, facts: [X]}]"}
    )
    assert edges(pack, "notes", "50x80mm").about.startswith("A-VERY-LON")
    assert edges(pack, "notes", "50x80mm").about.endswith("…")


@pytest.mark.parametrize(("paper", "where"), [("a4", "foot-middle"), ("50x80mm", "legend")])
def test_the_legend_of_a_sheet_stands_once(paper: str, where: str) -> None:
    html = writer(pack_of(), "sheet", paper).frames([Sheet(1, 1, title=True)]).text
    assert html.count("must know") == 1
    assert f'<p class="{where}">' in html


def test_loose_pages_say_how_many_there_are() -> None:
    assert edges(pack_of(), "sheet").number(3) == "3 / 12"
    assert edges(pack_of(), "notes").number(3) == "3"
