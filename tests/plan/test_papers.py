import pytest

from cramsheet.plan.papers import SIZES, Paper, paper
from cramsheet.problems import Mistakes

NAMED = ", ".join(SIZES)
NOTHING = "nothing is printed on paper of"


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
        ("a3", "landscape", Paper("a3", 420.0, 297.0)),
        ("legal", "portrait", Paper("legal", 215.9, 355.6)),
        ("tabloid", "portrait", Paper("tabloid", 279.4, 431.8)),
        ("3x5", "landscape", Paper("3x5", 127.0, 76.2)),
        ("4x6-portrait", "landscape", Paper("4x6-portrait", 101.6, 152.4)),
        ("120x180mm", "landscape", Paper("120x180mm", 120.0, 180.0)),
        ("180x120mm", "portrait", Paper("180x120mm", 180.0, 120.0)),
        ("12x18.5cm", "portrait", Paper("12x18.5cm", 120.0, 185.0)),
        ("3x5in", "landscape", Paper("3x5in", 76.2, 127.0)),
        ("40x1200mm", "portrait", Paper("40x1200mm", 40.0, 1200.0)),
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
        ("tabloit", 'no paper "tabloit"', 'did you mean "tabloid"?'),
        ("A4", 'no paper "A4"', f"write one of {NAMED}, or a size such as 120x180mm"),
        ("poster", 'no paper "poster"', f"write one of {NAMED}, or a size such as 120x180mm"),
        ("a4-", 'no paper "a4-"', "write a4-portrait or a4-landscape"),
        ("3x6", 'no paper "3x6"', f"add the unit, 3x6mm or 3x6in, or one of {NAMED}"),
        (
            "120x180pt",
            'no paper "120x180pt"',
            f"write width x height as 120x180mm, or one of {NAMED}",
        ),
        (
            "120x180mm-landscape",
            'no paper "120x180mm-landscape"',
            f"write width x height as 120x180mm, or one of {NAMED}",
        ),
        ("39x100mm", f"{NOTHING} 39 x 100 mm", "take sides of 40 to 1200 mm"),
        ("100x1201mm", f"{NOTHING} 100 x 1201 mm", "take sides of 40 to 1200 mm"),
        ("1x2in", f"{NOTHING} 25.4 x 50.8 mm", "take sides of 40 to 1200 mm"),
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


def test_a_card_is_what_is_smaller_than_a6() -> None:
    cards = {name for name in SIZES if paper(name, "portrait").card}
    assert cards == {"3x5", "4x6"}
    assert paper("300x100mm", "portrait").card
    assert not paper("105x148mm", "portrait").card


def test_sizes_are_upright() -> None:
    assert SIZES
    assert all(width < height for width, height in SIZES.values())
