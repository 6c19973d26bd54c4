"""A plan becomes HTML: every key of every kind, and templates that say where they are wrong."""

import re
from datetime import date
from pathlib import Path

import pytest

from cramsheet.pack import facts
from cramsheet.page.edges import Domain
from cramsheet.page.sheets import Sheet
from cramsheet.page.writing import Writer
from cramsheet.plan.plan import Order, make_plan
from cramsheet.problems import Mistakes
from tests.making import EXAM, SHOP, flow, own_shop, pack_from, pack_of, writer
from tests.paper import letters

EVERY_KEY = {
    "fact": "- fact: It Fact",
    "term": "- term: It Term\n  means: It Means",
    "list": "- list: It List\n  items: [It One, It Two]",
    "steps": "- steps: It Steps\n  items: [It One, It Two]",
    "compare": "- compare: It Compare\n  columns: [It Head]\n  rows: {It Row: [It Cell]}",
    "limit": "- limit: It Limit\n  value: It Value\n  unit: It Unit\n  note: It Note",
    "formula": "- formula: It Formula\n  tex: x\n  say: It Said\n"
    "  where: It Where\n  when: It When",
    "when": "- when: It When\n  choose: It Choice\n  not: It Not",
    "trap": "- trap: It Trap\n  truth: It Truth",
    "mnemonic": "- mnemonic: IS\n  helps: It Helps\n  stands: [It One, Is Two]",
    "code": "- code: It Code\n  language: text\n  lines: It Lines\n  note: It Note",
    "figure": "- figure: It Figure\n  alt: It Alt\n  flow: {It One: It Two, It Three: ''}",
}


def test_every_kind_of_fact_is_tried() -> None:
    assert set(EVERY_KEY) == set(facts.KINDS)


@pytest.mark.parametrize("document", ["sheet", "notes"])
@pytest.mark.parametrize("kind", EVERY_KEY)
def test_every_key_of_a_fact_is_written_once(kind: str, document: str) -> None:
    html = flow(pack_of(EVERY_KEY[kind]), document)
    written = letters(_read_out(html))
    for text in re.findall(r"I[ts] \w+", EVERY_KEY[kind]):
        if not (kind == "figure" and text != "It Figure" and text != "It Alt"):  # in a drawing
            assert written.count(letters(text)) == 1, text
    assert html.count(f'class="fact {kind} should current"') == 1


def _read_out(html: str) -> str:
    """The words and the alternative texts of the body."""
    body = re.sub(r'<img[^>]*alt="([^"]*)"[^>]*>', r"\1", html.partition("<main>")[2])
    return re.sub(r"<[^>]*>", "", body)


@pytest.mark.parametrize("document", ["sheet", "notes"])
@pytest.mark.parametrize("kind", EVERY_KEY)
def test_html_in_any_key_stays_text(kind: str, document: str) -> None:
    marked = EVERY_KEY[kind].replace("It ", "It <u> ").replace("Is ", "Is <u> ")
    html = flow(pack_of(marked), document)
    assert "<u>" not in html
    assert "&lt;u&gt;" in html


@pytest.mark.parametrize("kind", EVERY_KEY)
def test_every_kind_says_what_a_thing_was_called_and_whether_it_is_gone(kind: str) -> None:
    more = "\n  formerly: Old Name\n  status: closed\n  priority: must"
    html = flow(pack_of(EVERY_KEY[kind] + more))
    assert "(formerly Old Name; closed to new customers)" in html
    assert f'class="fact {kind} must closed"' in html


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("status: retired", "(no longer available)"),
        ("status: closed", "(closed to new customers)"),
        ("formerly: Old", "(formerly Old)"),
        ("formerly: Old\n  status: renamed", "(formerly Old)"),
    ],
)
def test_former_names(more: str, said: str) -> None:
    assert said in flow(pack_of(f"- fact: X\n  {more}"))


