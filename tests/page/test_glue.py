"""Where lines must not break."""

import pytest

from cramsheet.page.glue import glued, with_minus

LONG = "Words enough that this text is set on more than one line"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("takes 15 minutes", "takes 15~minutes"),
        ("**365** days", "**365**~days"),
        ("up to 1,000 rows", "up to 1,000~rows"),
        ("from 60–900 seconds", "from 60–900~seconds"),
        ("100,000 transformations", "100,000 transformations"),  # too long to be held together
        ("S3 classes", "S3 classes"),
        ("version 1.2 and 3", "version 1.2 and~3"),
        ("at 12:30 today", "at 12:30 today"),
        ("1. first", "1. first"),
        ("milk give 2 × (5 + 5) pairs", "milk give 2~×~(5~+~5) pairs"),
        ("from 0.025 × 3 = 0.075 + 1,000 in all", "from 0.025 × 3 = 0.075 + 1,000 in all"),
        ("monotonic, −1 to 1", "monotonic, −1~to~1"),
        ("5 x 3", "5 x 3"),
        ("just over 12", "just over~12"),
        ("mean 0, deviation 1", "mean 0, deviation~1"),
        ("reinterpretation 1", "reinterpretation 1"),
        (f"{LONG} too", f"{LONG}~too"),
        ("a short one", "a short one"),
        (f"{LONG} forever", f"{LONG} forever"),
        (f"{LONG} **now**", f"{LONG} **now**"),
    ],
)
def test_glue(text: str, wanted: str) -> None:
    assert glued(text) == wanted.replace("~", "\u00a0")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("from -1 to 1", "from −1 to 1"),
        ("(-5 °C)", "(−5 °C)"),
        ("MLS-C01 on 2026-11-21", "MLS-C01 on 2026-11-21"),
        ("t-1", "t-1"),
        ("x -y", "x -y"),
    ],
)
def test_minus(text: str, wanted: str) -> None:
    assert with_minus(text) == wanted
