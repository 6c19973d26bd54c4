"""What does not reach the paper whole, once and in our fonts is an error with an address."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from cramsheet.pack.pack import Pack
from cramsheet.page.shop import Shop
from cramsheet.page.small import share
from cramsheet.pipeline import build
from cramsheet.plan.plan import Order, make_plan
from cramsheet.press.engine import Engine, Written
from cramsheet.press.proof import prove, prove_fonts
from cramsheet.problems import Mistakes, Problem
from tests.making import SHOP, finished, laid, own_shop, pack_of, place

FACTS = """
- A fact
- term: Second
  means: another
- A third fact
"""


def problems(pack: Pack, shop: Shop, kind: str = "sheet") -> tuple[Problem, ...]:
    with pytest.raises(Mistakes) as caught:
        finished(pack, kind, shop=shop)
    return caught.value.problems


def styled(folder: Path, rules: str, name: str = "sheet") -> Shop:
    """The built-in style and some rules of one's own below it."""
    return own_shop(folder, {f"styles/{name}.css": f"{SHOP.style(name).text}\n{rules}"})


def test_a_sound_pack_has_no_problem() -> None:
    assert finished(pack_of(FACTS)).things == 3


@pytest.mark.parametrize(
    "rule",
    [
        ".term { white-space: nowrap; font-size: 40pt }",
        ".term b { display: block; margin-left: 60mm }",
        ".term p { position: relative; left: -30mm }",
        ".term p { position: absolute; top: 400mm }",
    ],
)
def test_a_fact_that_leaves_its_column_is_named_where_it_was_written(
    rule: str, tmp_path: Path
) -> None:
    (problem,) = problems(pack_of(FACTS), styled(tmp_path, rule))
    assert problem.message == 'fact "second" does not stay inside its column on demo-sheet-a4'
    assert place(problem) == "1.yaml:6:9"
    assert "shorten it" in problem.hint


def test_words_smaller_than_the_floor_are_refused_unless_allowed(tmp_path: Path) -> None:
    shop = styled(tmp_path, ".term b { font-size: 4.5pt }")
    (problem,) = problems(pack_of(FACTS), shop)
    assert re.match(r'fact "second" holds words of 4\.\d pt, less than 6\.5', problem.message)
    assert place(problem) == "1.yaml:6:9"
    assert "--floor 4." in problem.hint
    order = Order("sheet", floor=4.2)
    build([(pack_of(FACTS), order)], shop, lambda _: None)


FIGURE = """
- figure: Curve
  alt: a curve that falls
  plot: {x: epoch, y: loss, curves: {loss: [[0, 9], [5, 2]]}}
"""


@pytest.mark.parametrize("kind", ["sheet", "notes"])
def test_words_of_figures_that_print_too_small_are_refused(kind: str, tmp_path: Path) -> None:
    finished(pack_of(FIGURE), kind)
    shop = styled(tmp_path, ".drawing { width: 30mm !important }", kind)
    (problem,) = problems(pack_of(FIGURE), shop, kind)
    assert re.match(r'fact "curve" holds words of [34]\.\d pt, less than 6\.5', problem.message)
    assert place(problem) == "1.yaml:5:9"


def test_the_size_of_words_in_figures_is_read_from_the_blocks(engine: Engine) -> None:
    pages, plan = laid(engine, pack_of(FIGURE))
    words = pages.smallest["fact-curve"] / plan.kind.size
    assert words == pytest.approx(share("labels", plan.kind), rel=0.005)


def test_what_stands_at_two_places_is_no_part_unless_it_was_split(engine: Engine) -> None:
    pages, plan = laid(engine, pack_of(FACTS))
    (one,) = pages.places["fact-second"]
    under = replace(one, top=one.bottom + 1, bottom=one.bottom + 2)
    for parts, split, good in (
        ((one, under), frozenset({"fact-second"}), True),
        ((one, under), frozenset[str](), False),
        ((under, one), frozenset({"fact-second"}), False),
    ):
        twice = replace(pages, places={**pages.places, "fact-second": parts}, split=split)
        if good:
            prove(twice, plan)
        else:
            with pytest.raises(Mistakes, match='fact "second" stands twice'):
                prove(twice, plan)


def test_every_fact_that_leaves_its_column_is_named(tmp_path: Path) -> None:
    shop = styled(tmp_path, ".fact { margin-left: 60mm }")
    assert [place(it) for it in problems(pack_of(FACTS), shop)] == [
        "1.yaml:5:9", "1.yaml:6:9", "1.yaml:8:9",
    ]  # fmt: skip


def test_a_question_that_leaves_its_column_is_named(tmp_path: Path) -> None:
    asked = "- claim: X\n  id: it\n  is: true\n  why: x"
    shop = styled(tmp_path, ".truths { margin-left: 100mm }", "booklet")
    (problem,) = problems(pack_of(questions=asked), shop, "booklet")
    assert problem.message == 'question "it" does not stay inside its column on demo-booklet-a4'
    assert place(problem) == "1.yaml:3:5"


