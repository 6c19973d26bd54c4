"""Whatever becomes of a worker, the desk tells it in a line, and what was printed stays whole."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.guard.evil import FILE, SECRET
from tests.making import ROOT

PACK, MACHINE, STOPPED = 2, 3, 130
_LINE = re.compile(r"error: [^\n]{1,400}\n(  hint: [^\n]{1,400}\n)?")


class Done:
    def __init__(self, folder: Path, how: str, *words: str) -> None:
        # A shell between: a process is told to have had as much memory as who started it.
        command = ["sh", "-c", '"$@"; exit $?', "sh"] if os.name == "posix" else []
        command += [sys.executable, "-m", "tests.guard.evil", how, "build", "--jobs", "2"]
        command += ["--project", str(folder), *words]
        done = subprocess.run(
            command, cwd=ROOT, env=_variables(folder), capture_output=True, text=True, timeout=60
        )
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr


def _variables(folder: Path) -> dict[str, str]:
    return {**os.environ, "TMPDIR": str(folder / "tmp"), "PYTHONPATH": str(ROOT)}


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A project in which something was printed before; nothing is left of a worker."""
    for name in ("tmp", "content/demo", "output/demo"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "output" / FILE).write_text("old")
    yield tmp_path
    assert list((tmp_path / "tmp").iterdir()) == []


def reports(folder: Path) -> list[Path]:
    return sorted(folder.glob("output/cramsheet-bug-*.txt"))


@pytest.mark.parametrize(
    ("how", "words", "code", "said"),
    [
        ("memory", ["--allow", "memory=330M"], PACK, "more than 330 MiB of memory"),
        ("abort", ["--allow", "memory=380M"], PACK, "more than 380 MiB of memory"),
        ("compute", ["--allow", "seconds=1"], PACK, "longer than 1 s"),
        ("wait", ["--allow", "seconds=1"], PACK, "longer than 1 s"),
        ("compute in a fork", ["--allow", "seconds=1"], PACK, "longer than 1 s"),
        ("write much", ["--allow", "output=1M"], PACK, "larger than 1 MiB"),
        ("killed", [], MACHINE, "ended by SIGKILL"),
        ("disk", [], MACHINE, "No space left on device"),
        ("module", [], MACHINE, "a part of the program is not there: jinja2"),
    ],
)
def test_who_has_to_act_is_told_and_how(
    how: str, words: list[str], code: int, said: str, folder: Path
) -> None:
    done = Done(folder, how, *words)
    assert (done.code, done.out) == (code, "")
    assert said in done.err
    assert _LINE.fullmatch(done.err), done.err
    assert "hint: " in done.err
    if words:
        assert f"--allow {words[1].partition('=')[0]}=" in done.err
    assert reports(folder) == []
    assert (folder / "output" / FILE).read_text() == "old"


@pytest.mark.parametrize(
    ("how", "kind"),
    [
        ("crash", "SIGSEGV"),
        ("crash with the lock", "SIGSEGV"),
        ("bug", "KeyError"),
        ("bug in a fork", "KeyError"),
        ("exit", "exit 1"),
        ("interrupt", "KeyboardInterrupt"),
        ("babble", "Garbled"),
        ("write above", "Garbled"),
        ("write a program", "Garbled"),
    ],
)
def test_a_bug_leaves_a_report_without_the_pack(how: str, kind: str, folder: Path) -> None:
    done = Done(folder, how, "--for", "Ada Lovelace")
    assert (done.code, done.out) == (MACHINE, "")
    assert _LINE.fullmatch(done.err), done.err
    (report,) = reports(folder)
    assert str(report) in done.err
    text = report.read_text()
    assert f"what: {kind}" in text
    assert "weasyprint 7" in text
    assert "command: cramsheet build" in text
    assert SECRET not in text + done.err
    assert "Ada" not in text
    assert str(ROOT) not in text
    if how in ("crash", "bug", "bug in a fork"):
        assert re.search(r"^  tests/guard/evil\.py:\d+ in _(crash|raise)\b", text, re.MULTILINE)
    assert (folder / "output" / FILE).read_text() == "old"
    assert not (folder / "demo.pdf").exists()
    assert not (folder / "output/demo/run.sh").exists()


def test_a_report_quotes_the_pack_when_that_is_wished(folder: Path) -> None:
    assert Done(folder, "bug", "--report-with-content").code == MACHINE
    (report,) = reports(folder)
    assert SECRET in report.read_text()


def test_reports_do_not_pile_up(folder: Path) -> None:
    for number in range(9):
        (folder / f"output/cramsheet-bug-2020-01-0{number}.txt").write_text("old")
    Done(folder, "bug")
    found = reports(folder)
    assert len(found) == 5
    assert "KeyError" in found[-1].read_text()


def test_a_report_goes_where_it_can(folder: Path) -> None:
    done = Done(folder, "bug", "--output", str(folder / "output" / FILE / "no"))
    assert done.code == MACHINE
    (report,) = (folder / "tmp").glob("cramsheet-bug-*.txt")
    assert str(report) in done.err
    report.unlink()


def test_what_is_handed_over_is_written(folder: Path) -> None:
    done = Done(folder, "write")
    assert (done.code, done.out, done.err) == (0, "", "")
    assert (folder / "output" / FILE).read_text() == "%PDF-xxx%%EOF"


def test_only_what_the_program_says_is_heard(folder: Path) -> None:
    done = Done(folder, "noise")
    assert (done.code, done.out, done.err) == (0, "\\u001b[31mred\\u202eder\n", "heard\n")


def test_its_folder_goes_and_its_files_end_somewhere(folder: Path) -> None:
    assert Done(folder, "folder").out.startswith("EFBIG ")


def started(folder: Path, how: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.guard.evil", how, "build", "--project", str(folder)]
    return subprocess.Popen(
        command, cwd=ROOT, env=_variables(folder), stdout=-1, stderr=-1, text=True
    )


def alive(pid: int) -> bool:
    """One that nobody has asked for its end is none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def all_gone(pids: list[int], seconds: float = 1.0) -> bool:
    until = time.monotonic() + seconds
    while any(map(alive, pids)) and time.monotonic() < until:
        time.sleep(0.02)
    return not any(map(alive, pids))


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP", "SIGKILL"])
def test_nobody_is_left(name: str, folder: Path) -> None:
    with started(folder, "pids") as process:
        assert process.stdout
        pids = [int(process.stdout.readline()) for _ in range(3)]
        assert all(map(alive, pids))
        process.send_signal(getattr(signal, name))
        _, err = process.communicate(timeout=10)
    assert all_gone(pids)
    if name != "SIGKILL":
        assert process.returncode == STOPPED
        assert err == "\nstopped; the output is as it was\n"
        return
    (left,) = (folder / "tmp").iterdir()  # nobody was there to remove it: the next one does
    old = time.time() - 100
    os.utime(left, (old, old))
    Done(folder, "write")
    assert (folder / "output" / FILE).read_text() == "%PDF-xxx%%EOF"
