"""What stands in files and folders: every change is seen, whatever was done about its time."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cramsheet.desk import seen
from cramsheet.desk.seen import CONTENTS, NAMES, TIMES, Seen, look

Change = Callable[[Path], object]
HOUR = 3600 * 10**9


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of files that were written long ago, as far as `seen` can tell."""
    tree = tmp_path / "tree"
    (tree / "inner").mkdir(parents=True)
    (tree / "a.txt").write_text("old")
    (tree / "inner" / "b.txt").write_text("old")
    monkeypatch.setattr(seen, "_STEP", 0)
    time.sleep(0.03)  # a system's clock goes in steps of up to 10 ms
    return tree


def as_long_and_as_old(folder: Path) -> None:
    path = folder / "a.txt"
    before = path.stat()
    path.write_text("new")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def under_its_name(folder: Path) -> None:
    path, new = folder / "a.txt", folder / "c.txt"
    new.write_text("new")
    os.utime(new, ns=(0, path.stat().st_mtime_ns))
    new.replace(path)


def become_a_folder(folder: Path) -> None:
    (folder / "a.txt").unlink()
    (folder / "a.txt").mkdir()


CHANGES: dict[str, Change] = {
    "another text": lambda it: (it / "a.txt").write_text("new and longer"),
    "as long, as old, in the same file": as_long_and_as_old,
    "as long, as old, another file": under_its_name,
    "gone": lambda it: (it / "a.txt").unlink(),
    "one more": lambda it: (it / "inner" / "c.txt").touch(),
    "another name": lambda it: (it / "a.txt").rename(it / "z.txt"),
    "a folder in its place": become_a_folder,
    "all gone": lambda it: it.rename(it.with_name("elsewhere")),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
@pytest.mark.parametrize("tells", [True, False])
def test_every_change_is_seen(
    change: Change, tells: bool, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seen, "_TELLS", tells)
    before = look(CONTENTS, str(tree))
    assert bool(before.marks) is tells
    assert before.again().value == before.value
    change(tree)
    assert before.again().value != before.value


def compile_something(folder: Path) -> None:
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "a.pyc").touch()


@pytest.mark.parametrize(
    "change",
    [
        lambda it: (it / "a.txt").touch(),
        lambda it: (it / "a.txt").write_text("old"),
        compile_something,
        lambda it: (it / ".a.txt.swp").touch(),
    ],
)
def test_what_leaves_the_contents_as_they_were_is_no_change(change: Change, tree: Path) -> None:
    before = look(CONTENTS, str(tree))
    change(tree)
    time.sleep(0.03)
    now = before.again()
    assert now.value == before.value
    assert now.again() is now


def test_what_nobody_touched_is_not_read(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = look(CONTENTS, str(tree))
    monkeypatch.setattr(seen, "_held", None)
    assert before.again() is before


def test_what_is_young_is_read_again(tmp_path: Path) -> None:
    """Another change could have the same time."""
    (tmp_path / "a.txt").touch()
    os.utime(tmp_path / "a.txt", (1, 1))
    assert look(CONTENTS, str(tmp_path)).marks == ""


def test_files_of_the_future_are_read_again(tree: Path) -> None:
    """The clock of this machine is wrong, or that of the one that holds the files."""
    later = time.time_ns() + HOUR
    os.utime(tree / "a.txt", ns=(later, later))
    assert look(CONTENTS, str(tree)).marks == ""


def test_a_clock_that_was_set_back_tells_no_lie(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = look(CONTENTS, str(tree))
    monkeypatch.setattr(time, "time_ns", lambda: 0)
    (tree / "a.txt").write_text("new")
    assert before.again().value != before.value
    assert before.again().marks == ""


def linked(tree: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "d.ttf").write_text("old")
    (tree / "other").symlink_to(tmp_path / "other")
    (tree / "inner" / "round").symlink_to(tree)
    (tree / "nowhere.ttf").symlink_to(tmp_path / "nowhere.ttf")


def test_links_to_fonts_are_followed_but_not_in_circles(tree: Path, tmp_path: Path) -> None:
    linked(tree, tmp_path)
    before = look(TIMES, str(tree))
    (tmp_path / "other" / "d.ttf").write_text("newer")
    changed = before.again()
    assert changed.value != before.value
    (tmp_path / "nowhere.ttf").write_text("here")
    assert changed.again().value != changed.value


def test_nothing_outside_of_a_pack_is_read(
    tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a link leads counts, not what is there; the folder asked for may be one."""
    linked(tree, tmp_path)
    (tree / "inner" / "secret").symlink_to(tmp_path / "other" / "d.ttf")
    read = []
    usual = seen._held

    def held(path: str) -> str:
        read.append(path)
        return usual(path)

    monkeypatch.setattr(seen, "_held", held)
    before = look(CONTENTS, str(tree))
    assert {Path(path).name for path in read} == {"a.txt", "b.txt"}
    (tree / "inner" / "secret").unlink()
    (tree / "inner" / "secret").symlink_to(tmp_path / "other")
    assert before.again().value != before.value
    (tmp_path / "link").symlink_to(tree)
    first = look(CONTENTS, str(tmp_path / "link"))
    (tree / "a.txt").write_text("another")
    assert first.again().value != first.value


def test_a_file_too_large_for_any_build_is_not_read(tree: Path) -> None:
    with (tree / "huge").open("wb") as file:
        file.truncate(1 << 40)
    before = look(CONTENTS, str(tree))
    with (tree / "huge").open("r+b") as file:
        file.truncate(1 << 41)
    assert before.again().value != before.value


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_what_is_no_file_is_not_opened(tree: Path) -> None:
    os.mkfifo(tree / "pipe")
    before = look(CONTENTS, str(tree))
    assert before.again().value == before.value


@pytest.mark.parametrize("counts", [CONTENTS, TIMES, NAMES])
def test_a_folder_that_may_not_be_read_stops_nobody(
    counts: str, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(path: str) -> None:
        raise PermissionError(13, "not yours", path)

    monkeypatch.setattr(os, "scandir", closed)
    monkeypatch.setattr(os, "listdir", closed)
    before = look(counts, str(tree))
    assert before.again().value == before.value
    monkeypatch.undo()
    (tree / "a-1.0.dist-info").write_text("new")
    (tree / "a.ttf").write_text("new")
    assert before.again().value != before.value


def test_of_fonts_names_sizes_and_times_count(tree: Path) -> None:
    font = tree / "inner" / "new.TTF"
    before = look(TIMES, str(tree))
    (tree / "a.txt").write_text("no font")
    assert before.again().value == before.value
    font.write_bytes(b"1")
    found = before.again()
    assert found.value != before.value
    os.utime(font, (1, 1))
    assert found.again().value != found.value


def test_of_packages_their_versions_count(tree: Path) -> None:
    before = look(NAMES, str(tree))
    (tree / "weasyprint").mkdir()
    assert before.again().value == before.value
    (tree / "weasyprint-70.0.dist-info").mkdir()
    found = before.again()
    assert found.value != before.value
    (tree / "weasyprint-70.0.dist-info").rename(tree / "weasyprint-71.0.dist-info")
    assert found.again().value != found.value


@pytest.mark.parametrize("path", ["a b.txt", "a\tb.txt", "a\nb.txt", "é.txt", "\udce9.txt"])
def test_a_line_brings_it_back(path: str) -> None:
    it = Seen(CONTENTS, "value", "", path)
    back = Seen.of(str(it))
    assert (back.counts, back.value, back.marks, back.path) == (CONTENTS, "value", "", path)