NOT_ONCE = {
    "dropped": (
        '{% for entry in topic.entries if entry.fact.kind != "term" %}',
        'fact "second" does not stand on demo-sheet-a4',
    ),
    "twice": (
        "{% for entry in topic.entries + topic.entries[1:2] %}",
        'fact "second" stands twice on demo-sheet-a4',
    ),
}


@pytest.mark.parametrize("name", NOT_ONCE)
def test_a_template_that_loses_or_doubles_a_fact_is_found_out(name: str, tmp_path: Path) -> None:
    loop, message = NOT_ONCE[name]
    built_in = Path(SHOP.templates()[0] / "facts.html").read_text("utf-8")
    text = built_in.replace("{% for entry in topic.entries %}", loop)
    assert text != built_in
    shop = own_shop(tmp_path, {"templates/facts.html": text})
    (problem,) = problems(pack_of(FACTS), shop)
    assert problem.message == message
    assert problem.hint
    assert place(problem) == "1.yaml:6:9"


def test_a_fact_that_is_not_displayed_is_found_out(tmp_path: Path) -> None:
    (problem,) = problems(pack_of(FACTS), styled(tmp_path, ".term { display: none }"))
    assert problem.message == 'fact "second" does not stand on demo-sheet-a4'


def test_a_rule_that_is_ignored_is_an_error_at_its_line(tmp_path: Path) -> None:
    shop = own_shop(tmp_path, {"styles/sheet.css": "p { margin: 0 }\np {\n  colour: red;\n}\n"})
    (problem,) = problems(pack_of(), shop)
    assert place(problem) == "sheet.css:3:3"
    assert str(problem.mark).startswith(str(tmp_path))
    assert "colour" in problem.message


@pytest.mark.parametrize(
    ("css", "at"),
    [
        ("p { color: }", "1:5"),
        ("a:nosuch(x) { color: red }", "1:1"),
        ("@supports (x: y) { p { color: red } }", "1:1"),
    ],
)
def test_other_broken_rules(css: str, at: str, tmp_path: Path) -> None:
    (problem,) = problems(pack_of(), own_shop(tmp_path, {"styles/sheet.css": css}))
    assert place(problem) == f"sheet.css:{at}"


@pytest.mark.parametrize("letter", ["日", "\U0001f600", "ก"])
def test_a_character_that_no_font_has_is_an_error(letter: str) -> None:
    (problem,) = problems(pack_of(f"- A {letter} fact"), SHOP)
    assert problem.message.startswith("no font has the character")
    assert f"U+{ord(letter):04X}" in problem.message
    assert problem.hint


def test_a_font_of_the_machine_is_an_error() -> None:
    plan = make_plan(pack_of(), Order("sheet"))
    prove_fonts(Written(b"", ("CramText", "CramText,CramSigns")), plan)
    with pytest.raises(Mistakes) as caught:
        prove_fonts(Written(b"", ("CramText", "DejaVu Sans")), plan)
    (problem,) = caught.value.problems
    assert problem.message == "demo-sheet-a4 holds fonts that are not ours: DejaVu Sans"
    assert "CramText" in problem.hint


@pytest.mark.parametrize(
    ("files", "address"),
    [
        ({"styles/sheet.css": "p { background: url(https://x.example/a.png) }"}, "x.example/a.png"),
        ({"styles/sheet.css": "@import url(other.css);"}, "other.css"),
        ({"styles/sheet.css": "p { background: url(file:///etc/passwd) }"}, "/etc/passwd"),
        ({"templates/facts/fact.html": '<p>{{ fact.fact }}<img src="x.png" alt="x">'}, "x.png"),
    ],
)
def test_nothing_is_opened(files: dict[str, str], address: str, tmp_path: Path) -> None:
    found = problems(pack_of(), own_shop(tmp_path, files))
    refused = [it for it in found if it.message.endswith("is not part of the pack")]
    assert any(address in it.message for it in refused)


def test_what_is_wrong_in_one_document_does_not_haunt_the_next(
    engine: Engine, tmp_path: Path
) -> None:
    wrong = own_shop(tmp_path, {"styles/sheet.css": "p { background: url(x.png) }"})
    with pytest.raises(Mistakes):
        laid(engine, pack_of(), shop=wrong)
    pages, _ = laid(engine, pack_of())
    assert pages.count == 1


def test_our_fonts_alone_pass(engine: Engine) -> None:
    from cramsheet.press.proof import prove_fonts

    _, plan = laid(engine, pack_of())
    prove_fonts(Written(b"", ("CramCode", "CramText,CramSigns")), plan)
    with pytest.raises(Mistakes):
        prove_fonts(Written(b"", ("CramText,Arial",)), plan)


def test_a_space_at_the_end_of_a_line_is_not_seen() -> None:
    """One that does not break the line reaches beyond the column where words fill it."""
    facts = [f"- fact: '{'e' * count}\u00a0{'b' * 20}'" for count in range(20, 60)]
    finished(pack_of("\n".join(facts)))
