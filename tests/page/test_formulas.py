"""Formulas sit on the baseline and scale with the text around them."""

import re
from base64 import b64decode
from xml.etree import ElementTree

import pytest

from cramsheet.page.formulas import Unreadable, draw, formula
from cramsheet.problems import Mistakes
from tests.making import flow, pack_of, place


@pytest.mark.parametrize(
    ("tex", "least", "most"),
    [
        ("x", 0.0, 0.1),  # em below the baseline: a letter without descender
        ("p", 0.15, 0.35),
        ("x_i", 0.15, 0.4),
        (r"\frac{a}{b}", 0.5, 0.9),
        (r"\sum_{i=1}^{n} x_i", 0.7, 1.5),
    ],
)
def test_the_depth_below_the_baseline(tex: str, least: float, most: float) -> None:
    assert least <= draw(tex).depth <= most


def test_a_numerator_moves_the_top_and_not_the_baseline() -> None:
    assert draw("x^2").depth == pytest.approx(draw("x").depth, abs=0.001)
    assert draw("x^2").height > draw("x").height


def test_scripts_are_smaller_than_what_they_stand_at() -> None:
    assert draw("x_x").width < 1.69 * draw("x").width


def test_the_image_is_sized_in_em_with_spoken_text() -> None:
    html = formula(r"\frac{a}{b}", 'a over "b" & more')
    drawing = draw(r"\frac{a}{b}")
    assert 'alt="a over &quot;b&quot; &amp; more"' in html
    assert f"width:{drawing.width:.3f}em" in html
    assert f"vertical-align:-{drawing.depth:.3f}em" in html
    found = re.search(r"base64,([^\"]+)", html)
    assert found
    assert ElementTree.fromstring(b64decode(found[1])).tag.endswith("svg")


@pytest.mark.parametrize("tex", [r"\frac", "{", "a & b", r"\begin{matrix}1"])
def test_what_cannot_be_read_is_said(tex: str) -> None:
    with pytest.raises(Unreadable):
        draw(tex)


def test_an_unreadable_formula_is_named_where_it_was_written() -> None:
    pack = pack_of("""
        - A fact
        - formula: Half
          tex: \\frac{1}{2}
          say: a half
        - formula: Broken
          tex: \\frac{1
          say: nothing
    """)
    with pytest.raises(Mistakes) as caught:
        flow(pack)
    (problem,) = caught.value.problems
    assert place(problem) == "1.yaml:10:14"
    assert problem.message.startswith("the formula cannot be read")
    assert problem.hint


@pytest.mark.parametrize(
    "tex",
    [
        r"\frac{1}{" * 20 + "x" + "}" * 20,
        r"\left(" * 20 + "x" + r"\right)" * 20,
        r"\begin{cases}" * 6 + "x" + r"\end{cases}" * 6,
        r"\sqrt" * 20 + " x",
        ("{" * 8 + "x" + "}" * 8) * 400,
    ],
)
def test_what_would_be_drawn_for_minutes_is_refused(tex: str) -> None:
    with pytest.raises(Unreadable, match=r"it is (nested|too large)"):
        draw(tex)


def test_a_root_in_a_fraction_of_a_case_is_drawn() -> None:
    assert draw(r"\begin{cases}\frac{\sqrt{x^{2}}}{2} & x>0 \\ 0\end{cases}").width > 1
