"""Suite G: whatever surrounds a build, the same bytes, or the one right line."""

import os
import resource
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.making import ROOT
from tests.safety.building import WORDS, build, command, documents, litter, project

POSIX = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
NO_SUCH = "/nonexistent"

VARIABLES: dict[str, Mapping[str, str | None]] = {
    "C locale": {**POSIX, "LC_ALL": "C"},
    "POSIX locale": {**POSIX, "LC_ALL": "POSIX"},
    "unknown locale": {"LC_ALL": "xx_YY.UTF-8"},
    "German": {"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"},
    "latin-1 streams": {"PYTHONIOENCODING": "latin-1"},
    "no home": {"HOME": None, "XDG_CACHE_HOME": None},
    "home not there": {"HOME": NO_SUCH, "XDG_CACHE_HOME": None},
    "cache not to be made": {"XDG_CACHE_HOME": "/proc/nothing"},
    "no place for temporary files of that name": {"TMPDIR": NO_SUCH},
    "no fonts on the machine": {"FONTCONFIG_FILE": "/dev/null", "FONTCONFIG_PATH": NO_SUCH},
    "another time zone": {"TZ": "Pacific/Kiritimati"},
    "no terminal": {"TERM": None},
    "another hash seed": {"PYTHONHASHSEED": "7"},
}
SHELL = {
    "standard output is closed": "exec >&-; ",
    "errors are closed": "exec 2>&-; ",
    "both are closed": "exec >&- 2>&-; ",
    "input is closed": "exec <&-; ",
    "standard output is full": "exec >/dev/full; ",
    "64 open files": "ulimit -n 64; ",
    "a narrow mask": "umask 077; ",
    "hang-ups are ignored": "trap '' HUP; ",
    "a closed pipe": "trap '' PIPE; ",
}
CLOCKS = {"1970": 5, "1999": 915_148_799, "2038": 2**31 + 5, "2106": 2**32 + 5, "backwards": 1.8e9}
# What Python reads of the clock; dates of files stay those of the kernel.
CLOCK = """
import itertools, time
count, begin = itertools.count(), {begin}
time.time = lambda: float(begin - {step} * next(count))
time.time_ns = lambda: int(time.time() * 1e9)
"""


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("wanted")
    return build(project(folder / "it", "A fact"), folder / "output")


def run(
    folder: Path, variables: Mapping[str, str | None], before: str = "", name: str = "it"
) -> "subprocess.CompletedProcess[bytes]":
    """In a shell, with names that a test gives."""
    words = command(project(folder / name, "A fact"), folder / name / "output", WORDS[:3])
    changed = {**os.environ, **variables}
    told = {name: value for name, value in changed.items() if value is not None}
    return subprocess.run(
        ["sh", "-c", f'{before}exec "$@"', "sh", *words], cwd=ROOT, env=told, capture_output=True
    )


def as_wanted(done: "subprocess.CompletedProcess[bytes]", output: Path, wanted: object) -> None:
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr
    assert documents(output) == wanted
    assert litter(output) == []


@pytest.mark.slow
@pytest.mark.parametrize("case", VARIABLES)
def test_variables_change_no_byte(case: str, tmp_path: Path, wanted: object) -> None:
    as_wanted(run(tmp_path, VARIABLES[case]), tmp_path / "it/output", wanted)


@pytest.mark.slow
@pytest.mark.parametrize("case", CLOCKS)
def test_clocks_change_no_byte(case: str, tmp_path: Path, wanted: object) -> None:
    clock, read = tmp_path / "clock", tmp_path / "read"
    clock.mkdir()
    text = CLOCK.format(begin=CLOCKS[case], step=7 if case == "backwards" else 0)
    text += f"open({str(read)!r}, 'w').write(str(time.time()))\n"
    (clock / "sitecustomize.py").write_text(text)
    path = os.pathsep.join(filter(None, (str(clock), os.environ.get("PYTHONPATH"))))
    for name in ("it", "again"):  # the second with what is known of the first
        done = run(tmp_path, {"PYTHONPATH": path}, name=name)
        as_wanted(done, tmp_path / name / "output", wanted)
    assert float(read.read_text()) <= CLOCKS[case]


