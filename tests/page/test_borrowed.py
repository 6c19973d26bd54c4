"""Fonts for scripts that ours lack: which is chosen, and what is taken of it."""

from io import BytesIO
from pathlib import Path
from shutil import copy

import pytest
import uharfbuzz
from fontTools.pens.areaPen import AreaPen
from fontTools.ttLib import TTFont

from cramsheet.page.borrowed import Borrowed, Case, borrowed
from cramsheet.page.letters import lacking
from cramsheet.problems import Mistakes
from tests.test_tongues import ARABIC, JAPANESE

ALIF_BA = frozenset("اب")
KANJI = frozenset("日本の字")


def codes(font: Borrowed) -> str:
    return "".join(sorted(map(chr, font.letters)))


def test_each_named_font_gives_what_the_ones_before_lack() -> None:
    found = borrowed(ALIF_BA | KANJI, "ja", Case((ARABIC, JAPANESE)))
    assert [codes(font) for font in found] == ["اب", "の字日本"]
    assert borrowed(KANJI, "ja", Case((ARABIC,))) == ()


def test_what_is_installed_is_found_in_any_folder(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    copy(ARABIC, tmp_path / "deep" / "a.TTF")
    (tmp_path / "broken.ttf").write_text("no font")
    (tmp_path / "notes.txt").write_text("no font")
    found = borrowed(ALIF_BA | KANJI, "ar", Case(folders=(tmp_path,)))
    assert [codes(font) for font in found] == ["اب"]
    assert found == borrowed(ALIF_BA, "ar", Case((ARABIC,)))


def test_signs_of_no_script_come_from_named_fonts_alone(tmp_path: Path) -> None:
    copy(JAPANESE, tmp_path / "j.otf")
    sign = frozenset("㎡♨")  # the second belongs to no script
    assert [codes(f) for f in borrowed(sign, "ja", Case(folders=(tmp_path,)))] == ["㎡"]
    assert [codes(f) for f in borrowed(sign, "ja", Case((JAPANESE,)))] == ["♨㎡"]


def test_a_file_that_is_no_font_is_named(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.ttf", Path(__file__)):
        with pytest.raises(Mistakes, match="is not a font"):
            borrowed(KANJI, "ja", Case((path,)))


@pytest.mark.parametrize(("path", "letters"), [(ARABIC, ALIF_BA), (JAPANESE, KANJI)])
def test_it_is_truetype_small_and_has_a_bold_face_as_wide(
    path: Path, letters: frozenset[str]
) -> None:
    (font,) = borrowed(letters, "ja", Case((path,)))
    regular, bold = (TTFont(BytesIO(data)) for data in (font.regular, font.bold))
    assert len(font.regular) < 20_000
    assert {"glyf", "loca"} <= set(regular.keys()) & set(bold.keys())
    assert not {"CFF ", "fvar"} & (set(regular.keys()) | set(bold.keys()))
    for letter in letters:
        thin, thick = (ink(data, letter) for data in (font.regular, font.bold))
        assert 1.1 * thin < thick < 1.9 * thin, letter
    if path == JAPANESE:  # made bold by us
        wide = [[width for width, _ in it["hmtx"].metrics.values()] for it in (regular, bold)]
        assert wide[0] == wide[1]


def ink(font: bytes, letter: str) -> float:
    drawn, pen = uharfbuzz.Font(uharfbuzz.Face(font)), AreaPen()
    drawn.draw_glyph_with_pen(drawn.get_nominal_glyph(ord(letter)), pen)
    return abs(float(pen.value))


def test_the_same_letters_give_the_same_bytes_and_others_another_family() -> None:
    case = Case((JAPANESE,))
    (one,) = borrowed(KANJI, "ja", case)
    borrowed.cache_clear()
    assert borrowed(KANJI, "ja", case) == (one,)
    assert borrowed(KANJI | {"車"}, "ja", case)[0].family != one.family


def test_a_letter_that_is_drawn_as_two_brings_both() -> None:
    (font,) = borrowed(frozenset("آ"), "ar", Case((ARABIC,)))
    assert set("آا\u0653") <= set(map(chr, TTFont(BytesIO(font.regular)).getBestCmap()))


def test_a_letter_that_the_font_of_signs_happens_to_have_is_not_ours() -> None:
    assert lacking("Ж∀の日é") == {"の", "日"}
