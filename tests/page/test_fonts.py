"""Fonts come from packages, under names that no machine has."""

import re
from base64 import b64decode
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from cramsheet.page.fonts import (
    EVERYWHERE,
    FACES,
    cut,
    embedded_css,
    faces_css,
    font_bytes,
    wideness,
)
from cramsheet.problems import Mistakes

ALL = " ".join(face.family for face in FACES)

# What the documents themselves print, and what authors of formulas and facts are promised.
PROMISED = "ÄÖÜäöüßéñçøłšαβγδελμπσΣΩ→←≥≤≠≈×÷±√∞∑–—„“”’…•·§€✓✗◆▸₀₁₉²³½∈∀∮⇒"


@pytest.mark.parametrize("name", [face.name for face in FACES])
def test_every_face_is_there(name: str) -> None:
    assert len(font_bytes(name)) > 10_000


def test_families_are_ours_by_name() -> None:
    assert all(face.family.startswith("Cram") for face in FACES)


def test_each_weight_has_a_rule_and_a_font_that_no_longer_varies() -> None:
    rules = re.findall(r"font-weight: (\d+); src: url\(font:([\w-]+)\)", faces_css(ALL))
    assert len(rules) == sum(len(face.weights) for face in FACES) == len(set(rules))
    for weight, name in rules:
        font = TTFont(BytesIO(cut(name)))
        assert "fvar" not in font
        assert font["OS/2"].usWeightClass == int(weight)
        assert (
            font.getBestCmap() == TTFont(BytesIO(font_bytes(name.rpartition("-")[0]))).getBestCmap()
        )


def test_only_the_families_that_styles_name_are_loaded() -> None:
    assert set(re.findall(r"font-family: (\w+)", faces_css(""))) == set(EVERYWHERE)
    assert "CramSerif" in faces_css("html { font-family: CramSerif }")


@pytest.mark.parametrize(
    "name",
    ["text-400", "text-600", "text-italic-400", "serif-400", "code-400", "clear-400", "clear-700"],
)
def test_light_letters_are_as_wide_as_usual_and_drawn_thinner(name: str) -> None:
    usual, light = (TTFont(BytesIO(cut(it))) for it in (name, f"{name}-light"))
    wide = [{it: em for it, (em, _) in font["hmtx"].metrics.items()} for font in (usual, light)]
    assert wide[0] == wide[1]
    assert usual.getBestCmap() == light.getBestCmap()
    dots = [font["glyf"][font.getBestCmap()[ord(".")]] for font in (usual, light)]
    assert dots[1].xMax - dots[1].xMin < dots[0].xMax - dots[0].xMin


def test_how_wide_a_look_is_is_measured() -> None:
    assert wideness("CramText") == 1.0
    assert wideness("CramNarrow") < 0.97 < 1.0 < wideness("CramClear")
    with pytest.raises(Mistakes, match='no face "CramSerf"') as caught:
        wideness("CramSerf")
    assert "CramSerif" in caught.value.problems[0].hint


def test_a_bold_word_is_wider_than_a_plain_one() -> None:
    widths = [TTFont(BytesIO(cut(name)))["hmtx"]["a"][0] for name in ("text-400", "text-600")]
    assert widths[0] < widths[1]


@pytest.mark.parametrize("letter", PROMISED)
def test_a_promised_character_is_in_a_font_of_running_text(letter: str) -> None:
    families = [face for face in FACES if face.family in ("CramText", "CramSigns")]
    assert any(ord(letter) in _characters(font_bytes(face.name)) for face in families)


def test_embedded_fonts_hold_the_text_and_little_else() -> None:
    css = embedded_css("Größe α")
    found = re.findall(r"font-family: (\w+);.*?base64,([^)]+)", css)
    assert "CramText" in [family for family, _ in found]
    whole = len(font_bytes("text"))
    for family, data in found:
        font = b64decode(data)
        assert font[:4] == b"wOF2"
        assert len(font) < whole / 8
        if family == "CramText":
            assert {ord(letter) for letter in "Größe"} <= _characters(font)
            assert ord("z") not in _characters(font)


def test_a_font_without_any_letter_of_the_text_stays_away() -> None:
    assert "CramSigns" in embedded_css("∮")
    assert "CramText" not in embedded_css("∮")
    assert embedded_css("\U0001f600") == ""


def test_the_same_text_gives_the_same_bytes() -> None:
    assert embedded_css("same") == embedded_css("same")


def _characters(font: bytes) -> set[int]:
    return set(TTFont(BytesIO(font)).getBestCmap())
