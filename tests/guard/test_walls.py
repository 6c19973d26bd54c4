"""Each wall, tried alone: what it stands against does not get through, and does without it."""

import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cramsheet.guard.landlock import abi
from cramsheet.guard.places import Places, inside, installed
from cramsheet.guard.trial import CROSSED, REFUSED, WAYS
from tests.making import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the walls of Linux")
_NEVER = {"udp", "unix", "name", "fork"}  # what Landlock lets through
KERNEL = set(WAYS) - _NEVER


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder that is on no list, with a secret and a library."""
    (tmp_path / "secret").write_text("mine")
    maps = Path("/proc/self/maps").read_text().split()
    library = next(it for it in maps if "/libm" in it or "/libpthread" in it or "/libc" in it)
    (tmp_path / "library.so").write_bytes(Path(library).read_bytes())
    return tmp_path


def tried(outside: Path, **cell: Any) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.guard.tried", str(outside), json.dumps(cell)]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return dict(json.loads(done.stdout))


def refused(outside: Path, **cell: Any) -> set[str]:
    """The ways that are closed; each of the others leads out."""
    ways = tried(outside, **cell)["ways"]
    assert set(ways) == set(WAYS)
    assert set(ways.values()) <= {REFUSED, CROSSED}, ways
    return {name for name, end in ways.items() if end == REFUSED}


def test_without_walls_every_way_leads_out(outside: Path) -> None:
    assert refused(outside, landlock=0, hook=False) == set()
    assert (outside / "other").exists()


def test_the_hook_alone_closes_every_way(outside: Path) -> None:
    assert refused(outside, landlock=0) == set(WAYS)


def test_landlock_is_here() -> None:
    """Its absence would leave half of the walls untried."""
    assert abi() >= 1


@pytest.mark.parametrize("version", [1, 2, 3, 4, 5, 6, 99])
def test_landlock_alone_closes_what_its_version_can(version: int, outside: Path) -> None:
    told = tried(outside, landlock=version, hook=False)
    closed = KERNEL - ({"tcp"} if version < 4 else set())
    assert {name for name, end in told["ways"].items() if end == REFUSED} == closed
    assert told["landlock"] == min(version, abi())


def test_both_walls_together_close_every_way(outside: Path) -> None:
    assert refused(outside) == set(WAYS)
    assert sorted(it.name for it in outside.iterdir()) == ["library.so", "secret"]


@pytest.mark.parametrize("cell", [{"hook": False}, {"landlock": 0}])
def test_a_link_in_a_pack_leads_nowhere(
    cell: dict[str, Any], outside: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    pack = tmp_path_factory.mktemp("pack")
    (pack / "secret").write_text("the pack's own")
    assert tried(pack, **cell, read=[str(pack)])["ways"]["read"] == CROSSED
    (pack / "secret").unlink()
    (pack / "secret").symlink_to(outside / "secret")
    assert tried(pack, **cell, read=[str(pack)])["ways"]["read"] == REFUSED


@pytest.mark.parametrize("cell", [{"hook": False}, {"landlock": 0}])
def test_of_a_folder_that_is_listed_only_names_are_seen(
    cell: dict[str, Any], outside: Path
) -> None:
    ways = tried(outside, **cell, listed=[str(outside)])["ways"]
    assert (ways["list"], ways["read"], ways["write"]) == (CROSSED, REFUSED, REFUSED)


def test_what_a_person_keeps_beside_the_program_is_only_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [str(tmp_path), str(ROOT), *sys.path])
    trusted, listed = installed(str(ROOT / "cramsheet"))
    assert not inside(str(tmp_path / "letter"), trusted)
    assert not inside(str(ROOT / "content/exam.yaml"), trusted)
    assert inside(str(ROOT / "cramsheet/line.py"), trusted)
    assert {str(tmp_path), str(ROOT)} <= set(listed)


def test_a_folder_is_not_what_begins_like_it() -> None:
    places = Places(read=("/home/ada/pack",))
    assert inside("/home/ada/pack/1.yaml", places.read)
    assert not inside("/home/ada/packs/1.yaml", places.read)


_LIMITED = """
import os, resource, sys
from cramsheet.guard.limits import Limits, renew, set_limits
limits = Limits(seconds=1, memory=300 << 20, open_files=40)
stands, stays = sys.argv[2] == "walls", sys.argv[1] == "renew"
told = set_limits(limits, stays) if stands else ()
if stays and stands: renew(limits)
match sys.argv[1]:
    case "memory": bytearray(400 << 20)
    case "files": held = [open(os.devnull) for _ in range(60)]
    case "file":
        import signal
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        with open(sys.argv[3], "wb") as file: file.truncate(300 << 20)
    case "core": assert not stands or resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)
    case _:
        while sum(os.times()[:2]) < 3: pass
print(*sorted(told))
"""


@pytest.mark.parametrize(
    ("name", "end"),
    [("memory", "MemoryError"), ("files", "Too many open files"), ("file", "File too large")],
)
def test_a_limit_stops_what_would_pass_without(name: str, end: str, tmp_path: Path) -> None:
    assert limited(name, "none", tmp_path).returncode == 0
    done = limited(name, "walls", tmp_path)
    assert done.returncode == 1
    assert end in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("name", ["processor", "renew"])
def test_the_processor_computes_so_long_and_no_longer(name: str, tmp_path: Path) -> None:
    assert limited(name, "none", tmp_path).returncode == 0
    assert limited(name, "walls", tmp_path).returncode == -signal.SIGXCPU


def test_every_limit_stands_here(tmp_path: Path) -> None:
    done = limited("core", "walls", tmp_path)
    assert done.stdout == "core file memory open files processor\n"


def limited(name: str, walls: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", _LIMITED, name, walls, str(folder / "large")]
    variables = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, env=variables, capture_output=True, text=True)


def test_a_limit_that_was_given_is_not_raised() -> None:
    code = (
        "import resource; from cramsheet.guard.limits import *;"
        " resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64)); set_limits(Limits());"
        " print(*resource.getrlimit(resource.RLIMIT_NOFILE))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "64 64\n"
    assert resource.getrlimit(resource.RLIMIT_CORE)  # of this process, which has no limits set