@pytest.mark.parametrize(
    ("more", "shown"),
    [
        ("", ["no source"]),
        ("  source: https://docs.x.example/a/limits.html", ["x › limits", "not verified"]),
        ("  source: https://x.example/\n  verified: 2026-01-02", ["x", "verified 2026-01-02"]),
        ("  source: A book, p. 3-4", ["A book, p. 3–4", "not verified"]),
        ("  source: unverified", ["not verified"]),
    ],
)
def test_the_notes_say_where_a_fact_comes_from(more: str, shown: list[str]) -> None:
    aside = re.search(
        r'<div class="aside">(.*?)</div>', flow(pack_of(f"- fact: X\n{more}"), "notes"), re.DOTALL
    )
    assert aside
    assert re.findall(r">([^<>\n]+)<", aside[1]) == shown


def test_the_notes_say_how_many_questions_teach_a_fact() -> None:
    question = "- claim: X{0}\n  is: true\n  why: x\n  teaches: [one{1}]\n"
    asked = "".join(question.format(n, more) for n, more in enumerate(["", ", two", ""]))
    html = flow(pack_of("- {fact: A, id: one}\n- {fact: B, id: two}", asked), "notes")
    assert "in 3 questions" in html
    assert "in 1 question<" in html


def test_a_long_address_is_cut_to_one_line() -> None:
    source = "https://docs.provider.example/" + "very-long-name-of-a-page-" * 4
    html = flow(pack_of(f"- fact: X\n  source: {source}"), "notes")
    shown = re.search(r'<a href="[^"]*">([^<]*)</a>', html)
    assert shown
    assert shown[1].startswith("provider › very-long")
    assert shown[1].endswith("…")
    assert source in html


def test_signs_of_html_in_any_field_stay_text() -> None:
    html = flow(pack_of("- term: a <script>x</script>\n  means: 1 < 2\n  formerly: <u>"))
    assert "<script" not in html
    assert "&lt;u&gt;" in html


@pytest.mark.parametrize(
    ("exam", "said"),
    [
        ("status: retired\nlast-day: 2026-03-31", "Retired: last exam day 2026-03-31"),
        ("status: retired", ">Retired<"),
        ("status: retired\nsuccessor: [A-1, B-2]", "Retired; now A-1, B-2"),
        ("status: announced", "Announced, not yet open"),
    ],
)
@pytest.mark.parametrize("kind", ["sheet", "notes"])
def test_a_banner_says_when_the_exam_is_not_to_be_had(kind: str, exam: str, said: str) -> None:
    html = writer(pack_of(exam=exam), kind).frames([Sheet(1, 2, title=True), Sheet(2, 2)]).text
    assert html.count(said) == 1
    assert 'class="banner"' not in writer(pack_of(), kind).frames([Sheet(1, 1, title=True)]).text


def test_the_title_block_and_the_running_heads_exclude_each_other() -> None:
    one = Domain(1, "Demo domain")
    sheets = [Sheet(1, 2, (one,), title=True), Sheet(2, 2, (one,))]
    html = writer(pack_of(), "notes").frames(sheets).text
    assert html.count("<h1>") == 1
    assert html.count("1 Demo domain") == 1
    assert html.index("<h1>") < html.index("1 Demo domain")


@pytest.mark.parametrize(
    ("blueprint", "said"),
    [
        ("questions: 65, minutes: 180, pass: 750, scale: [100, 1000]",
         "Exam: 65 questions · 180 minutes · pass 750 / 1000"),
        ("minutes: 90", "90 minutes"),
        ("pass: 43 of 60", "pass 43 of 60"),
    ],
)  # fmt: skip
def test_the_title_block_says_what_the_blueprint_says(blueprint: str, said: str) -> None:
    exam = EXAM.replace("{domains", "{%s, domains" % blueprint)  # noqa: UP031
    pack = pack_from(
        {"exam.yaml": exam, "1.yaml": "domain: demo\ntopics: [{topic: T, facts: [X]}]"}
    )
    html = writer(pack).frames([Sheet(1, 1, title=True)]).text
    assert f'<span class="facts">{said}</span>' in html


