"""Proofreading of what is not made of blocks: each promise broken once by a style of one's own."""

from pathlib import Path

import pytest
import yaml

from cramsheet.pipeline import build
from cramsheet.plan.mock import forms
from cramsheet.plan.plan import Order
from cramsheet.problems import Mistakes
from tests.making import SHOP, own_shop, pack_of

CLAIMS = "".join(f"- {{claim: C{n}, id: c{n}, is: true, why: x}}\n" for n in range(6))
PACK = pack_of(questions=CLAIMS)
(FORM,) = forms(PACK, "7", "A", total=6)
FORGOTTEN = yaml.safe_load((Path(__file__).parent / "forgotten.yaml").read_text("utf-8"))
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


@pytest.mark.parametrize("case", FORGOTTEN, ids=lambda case: case["says"])
def test_what_a_template_forgets_is_found(case: dict[str, str], tmp_path: Path) -> None:
    name = f"templates/{case['template']}.html"
    text = (HOME.parent / name).read_text("utf-8")
    assert case["old"] in text
    shop = own_shop(tmp_path, {name: text.replace(case["old"], case["new"], 1)})
    with pytest.raises(Mistakes) as caught:
        build([(PACK, Order(case["kind"], form=FORM))], shop, lambda _: None)
    assert case["says"] in str(caught.value)


def test_a_row_that_stands_twice_is_found(tmp_path: Path) -> None:
    twice = (HOME.parent / "templates" / "answers.html").read_text("utf-8")
    twice = twice.replace(
        "{{ sheet(grid, cell) }}", "{{ sheet(grid, cell) }}{{ sheet(grid, cell) }}"
    )
    shop = own_shop(tmp_path, {"templates/answers.html": twice})
    with pytest.raises(Mistakes, match="stands 2 times"):
        build([(PACK, Order("answers", form=FORM))], shop, lambda _: None)
