"""Nothing changed: the second build ends before anything is imported, and says so; and what has
changed is noticed, however little of it can be seen."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cramsheet.desk import begin, manifest, seen
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


def cut_short(path: Path) -> int:
    return path.write_bytes(path.read_bytes()[:-100])


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """The command from where it begins, so that it may end before it has read its words."""

    def run(*words: str) -> tuple[int, str, str]:
        code = begin.main(words)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Path:
    """A project in which one pack of two is printed."""
    for name in ("demo", "other"):
        (tmp_path / "content" / name).mkdir(parents=True)
        (tmp_path / "content" / name / "exam.yaml").write_text(EXAM)
        (tmp_path / "content" / name / "1.yaml").write_text(FACTS)
    (tmp_path / "names.csv").write_text("name\nAda\n")
    monkeypatch.chdir(tmp_path)
    assert run(*ORDER)[0] == 0
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
        lambda it: [path.write_text("{") for path in (it / "output" / FOLDER).glob("[!.]*")],
        lambda it: [cut_short(path) for path in (it / "output" / FOLDER).glob("[!.]*")],
        lambda it: [path.unlink() for path in (it / "output" / FOLDER).glob("[!.]*")],
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


@pytest.mark.slow
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


@pytest.mark.slow
def test_another_library_makes_everything_again(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    packages = folder / "packages"
    packages.mkdir()
    monkeypatch.setattr(sys, "path", [*sys.path, str(packages)])
    assert run(*ORDER, "--look", "classic")[0] == 0
    (packages / "__pycache__").mkdir()
    assert SAME in run(*ORDER, "--look", "classic")[1]
    (packages / "weasyprint-71.0.dist-info").mkdir()
    assert SAME not in run(*ORDER, "--look", "classic")[1]


@pytest.mark.parametrize(
    "change",
    [
        lambda patch: patch.setattr(manifest, "_FORM", "other"),
        lambda patch: patch.setattr(manifest, "PROGRAM", "/other"),
        lambda patch: patch.setattr(sys, "version", "3.99"),
        lambda patch: patch.setenv("SOURCE_DATE_EPOCH", "86400"),
        lambda patch: patch.setenv("HOME", "/home/other"),
    ],
)
def test_another_program_or_person_is_not_taken_for_this(
    change: Callable[[pytest.MonkeyPatch], object],
    folder: Path,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    change(monkeypatch)
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


@pytest.mark.slow
def test_of_many_orders_the_oldest_are_forgotten(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manifest, "_MOST", 2)
    for look in ("classic", "compact", "clear"):
        assert run(*ORDER, "--look", look, "--quiet")[0] == 0
    assert len(list((folder / "output" / FOLDER).glob("[!.]*"))) <= 3


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


def files_read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Their paths, from now on."""
    read: list[str] = []
    usual = seen._held

    def held(path: str) -> str:
        read.append(path)
        return usual(path)

    monkeypatch.setattr(seen, "_held", held)
    return read


