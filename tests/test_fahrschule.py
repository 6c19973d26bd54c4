"""A pack on another subject in another language, with every kind of fact and question.

It is data alone: nothing in the program knows of it.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from cramsheet.pack import facts, questions
from cramsheet.pack.facts import Common, Figure
from cramsheet.pack.pack import Item, Pack
from cramsheet.pack.questions import Choice
from cramsheet.page.markup import plain
from cramsheet.plan.kinds import KINDS
from cramsheet.plan.plan import Order, make_plan
from cramsheet.shelf import load_all
from tests.making import PACKS
from tests.paper import Paper, letters

HIDDEN = {"id", "tags", "source", "verified", "priority", "status", "tex", "language"}
DRAWN = {"plot", "flow", "matrix", "picture"}
SPOKEN = {"say", "alt"}


@pytest.fixture(scope="module")
def pack() -> Pack:
    (it,) = load_all(PACKS, ["fahrschule"], Path.cwd())
    return it


def texts(value: object) -> Iterator[str]:
    """Every text that an author wrote somewhere below."""
    match value:
        case str():
            yield value
        case BaseModel():
            for key in type(value).model_fields:
                yield from texts(getattr(value, key))
        case dict():
            for key, below in value.items():
                yield key
                yield from texts(below)
        case list() | tuple():
            for below in value:
                yield from texts(below)


def said(fact: Common, keys: set[str]) -> Iterator[str]:
    for key in type(fact).model_fields:
        if key in keys:
            yield from texts(getattr(fact, key))


def missing(wanted: Iterator[str], it: Paper) -> list[str]:
    """A text may be broken over lines, columns and pages, but its letters stay together."""
    found = it.letters
    return [text for text in wanted if letters(plain(text)) not in found]


def test_it_holds_every_kind(pack: Pack) -> None:
    assert {entry.fact.kind for entry in pack.entries()} == set(facts.KINDS)
    asked = {item.asked.kind for domain in pack.domains for item in domain.items}
    assert asked == set(questions.KINDS)
    figures = [entry.fact for entry in pack.entries() if isinstance(entry.fact, Figure)]
    assert {way for it in figures for way in DRAWN if getattr(it, way) is not None} == DRAWN


@pytest.mark.parametrize("kind", ["sheet", "notes"])
def test_every_fact_is_on_paper(kind: str, pack: Pack, fahrschule: dict[str, Paper]) -> None:
    it = fahrschule[kind]
    shown = set(Common.model_fields) | {
        key for model in facts.KINDS.values() for key in model.model_fields
    }
    wanted = [t for e in pack.entries() for t in said(e.fact, shown - HIDDEN - DRAWN - SPOKEN)]
    assert len(wanted) > 50
    assert missing(iter(wanted), it) == []


@pytest.mark.parametrize("kind", ["sheet", "notes"])
def test_every_drawing_and_formula_is_spoken(
    kind: str, pack: Pack, fahrschule: dict[str, Paper]
) -> None:
    spoken = [text for entry in pack.entries() for text in said(entry.fact, SPOKEN)]
    assert sorted(fahrschule[kind].alternatives) == sorted(spoken)


@pytest.mark.parametrize("kind", ["sheet", "notes"])
def test_the_words_of_drawings_are_text(kind: str, fahrschule: dict[str, Paper]) -> None:
    runs = {run.text.strip() for run in fahrschule[kind].runs}  # a run of its own for each
    wanted = {
        "km/h", "Meter", "Reaktionsweg", "Pedal", "Zylinder", "Öl", "TN", "72", "Präzision", "0,69",
    }  # fmt: skip
    assert wanted - runs == set()
    assert fahrschule[kind].letters.count("reaktionsweg") == 2  # the formula's and the curve's


def everything(pack: Pack) -> Iterator[Item]:
    """The questions, the cases and their parts."""
    for domain in pack.domains:
        for item in domain.items:
            yield from (item, *item.parts)


def test_every_question_is_in_the_booklet_and_no_answer(
    pack: Pack, fahrschule: dict[str, Paper]
) -> None:
    booklet = fahrschule["booklet"]
    wanted: list[str] = []
    kept: list[str] = []
    for item in everything(pack):
        asked = item.asked
        for key in set(type(asked).model_fields) - {"id", "task", "teaches", "tags", "questions"}:
            if key == "options" and isinstance(asked, Choice):
                wanted += [option.text for option in asked.options]
                kept += [option.why for option in asked.options]
            elif key in {"why", "truth", "blanks"}:
                kept += texts(getattr(asked, key))
            else:
                wanted += [
                    part for text in texts(getattr(asked, key)) for part in text.split("___")
                ]
    assert len(wanted) > 30
    assert missing(iter(wanted), booklet) == []
    whys = [text for text in kept if len(text) > 12]
    assert len(whys) > 15
    assert missing(iter(whys), booklet) == whys
    assert missing(iter(whys), fahrschule["key"]) == []


def test_the_letters_of_the_key_are_those_of_the_booklet(
    pack: Pack, fahrschule: dict[str, Paper]
) -> None:
    booklet, key = fahrschule["booklet"], fahrschule["key"]
    for section in make_plan(pack, Order("key")).sections:
        for question in section.questions:
            for option in question.options:
                assert letters(f"{option.letter}{option.text}") in booklet.letters
            if question.kind == "question":
                right = next(option for option in question.options if option.right)
                assert letters("".join(question.answer)) in before(key, right.text)
            elif question.kind in ("match", "order"):
                assert letters("".join(question.answer) + question.why) in key.letters


def before(it: Paper, text: str) -> set[str]:
    """What stands on the line of a text, to its left."""
    run = next(run for run in it.runs if letters(run.text).startswith(letters(text)))
    return {
        letters(other.text)
        for other in it.runs
        if other.page == run.page and abs(other.top - run.top) < 2 and other.left < run.left
    }


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("sheet", ["Falle", "unbedingt wissen", "nicht: das Ende", "früher Trambahnregel"]),
        ("notes", ["Inhalt", "geprüft am 2026-09-30", "ungeprüft", "ohne Quelle", "in 2 Fragen"]),
        ("booklet", ["Richtig oder falsch?", "zwei wählen", "Fragen 1–3", "Die Lücken füllen.",
                     "Den passenden Buchstaben eintragen.", "Die Schritte nummerieren.",
                     "Fall: Herbst auf der Landstraße", "Zu diesem Fall gehören die Fragen 6–7.",
                     "8 Fragen in diesem Heft"]),
        ("key", ["falsch", "richtig", "Skript S."]),
    ],
)  # fmt: skip
def test_the_documents_speak_german(
    kind: str, words: list[str], fahrschule: dict[str, Paper]
) -> None:
    text = " ".join(" ".join(run.text for run in fahrschule[kind].runs).split())
    for word in words:
        assert letters(word) in letters(text), word


def test_the_documents_speak_no_english(fahrschule: dict[str, Paper]) -> None:
    english = "cheat notes booklet answer contents edition verified formerly choose true false pass"
    for kind, it in fahrschule.items():
        words = {word.casefold() for run in it.runs for word in run.text.split()}
        assert words & set(english.split()) == set(), kind


def test_quotes_dashes_and_spaces_are_german(fahrschule: dict[str, Paper]) -> None:
    sheet = fahrschule["sheet"]
    assert sheet.find("„Vorfahrt gewähren“")
    assert sheet.find("1,6\u202fmm")
    assert sheet.find("4–5\u202fmm")
    assert any("Höchstgeschwindigkeit" in run.text for run in sheet.runs)


def test_topics_of_one_title_from_two_files_are_one(fahrschule: dict[str, Paper]) -> None:
    notes = fahrschule["notes"]
    assert [it.text for it in notes.outline].count("Vor der Fahrt") == 1


def test_every_kind_of_document_is_there(fahrschule: dict[str, Paper]) -> None:
    assert set(fahrschule) == set(KINDS)
    assert all(it.count >= 1 for it in fahrschule.values())