@pytest.mark.slow
@pytest.mark.parametrize("case", SHELL)
def test_what_is_open_changes_no_byte(case: str, tmp_path: Path, wanted: object) -> None:
    as_wanted(run(tmp_path, {}, SHELL[case]), tmp_path / "it/output", wanted)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["with spaces", "קורס", "naïve 'x'", "new\nline"])
def test_names_of_folders_change_no_byte(name: str, tmp_path: Path, wanted: object) -> None:
    as_wanted(run(tmp_path, POSIX | {"LC_ALL": "C"}, name=name), tmp_path / name / "output", wanted)


@pytest.mark.slow
def test_a_reader_that_has_gone_does_not_stop_a_build(tmp_path: Path, wanted: object) -> None:
    read, write = os.pipe()
    os.close(read)
    words = command(project(tmp_path / "it", "A fact"), tmp_path / "output", WORDS[:3])
    code = subprocess.call(words, cwd=ROOT, stdout=write, stderr=write)
    os.close(write)
    assert code == 0
    assert documents(tmp_path / "output") == wanted


@pytest.mark.slow
def test_files_that_may_not_grow_end_a_build_with_one_line(tmp_path: Path) -> None:
    """As a full disk does, which only root can make."""
    words = command(project(tmp_path / "it", "A fact"), tmp_path / "output", WORDS)

    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    done = subprocess.run(words, cwd=ROOT, capture_output=True, preexec_fn=small)
    assert done.returncode == 3, done.stderr
    lines = done.stderr.decode().splitlines()
    assert [line[:7] for line in lines] == ["error: ", "  hint:"]
    assert "File too large" in lines[0]
    assert documents(tmp_path / "output") == {}


@pytest.mark.slow
@pytest.mark.parametrize("size", ["4k", "16k", "200k"])
def test_temporary_files_without_room_end_a_build_with_one_line(size: str, tmp_path: Path) -> None:
    """In a name space of ours, from no room for any to room for some."""
    words = command(project(tmp_path / "it", "A fact"), tmp_path / "output", WORDS)
    (tmp_path / "full").mkdir()
    script = f'mount -t tmpfs -o size={size} tmpfs "$TMPDIR"; echo > "$TMPDIR/it"; exec "$@"'
    done = subprocess.run(
        ["unshare", "-m", "sh", "-ec", script, "sh", *words],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path / "full")},
        capture_output=True,
    )
    assert done.returncode == 3, done.stderr
    error, hint = done.stderr.decode().splitlines()
    assert error.startswith("error: cannot go on: No ")
    assert "temporary files have room; no document was changed" in hint
    assert documents(tmp_path / "output") == {}
    assert litter(tmp_path / "output") == []


LIBRARIES = ("libpango-1.0", "libgobject-2.0", "libharfbuzz", "libfontconfig", "libpangoft2-1.0")


@pytest.mark.slow
@pytest.mark.parametrize("name", LIBRARIES)
def test_a_library_that_is_missing_is_named(name: str, tmp_path: Path) -> None:
    """Empty in a name space of ours; a machine that cannot do that is no place to test on."""
    found = subprocess.run(["ldconfig", "-p"], capture_output=True, text=True, check=True).stdout
    paths = {line.rpartition("=> ")[2] for line in found.splitlines() if f"{name}.so" in line}
    assert paths, f"{name} is not here"
    hide = "".join(f"mount --bind /dev/null '{os.path.realpath(it)}'; " for it in paths)
    words = command(project(tmp_path / "it", "A fact"), tmp_path / "output", WORDS)
    inside = ["unshare", "-m", "sh", "-ec", f'{hide}exec "$@"', "sh", *words]
    done = subprocess.run(inside, cwd=ROOT, capture_output=True)
    assert done.returncode == 3, done.stderr
    assert done.stdout == b""
    lines = done.stderr.decode().splitlines()
    assert [line[:7] for line in lines] == ["error: ", "  hint:"]
    assert documents(tmp_path / "output") == {}
