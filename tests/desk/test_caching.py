"""`cramsheet cache`, and commands that share what they keep."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cramsheet.cellar import place
from cramsheet.cellar.cellar import Cellar
from cramsheet.cellar.place import NAME
from tests.desk.conftest import Run
from tests.making import PACKS, ROOT

ORDER = ("--exam", "fahrschule", "--only", "sheet,booklet", "--quiet")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "content").symlink_to(PACKS)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def kept(cache_home: Path) -> Path:
    """A cellar with something in it, and a file of somebody else's."""
    folder = cache_home / "cramsheet"
    folder.mkdir(parents=True)
    (folder / "notes.txt").write_text("mine")
    return folder


def made(output: Path) -> dict[str, bytes]:
    found = {it.name: it.read_bytes() for it in (output / "fahrschule").iterdir() if it.is_file()}
    assert len(found) >= 2
    return found


def test_it_shows_what_is_kept_and_clears_it(project: Path, kept: Path, run: Run) -> None:
    assert run("cache") == (0, f"{kept}: nothing is kept\n", "")
    assert run(*ORDER)[0] == 0
    code, out, err = run("cache")
    assert (code, err) == (0, "")
    first, *rows, last = out.splitlines()
    assert re.fullmatch(rf"{re.escape(str(kept))}: \d\.\d MB of 200\.0 MB at most", first)
    told = {row.split(None, 3)[3] for row in rows}  # other tests may have drawn the figures
    assert {"facts and questions, laid out", "headings, and the order of documents"} <= told
    assert all(int(row.split()[0].replace(",", "")) > 0 for row in rows)
    assert re.fullmatch(r"used last on \d{4}-.* the oldest; on \d{4}-.* the newest", last)
    code, out, err = run("cache", "--clear")
    assert (code, err) == (0, "")
    assert re.fullmatch(rf"{re.escape(str(kept))}: \d\.\d MB removed\n", out)
    assert [it.name for it in kept.iterdir()] == ["notes.txt"]
    assert run("cache", "--clear") == (0, f"{kept}: nothing is kept\n", "")


def test_without_a_cache_nothing_is_kept_or_used(
    project: Path, cache_home: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(*ORDER, "--no-cache")[0] == 0
    assert not cache_home.exists()
    assert run(*ORDER, "--afresh")[0] == 0
    before = (cache_home / "cramsheet" / NAME).stat().st_mtime_ns
    monkeypatch.setattr("cramsheet.cellar.cellar.opened", lambda _: pytest.fail("opened"))
    assert run(*ORDER, "--afresh", "--no-cache", "--look", "classic")[0] == 0
    assert (cache_home / "cramsheet" / NAME).stat().st_mtime_ns == before


@pytest.mark.slow
def test_whether_there_is_a_cache_is_no_change(project: Path, run: Run) -> None:
    assert run(*ORDER, "--no-cache")[0] == 0
    assert "nothing has changed" in run(*ORDER[:-1])[1]


def test_what_nobody_can_read_is_told_and_can_be_cleared(kept: Path, run: Run) -> None:
    (kept / NAME).write_text("no cellar\n" * 100)
    code, out, err = run("cache")
    assert (code, out) == (3, "")
    assert f'error: "{kept / NAME}" cannot be read\n  hint: `cramsheet cache --clear`' in err
    assert run("cache", "--clear")[0] == 0
    assert run("cache") == (0, f"{kept}: nothing is kept\n", "")


def test_clearing_does_not_follow_links(kept: Path, tmp_path: Path, run: Run) -> None:
    it = Cellar(tmp_path, lambda: "a")
    it.put("thing", b"key", b"data")
    it.rest()
    others = tmp_path / NAME
    before = others.read_bytes()
    (kept / NAME).symlink_to(others)
    (kept / f"{NAME}-wal").symlink_to(tmp_path / "nowhere")
    assert run("cache")[0] == 3
    assert run("cache", "--clear")[0] == 0
    assert others.read_bytes() == before
    assert [it.name for it in kept.iterdir()] == ["notes.txt"]


def test_what_cannot_be_cleared_is_told(
    kept: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied")

    (kept / NAME).write_text("")
    monkeypatch.setattr(Path, "unlink", refused)
    code, _, err = run("cache", "--clear")
    assert code == 3
    assert f'error: "{kept}" cannot be cleared: Permission denied\n  hint: ' in err


def _homeless() -> Path:
    raise RuntimeError("Could not determine home directory.")


def test_where_nobody_has_a_home_nothing_is_kept(
    project: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place, "folder", _homeless)
    assert run("check", "--exam", "fahrschule")[0] == 0
    code, _, err = run("cache")
    assert code == 3
    assert "error: there is no home folder to keep anything in\n  hint: set XDG_CACHE_HOME" in err


def _file(folder: Path) -> None:
    folder.write_text("mine")


def _link_to_nowhere(folder: Path) -> None:
    folder.symlink_to(folder.parent / "nowhere" / "at" / "all")


def _link_to_folder(folder: Path) -> None:
    (folder.parent / "elsewhere").mkdir()
    folder.symlink_to(folder.parent / "elsewhere")


@pytest.mark.parametrize("way", [_file, _link_to_nowhere, _link_to_folder])
def test_whatever_stands_in_its_place_a_build_prints(
    way: Callable[[Path], None], project: Path, cache_home: Path, run: Run
) -> None:
    cache_home.mkdir(parents=True)
    way(cache_home / "cramsheet")
    order = (*ORDER[:2], "--only", "sheet", "--format", "html")
    assert run(*order, "--quiet")[::2] == (0, "")


def _started(project: Path, output: str, *more: str, seed: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "cramsheet", *ORDER, "--output", str(project / output)]
    variables = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed}
    return subprocess.Popen([*command, *more], cwd=project, env=variables, text=True)


@pytest.mark.slow
def test_commands_at_once_and_one_after_another_print_the_same(
    project: Path, cache_home: Path
) -> None:
    assert _started(project, "alone", "--no-cache", seed="1").wait(120) == 0
    pair = [_started(project, f"at-once-{n}", "--jobs", "2", seed=str(n)) for n in (2, 3)]
    assert [it.wait(120) for it in pair] == [0, 0]
    assert (cache_home / "cramsheet" / NAME).is_file()
    assert _started(project, "after", seed="4").wait(120) == 0
    assert _started(project, "shared", "--jobs", "2", seed="5").wait(120) == 0
    expected = made(project / "alone")
    for output in ("at-once-2", "at-once-3", "after", "shared"):
        assert made(project / output) == expected, output
