"""Scripts: how wide letters are, where lines break, and what is put for an author's signs."""

import pytest

from cramsheet.page.advances import text_width
from cramsheet.page.estimate import _lines
from cramsheet.page.markup import direction, inline, stem
from cramsheet.page.mirror import mirrored
from cramsheet.page.scripts import beside_wide, joins
from cramsheet.page.words import Words
from cramsheet.press.saying import clusters
from tests.making import SHOP

NARROW = "\u202f"


def test_chinese_letters_are_an_em_wide_and_marks_take_no_room() -> None:
    assert text_width("日本、") == 3.0
    assert text_width("ab") < 2
    assert text_width("بّ") == text_width("ب")


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("plain-word", ["plain-word"]),
        ("größer", ["größer"]),
        ("車道を", ["車", "道", "を"]),
        ("「車」、道。", ["「車」、", "道。"]),
        ("GPSを", ["GPS", "を"]),
        ("サッカー", ["サッ", "カー"]),
    ],
)
def test_a_line_breaks_beside_chinese_letters_but_not_before_a_full_stop(
    word: str, parts: list[str]
) -> None:
    assert beside_wide(word) == parts


def test_lines_without_spaces_are_counted() -> None:
    assert _lines("自" * 30, 10.0) == 3
    assert _lines("自" * 31, 10.0) == 4


@pytest.mark.parametrize(
    ("language", "text", "html"),
    [
        ("fr", 'le "mot" juste', f"le «{NARROW}mot{NARROW}» juste"),
        (
            "fr",
            "Quoi ? Non! Si: oui; bon.",
            f"Quoi{NARROW}? Non{NARROW}! Si{NARROW}: oui{NARROW}; bon.",
        ),
        ("fr", "à 12:30 et 3:1", "à 12:30 et 3:1"),
        ("fr", "« mot »", f"«{NARROW}mot{NARROW}»"),
        ("fr", "Quoi?!", f"Quoi{NARROW}?!"),
        ("fr", "**Quoi ?**", f"<strong>Quoi{NARROW}?</strong>"),
        ("fr", "`a ? b : c`", "<code>a ? b : c</code>"),
        ("en", "What ? No!", "What ? No!"),
        ("es", '"sí"', "«sí»"),
        ("pt-BR", '"sim"', "“sim”"),
        ("pt-PT", '"sim"', "«sim»"),
        ("ja", 'これは"例"です', "これは「例」です"),
        ("ar", '"مثال"', "«مثال»"),
        ("ar", 'و"مثال"', "و«مثال»"),
        ("he", "ב-25 km/h", "ב-\u200e25\u202fkm/h\u200e"),
        ("ar", "عند 20 °C فقط", "عند \u200e20 °C\u200e فقط"),
        ("ar", "يوم 2026-10-01", "يوم \u200e2026-10-01\u200e"),
        ("de", "bei [Firehose]{en} hier", 'bei <span dir="ltr" lang="en">Firehose</span> hier'),
        ("en", "the word [سلام]{ar}", 'the word <span dir="rtl" lang="ar">سلام</span>'),
        ("en", "[no]{EN} [x]{}", "[no]{EN} [x]{}"),
    ],
)
def test_signs_are_those_of_the_language(language: str, text: str, html: str) -> None:
    assert inline(text, language) == html


def test_a_japanese_question_is_found_after_its_story() -> None:
    assert stem("雨です。どうしますか？") == ("雨です。", "どうしますか？")


def test_the_direction_of_a_text_is_that_of_its_letters() -> None:
    assert [direction(text) for text in ("5 km", "5", "كم 5")] == ["ltr", "ltr", "rtl"]


@pytest.mark.parametrize("language", ["ar", "de", "en", "es", "fr", "ja", "pt"])
def test_a_margin_holds_the_day_and_the_questions_on_one_line(language: str) -> None:
    words = Words.of(language, SHOP)
    line = f"{words('verified', day='2026-09-30')} · {words('asked', count=12)}"
    assert text_width(line) < 17.1  # em; 15.3 as printed, for small letters are narrower


def test_only_letters_of_some_scripts_join() -> None:
    assert [joins(letter) for letter in "aЖ–日سनก"] == [False] * 4 + [True] * 3


def test_a_drawing_is_turned_round_but_not_its_words() -> None:
    svg = (
        '<svg viewBox="0 0 100 20"><rect x="{}" y="1" width="30.00"/>'
        '<polyline points="{},5.00 {},6.00"/><text x="{}" text-anchor="{}">a, 1,2</text></svg>'
    )
    turned = svg.format("60.00", "60.00", "50.00", "90.00", "end")
    assert mirrored(svg.format("10.00", "40.00", "50.00", "10", "start")) == turned
    assert mirrored('<svg viewBox="0 0 9 9"><path d="M1 1"/></svg>').endswith('M1 1"/></svg>')


def test_glyphs_that_make_up_a_letter_are_told_together() -> None:
    heard = ["b", "", "a", "c"]
    assert list(clusters("<00010002>-12<0003>", heard)) == [
        ("<0001><0002> -12", "b"),
        ("<0003>", "a"),
    ]
    assert heard == ["c"]
    assert list(clusters("<0001>-5<>12<0002>", ["a", ""])) == [("<0001> -5 12<0002>", "a")]
    assert list(clusters("<0009>", [""])) == [("<0009>", "")]
