"""The commands `mock` and `practice` as a person types them."""

import json
from pathlib import Path

import pytest

from cramsheet.plan.record import PaperRecord
from tests.desk.conftest import Run
from tests.paper import read

EXAM = """\
code: DEMO-1
title: The demo exam
blueprint: {questions: 3, domains: [{id: demo, title: Demo domain, weight: 100}]}
"""
FACTS = "domain: demo\ntopics:\n  - topic: Topic\n    facts: [A bare fact, Another one]\n"
ASKED = "domain: demo\nquestions:\n" + "".join(
    f"  - {{claim: Claim {n}, id: c{n}, is: true, why: so, tags: [{'odd' if n % 2 else 'even'}]}}\n"
    for n in range(8)
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("demo", "other"):
        (tmp_path / "content" / name / "questions").mkdir(parents=True)
        (tmp_path / "content" / name / "exam.yaml").write_text(EXAM)
        (tmp_path / "content" / name / "1.yaml").write_text(FACTS)
        (tmp_path / "content" / name / "questions" / "1.yaml").write_text(ASKED)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_each_form_is_printed_with_all_that_belongs_to_it(folder: Path, run: Run) -> None:
    code, out, _ = run("mock", "--exam", "demo", "--seed", "7", "--forms", "a,b")
    assert code == 0
    kinds = ("mock", "answers", "strip", "score", "key")
    expected = {f"demo-{kind}-7-{form}-a4.pdf" for kind in kinds for form in "AB"}
    output = folder / "output" / "demo"
    assert {path.name for path in output.iterdir()} == expected | {"mock-7.json"}
    assert "mock-7.json" in out
    record = PaperRecord.from_json((output / "mock-7.json").read_text("utf-8"))
    asked = {form: {it.id for it in record.forms[form].questions} for form in "AB"}
    assert len(asked["A"]) == len(asked["B"]) == 3
    assert not asked["A"] & asked["B"]
    assert "DEMO-1 form B-7" in " ".join(
        read((output / "demo-mock-7-B-a4.pdf").read_bytes()).lines()
    )


@pytest.mark.slow
def test_generated_questions_come_only_when_they_are_asked_for(folder: Path, run: Run) -> None:
    limits = "".join(f"{{limit: Limit {n}, value: {n}0, unit: m}}, " for n in range(1, 13))
    path = folder / "content" / "demo" / "1.yaml"
    path.write_text(f"domain: demo\ntopics: [{{topic: Limits, facts: [{limits}]}}]\n")
    asked = {}
    for more in ((), ("--generated",)):
        words = ("mock", "--exam", "demo", "--seed", "7", "--questions", "8", "--quiet", *more)
        assert run(*words)[0] == 0
        output = folder / "output" / "demo"
        record = PaperRecord.from_json((output / "mock-7.json").read_text("utf-8"))
        asked[more] = {it.id.partition("-")[0] for it in record.forms["A"].questions}
        paper = " ".join(read((output / "demo-mock-7-A-a4.pdf").read_bytes()).lines())
        assert ("generated" in paper) == bool(more)
    assert "generated" not in asked[()]
    assert "generated" in asked[("--generated",)]


def test_the_same_again_gives_the_same_bytes(folder: Path, run: Run) -> None:
    def built() -> dict[str, bytes]:
        assert run("mock", "--exam", "demo", "--seed", "x1", "--quiet")[0] == 0
        return {it.name: it.read_bytes() for it in (folder / "output" / "demo").iterdir()}

    assert built() == built()


@pytest.mark.slow
def test_looks_inks_papers_and_numbers_are_as_asked_for(folder: Path, run: Run) -> None:
    words = "mock --exam demo --seed 7 --forms C --questions 8 --look clear --ink black"
    code, _, _ = run(*words.split(), "--paper", "letter,a5", "--output", "out", "--quiet")
    assert code == 0
    names = {path.name for path in (folder / "out" / "demo").iterdir()}
    assert {"demo-mock-7-C-clear-black-letter.pdf", "demo-key-7-C-clear-black-a5.pdf"} <= names
    assert len(names) == 11
    record = json.loads((folder / "out" / "demo" / "mock-7.json").read_text("utf-8"))
    assert len(record["forms"]["C"]["questions"]) == 8


def test_practice_is_printed_from_what_matches(folder: Path, run: Run) -> None:
    code, _, _ = run("practice", "--exam", "demo", "--seed", "7", "--tag", "odd")
    assert code == 0
    output = folder / "output" / "demo"
    assert {path.name for path in output.iterdir()} == {
        "demo-practice-7-a4.pdf",
        "demo-answers-practice-7-a4.pdf",
        "demo-strip-practice-7-a4.pdf",
        "demo-score-practice-7-a4.pdf",
        "demo-key-practice-7-a4.pdf",
        "mock-practice-7.json",
    }
    record = PaperRecord.from_json((output / "mock-practice-7.json").read_text("utf-8"))
    assert {it.id for it in record.forms["P"].questions} == {"c1", "c3", "c5", "c7"}
    assert "minutes" not in " ".join(
        read((output / "demo-practice-7-a4.pdf").read_bytes()).lines(1)
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("mock --exam demo", "--seed"),
        ("mock --seed 7", "a paper is of one exam"),
        ("mock --exam demo --seed ../x", "is no seed"),
        ("mock --exam demo --seed 7 --forms A,AB", '"AB" is no form'),
        ("mock --exam demo --seed 7 --forms A,b,a", "names a form twice"),
        ("mock --exam demo --seed 7 --questions 0", '"0" is no number of questions'),
        ("mock --exam demo --seed 7 --forms A,B,C", "3 forms of 3 need 9: 1 is missing"),
        ("mock --exam demo --seed 7 --questions 9", "a form needs 9: 1 is missing"),
        ("mock --exam demo --seed 7 --look modrn", 'no look "modrn"'),
        ("mock --exam demo --seed 7 --paper a44", "a44"),
        ("mock --exam demo --seed 7 --paper 3x5", "does not stand on 3x5"),
        ("practice --exam demo --seed 7 --tag evn", 'no tag "evn"'),
        ("practice --exam demo --seed 7 --number 9", "there are only 8 questions in demo, not 9"),
    ],
)
def test_what_cannot_be_printed_is_told_and_nothing_is_written(
    words: str, message: str, folder: Path, run: Run
) -> None:
    code, _, err = run(*words.split())
    assert code == 2
    assert message in err
    assert not list((folder / "output").rglob("*.pdf"))
