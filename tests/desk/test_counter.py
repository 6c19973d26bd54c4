"""The command as a person types it: its work is done behind walls, and comes out the same."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desk.saving import small_project
from tests.making import ROOT


def typed(folder: Path, *words: str, code: str = "") -> "subprocess.CompletedProcess[str]":
    """`code` is Python that runs instead."""
    command = [sys.executable, *(("-c", code) if code else ("-m", "cramsheet")), *words]
    variables = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(folder / "tmp")}
    (folder / "tmp").mkdir(exist_ok=True)
    return subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_project(tmp_path)


HERE = "import sys; from cramsheet.desk import cli; sys.exit(cli.main(sys.argv[1:]))"
SPAWNED = """
import sys
from cramsheet.desk import begin, counter
counter.can_fork = lambda: False
begin.run()
"""


@pytest.mark.slow
def test_the_same_comes_out_with_and_without_walls(folder: Path) -> None:
    words = ("--only", "sheet,booklet,key", "--no-cache", "--output")
    made = {}
    for name, code in (("forked", ""), ("spawned", SPAWNED), ("here", HERE)):
        done = typed(folder, *words, name, code=code)
        assert done.returncode == 0, done.stderr
        assert "demo/demo-sheet-a4.pdf" in done.stdout
        assert [it[:5] for it in done.stderr.splitlines() if it[0] == "["] == [
            "[1/3]",
            "[2/3]",
            "[3/3]",
        ]
        assert ("Fontconfig" in done.stderr) <= (name == "here")  # what libraries say is for us
        files = sorted(path for path in (folder / name / "demo").rglob("*") if path.is_file())
        made[name] = [(path.name, path.read_bytes()) for path in files]
    assert len(made["here"]) >= 6
    assert made["forked"] == made["spawned"] == made["here"]
    assert list((folder / "tmp").iterdir()) == []


@pytest.mark.parametrize(
    ("words", "change", "code", "said"),
    [
        ([], ("A bare fact", "{a: b}"), 2, "content/demo/1.yaml:4:"),
        (["--only", "shet"], (), 2, 'error: no kind of document "shet"'),
        (["--output", "content/demo/1.yaml"], (), 3, "error: cannot write"),
    ],
)
def test_who_has_to_act(
    words: list[str], change: tuple[str, ...], code: int, said: str, folder: Path
) -> None:
    if change:
        path = folder / "content/demo/1.yaml"
        path.write_text(path.read_text().replace(change[0], change[1]))
    done = typed(folder, "--quiet", *words)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_bug_is_reported_without_the_pack(folder: Path) -> None:
    (folder / "templates").mkdir()
    (folder / "templates/sheet.html").write_text("{{ 1 // 0 }}")
    done = typed(folder, "--only", "sheet", "--quiet")
    assert done.returncode == 3
    (report,) = (folder / "output").glob("cramsheet-bug-*.txt")
    assert str(report) in done.stderr
    text = report.read_text()
    assert "what: ZeroDivisionError" in text
    assert "cramsheet/page/" in text
    assert "bare fact" not in text.lower() + done.stderr.lower()


def test_a_bug_of_the_desk_itself_is_reported_too(folder: Path) -> None:
    (folder / "output").mkdir()
    code = (
        "from cramsheet.desk import begin, counter\n"
        "def start(*args): raise ValueError('the-secret')\n"
        "counter.start = start\nbegin.run()"
    )
    done = typed(folder, "--only", "sheet", code=code)
    assert done.returncode == 3
    (report,) = (folder / "output").glob("cramsheet-bug-*.txt")
    assert "what: ValueError" in report.read_text()
    assert "the-secret" not in report.read_text() + done.stderr


@pytest.mark.parametrize("words", [["list"], ["check"], ["lint", "--counts"]])
def test_what_only_reads_is_behind_walls_too(words: list[str], folder: Path) -> None:
    path = folder / "content/demo/1.yaml"
    path.unlink()
    path.symlink_to("/etc/passwd")
    done = typed(folder, *words)
    assert done.returncode == 2
    assert "content/demo/1.yaml" in done.stderr
    assert "root" not in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-", "| true"])
def test_nobody_has_to_listen(closed: str, folder: Path) -> None:
    """What is opened next is not taken for a stream that was closed."""
    words = "--only sheet --format html --project ."
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", f'"$0" -m cramsheet {words} {closed}', sys.executable],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert done.returncode == 0
    (made,) = (folder / "output/demo").glob("*.html")
    assert made.read_text().startswith("<!doctype html>")
    assert made.read_text().rstrip().endswith("</html>")
