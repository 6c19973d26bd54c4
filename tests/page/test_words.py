"""The documents speak the language of the exam, and each language says everything."""

import re
import tomllib
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

from cramsheet.edition.changes import UNTOLD, Way
from cramsheet.edition.meaning import MEANINGS
from cramsheet.page import spoken
from cramsheet.page.words import FALLBACK, Words
from cramsheet.plan.kinds import KINDS
from cramsheet.plan.sittings import SITTING, WEAK
from tests.making import ROOT, SHOP, flow, own_shop, pack_of

FOLDER = ROOT / "templates" / "words"
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.toml"))
TABLES = {name: tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8")) for name in LANGUAGES}
TEMPLATES = [path for path in (ROOT / "templates").rglob("*.*") if path.suffix in (".html", ".txt")]
# Asked for by the value of a variable: kinds of document, answers of a claim, counts.
BY_VALUE = {*KINDS, *SITTING, WEAK.name, "practice", "booklet_generated", "key_generated"}
BY_VALUE |= {"true", "false", "numbers"}
BY_VALUE |= {f"change_{way}" for way in Way if way != Way.RENAMED}
BY_VALUE |= {f"change_of_{what}".replace(" ", "_") for what in (*MEANINGS, *UNTOLD)}


def asked_for() -> set[str]:
    found = set(BY_VALUE)
    for path in TEMPLATES:
        found |= set(re.findall(r'words(?:\.parts)?\("(\w+)"', path.read_text("utf-8")))
    for path in (ROOT / "cramsheet").glob("[eps]*/*.py"):  # edition, page, study
        found |= set(re.findall(r'(?:words\(|table\[)"(\w+)"', path.read_text("utf-8")))
    return found | spoken.WORDS


def test_there_are_languages_and_templates() -> None:
    assert {"de", FALLBACK} <= set(LANGUAGES)
    assert len(TEMPLATES) > 20


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != FALLBACK])
def test_every_language_says_everything_and_nothing_else(language: str) -> None:
    assert set(TABLES[language]) == set(TABLES[FALLBACK])


def test_templates_ask_for_words_that_exist() -> None:
    assert asked_for() - set(TABLES[FALLBACK]) == set()


def test_all_words_are_asked_for() -> None:
    assert set(TABLES[FALLBACK]) - asked_for() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_have_the_same_gaps_in_every_language(language: str) -> None:
    for key, text in TABLES[FALLBACK].items():
        assert gaps(TABLES[language][key]) == gaps(text), key


def gaps(text: object) -> object:
    """The names in braces; of a list its length, of parts their number."""
    if isinstance(text, list):
        return len(text)
    return {name for _, name, _, _ in Formatter().parse(str(text)) if name}, str(text).count("|")


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "true"), ("de", "richtig"), ("de-AT", "richtig"), ("sv", "true"), ("en-GB", "true")],
)
def test_a_language_without_words_of_its_own_speaks_the_next(language: str, said: str) -> None:
    assert Words.of(language, SHOP)("true") == said


def test_gaps_are_filled_and_numbers_spelled() -> None:
    words = Words.of("en", SHOP)
    assert words("notes_page", page=7) == "notes p.\u00a07"
    assert (words.number(2), words.number(99)) == ("two", "99")
    assert words.day(date(2026, 3, 1)) == "2026-03-01"
    assert len(words.parts("legend")) == 4


def test_words_of_ones_own_go_before_the_built_in_ones(tmp_path: Path) -> None:
    shop = own_shop(tmp_path, {"templates/words/sv.toml": 'true = "sant"\n'})
    words = Words.of("sv", shop)
    assert (words("true"), words("false")) == ("sant", "false")


def test_a_document_is_written_in_the_language_of_its_exam() -> None:
    question = "- claim: X\n  is: true\n  why: x"
    text = flow(pack_of(questions=question, exam="language: de"), "booklet")
    assert '<html lang="de">' in text
    assert "Richtig oder falsch?" in text
    assert "True or false?" not in text
