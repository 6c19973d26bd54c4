"""Fonts come from packages, under names that no machine has."""

import re
from base64 import b64decode
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from cramsheet.page.fonts import FACES, cut, embedded_css, faces_css, font_bytes

# What the documents themselves print, and what authors of formulas and facts are promised.
PROMISED = "ÄÖÜäöüßéñçøłšαβγδελμπσΣΩ→←≥≤≠≈×÷±√∞∑–—„“”’…•·§€✓✗◆▸₀₁₉²³½∈∀∮⇒"


@pytest.mark.parametrize("name", [face.name for face in FACES])
def test_every_face_is_there(name: str) -> None:
    assert len(font_bytes(name)) > 10_000


def test_families_are_ours_by_name() -> None:
    assert all(face.family.startswith("Cram") for face in FACES)


def test_each_weight_has_a_rule_and_a_font_that_no_longer_varies() -> None:
    rules = re.findall(r"font-weight: (\d+); src: url\(font:([\w-]+)\)", faces_css())
    assert len(rules) == sum(len(face.weights) for face in FACES) == len(set(rules))
    for weight, name in rules:
        font = TTFont(BytesIO(cut(name)))
        assert "fvar" not in font
        assert font["OS/2"].usWeightClass == int(weight)
        assert (
            font.getBestCmap() == TTFont(BytesIO(font_bytes(name.rpartition("-")[0]))).getBestCmap()
        )


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
