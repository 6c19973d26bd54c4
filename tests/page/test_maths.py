"""Formulas inside sentences."""

import pytest

from cramsheet.problems import Mistakes
from tests.making import finished, flow, pack_of, place
from tests.paper import read


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        (r"grows with $\sqrt{n}$ only", [r"\sqrt{n}"]),
        (r"$x$ and $y$", ["x", "y"]),
        (r"($a_1$, $b$)", ["a_1", "b"]),
        ("costs $5 a day and $6 a night", []),
        ("from $5 to $6", []),
        (r"a dollar \$x\$ of its own", []),
        ("in code `$x$` it stays", []),
        ("US$5 and 5$", []),
        ("**bold $x$**", ["x"]),
    ],
)
def test_formulas_are_told_from_prices(text: str, formulas: list[str]) -> None:
    html = flow(pack_of(f"- fact: '{text}'"))
    assert html.count("data:image/svg+xml") == len(formulas)
    assert "data-tex" not in html


def test_a_formula_stands_in_its_line_and_is_heard() -> None:
    facts = r"""
        - fact: 'error falls with $\sqrt{n}$ at last'
        - compare: X
          columns: [Y]
          rows: {'$\alpha$': ['$x^2$']}
    """
    it = read(finished(pack_of(facts)).data)
    assert {"the root of n", "alpha", "x squared"} == set(it.alternatives)
    before, after = it.find("falls with"), it.find("at last")
    assert before.top == pytest.approx(after.top, abs=0.1)
    assert after.left - before.right > 1.5  # mm: there is something between them
    assert "sqrt" not in it.letters


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        (r"- fact: 'Wrong $\frac{1}$ here'", 5),
        ("- Fact\n" + r"- {term: T, means: 'it is $\nosuch{x}$'}", 6),
    ],
)
def test_what_is_no_latex_is_a_mistake_with_its_place(facts: str, line: int) -> None:
    with pytest.raises(Mistakes) as caught:
        finished(pack_of(facts))
    (problem,) = caught.value.problems
    assert problem.message.startswith('the formula "$')
    assert place(problem).startswith(f"1.yaml:{line}")
    assert "LaTeX" in (problem.hint or "")
