"""A set of files is replaced together or not at all, and nothing is left lying about."""

import errno
import os
import threading
from pathlib import Path

import pytest

from cramsheet.desk.commit import LOCK, alone, commit, prepare
from cramsheet.problems import Exit, MachineFault

OLD = {"a.txt": b"old a", "deep/b.txt": b"old b", "c.txt": b"old c"}
NEW = {"a.txt": b"new a", "deep/b.txt": b"new b", "c.txt": b"new c", "deep/d.txt": b"new d"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    commit(tmp_path, OLD)
    return tmp_path


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_all_files_are_put_in_place_and_nothing_else(folder: Path) -> None:
    assert files(folder) == OLD
    commit(folder, NEW)
    assert files(folder) == NEW


def test_other_files_are_left_alone(folder: Path) -> None:
    (folder / "mine.txt").write_bytes(b"mine")
    commit(folder, {"a.txt": b"new a"})
    assert files(folder) == OLD | {"a.txt": b"new a", "mine.txt": b"mine"}


def failing(number: int, error: BaseException) -> object:
    """Raises at the so manyth call, otherwise does what it stands for."""
    calls = 0

    def wrap(original: object) -> object:
        def instead(*args: object, **more: object) -> object:
            nonlocal calls
            calls += 1
            if calls == number:
                raise error
            return original(*args, **more)  # type: ignore[operator]

        return instead

    return wrap


@pytest.mark.parametrize("number", [1, 2, 3, 4])
@pytest.mark.parametrize("step", ["replace", "fsync", "write"])
def test_a_fault_at_any_step_leaves_the_old_set(
    step: str, number: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where: object = Path if step == "replace" else os
    wrap = failing(number, OSError(errno.ENOSPC, "No space left on device"))
    monkeypatch.setattr(where, step, wrap(getattr(where, step)))  # type: ignore[operator]
    with pytest.raises(MachineFault) as caught:
        commit(folder, NEW)
    monkeypatch.undo()
    assert caught.value.exit == Exit.MACHINE
    assert "No space left on device" in str(caught.value)
    assert files(folder) == OLD


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_ctrl_c_between_two_renames_leaves_the_old_set(
    number: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrap = failing(number, KeyboardInterrupt())
    monkeypatch.setattr(Path, "replace", wrap(Path.replace))  # type: ignore[operator]
    with pytest.raises(KeyboardInterrupt):
        commit(folder, NEW)
    monkeypatch.undo()
    assert files(folder) == OLD


def test_a_disk_that_loses_bytes_is_found_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = os.read
    monkeypatch.setattr(os, "read", lambda handle, size: whole(handle, size)[:3])
    with pytest.raises(MachineFault, match="did not keep what was written"):
        commit(folder, NEW)
    monkeypatch.undo()
    assert files(folder) == OLD


def test_a_link_in_place_of_a_file_is_refused(folder: Path, tmp_path_factory: object) -> None:
    elsewhere = folder / "elsewhere.txt"
    elsewhere.write_bytes(b"precious")
    (folder / "c.txt").unlink()
    (folder / "c.txt").symlink_to(elsewhere)
    with pytest.raises(MachineFault, match=r"c\.txt"):
        commit(folder, NEW)
    assert elsewhere.read_bytes() == b"precious"
    assert (folder / "a.txt").read_bytes() == b"old a"
    assert (folder / "c.txt").is_symlink()


def test_a_dangling_link_is_refused(folder: Path) -> None:
    (folder / "new.txt").symlink_to(folder / "nowhere")
    with pytest.raises(MachineFault):
        commit(folder, {"new.txt": b"x"})
    assert not (folder / "nowhere").exists()


def test_a_folder_in_place_of_a_file_is_refused(folder: Path) -> None:
    (folder / "x.txt").mkdir()
    with pytest.raises(MachineFault, match=r"x\.txt"):
        commit(folder, {"a.txt": b"new a", "x.txt": b"x"})
    assert files(folder) == OLD


def test_a_file_in_place_of_a_folder_is_refused(folder: Path) -> None:
    with pytest.raises(MachineFault, match="cannot write"):
        commit(folder, {"c.txt/x.txt": b"x"})
    assert files(folder) == OLD


def test_what_a_killed_build_left_is_swept_away(folder: Path) -> None:
    for name in (".a.txt.123.cramsheet-new", "deep/.b.txt.4-old.cramsheet-new"):
        (folder / name).write_bytes(b"half")
    with alone(folder):
        commit(folder, {"a.txt": b"new a"})
    assert files(folder) == OLD | {"a.txt": b"new a", LOCK: f"{os.getpid()}\n".encode()}


def test_two_builds_follow_each_other(tmp_path: Path) -> None:
    order: list[str] = []
    inside = threading.Event()

    def second() -> None:
        inside.wait(10)
        with alone(tmp_path):
            order.append("second")

    other = threading.Thread(target=second)
    other.start()
    with alone(tmp_path):
        inside.set()
        other.join(0.3)
        order.append("first")
    other.join(10)
    assert order == ["first", "second"]


def test_a_place_to_write_is_made_and_left_empty(tmp_path: Path) -> None:
    prepare(tmp_path / "new" / "output")
    assert list((tmp_path / "new" / "output").iterdir()) == []


def test_a_place_that_cannot_be_written_to_is_found_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for place in (tmp_path / "file", tmp_path / "file" / "output"):
        with pytest.raises(MachineFault, match="cannot write") as caught:
            prepare(place)
        (problem,) = caught.value.problems
        assert str(tmp_path / "file") in problem.message
        assert problem.hint