def test_the_edition_is_printed() -> None:
    plan = make_plan(pack_of(), Order("sheet", edition=date(2026, 5, 4)))
    html = Writer(plan, SHOP).frames([Sheet(1, 1, title=True)]).text
    assert html.count("edition 2026-05-04") == 2  # title block and foot


# Templates of one's own, and what is said when they are wrong.

WRONG = {
    "a missing field": (
        "<b>\n{{ fact.trem }}</b>",
        2,
        'nothing is called "trem" here; there is: kind, term',
    ),
    "a missing name": ("<p>\n\n{{ fcat.term }}</p>", 3, 'nothing is called "fcat" here'),
    "broken syntax": ("{% if fact %}\n<p>", 2, "template: "),
    "a missing filter": ("\n{{ fact.term | bold }}", 2, "bold"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_template_names_its_line(name: str, tmp_path: Path) -> None:
    text, line, said = WRONG[name]
    shop = own_shop(tmp_path, {"templates/facts/term.html": text})
    with pytest.raises(Mistakes) as caught:
        flow(pack_of("- term: X\n  means: y"), shop=shop)
    (problem,) = caught.value.problems
    assert problem.mark
    assert (Path(problem.mark.path).name, problem.mark.line) == ("term.html", line)
    assert said.partition("; there is")[0] in problem.message


def test_a_missing_field_lists_what_there_is(tmp_path: Path) -> None:
    shop = own_shop(tmp_path, {"templates/facts/term.html": "{{ fact.trem }}"})
    with pytest.raises(Mistakes, match=r"there is: .*\bterm, means") as caught:
        flow(pack_of("- term: X\n  means: y"), shop=shop)
    assert "_" not in str(caught.value).partition("there is")[2]


def test_a_template_that_is_not_there_is_named(tmp_path: Path) -> None:
    shop = own_shop(tmp_path, {"templates/facts/term.html": '{% include "nowhere.html" %}'})
    with pytest.raises(Mistakes, match=r'no template "nowhere.html"'):
        flow(pack_of("- term: X\n  means: y"), shop=shop)


def test_words_that_are_not_there_are_a_mistake_of_the_template(tmp_path: Path) -> None:
    shop = own_shop(tmp_path, {"templates/facts/term.html": '\n{{ words("nothing") }}'})
    with pytest.raises(Mistakes, match=r"term.html:2:1: .*nothing"):
        flow(pack_of("- term: X\n  means: y"), shop=shop)


def test_a_template_of_ones_own_wins(tmp_path: Path) -> None:
    shop = own_shop(tmp_path, {"templates/facts/term.html": "<p>mine: {{ fact.term | md }}</p>"})
    assert "<p>mine: X</p>" in flow(pack_of("- term: X\n  means: y"), shop=shop)


# The edition for screens.


def test_the_screen_edition_is_one_file_that_loads_nothing() -> None:
    picture = "- figure: F\n  alt: a\n  flow: {A: b, C: d}"
    source = "- fact: X\n  source: https://x.example/page"
    html = writer(pack_of(f"{picture}\n{source}\n- 'α < β & **b**'"), "notes").edition({})
    for address in re.findall(r'(?:src="|href="|url\()([^")]*)', html):
        assert address.startswith(("data:", "#", "https://x.example/page")), address
    assert "/*styles*/" not in html
    assert "CramText" in html
    assert re.findall(r"<script|<link|@import", html) == []


def test_links_inside_the_screen_edition_lead_somewhere() -> None:
    html = writer(pack_of("- A fact\n- B"), "notes").edition({})
    names = set(re.findall(r'\bid="([^"]+)"', html))
    links = re.findall(r'href="#([^"]+)"', html)
    assert links
    assert set(links) <= names
    assert len(re.findall(r'\bid="', html)) == len(names)
