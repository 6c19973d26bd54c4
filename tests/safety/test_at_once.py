"""Suite F: several builds at once, and packs that are edited meanwhile."""

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from cramsheet.desk.commit import alone
from cramsheet.desk.owned import LIST, ready
from tests.making import ROOT
from tests.safety.building import WORDS, build, documents, litter, project, start
from tests.safety.committing import SETS
from tests.safety.faults import PROGRAM, held

PAIRS = 30
BUILDS = 3
# For a second and a half one of these, as commands begin with them or consist of them.
AGAIN = """
import sys, time
sys.path.insert(0, {root!r})
from pathlib import Path
from cramsheet.desk.commit import alone, prepare
from cramsheet.desk.starting import write_schemas

def sweep(folder):
    with alone(folder):
        pass

work = dict(prepare=prepare, alone=sweep, schemas=write_schemas)[sys.argv[1]]
until = time.time() + 1.5
while time.time() < until:
    work(Path(sys.argv[2]))
"""


@pytest.mark.slow
def test_two_that_commit_leave_the_set_of_one(tmp_path: Path) -> None:
    command = [sys.executable, "-I", "-S", "-B", PROGRAM, "set", str(tmp_path)]
    for _ in range(PAIRS):
        pair = [
            subprocess.Popen([*command, name], stderr=subprocess.DEVNULL) for name in ("old", "new")
        ]
        assert [it.wait(60) for it in pair] == [0, 0]
        assert held(tmp_path) in (SETS["old"], SETS["new"])
        assert litter(tmp_path) == []


@pytest.mark.slow
def test_two_builds_leave_the_documents_of_one(tmp_path: Path) -> None:
    folders = [project(tmp_path / name, f"A fact that is {name}") for name in ("red", "blue")]
    wanted = [build(it, tmp_path / f"of-{it.name}") for it in folders]
    output = tmp_path / "output"
    for _ in range(BUILDS):
        pair = [start(it, output) for it in folders]
        said = [it.communicate(timeout=120) for it in pair]
        assert [it.returncode for it in pair] == [0, 0], said
        assert documents(output) in wanted
        assert litter(output) == []


@pytest.mark.slow
def test_a_pack_that_is_edited_during_the_build_gives_one_of_both(tmp_path: Path) -> None:
    folders = [project(tmp_path / name, f"A fact that is {name}") for name in ("red", "blue")]
    wanted = [build(it, tmp_path / f"of-{it.name}") for it in folders]
    chapter, output = folders[0] / "content/demo/1.yaml", tmp_path / "output"
    texts = [(it / "content/demo/1.yaml").read_text() for it in folders]
    process = start(folders[0], output)
    while process.poll() is None:
        for text in texts:
            new = chapter.with_name("new.tmp")
            new.write_text(text)
            new.replace(chapter)
            time.sleep(0.05)
    assert process.communicate()[1] == b""
    assert documents(output) in wanted


@pytest.mark.slow
def test_watch_and_build_write_to_one_folder(tmp_path: Path) -> None:
    folders = [project(tmp_path / name, f"A fact that is {name}") for name in ("red", "blue")]
    wanted = [build(it, tmp_path / f"of-{it.name}") for it in folders]
    output = tmp_path / "output"
    watching = start(folders[0], output, ("watch", *WORDS[:4]))
    try:
        for _ in range(BUILDS):
            assert build(folders[1], output) in wanted
            (folders[0] / "content/demo/1.yaml").touch()
    finally:
        watching.send_signal(signal.SIGINT)
        watching.communicate(timeout=60)
    assert documents(output) in wanted
    assert litter(output) == []


def test_who_waits_is_told_for_whom(tmp_path: Path) -> None:
    command = [sys.executable, "-I", "-S", "-B", PROGRAM, "set", str(tmp_path), "new"]
    with alone(tmp_path):
        waiting = subprocess.Popen(command, stderr=subprocess.PIPE)
        assert waiting.stderr
        assert waiting.stderr.readline() == b"--begin--\n"
        holder = (tmp_path / ".cramsheet.lock").read_text().strip()
        said = waiting.stderr.readline().decode()
    waiting.communicate(timeout=30)
    assert said == f"cramsheet: waiting for process {holder}, which writes to {tmp_path}\n"
    assert waiting.returncode == 0


def side_by_side(tmp_path: Path, one: str, other: str) -> None:
    """Each over and over, in a process of its own."""
    begin = [sys.executable, "-c", AGAIN.format(root=str(ROOT))]
    both = [subprocess.Popen([*begin, it, str(tmp_path)]) for it in (one, other)]
    assert [it.wait(60) for it in both] == [0, 0]


@pytest.mark.slow
def test_who_sweeps_takes_nothing_from_the_living(tmp_path: Path) -> None:
    side_by_side(tmp_path, "prepare", "alone")


@pytest.mark.slow
def test_who_begins_puts_nothing_of_the_living_back(tmp_path: Path) -> None:
    side_by_side(tmp_path, "prepare", "schemas")


def test_what_another_build_is_putting_there_is_not_that_of_a_stranger(tmp_path: Path) -> None:
    """The first of its documents is there, the list that names it is not yet."""
    name, placed = "demo/a.pdf", threading.Event()

    def put() -> None:
        with alone(tmp_path):
            (tmp_path / name).parent.mkdir()
            (tmp_path / name).write_bytes(b"%PDF-")
            placed.set()
            time.sleep(0.2)
            (tmp_path / LIST).parent.mkdir()
            (tmp_path / LIST).write_text(f"{name}\n")

    other = threading.Thread(target=put)
    other.start()
    assert placed.wait(10)
    ready(tmp_path, [name], overwrite=False)
    other.join()
