"""What eyes make of colours."""

import pytest

from cramsheet.page.sight import LACKING, apart, contrast


# Values of the WCAG's own formula, as its public checkers give them.
@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#767676", "#ffffff", 4.54),
        ("#ffffff", "#777777", 4.48),
        ("#0000ff", "#ffffff", 8.59),
        ("#ff0000", "#00ff00", 2.91),
    ],
)
def test_contrast(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize("lacking", LACKING)
def test_what_has_no_colour_looks_the_same_to_all(lacking: str) -> None:
    assert apart("#404040", "#c0c0c0", lacking) == pytest.approx(
        apart("#404040", "#c0c0c0"), abs=0.01
    )


@pytest.mark.parametrize(
    ("one", "other", "lacking"),
    [
        ("#8f3d07", "#4f5a0b", "green"),
        ("#a03c00", "#556b00", "red"),
        ("#0b5a73", "#1d4f91", "blue"),
    ],
)
def test_colours_that_some_people_confuse(one: str, other: str, lacking: str) -> None:
    assert apart(one, other, lacking) < 0.5 * apart(one, other)


def test_a_colour_is_no_different_from_itself() -> None:
    assert apart("#123456", "#123456") == 0.0
    assert apart("#000000", "#ffffff") == pytest.approx(1.0, abs=0.001)
