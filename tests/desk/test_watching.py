"""Saved files are noticed however an editor writes, and nothing ends the watch."""

import shutil
import signal
import subprocess
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

import pytest

from cramsheet.desk import cli
from cramsheet.desk.warm import Turn, Warm
from cramsheet.desk.watch import Voice, attempt
from cramsheet.desk.watching import Inbox, Watcher, changed, seen
from cramsheet.problems import Mark, Problem
from tests.making import EXAM, ROOT
from tests.paper import read

FACTS = "domain: demo\ntopics:\n  - topic: Topic\n    facts: [A bare fact, Another one]\n"
ASKED = "domain: demo\nquestions:\n  - {claim: It is, is: true, why: it is}\n"
_LONG = 20.0  # s for something to happen
_WHILE = 0.6  # s in which nothing may


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a small pack; the person stands in it."""
    (tmp_path / "content/demo/questions").mkdir(parents=True)
    (tmp_path / "content/demo/exam.yaml").write_text(EXAM)
    (tmp_path / "content/demo/1.yaml").write_text(FACTS)
    (tmp_path / "content/demo/questions/1.yaml").write_text(ASKED)
    monkeypatch.chdir(tmp_path)
    return tmp_path


# How editors write.


def over(path: Path, text: str) -> None:
    path.write_text(text)


def renamed(path: Path, text: str) -> None:
    """VS Code with atomic saves, Emacs, sed -i."""
    new = path.with_name("4f3a.tmp")
    new.write_text(text)
    new.replace(path)


def as_vim(path: Path, text: str) -> None:
    """It tries whether it may write, keeps the old file, writes a new one, and tidies up."""
    probe, old = path.with_name("4913"), path.with_name(f"{path.name}~")
    probe.write_text("")
    probe.unlink()
    path.rename(old)
    path.write_text(text)
    old.unlink()


def cut_first(path: Path, text: str) -> None:
    """Two steps, as a slow editor takes them."""
    path.write_text("")
    time.sleep(0.02)
    path.write_text(text)


Next = Callable[[float], frozenset[Path]]


@contextmanager
def watched(folder: Path, poll: bool = False) -> Iterator[Next]:
    """What is told next, or nothing within some seconds."""
    told: Queue[frozenset[Path]] = Queue()
    watcher = Watcher([folder / "content", folder / "styles"], poll)

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
@pytest.mark.parametrize("save", [over, renamed, as_vim, cut_first])
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


# What is built of it.


def options(*words: str) -> Namespace:
    return cli._parser().parse_args(["watch", *words])


def names(turn: Turn) -> list[str]:
    return [it.name for it in turn.printed]


def words_of(folder: Path, kind: str = "sheet") -> str:
    paper = read((folder / f"output/demo/demo-{kind}-a4.pdf").read_bytes())
    return " ".join(paper.lines())


def test_only_what_changed_is_printed_again(folder: Path) -> None:
    pack = folder / "content/demo"
    warm = Warm(options("--only", "sheet,booklet"))
    assert names(warm.rebuild()) == ["demo-sheet-a4.pdf", "demo-booklet-a4.pdf"]
    assert warm.rebuild().printed == ()

    over(pack / "1.yaml", FACTS.replace("Another one", "Something else"))
    turn = warm.rebuild([pack / "1.yaml"])
    assert names(turn) == ["demo-sheet-a4.pdf"]
    assert turn.edited == {"fact-something-else"}
    assert "Something else" in words_of(folder)

    over(pack / "questions/1.yaml", ASKED.replace("why: it is", "why: so it is"))
    turn = warm.rebuild([pack / "questions/1.yaml"])
    assert names(turn) == ["demo-booklet-a4.pdf"]
    assert len(turn.edited) == 1
    assert turn.edited <= set(turn.printed[0].places)

    over(pack / "1.yaml", "# a remark\n" + (pack / "1.yaml").read_text())
    assert warm.rebuild([pack / "1.yaml"]).edited == frozenset()

    (folder / "styles").mkdir()
    own = folder / "styles/base.css"
    over(own, (ROOT / "styles/base.css").read_text())
    assert len(warm.rebuild([own]).printed) == 2


def test_a_broken_file_is_told_and_nothing_is_written_until_it_is_mended(folder: Path) -> None:
    path, out = folder / "content/demo/1.yaml", StringIO()
    warm, voice = Warm(options("--only", "sheet")), Voice(out=out)
    voice.tell(attempt(warm, frozenset()))
    before = words_of(folder)
    over(path, FACTS.replace("topics", "topicks"))
    voice.tell(attempt(warm, frozenset({path})))
    assert 'content/demo/1.yaml:2:1: error: unknown key "topicks"' in out.getvalue()
    assert "hint: " in out.getvalue()
    assert out.getvalue().splitlines()[-1].endswith("the output is as it was")
    assert words_of(folder) == before
    over(path, FACTS + "# mended\n")
    voice.tell(attempt(warm, frozenset({path})))
    assert "mended; " in out.getvalue().splitlines()[-1]
    said = out.getvalue()
    voice.tell(attempt(warm, frozenset({path})))
    assert out.getvalue() == said  # nothing new, nothing to say


def test_a_mistake_of_the_program_does_not_end_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    warm, own = Warm(options("--only", "sheet")), folder / "templates/sheet.html"
    own.parent.mkdir()
    over(own, "{{ 1 // 0 }}")
    turn = attempt(warm, frozenset())
    assert turn.problems[0].message.startswith("the program has a mistake: Zero")
    assert not turn.read  # the file counts as saved until it could be read
    assert "ZeroDivisionError" in capsys.readouterr().err
    own.unlink()
    assert names(attempt(warm, frozenset({own}))) == ["demo-sheet-a4.pdf"]


def test_a_folder_that_is_gone_is_told(folder: Path) -> None:
    warm, content = Warm(options("--only", "sheet")), folder / "content"
    attempt(warm, frozenset())
    files = frozenset(seen([content]))
    content.rename(folder / "kept")
    assert attempt(warm, files).problems[0].message == f"there is no {content}"
    (folder / "kept").rename(content)
    assert attempt(warm, files).problems == ()


def test_the_rest_waits_when_something_was_saved_in_the_meantime(folder: Path) -> None:
    args = options("--only", "sheet,booklet")
    first = {"sheet"}
    warm = Warm(
        args,
        extra=lambda job, shop, packs: [it for it in job.orders(packs) if it[1].kind in first],
        hurried=lambda: bool(first),
    )
    turn = warm.rebuild()
    assert (names(turn), turn.whole, turn.written) == (["demo-sheet-a4.pdf"], False, False)
    assert not (folder / "output/demo").exists()
    first.clear()
    turn = warm.rebuild()
    assert (names(turn), turn.whole, turn.written) == (["demo-booklet-a4.pdf"], True, True)
    assert "A bare fact" in words_of(folder)
    assert "It is" in words_of(folder, "booklet")


def test_quiet_tells_of_problems_alone() -> None:
    out = StringIO()
    voice = Voice(quiet=True, out=out)
    voice.say("something")
    voice.tell(Turn((Problem("bad", Mark("a.yaml", 2, 3), "mend it"),)))
    assert out.getvalue() == "a.yaml:2:3: error: bad\n  hint: mend it\n"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT for one process")
def test_the_command_follows_a_save_and_ends_with_ctrl_c(folder: Path) -> None:
    words = [sys.executable, "-u", "-m", "cramsheet", "watch", "--only", "sheet"]
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    with subprocess.Popen(words, env=environment, stdout=-1, stderr=-2, text=True) as process:
        assert process.stdout
        lines = iter(process.stdout.readline, "")
        assert "watching" in next(lines)
        assert "demo-sheet-a4.pdf (1 page" in next(lines)
        renamed(folder / "content/demo/1.yaml", FACTS.replace("bare", "new"))
        assert "demo-sheet-a4.pdf (1 page" in next(lines)
        assert "A new fact" in words_of(folder)
        process.send_signal(signal.SIGINT)
        assert next(lines).endswith("ended; the output is whole\n")
        assert process.wait(_LONG) == 0
