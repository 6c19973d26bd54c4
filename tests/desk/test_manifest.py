"""Nothing changed: the second build ends before anything is imported, and says so."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cramsheet.cellar import program
from cramsheet.desk import manifest
from cramsheet.desk.manifest import FOLDER
from tests.desk.conftest import Run
from tests.making import ROOT
from tests.test_layers import HEAVY

EXAM = """\
code: DEMO-1
title: The demo exam
blueprint: {domains: [{id: demo, title: Demo domain, weight: 100}]}
"""
FACTS = "domain: demo\ntopics:\n  - topic: Topic\n    facts: [A bare fact, Another one]\n"
ORDER = ("--exam", "demo", "--only", "sheet", "--format", "html")
ON_PAPER = ORDER[:-2]
SAME = "nothing has changed: 1 document is as it was in "

Change = Callable[[Path], object]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Path:
    """A project in which one pack of two is printed."""
    for name in ("demo", "other"):
        (tmp_path / "content" / name).mkdir(parents=True)
        (tmp_path / "content" / name / "exam.yaml").write_text(EXAM)
        (tmp_path / "content" / name / "1.yaml").write_text(FACTS)
    (tmp_path / "names.csv").write_text("name\nAda\n")
    monkeypatch.chdir(tmp_path)
    assert run(*ORDER, "--quiet")[0] == 0
    return tmp_path


def own(kind: str, name: str, text: str = "/* mine */\n") -> Change:
    def change(folder: Path) -> None:
        path = folder / kind / name
        path.parent.mkdir(parents=True, exist_ok=True)
        source = ROOT / kind / name
        path.write_text((source.read_text("utf-8") if source.is_file() else "") + text)

    return change


def test_the_same_order_again_ends_at_once(folder: Path, run: Run) -> None:
    before = {path: path.stat().st_mtime_ns for path in (folder / "output").rglob("*.html")}
    code, out, err = run(*ORDER)
    assert (code, err) == (0, "")
    assert out == f"{SAME}{folder / 'output'}\n"
    assert run(*ORDER, "--quiet") == (0, "", "")
    assert {path: path.stat().st_mtime_ns for path in before} == before


@pytest.mark.parametrize(
    "change",
    [
        lambda it: (it / "content/demo/1.yaml").write_text(FACTS.replace("bare", "new")),
        lambda it: (it / "content/demo/2.yaml").write_text(
            FACTS.replace("[A bare fact, Another one]", "[Later]")
        ),
        lambda it: (it / "output/demo/demo-sheet.html").unlink(),
        lambda it: (it / "output/demo/demo-sheet.html").write_bytes(b"<html>"),
        lambda it: [path.write_text("{") for path in (it / "output" / FOLDER).iterdir()],
        lambda it: [path.write_text("[]") for path in (it / "output" / FOLDER).iterdir()],
        lambda it: [path.unlink() for path in (it / "output" / FOLDER).iterdir()],
        own("styles", "sheet.css"),
        own("styles", "look/modern.css"),
        own("templates", "facts.html", "\n"),
        own("templates", "words/en.toml", "# mine\n"),
    ],
)
def test_what_changes_a_document_makes_it_again(change: Change, folder: Path, run: Run) -> None:
    change(folder)
    code, out, _ = run(*ORDER)
    assert code == 0
    assert SAME not in out
    assert "demo-sheet.html" in out
    assert (folder / "output/demo/demo-sheet.html").stat().st_size > 5000
    assert SAME in run(*ORDER)[1]


@pytest.mark.parametrize(
    "change",
    [
        lambda it: (it / "content/other/1.yaml").write_text(FACTS.replace("bare", "new")),
        lambda it: (it / "content/demo/1.yaml").write_text(FACTS),
        lambda it: os.utime(it / "content/demo/1.yaml", (1, 1)),
        lambda it: (it / "output/other.txt").write_text("mine"),
        lambda it: (it / "content/demo/.1.yaml.swp").write_bytes(b"an editor's"),
    ],
)
def test_what_does_not_count_makes_nothing(change: Change, folder: Path, run: Run) -> None:
    change(folder)
    assert SAME in run(*ORDER)[1]


@pytest.mark.parametrize(
    "more",
    [
        ("--look", "classic"),
        ("--ink", "grey"),
        ("--edition", "2026-01-01"),
        ("--columns", "2"),
    ],
)
def test_another_order_is_another_build(more: tuple[str, ...], folder: Path, run: Run) -> None:
    assert SAME not in run(*ORDER, *more)[1]
    assert SAME in run(*ORDER, *more)[1]


def test_a_record_of_how_it_was_set_counts(folder: Path, run: Run) -> None:
    assert run(*ON_PAPER)[0] == 0
    assert SAME in run(*ON_PAPER)[1]
    (folder / "output/demo/.layout/demo-sheet-a4.json").write_text("{}")
    assert SAME not in run(*ON_PAPER)[1]


def test_another_list_of_names_makes_other_copies(folder: Path, run: Run) -> None:
    order = (*ON_PAPER, "--for", "names.csv")
    assert run(*order)[0] == 0
    (folder / "names.csv").write_text("name\nBob\n")
    assert SAME not in run(*order)[1]
    assert (folder / "output/demo/copies/demo-sheet-a4-bob.pdf").is_file()


@pytest.mark.parametrize("name", ["_libraries", "_FORM"])
def test_another_library_or_program_makes_everything_again(
    name: str, folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = (lambda: ["weasyprint-71.0.dist-info"]) if name == "_libraries" else "2"
    monkeypatch.setattr(program if name == "_libraries" else manifest, name, other)
    assert SAME not in run(*ORDER)[1]


def test_what_changes_under_a_build_is_not_taken_for_what_was_built(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cramsheet import pipeline

    build = pipeline.build

    def slow(*args: object) -> object:
        done = build(*args)  # type: ignore[arg-type]
        (folder / "content/demo/1.yaml").write_text(FACTS.replace("bare", "late"))
        return done

    monkeypatch.setattr(pipeline, "build", slow)
    (folder / "content/demo/1.yaml").write_text(FACTS.replace("bare", "new"))
    assert run(*ORDER)[0] == 0
    monkeypatch.undo()
    monkeypatch.chdir(folder)
    (folder / "content/demo/1.yaml").write_text(FACTS.replace("bare", "new"))
    assert SAME not in run(*ORDER)[1]


def test_a_mistake_is_told_again(folder: Path, run: Run) -> None:
    (folder / "content/demo/1.yaml").write_text(FACTS + "    extra: x\n")
    assert run(*ORDER)[0] == run(*ORDER)[0] == 2
    (folder / "content/demo/1.yaml").write_text(FACTS)
    assert SAME in run(*ORDER)[1]


def test_of_many_orders_the_oldest_are_forgotten(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manifest, "_MOST", 2)
    for look in ("classic", "compact", "clear"):
        assert run(*ORDER, "--look", look, "--quiet")[0] == 0
    assert len(list((folder / "output" / FOLDER).iterdir())) <= 3


def test_what_is_no_file_is_not_waited_for(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    fonts = folder / "fonts"
    fonts.mkdir()
    (fonts / "gone.ttf").symlink_to(folder / "nowhere.ttf")
    monkeypatch.setattr("cramsheet.page.installed.usual_folders", lambda: (fonts,))
    os.mkfifo(folder / "content" / "demo" / "pipe")
    assert run(*ORDER)[0] == 0
    assert SAME in run(*ORDER)[1]


def test_a_name_that_leads_elsewhere_reads_nothing_there(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Path] = []
    usual = program.hash_of

    def seen(path: Path) -> str:
        read.append(path)
        return usual(path)

    monkeypatch.setattr(program, "hash_of", seen)
    (folder / "secret").write_text("mine")
    code, _, err = run("--exam", "../..", "--only", "sheet")
    assert code == 2
    assert 'no exam "../.."' in err
    assert len(read) > 100
    assert not [path for path in read if path.name in ("secret", "names.csv")]


def test_it_imports_nothing_heavy(folder: Path) -> None:
    code = (
        "import sys; from cramsheet.desk import cli; code = cli.main(sys.argv[1:]);"
        " print(*sorted(sys.modules)); sys.exit(code)"
    )
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code, *ORDER],
        cwd=folder, env=surroundings, capture_output=True, text=True, check=True,
    )  # fmt: skip
    first, loaded = done.stdout.splitlines()
    assert first.startswith(SAME)
    assert {it.partition(".")[0] for it in loaded.split()} & set(HEAVY) == set()
