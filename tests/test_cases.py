"""Wrong packs and what is said about them: tests/cases/*.yaml; README.md there says how."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from cramsheet.pack.pack import Folder, read_pack
from cramsheet.pack.source import Source
from cramsheet.problems import Mistakes, Problem

HERE = Path(__file__).parent / "cases"
FILES = ("exam.yaml", "facts.yaml", "more.yaml", "questions/questions.yaml")
EXAM, FACTS, MORE, QUESTIONS = FILES
HEADS = {  # what stands above entries that are written alone
    FACTS: "domain: storage\ntopics:\n- topic: Buckets\n  facts:\n",
    MORE: "domain: storage\ntopics:\n- topic: More buckets\n  facts:\n",
    QUESTIONS: "domain: storage\nquestions:\n",
}
USUAL = {
    EXAM: """\
code: X-1
title: Exam
blueprint:
  domains:
    - {id: storage, title: Storage, weight: 60, tasks: {"1.1": Store, "1.2": Find again}}
    - {id: metrics, title: Metrics, weight: 40}
""",
    FACTS: HEADS[FACTS] + "  - A bucket holds objects\n",
}


@dataclass(frozen=True)
class Case:
    title: str
    texts: dict[str, str]
    notes: list[str]

    def said(self) -> list[str]:
        with pytest.raises(Mistakes) as caught:
            read_pack(self.folder())
        return [self._line(problem) for problem in caught.value.problems]

    def folder(self) -> Folder:
        texts = {**USUAL, **{name: _head(name, text) + text for name, text in self.texts.items()}}
        sources = {name: Source(name, texts[name].encode()) for name in FILES if name in texts}
        exam, questions = sources.pop(EXAM), sources.pop(QUESTIONS, None)
        return Folder("case", exam, tuple(sources.values()), (questions,) if questions else ())

    def _line(self, problem: Problem) -> str:
        mark = problem.mark
        assert mark
        head = _head(mark.path, self.texts.get(mark.path, ""))
        place = f"{mark.path}:{mark.line - head.count(chr(10))}:{mark.column}"
        return f"{place} {problem.message} | {problem.hint}"


def _head(name: str, text: str) -> str:
    return HEADS.get(name, "") if text.startswith("  -") else ""


def read(path: Path) -> list[Case]:
    _, *parts = path.read_text(encoding="utf-8").split("\n#= ")
    return [_case(part) for part in parts]


def _case(part: str) -> Case:
    title, *lines = part.splitlines()
    name = FACTS
    texts: dict[str, str] = {}
    notes = []
    for line in lines:
        if line.startswith("#> "):
            name = line.removeprefix("#> ")
            assert name in FILES, f"{title}: no file {name}"
        elif line.startswith("#! "):
            notes.append(f"{name}:{line.removeprefix('#! ')}")
        else:
            texts[name] = f"{texts.get(name, '')}{line}\n"
    return Case(title, {name: f"{text.rstrip()}\n" for name, text in texts.items()}, notes)


CASES = {path.stem: read(path) for path in sorted(HERE.glob("*.yaml"))}


def test_there_are_cases() -> None:
    assert CASES
    assert all(CASES.values())
    assert sum(map(len, CASES.values())) >= 150


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=f"{stem}: {case.title}")
        for stem, cases in CASES.items()
        for case in cases
    ],
)
def test_says_so_and_no_more(case: Case) -> None:
    assert case.notes, "no #! line says what is wrong here"
    assert sorted(case.said()) == sorted(case.notes)


def test_every_problem_has_a_remedy() -> None:
    notes = [note for cases in CASES.values() for case in cases for note in case.notes]
    assert notes
    assert [note for note in notes if not note.partition(" | ")[2].strip()] == []


def test_a_title_names_one_case() -> None:
    titles = [(stem, case.title) for stem, cases in CASES.items() for case in cases]
    assert len(set(titles)) == len(titles)
