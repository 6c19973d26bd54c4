"""What `cramsheet doctor` says, here and where something is missing."""

import json
import os
import sys
from pathlib import Path

import pytest

from cramsheet.desk import checkup
from cramsheet.guard import landlock
from cramsheet.press import libraries
from tests.desk.conftest import Run

SECTIONS = ["program", "libraries", "fonts", "walls", "output", "cache"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rows(out: str) -> dict[str, dict[str, str]]:
    return {f"{it['section']}: {it['name']}": it for it in json.loads(out)}


def test_all_that_is_needed_is_here(run: Run, folder: Path) -> None:
    code, out, err = run("doctor")
    assert (code, err) == (0, "")
    heads = [line for line in out.splitlines() if line and line[0] != " "]
    assert heads[:-1] == SECTIONS
    assert heads[-1].startswith("ready")
    for said in ("Pango  ", "HarfBuzz  ", "Fontconfig  ", str(folder / "output"), "10 faces"):
        assert said in out
    assert list(folder.iterdir()) == []  # it looks, and leaves nothing


def test_a_program_can_read_it(run: Run) -> None:
    code, out, _ = run("doctor", "--json")
    found = rows(out)
    assert code == 0
    assert found["walls: audit hook"]["state"] == "ok"
    assert found["walls: worker"]["state"] == "ok"
    assert found["libraries: Pango"]["found"].startswith("1.")
    if sys.platform == "linux":
        assert found["walls: Landlock"]["found"].startswith(f"ABI {landlock.abi()}")
        assert found["walls: limit: memory"]["found"] == "2048 MiB for each process"
        assert found["walls: ends with us"]["state"] == "ok"


def test_a_library_that_is_missing_is_named_with_what_to_type(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(libraries._VERSIONS, "Pango", ("libpango-0.so", "pango_version", 3))
    code, out, _ = run("doctor")
    assert code == 3
    assert "missing  Pango" in out
    assert libraries.how_to_install() in out
    assert out.endswith("not ready: Pango\n")


def test_without_landlock_it_is_ready_and_says_what_stands_alone(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a new Python the kernel is as it is; a fork has it as we say."""
    tried = checkup._tried

    def without(*args: object, **cell: object) -> object:
        found = tried(*args, **cell)  # type: ignore[arg-type]
        return found and {**found, "landlock": 0}

    monkeypatch.setattr(checkup, "_tried", without)
    code, out, _ = run("doctor")
    assert code == 0
    assert "absent   Landlock" in out
    assert "to do:             Linux 5.13 or newer" in out
    assert out.endswith("ready; without Landlock the other walls stand alone\n")


@pytest.mark.parametrize("ways", [("read",), ("tcp", "udp")])
def test_a_wall_with_a_hole_is_not_called_one(
    ways: tuple[str, ...], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = checkup._tried

    def holed(*args: object, **cell: object) -> object:
        found = tried(*args, **cell)  # type: ignore[arg-type]
        assert found
        return {**found, "ways": {**found["ways"], **dict.fromkeys(ways, "crossed")}}

    monkeypatch.setattr(checkup, "_tried", holed)
    code, out, _ = run("doctor")
    assert code == 3
    assert "audit hook" in out.splitlines()[-1]
    assert "Landlock" in out.splitlines()[-1]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_to(run: Run, folder: Path) -> None:
    (folder / "output").mkdir(mode=0o500)
    code, out, _ = run("doctor")
    assert code == 3
    assert "missing  write and rename" in out


def test_a_folder_that_is_a_file(run: Run, folder: Path) -> None:
    (folder / "output").write_text("")
    code, out, _ = run("doctor", "--project", str(folder))
    assert code == 3
    assert "not ready: folder" in out
