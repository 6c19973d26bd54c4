import pytest

from cramsheet.plan.papers import SIZES, Paper, paper
from cramsheet.problems import Mistakes


@pytest.mark.parametrize(
    ("order", "turn", "expected"),
    [
        ("a4", "portrait", Paper("a4", 210.0, 297.0)),
        ("a4", "landscape", Paper("a4", 297.0, 210.0)),
        ("a4-landscape", "portrait", Paper("a4-landscape", 297.0, 210.0)),
        ("a4-landscape", "landscape", Paper("a4", 297.0, 210.0)),
        ("a4-portrait", "landscape", Paper("a4-portrait", 210.0, 297.0)),
        ("a4-portrait", "portrait", Paper("a4", 210.0, 297.0)),
        ("letter", "portrait", Paper("letter", 215.9, 279.4)),
        ("letter", "landscape", Paper("letter", 279.4, 215.9)),
        ("a5", "portrait", Paper("a5", 148.0, 210.0)),
        ("a5-landscape", "portrait", Paper("a5-landscape", 210.0, 148.0)),
    ],
)
def test_a_paper_lies_as_ordered(order: str, turn: str, expected: Paper) -> None:
    assert paper(order, turn) == expected
    assert paper(order, turn).landscape == (expected.width > expected.height)


@pytest.mark.parametrize(
    ("order", "message", "hint"),
    [
        ("a44", 'no paper "a44"', 'did you mean "a4"?'),
        ("lettre", 'no paper "lettre"', 'did you mean "letter"?'),
        ("tabloid", 'no paper "tabloid"', "write one of a4, letter, a5"),
        ("A4", 'no paper "A4"', "write one of a4, letter, a5"),
        ("a4-landscap", 'no paper "a4-landscap"', 'did you mean "a4-landscape"?'),
        ("a5-x", 'no paper "a5-x"', "write a5-portrait or a5-landscape"),
        ("a44-landscape", 'no paper "a44-landscape"', 'did you mean "a4"?'),
    ],
)
def test_a_wrong_paper_is_named_with_what_was_meant(order: str, message: str, hint: str) -> None:
    with pytest.raises(Mistakes) as caught:
        paper(order, "portrait")
    (problem,) = caught.value.problems
    assert (problem.message, problem.hint) == (message, hint)


def test_sizes_are_upright() -> None:
    assert SIZES
    assert all(width < height for width, height in SIZES.values())
