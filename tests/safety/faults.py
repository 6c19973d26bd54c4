"""Faults put into a program that commits, at one system call after another, and what is then there.

As SQLite does it: a run that is watched tells the calls, then each of them fails in turn.
"""

import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cramsheet.desk.commit import LOCK, alone, prepare
from cramsheet.desk.owned import LIST
from cramsheet.problems import MachineFault
from tests.safety.committing import BEGIN, LONE, SETS

PROGRAM = str(Path(__file__).with_name("committing.py"))
OURS = (LOCK, LIST)
# What asks nothing of a disk.
_IDLE = {"getpid", "exit_group", "brk", "mmap", "munmap", "mprotect", "rt_sigprocmask"}
WRITING = {"openat", "write", "pwrite64", "ftruncate", "fsync", "rename", "link", "linkat", "mkdir"}
CHANGING = {*WRITING, "unlink", "close", "flock"} - {"mkdir"}
ERRORS = {
    "EIO": None,  # anywhere
    "ENOSPC": WRITING,
    "EDQUOT": WRITING,
    "EMFILE": {"openat"},
}


@dataclass(frozen=True)
class Call:
    name: str
    number: int  # of this name, from the start of the program


@dataclass(frozen=True)
class Ended:
    code: int
    said: str
    held: dict[str, bytes]


def calls(how: str, folder: Path) -> list[Call]:
    """Those of a run in which nothing fails."""
    log = folder.with_name("calls")
    done = _run(["strace", "-f", "-qq", "-o", str(log)], how, folder)
    assert done.returncode == 0, done.stderr
    counts: Counter[str] = Counter()
    found, begun = [], False
    for line in log.read_text("utf-8", "replace").splitlines():
        if not (match := re.match(r"\d+ +(\w+)\(", line)):
            continue
        counts[match[1]] += 1
        if begun and match[1] not in _IDLE:
            found.append(Call(match[1], counts[match[1]]))
        begun = begun or BEGIN in line
    return found


def faults(found: list[Call], thorough: bool) -> Iterator[tuple[Call, str]]:
    """Between two calls that change nothing it is all the same when we are killed."""
    for call in found:
        if thorough or call.name in CHANGING:
            yield call, "signal=SIGKILL"
        for error, names in ERRORS.items():
            if thorough or names is None or call.name in names:
                yield call, f"error={error}"


def broken(how: str, folder: Path, call: Call, fault: str, on: str = "") -> Ended:
    """What becomes of a run with the fault; with `on` = "+" it stays."""
    inject = f"inject={call.name}:{fault}:when={call.number}{on}"
    log = folder.with_name("broken")
    quick = [] if fault.startswith("signal") else ["--seccomp-bpf"]  # which leaves signals out
    trace = ["strace", "-f", "-qq", *quick, "-o", str(log), "-e", f"trace={call.name}"]
    done = _run([*trace, "-e", inject], how, folder)
    assert "INJECTED" in (text := log.read_text()) or "killed by SIGKILL" in text, (call, fault)
    said = done.stderr.decode().partition(f"{BEGIN}\n")[2]
    return Ended(done.returncode, said, held(folder))


def _run(
    before: list[str], how: str, folder: Path, name: str = "new"
) -> subprocess.CompletedProcess[bytes]:
    command = [*before, sys.executable, "-I", "-S", "-B", PROGRAM, how, str(folder), name]
    return subprocess.run(command, capture_output=True, timeout=60)


def made(how: str, folder: Path, old: bool) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    if old:
        assert _run([], how, folder, "old").returncode == 0
    return folder


def held(folder: Path) -> dict[str, bytes]:
    """Every file that is not ours to tidy up."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    names = {path.relative_to(folder).as_posix(): path for path in paths}
    return {name: path.read_bytes() for name, path in names.items() if _counts(name)}


def _counts(name: str) -> bool:
    return name not in OURS and not name.endswith(("cramsheet-new", "cramsheet.journal"))


def wrong(how: str, folder: Path, ended: Ended, old: bool) -> str:
    """What is not as promised; empty when all is."""
    sets: Mapping[str, Mapping[str, bytes]] = LONE if how == "lone" else SETS
    before, after = dict(sets["old"]) if old else {}, dict(sets["new"])
    for name, data in ended.held.items():
        if data not in (before.get(name), after[name]):
            return f"{name} is neither old nor new"
    if ended.code not in (0, 3, 137, -9):
        return f"exit {ended.code}: {ended.said[-300:]}"
    if ended.code == 0 and (ended.held != after or ended.said):
        return "it said nothing was wrong"
    if ended.code == 3 and (lie := _lie(ended, before, after)):
        return lie
    return _afterwards(folder, before, after)


def _lie(ended: Ended, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> str:
    match ended.said.splitlines():
        case [error, hint] if error.startswith("error: ") and hint.startswith("  hint: "):
            pass
        case _:
            return f"it said {ended.said[-300:]}"
    if "in place" in hint and ended.held != after:
        return f"it said {hint}"
    if "nothing was changed" in hint and ended.held != before:
        return f"it said {hint}"
    return ""


def _afterwards(folder: Path, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> str:
    """When the next command has run: one set whole, no litter."""
    try:
        prepare(folder)
        with alone(folder):
            now = held(folder)
    except MachineFault as error:
        return f"the next command said {error}"
    if now not in (before, after):
        return "a set is mixed"
    names = {it.relative_to(folder).as_posix() for it in folder.rglob("*") if it.is_file()}
    if litter := names - set(now) - set(OURS):
        return f"left lying: {sorted(litter)}"
    return ""