def test_a_name_that_leads_elsewhere_reads_nothing_there(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = files_read(monkeypatch)
    (folder / "secret").write_text("mine")
    code, _, err = run("--exam", "../..", "--only", "sheet")
    assert code == 2
    assert 'no exam "../.."' in err
    assert len(read) > 100
    assert not [path for path in read if path.endswith(("secret", "names.csv"))]


def shell(*words: str, folder: Path) -> tuple[str, set[str]]:
    """What the command says in a process of its own, and which modules it has then."""
    code = (
        "import sys; from cramsheet.desk import begin; code = begin.main(sys.argv[1:]);"
        " print(*sorted(sys.modules)); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    *said, loaded = done.stdout.splitlines()
    return "\n".join(said), set(loaded.split())


def test_it_imports_next_to_nothing(folder: Path) -> None:
    shell(*ORDER, "--ink", "grey", folder=folder)
    said, loaded = shell(*ORDER, "--ink", "grey", folder=folder)
    assert said.startswith(SAME)
    assert {it for it in loaded if it.startswith("cramsheet")} == {
        "cramsheet", "cramsheet.desk", "cramsheet.desk.begin", "cramsheet.desk.manifest",
        "cramsheet.desk.seen",
    }  # fmt: skip
    slow = {"argparse", "pathlib", "typing", "dataclasses", "re", "json", "hashlib", "contextlib"}
    assert loaded & (slow | set(HEAVY)) == set()


def test_other_words_that_mean_the_same_import_nothing_heavy(folder: Path) -> None:
    shell(*ORDER, "--ink", "grey", folder=folder)
    for words in (("--ink=grey", "--jobs", "1"), ("--ink", "grey", "--project", str(folder))):
        said, loaded = shell(*ORDER, *words, folder=folder)
        assert said.startswith(SAME)
        assert "argparse" in loaded
        assert loaded & set(HEAVY) == set()
        assert "argparse" not in shell(*ORDER, *words, folder=folder)[1]


def test_quiet_words_stay_quiet(folder: Path, run: Run) -> None:
    for _ in range(2):
        assert run(*ORDER, "--quiet") == run(*ORDER, "--qui") == (0, "", "")
        assert SAME in run(*ORDER)[1]


@pytest.mark.parametrize(
    ("words", "output"),
    [
        ([], "output"),
        (["--output"], "output"),
        (["--output", "a", "--output=b"], "b"),
        (["build", "--project=p"], "p/output"),
        (["--project", "p", "--output", "o"], "o"),
    ],
)
def test_it_looks_where_the_words_say(
    words: list[str], output: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / output / FOLDER
    folder.mkdir(parents=True)
    here = [seen.look(seen.CONTENTS, str(tmp_path / "no file"))]
    assert manifest.recalled(words) is None
    note = str(folder / manifest.name_of(words))
    manifest.keep(note, manifest.Manifest("", "as it was", here, here))
    assert manifest.recalled(words) == "as it was"


@pytest.fixture
def long_ago(folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What is there was written so long ago that no two changes can have one time, and this has
    been looked at."""
    time.sleep(0.05)
    monkeypatch.setattr(seen, "_STEP", 0)
    assert SAME in run(*ORDER)[1]
    (note,) = (folder / "output" / FOLDER).glob("[!.]*")
    known = manifest.Manifest.of(note.read_bytes())
    assert known is not None
    assert all(it.marks for it in (*known.read, *known.made) if it.counts == seen.CONTENTS)
    return folder


def in_place(path: Path, old: str, new: str) -> None:
    """Of the same size, at the same time, in the same file."""
    before, data = path.stat(), path.read_text("utf-8")
    assert old in data
    with path.open("r+b") as file:
        file.write(data.replace(old, new, 1).encode())
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = path.stat()
    assert (after.st_size, after.st_mtime_ns, after.st_ino) == (
        before.st_size, before.st_mtime_ns, before.st_ino
    )  # fmt: skip


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("content/demo/1.yaml", ("bare", "rare")),
        ("output/demo/demo-sheet.html", ("bare", "rare")),
    ],
)
def test_what_is_changed_in_place_is_noticed_whatever_its_time(
    path: str, words: tuple[str, str], long_ago: Path, run: Run
) -> None:
    in_place(long_ago / path, *words)
    assert SAME not in run(*ORDER)[1]
    assert SAME in run(*ORDER)[1]


def test_what_nobody_touched_is_not_read_again(
    long_ago: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seen, "_held", None)
    assert SAME in run(*ORDER)[1]


def test_what_was_touched_is_read_once(
    long_ago: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (long_ago / "content/demo/1.yaml").touch()
    time.sleep(0.05)
    assert SAME in run(*ORDER)[1]
    monkeypatch.setattr(seen, "_held", None)
    assert SAME in run(*ORDER)[1]


def test_a_build_reads_only_what_was_touched(
    long_ago: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = files_read(monkeypatch)
    (long_ago / "content/demo/1.yaml").write_text(FACTS.replace("bare", "new"))
    assert SAME not in run(*ORDER)[1]
    assert {Path(path).parent for path in read} == {long_ago / "content/demo"}


def test_a_folder_that_cannot_be_written_to_is_no_reason_to_fail(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "no room")

    monkeypatch.setattr(os, "replace", full)
    monkeypatch.setattr(seen, "_STEP", -1_000_000_000)
    assert SAME in run(*ORDER)[1]
    assert SAME in run(*ORDER, "--jobs", "1")[1]


def test_a_pack_that_is_a_link_is_looked_into(folder: Path, run: Run) -> None:
    (folder / "content/demo").rename(folder / "elsewhere")
    (folder / "content/demo").symlink_to(folder / "elsewhere")
    order = ("--only", "sheet", "--format", "html")
    assert run(*order)[0] == 0
    assert "nothing has changed" in run(*order)[1]
    (folder / "elsewhere/1.yaml").write_text(FACTS.replace("bare", "new"))
    assert "nothing has changed" not in run(*order)[1]


def test_a_copy_of_the_output_is_not_taken_for_it(folder: Path, run: Run) -> None:
    shutil.copytree(folder / "output", folder / "copy")
    (folder / "copy/demo/demo-sheet.html").write_text("damaged")
    assert SAME not in run(*ORDER, "--output", "copy")[1]
    assert "damaged" not in (folder / "copy/demo/demo-sheet.html").read_text()


def test_a_new_folder_of_fonts_counts(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(folder))
    assert run(*ORDER)[0] == 0
    assert SAME in run(*ORDER)[1]
    (folder / ".fonts").mkdir()
    (folder / ".fonts" / "notes.txt").write_text("no font")
    assert SAME in run(*ORDER)[1]
    (folder / ".fonts" / "new.TTF").write_bytes(b"")
    assert SAME not in run(*ORDER)[1]
