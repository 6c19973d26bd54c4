"""Builds of a small pack by a process of its own, as a person starts them."""

import ctypes
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from cramsheet.desk.commit import LOCK
from tests.desk.saving import small_project
from tests.making import ROOT

_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER
WORDS = ("--only", "sheet,notes", "--afresh", "--quiet", "--jobs", "1")


def project(folder: Path, fact: str) -> Path:
    folder.mkdir(parents=True)
    small_project(folder)
    chapter = folder / "content/demo/1.yaml"
    chapter.write_text(chapter.read_text().replace("A bare fact", fact))
    return folder


def command(folder: Path, output: Path, words: Sequence[str] = WORDS) -> list[str]:
    begin = [sys.executable, "-P", "-m", "cramsheet", *words]
    return [*begin, "--project", str(folder), "--output", str(output)]


def start(
    folder: Path,
    output: Path,
    words: Sequence[str] = WORDS,
    before: Sequence[str] = (),
    variables: Mapping[str, str] | None = None,
) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [*before, *command(folder, output, words)],
        cwd=ROOT,
        env={**os.environ, **(variables or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def build(folder: Path, output: Path, words: Sequence[str] = WORDS) -> dict[str, bytes]:
    """The documents; nothing is said."""
    process = start(folder, output, words)
    said = process.communicate(timeout=120)
    assert (process.returncode, *said) == (0, b"", b"")
    return documents(output)


def documents(output: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(output.rglob("*.pdf"))}


def litter(output: Path) -> list[str]:
    names = (path.relative_to(output).as_posix() for path in output.rglob(".cramsheet*"))
    more = (path.relative_to(output).as_posix() for path in output.rglob("*cramsheet-new"))
    return sorted({*names, *more} - {LOCK})


def adopting() -> frozenset[int]:
    """From here on what loses its parent is a child of ours, whatever its session; those we have
    already."""
    assert ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0) == 0
    return frozenset(_children())


def orphans(but: frozenset[int]) -> list[int]:
    """Processes that live on when the one that began them has ended."""
    return [pid for pid, alive in _children().items() if alive and pid not in but]


def _children() -> dict[int, bool]:
    """And whether they live."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == os.getpid():
            found[int(path.parent.name)] = fields[0] not in "ZX"
    return found
