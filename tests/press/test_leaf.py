"""Proofreading of what is not made of blocks: each promise broken once by a style of one's own."""

from pathlib import Path

import pytest

from cramsheet.pipeline import build
from cramsheet.plan.mock import forms
from cramsheet.plan.plan import Order
from cramsheet.problems import Mistakes
from tests.making import SHOP, own_shop, pack_of

CLAIMS = "".join(f"- {{claim: C{n}, id: c{n}, is: true, why: x}}\n" for n in range(6))
PACK = pack_of(questions=CLAIMS)
(FORM,) = forms(PACK, "7", "A", total=6)
HOME = Path(__file__).parents[2] / "styles"


@pytest.mark.parametrize(
    ("kind", "rule", "message"),
    [
        ("answers", ".five + .five { display: none }", '"question-c'),
        ("strip", ".row { display: none }", '"question-c0" does not stand on'),
        ("score", ".count { margin-inline-start: 150mm }", "leaves the margins of page 1"),
        (
            "answers",
            ".card h1 { white-space: nowrap; text-indent: 150mm }",
            "leaves the margins of page 1",
        ),
        ("strip", ".letters { color: #bbb }", "words in #bbbbbb stand on #ffffff"),
        ("score", ".how { font-size: .5em }", "less than 6.5, stand"),
        ("strip", ".five + .five { margin-top: -3em }", "stand on each other on page 1"),
        ("answers", ".grid { break-before: page }", "there are 2 pages, not 1"),
    ],
)
def test_what_is_not_as_planned_is_found(
    kind: str, rule: str, message: str, tmp_path: Path
) -> None:
    text = (HOME / f"{kind}.css").read_text("utf-8")
    shop = own_shop(tmp_path, {f"styles/{kind}.css": f"{text}\n{rule}\n"})
    with pytest.raises(Mistakes) as caught:
        build([(PACK, Order(kind, form=FORM))], shop, lambda _: None)
    assert message in str(caught.value)
    assert all(it.hint for it in caught.value.problems)


@pytest.mark.parametrize("kind", ["answers", "strip", "score"])
def test_with_the_templates_of_the_house_nothing_is_missed(kind: str) -> None:
    (printed,) = build([(PACK, Order(kind, form=FORM))], SHOP, lambda _: None)
    assert printed.pages == 1


@pytest.mark.parametrize(
    ("kind", "template", "old", "new", "message"),
    [
        ("score", "score", "{{ part.row.title | md }}</th>{% if not", "</th>{% if not", '"part-1" does not say "Demo domain"'),
        ("score", "score", "/ {{ part.scored | length }}", "", '"part-1" does not say "/ 6"'),
        ("score", "score", "× {{ words.decimal(part.row.weight / 100) }}", "", '"part-1" does not say "× 1'),
        ("score", "score", '<span class="slot"></span> / {{ part', " / {{ part", '"part-1" has 2 of 3 fields'),
        ("score", "score", "for number in part.scored", "for number in part.scored[1:]", '"numbers-1" does not say "1 2'),
        ("score", "score", "{{ task.numbers | join", "{{ task.numbers[1:] | join", '"task-1-1" does not say "1, 2'),
        ("score", "score", "{% for task in part.tasks %}", "{% for task in [] %}", '"task-1-1" does not stand'),
        ("score", "score", "/ {{ card.scored }}", "", '"sum" does not say "/ 6"'),
        ("score", "score", '{{ words("score_guide") }}', "", 'the words "Take the share as a guide'),
        ("strip", "strip", "{{ row.title | md }}", "", 'the words "Demo domain" do not stand'),
        ("strip", "leaf", "{{ exam.title | md }}", "", 'the words "The demo exam" do not stand'),
        ("strip", "leaf", "{{ words(plan.kind.name) }}", "", 'the words "Key strip" do not stand'),
        ("answers", "leaf", '{{ words("form", code=plan.form.code) }}', "", 'the words "form A-7" do not stand'),
        ("answers", "answers", '<span class="said">{{ slot.label }}</span>', "", 'does not say "true, false"'),
        ("answers", "answers", '{{ words("fill_bubbles") }}', "", 'the words "Fill a circle'),
    ],
)  # fmt: skip
def test_what_a_template_forgets_is_found(
    kind: str, template: str, old: str, new: str, message: str, tmp_path: Path
) -> None:
    name = f"templates/{template}.html"
    text = (HOME.parent / name).read_text("utf-8")
    assert old in text
    shop = own_shop(tmp_path, {name: text.replace(old, new, 1)})
    with pytest.raises(Mistakes) as caught:
        build([(PACK, Order(kind, form=FORM))], shop, lambda _: None)
    assert message in str(caught.value)


def test_a_row_that_stands_twice_is_found(tmp_path: Path) -> None:
    twice = (HOME.parent / "templates" / "answers.html").read_text("utf-8")
    twice = twice.replace(
        "{{ sheet(grid, cell) }}", "{{ sheet(grid, cell) }}{{ sheet(grid, cell) }}"
    )
    shop = own_shop(tmp_path, {"templates/answers.html": twice})
    with pytest.raises(Mistakes, match="stands 2 times"):
        build([(PACK, Order("answers", form=FORM))], shop, lambda _: None)
