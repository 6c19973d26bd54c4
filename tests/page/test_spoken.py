"""Formulas in words."""

import pytest

from cramsheet.page.spoken import spoken
from cramsheet.page.words import Words
from tests.making import SHOP


@pytest.mark.parametrize(
    ("tex", "said"),
    [
        (r"\frac{2PR}{P+R}", "2 P R over P plus R"),
        (r"\sqrt{n}", "the root of n"),
        (r"e^{-x}", "e to the power of minus x"),
        (r"x_i^2", "x i squared"),
        (r"\sum_{i=1}^{n} x_i", "the sum from i equals 1 to n x i"),
        (r"\hat{y} \le 3", "y hat is at most 3"),
        (r"\mu \pm 2\sigma", "mu plus or minus 2 sigma"),
        (r"\mathbf{x}^T w", "x transposed w"),
    ],
)
def test_spoken(tex: str, said: str) -> None:
    assert spoken(tex, Words.of("en", SHOP)) == said


def test_spoken_in_another_language() -> None:
    assert spoken(r"\sqrt{n} = 2", Words.of("de", SHOP)) == "Wurzel aus n gleich 2"
