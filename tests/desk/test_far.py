"""The warm build in a worker: what it shows is the same, and its death is told, not shared."""

import json
import os
import shutil
import signal
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from cramsheet.desk import cli
from cramsheet.desk.far import Far
from cramsheet.desk.preview import Preview
from cramsheet.desk.warm import Turn
from cramsheet.page.shop import Shop
from tests.desk.saving import FACTS, over, small_project
from tests.making import ROOT

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals")
_HANGS = "{% for n in range(99999) %}{% for m in range(99999) %}{% endfor %}{% endfor %}"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    return small_project(tmp_path)


def options(folder: Path, *words: str) -> Namespace:
    return cli.read(
        ["preview", "--project", str(folder), "--only", "sheet", "--paper", "a5", *words]
    )


@pytest.fixture
def far(folder: Path) -> Iterator[Far]:
    with closing(Far(options(folder), lambda: False)) as it:
        yield it
    assert list((folder / "tmp").iterdir()) == []


def pid(far: Far) -> int:
    assert far._worker
    return far._worker.pid


def test_an_edit_is_shown_and_written(folder: Path, far: Far) -> None:
    shown = Preview(Shop.open(folder), lambda: None, far.weigh)
    far.show, far.looked_at = shown.hear, lambda: shown.looked_at
    with closing(shown):
        turn = far.rebuild()
        assert (turn.problems, turn.written, turn.whole) == ((), True, True)
        assert [it.name for it in turn.printed] == ["demo-sheet-a5.pdf"]
        shown.tell(turn)
        path = folder / "content/demo/1.yaml"
        over(path, FACTS.replace("Another one", "Something else"))
        turn = far.rebuild([path])
        assert turn.edited == {"fact-something-else"}
        shown.tell(turn)
        news = shown.news(0, 0)
        assert news
        state = json.loads(news[1])
        (document,) = state["documents"]
        assert [it["id"] for it in document["marks"]] == ["fact-something-else"]
        assert document["covered"] > 0
        written = (folder / "output/demo/demo-sheet-a5.pdf").read_bytes()
        assert shown._album.add(written) == document["hash"]
        assert shown.take("choice", json.dumps({**state["first"], "kind": "notes"}).encode())
        assert [it.name for it in far.rebuild().printed] == ["demo-notes-a5.pdf"]
        assert not (folder / "output/demo/demo-notes-a5.pdf").exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("end", "said"),
    [
        (signal.SIGKILL, "the process that draws was ended by SIGKILL"),
        (signal.SIGSEGV, "the program has a bug (SIGSEGV)"),
    ],
)
def test_a_worker_that_dies_is_replaced(
    end: signal.Signals, said: str, folder: Path, far: Far
) -> None:
    assert not far.rebuild().problems
    before = (folder / "output/demo/demo-sheet-a5.pdf").read_bytes()
    first, path = pid(far), folder / "content/demo/1.yaml"
    os.kill(first, signal.SIGSTOP)  # it is busy
    over(path, FACTS.replace("Another one", "Something else"))
    turn = in_time(lambda: far.rebuild([path]), lambda: kill(first, end))
    (problem,) = turn.problems
    assert problem.message.startswith(said)
    assert not turn.read
    assert (folder / "output/demo/demo-sheet-a5.pdf").read_bytes() == before
    far.rest()
    assert pid(far) != first
    assert [it.name for it in far.rebuild([path]).printed] == ["demo-sheet-a5.pdf"]
    assert (folder / "output/demo/demo-sheet-a5.pdf").read_bytes() != before


def kill(pid: int, end: signal.Signals) -> None:
    for it in (end, signal.SIGCONT):  # for one that stands still dies of nothing but SIGKILL
        with suppress(OSError):
            os.kill(pid, it)


def in_time(work: Callable[[], Turn], then: Callable[[], object]) -> Turn:
    from threading import Timer

    timer = Timer(0.3, then)
    timer.start()
    try:
        return work()
    finally:
        timer.join()


@pytest.mark.slow
def test_one_that_died_while_nobody_asked_is_not_missed(folder: Path, far: Far) -> None:
    first = pid(far)
    os.kill(first, signal.SIGKILL)
    time.sleep(0.1)
    assert [it.name for it in far.rebuild().printed] == ["demo-sheet-a5.pdf"]
    assert pid(far) != first


@pytest.mark.slow
def test_a_build_without_an_end_has_one_and_editing_goes_on(folder: Path) -> None:
    own = folder / "templates/sheet.html"
    with closing(Far(options(folder, "--allow", "seconds=4"), lambda: False)) as far:
        assert not far.rebuild().problems
        first = pid(far)
        own.parent.mkdir()
        over(own, _HANGS)
        (problem,) = far.rebuild([own]).problems
        assert problem.message == "the work took longer than 4 s; the output is as it was"
        over(own, (ROOT / "templates/sheet.html").read_text())
        assert not far.rebuild([own]).problems
        assert pid(far) != first


@pytest.mark.slow
def test_a_bug_is_reported_and_the_worker_stays(folder: Path, far: Far) -> None:
    own = folder / "templates/sheet.html"
    own.parent.mkdir()
    assert not far.rebuild().problems
    first = pid(far)
    over(own, "{{ 1 // 0 }}")
    turn = far.rebuild([own])
    assert turn.problems[0].message.startswith("the program has a bug (ZeroDivisionError)")
    assert list((folder / "output").glob("cramsheet-bug-*.txt"))
    assert pid(far) == first
    over(own, (ROOT / "templates/sheet.html").read_text())
    assert not far.rebuild([own]).problems


@pytest.mark.slow
def test_a_folder_that_is_made_anew_is_read(folder: Path, far: Far) -> None:
    """As another branch of the author's repository is."""
    assert not far.rebuild().problems
    content, path = folder / "content", folder / "content/demo/1.yaml"
    content.rename(folder / "old")
    shutil.copytree(folder / "old", content)
    over(path, FACTS.replace("Another one", "Something else"))
    turn = far.rebuild([path])
    assert (turn.problems, turn.written) == ((), True)
