"""`cramsheet mark` and `cramsheet weak` as a person types them."""

import json
from pathlib import Path

import pytest

from cramsheet.page.markup import plain
from tests.desk.conftest import Run
from tests.paper import letters, read
from tests.study.sittings import FILES, RECORD, filled, form_of, right
from tests.study.test_marking import answers


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose paper was printed; the person stands in it, and their data is here, too."""
    for name, text in FILES.items():
        path = tmp_path / "content" / "demo" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    record = tmp_path / "output" / RECORD.path
    record.parent.mkdir(parents=True)
    record.write_text(RECORD.to_json(), "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path


def made(folder: Path) -> set[str]:
    return {path.name for path in (folder / "output" / "demo").glob("*results*")}


def history(folder: Path) -> list[dict[str, object]]:
    path = folder / "data" / "cramsheet" / "history" / "demo.json"
    return list(json.loads(path.read_text("utf-8"))["sittings"]) if path.is_file() else []


def test_filled_sheets_of_several_people(folder: Path, run: Run) -> None:
    for name in ("Ada", "Bob", ""):
        missed = ("q-two",) if name == "Bob" else ()
        data = filled(RECORD, "A", name, answers("A", missed))
        (folder / f"sheet-{name or 'nameless'}.pdf").write_bytes(data)
    code, out, err = run("mark", *sorted(str(it.name) for it in folder.glob("*.pdf")))
    assert (code, err) == (0, "")
    assert [line.split() for line in out.splitlines()[:3]] == [
        ["Ada", "A", "6", "/", "6", "100%"],
        ["Bob", "A", "5", "/", "6", "83%"],
        ["sheet-nameless", "A", "6", "/", "6", "100%"],
    ]
    stem = "demo-results-7"
    assert made(folder) == {f"{stem}.pdf", f"{stem}.csv", f"{stem}-questions.csv", f"{stem}.json"}
    paper = read((folder / "output" / "demo" / f"{stem}.pdf").read_bytes())
    assert paper.count == 4
    assert [paper.pages_of(name) for name in ("3 people", "Ada form A-7", "Bob")] == [[1], [2], [3]]
    assert history(folder) == []  # of a group nothing is kept


def test_letters_of_one_person_and_the_sheet_of_what_was_missed(folder: Path, run: Run) -> None:
    letters_ = "A DE F - 1B2C3A BCA"
    code, out, _ = run("mark", "--form", "a", "--letters", letters_, "--name", "Ada L.")
    assert code == 0
    assert out.startswith("Ada L.  A      4 / 6   67%  1 without an answer\n")
    assert "demo-results-7-A-ada-l.json" in made(folder)
    assert [it["name"] for it in history(folder)] == ["Ada L."]
    page = read((folder / "output" / "demo" / "demo-results-7-A-ada-l.pdf").read_bytes())
    assert page.count == 1
    assert "Without an answer: 4" in page.lines()
    assert any("A → B" in line and "Bucket" in line for line in page.lines())

    code, out, err = run("weak", "--exam", "demo")
    assert (code, err.splitlines()[-1:]) == (0, ["[1/1] demo-weak-a4.pdf"])
    sheet = read((folder / "output" / "demo" / "demo-weak-a4.pdf").read_bytes())
    assert letters("holds objects") in sheet.letters
    assert letters("Five is odd") in sheet.letters
    for other in ("Never asked", "Days"):
        assert letters(plain(other)) not in sheet.letters

    assert run("weak", "--forget") == (0, "forgotten: demo\n", "")
    assert history(folder) == []
    assert run("weak", "--forget")[1] == "there was nothing to forget\n"
    code, _, err = run("weak")
    assert code == 2
    assert "error: no history of sittings to go by" in err


def test_the_next_mock_leans_on_what_was_missed(folder: Path, run: Run) -> None:
    texts = answers("A", ("q-fill", "q-match", "q-order"))
    typed = " ".join(f'"{text}"' for text in texts.values())
    assert run("mark", "--form", "A", "--letters", typed)[0] == 0
    results = "output/demo/demo-results-7-A.json"
    code, _, err = run("mock", "--questions", "3", "--seed", "8", "--quiet", "--lean", results)
    assert (code, err) == (0, "")
    paper = read((folder / "output" / "demo" / "demo-mock-8-A-a4.pdf").read_bytes())
    asked = [it for it in ("Take", "Pair", "Sort") if letters(it) in paper.letters]
    assert len(asked) == 2  # by the blueprint 1
    (folder / "content" / "demo").rename(folder / "content" / "other")
    code, _, err = run("mock", "--questions", "3", "--seed", "9", "--lean", results)
    assert code == 2
    assert 'the results are of the exam "demo", which is not printed' in err


def test_weak_goes_by_results_and_by_one_name(folder: Path, run: Run) -> None:
    rows = ["name,form," + ",".join(str(q.n) for q in form_of().questions)]
    for name, missed in (("Ada", ("q-fill",)), ("Bob", ("q-order", "q-claim"))):
        rows.append(f"{name},A," + ",".join(answers("A", missed).values()))
    (folder / "group.csv").write_text("\n".join(rows).replace("1,5", "1.5"), "utf-8")
    assert run("mark", "group.csv")[0] == 0
    results = "output/demo/demo-results-7.json"
    code, _, err = run("weak", results, "--name", "bob")
    assert code == 0
    assert err.startswith("missed, but teaching no fact of the pack: q-claim\n")
    sheet = read((folder / "output" / "demo" / "demo-weak-a4.pdf").read_bytes())
    assert letters("Days") in sheet.letters
    assert letters("Five is odd") not in sheet.letters
    code, _, err = run("weak", results, "--name", "Eve")
    assert (code, err) == (2, 'error: nobody called "Eve" sat this\n  hint: write Ada or Bob\n')


def test_no_history_when_that_is_asked_for(folder: Path, run: Run) -> None:
    assert run("mark", "--form", "A", "--letters", "B DE F - - -", "--no-history")[0] == 0
    assert history(folder) == []


def test_marks_stay_right_when_the_pack_changes(folder: Path, run: Run) -> None:
    (folder / "content" / "demo" / "questions" / "1.yaml").unlink()
    typed = " ".join(f'"{right(question)}"' for question in form_of().questions)
    code, out, _ = run("mark", "--form", "A", "--letters", typed)
    assert code == 0
    assert "6 / 6  100%" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["mark"], "error: there are no answers to mark"),
        (["mark", "lost.csv"], "lost.csv:1:1: error: there is no such file"),
        (["mark", "notes.docx"], 'notes.docx:1:1: error: no answers are read from "notes.docx"'),
        (
            ["mark", "--letters", "B"],
            "error: which form was answered?\n  hint: write --form A",
        ),
        (["mark", "--letters", "B", "--form", "C"], 'error: no form "C" in mock-7'),
        (["mark", "--record", "lost.json", "--letters", "B"], "error: the record of the paper is"),
        (
            ["mark", "--record", "group.csv", "--letters", "B"],
            "group.csv:1:1: error: the record",
        ),
        (["weak", "lost.json"], "lost.json:1:1: error: the results cannot be read"),
        (["weak", "--pages", "0"], 'argument --pages: "0" is no number of pages'),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    folder: Path, run: Run, words: list[str], said: str
) -> None:
    (folder / "group.csv").write_text("name,form\n")
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert said in err
    assert made(folder) == set()


def test_several_papers_need_the_name_of_one(folder: Path, run: Run) -> None:
    (folder / "output" / "demo" / "mock-8.json").write_text(RECORD.to_json())
    code, _, err = run("mark", "--letters", "B")
    assert code == 2
    assert "error: several papers were printed\n  hint: name its record: --record " in err


def test_a_history_that_cannot_be_read_is_said(folder: Path, run: Run) -> None:
    path = folder / "data" / "cramsheet" / "history" / "demo.json"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"\xff")
    code, _, err = run("weak", "--exam", "demo")
    assert code == 2
    assert "error: the history of sittings cannot be read" in err
