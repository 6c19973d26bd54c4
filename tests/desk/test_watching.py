"""Saved files are noticed however an editor writes."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

import pytest

from cramsheet.desk.watching import Inbox, Watcher, changed, seen
from tests.desk.saving import FACTS, as_vim, cut_first, over, renamed, small_project

_LONG = 20.0  # s for something to happen
_WHILE = 0.6  # s in which nothing may


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a small pack; the person stands in it."""
    monkeypatch.chdir(tmp_path)
    return small_project(tmp_path)


Next = Callable[[float], frozenset[Path]]


@contextmanager
def watched(folder: Path, poll: bool = False, *named: Path) -> Iterator[Next]:
    """What is told next, or nothing within some seconds."""
    told: Queue[frozenset[Path]] = Queue()
    watcher = Watcher([folder / "content", folder / "styles", *named], poll)

    def work() -> None:
        for paths in watcher.changes():
            told.put(paths)

    def after(seconds: float) -> frozenset[Path]:
        try:
            return told.get(timeout=seconds)
        except Empty:
            return frozenset()

    thread = Thread(target=work)
    thread.start()
    time.sleep(0.3)  # until the system watches
    try:
        yield after
    finally:
        watcher.stop.set()
        thread.join(_LONG)
        assert not thread.is_alive()


@pytest.mark.parametrize(
    "poll", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["told", "polled"]
)
@pytest.mark.parametrize(
    "save",
    [over, *(pytest.param(it, marks=pytest.mark.slow) for it in (renamed, as_vim, cut_first))],
)
def test_a_save_is_one_change_however_it_is_written(
    save: Callable[[Path, str], None], poll: bool, folder: Path
) -> None:
    path = folder / "content/demo/1.yaml"
    with watched(folder, poll) as after:
        save(path, FACTS + "# more\n")
        assert after(_LONG) == {path}
        save(path, FACTS + "# and more\n")
        assert after(_LONG) == {path}
        assert after(_WHILE) == set()


def test_saves_that_come_together_are_one(folder: Path) -> None:
    paths = [folder / "content/demo/1.yaml", folder / "content/demo/exam.yaml"]
    with watched(folder) as after:
        for path in paths:
            path.write_text(path.read_text() + "# more\n")
        assert after(_LONG) == set(paths)
        assert after(_WHILE) == set()


def test_a_save_that_changes_nothing_is_none_nor_is_litter(folder: Path) -> None:
    pack = folder / "content/demo"
    with watched(folder) as after:
        over(pack / "1.yaml", FACTS)
        for name in (".1.yaml.swp", "1.yaml~", "#1.yaml#", "4913", ".git/index.yaml"):
            (pack / name).parent.mkdir(exist_ok=True)
            (pack / name).write_text("x")
        assert after(_WHILE) == set()
        over(pack / "2.yaml", FACTS)
        assert after(_LONG) == {pack / "2.yaml"}


@pytest.mark.slow
def test_folders_may_go_and_come_back(folder: Path) -> None:
    content, kept = folder / "content", folder / "kept"
    files = set(seen([content]))
    assert len(files) == 3
    with watched(folder) as after:
        content.rename(kept)
        assert after(_LONG) == files
        shutil.copytree(kept, content)
        assert after(_LONG) == files
        over(content / "demo/1.yaml", "")
        assert after(_LONG) == {content / "demo/1.yaml"}
        (folder / "styles").mkdir()  # was not there when the watch began
        over(folder / "styles/base.css", "")
        assert after(_LONG) == {folder / "styles/base.css"}


@pytest.mark.slow
@pytest.mark.parametrize("save", [over, renamed, as_vim])
def test_files_that_options_name_are_watched_wherever_they_are(
    save: Callable[[Path, str], None], folder: Path
) -> None:
    (folder / "lists").mkdir()
    names, other, font = (folder / "lists" / it for it in ("a.csv", "b.csv", "a.otf"))
    over(names, "name\nAda\n")
    with watched(folder, False, names, font) as after:
        save(names, "name\nBob\n")
        assert after(_LONG) == {names}
        save(names, "name\nCy\n")
        assert after(_LONG) == {names}
        over(other, "name\nDee\n")
        assert after(_WHILE) == set()
        over(font, "not yet there when it began")
        assert after(_LONG) == {font}
        names.unlink()
        assert after(_LONG) == {names}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
def test_what_is_no_file_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "content/demo/2.yaml")
    assert folder / "content/demo/2.yaml" not in seen([folder / "content"])


def test_any_file_in_figures_counts(folder: Path) -> None:
    before = seen([folder])
    (folder / "content/demo/figures").mkdir()
    (folder / "content/demo/figures/a.JPG").write_bytes(b"x")
    after = seen([folder], before)
    assert changed(before, after) == {folder / "content/demo/figures/a.JPG"}
    assert changed(after, before) == changed(before, after)


def test_the_inbox_joins_what_waits() -> None:
    inbox = Inbox()
    for name in ("a", "b", "a"):
        inbox.put(frozenset({Path(name)}))
    assert inbox.waiting
    assert not inbox.quiet(_LONG)
    assert inbox.take() == {Path("a"), Path("b")}
    assert not inbox.waiting
    assert inbox.quiet(0.01)
