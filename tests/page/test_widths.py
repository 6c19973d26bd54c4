"""Widths come from the font, and lines are no wider than their room."""

import pytest

from cramsheet.page.widths import balanced, in_lines, wide
from tests.paper import advance

TEXT = "the quick brown fox jumps over the lazy dog"


@pytest.mark.parametrize("bold", [False, True])
def test_widths_are_those_of_the_font(bold: bool) -> None:
    letters = sum(advance(letter, bold) for letter in TEXT)
    assert wide(TEXT, bold) == pytest.approx(letters, abs=0.02)
    assert wide(TEXT, True) > wide(TEXT)


def test_a_range_is_as_wide_as_the_dash_that_it_is_set_with() -> None:
    assert wide("12-48") == wide("12–48") != wide("12") + wide("-") + wide("48")


@pytest.mark.parametrize("room", [2.0, 3.5, 8.0, 50.0])
@pytest.mark.parametrize("text", [TEXT, "Donaudampfschifffahrt", "a/b/c-longer-word/of-parts", ""])
def test_lines_hold_all_letters_and_stay_in_their_room(text: str, room: float) -> None:
    for lines in (in_lines(text, room), balanced(text, room)):
        assert all(wide(line) <= room for line in lines)
        said = "".join(lines).replace("-", "").replace(" ", "")
        assert said == text.replace("-", "").replace(" ", "")


def test_a_word_is_divided_with_a_hyphen_and_only_where_it_must() -> None:
    assert in_lines("Donaudampf", 3.3) == ["Donau-", "dampf"]
    assert in_lines("text-to-speech", 4.5) == ["text-to-", "speech"]
    assert in_lines("the end", 2.0) == ["the", "end"]


def test_balanced_lines_are_even() -> None:
    lines = balanced("one two three four five", 9.0)
    assert len(lines) == len(in_lines("one two three four five", 9.0)) == 2
    assert max(map(wide, lines)) < max(map(wide, in_lines("one two three four five", 9.0)))
