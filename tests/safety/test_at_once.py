"""Suite F: several builds at once, and packs that are edited meanwhile."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cramsheet.desk.commit import alone
from tests.safety.building import WORDS, build, documents, litter, project, start
from tests.safety.committing import SETS
from tests.safety.faults import PROGRAM, held

PAIRS = 30
BUILDS = 3


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
