"""Suite E: killed or asked to stop at any time."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.safety.building import adopting, build, documents, litter, orphans, project, start
from tests.safety.faults import PROGRAM, Ended, held, made, wrong

SIGNALS = (signal.SIGKILL, signal.SIGINT, signal.SIGTERM)
SEED = 8
BUILDS = 12
COMMITS = 18
SLOWLY = "inject=fsync,rename,linkat,link,unlink:delay_enter=5000"  # microseconds


@pytest.mark.slow
def test_a_build_may_be_stopped_at_any_time(tmp_path: Path) -> None:
    builds(tmp_path, BUILDS, SEED)


def builds(tmp_path: Path, count: int, seed: int) -> None:
    chance, output = random.Random(seed), tmp_path / "output"
    old, new = (project(tmp_path / name, f"A fact that is {name}") for name in ("old", "new"))
    wanted = build(new, tmp_path / "elsewhere")
    started = time.monotonic()
    before = build(old, output)
    seconds = time.monotonic() - started
    assert before.keys() == wanted.keys()
    assert before != wanted
    mine = adopting()
    for number in range(count):
        process = start(new, output)
        time.sleep(chance.uniform(0, seconds))
        asked = SIGNALS[number % 3]
        process.send_signal(asked)
        out, err = process.communicate(timeout=60)
        now = documents(output)
        assert now.keys() == before.keys()
        assert all(data in (before[it], wanted[it]) for it, data in now.items())
        time.sleep(1)
        assert orphans(mine) == []
        said_well(asked, process.returncode, out, err, now == wanted)
        assert build(old, output) == before
        assert litter(output) == []


def said_well(asked: int, code: int, out: bytes, err: bytes, placed: bool) -> None:
    """One line, and it is true. Before the program is there, and when it is over, Python itself
    ends."""
    text = err.decode()
    assert "Traceback" not in text or "desk/begin.py" not in text, text
    if code == 130:
        assert text.strip() in (
            "stopped; the output is as it was",
            "stopped; the new output is in place",
        )
        assert placed == ("new output" in text)
    else:
        assert code in (0, -asked, 1), (code, text)
        assert placed or code != 0


def ended(folder: Path, how: str, wait: float, asked: int) -> Ended:
    command = [sys.executable, "-I", "-S", "-B", PROGRAM, how, str(folder), "new"]
    trace = ["strace", "-qq", "-o", "/dev/null", "-e", SLOWLY]
    process = subprocess.Popen([*trace, *command], stderr=subprocess.PIPE)
    assert process.stderr
    process.stderr.readline()  # it begins
    time.sleep(wait)
    for child in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split():
        subprocess.run(["kill", f"-{asked}", child], check=False, capture_output=True)
    said = process.communicate(timeout=60)[1].decode()
    return Ended(process.returncode, said, held(folder))


@pytest.mark.slow
def test_the_commit_may_be_killed_at_any_time(tmp_path: Path) -> None:
    assert violations("set", tmp_path / "output", COMMITS) == []


@pytest.mark.slow
def test_a_naive_builder_fails(tmp_path: Path) -> None:
    folder = tmp_path / "output"
    assert any(violations("naive", folder, 1, seed) for seed in range(10 * COMMITS))


def violations(how: str, folder: Path, count: int, seed: int = SEED) -> list[str]:
    """Within some 200 ms."""
    chance, found = random.Random(seed), []
    for _ in range(count):
        made("set", folder, True)
        wait = 0.0 if how == "naive" else chance.uniform(0, 0.3)
        if what := wrong("set", folder, ended(folder, how, wait, signal.SIGKILL), True):
            found.append(what)
    return found


def test_who_lives_on_in_a_session_of_its_own_is_found() -> None:
    mine = adopting()
    left = subprocess.run(
        ["sh", "-c", "setsid sleep 30 >&- 2>&- & echo $!"], capture_output=True, check=True
    )
    assert orphans(mine) == [int(left.stdout)]
    os.kill(int(left.stdout), signal.SIGKILL)
