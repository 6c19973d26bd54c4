"""What is saved is printed again, only that, and nothing ends the watch."""

import signal
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from io import StringIO
from pathlib import Path

import pylopdf_fonts_jp
import pytest

from cramsheet.desk import cli
from cramsheet.desk.warm import Turn, Warm
from cramsheet.desk.watch import Voice, attempt
from cramsheet.desk.watching import seen
from cramsheet.problems import Mark, Problem
from tests.desk.conftest import Run
from tests.desk.saving import ASKED, FACTS, over, renamed, small_project
from tests.making import ROOT
from tests.paper import read

Stay = Callable[[Warm], Warm]
_LONG = 20.0  # s for something to happen


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a small pack; the person stands in it."""
    monkeypatch.chdir(tmp_path)
    return small_project(tmp_path)


@pytest.fixture
def stay() -> Iterator[Stay]:
    """A build that stays until the end of the test."""
    with ExitStack() as stack:
        yield lambda warm: stack.enter_context(closing(warm))


def options(*words: str) -> Namespace:
    return cli._parser().parse_args(["watch", *words])


def names(turn: Turn) -> list[str]:
    return [it.name for it in turn.printed]


def words_of(folder: Path, kind: str = "sheet") -> str:
    paper = read((folder / f"output/demo/demo-{kind}-a4.pdf").read_bytes())
    return " ".join(paper.lines())


def test_only_what_changed_is_printed_again(folder: Path, stay: Stay) -> None:
    pack = folder / "content/demo"
    warm = stay(Warm(options("--only", "sheet,booklet")))
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


def test_a_broken_file_is_told_and_nothing_is_written_until_it_is_mended(
    folder: Path, stay: Stay
) -> None:
    path, out = folder / "content/demo/1.yaml", StringIO()
    warm, voice = stay(Warm(options("--only", "sheet"))), Voice(out=out)
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
    folder: Path, capsys: pytest.CaptureFixture[str], stay: Stay
) -> None:
    warm, own = stay(Warm(options("--only", "sheet"))), folder / "templates/sheet.html"
    own.parent.mkdir()
    over(own, "{{ 1 // 0 }}")
    turn = attempt(warm, frozenset())
    assert turn.problems[0].message.startswith("the program has a mistake: Zero")
    assert not turn.read  # the file counts as saved until it could be read
    assert "ZeroDivisionError" in capsys.readouterr().err
    over(own, (ROOT / "templates/sheet.html").read_text())
    assert names(attempt(warm, frozenset({own}))) == ["demo-sheet-a4.pdf"]
    own.unlink()
    assert names(attempt(warm, frozenset({own}))) == ["demo-sheet-a4.pdf"]


def test_a_folder_that_is_gone_is_told(folder: Path, stay: Stay) -> None:
    warm, content = stay(Warm(options("--only", "sheet"))), folder / "content"
    attempt(warm, frozenset())
    files = frozenset(seen([content]))
    content.rename(folder / "kept")
    assert attempt(warm, files).problems[0].message == f"there is no {content}"
    (folder / "kept").rename(content)
    assert attempt(warm, files).problems == ()


def test_another_list_of_names_prints_other_copies(folder: Path, stay: Stay) -> None:
    names = folder / "names.csv"
    over(names, "name\nAda\n")
    warm = stay(Warm(options("--only", "sheet", "--for", "names.csv")))
    assert warm.named == (names,)
    assert attempt(warm, frozenset()).problems == ()
    over(names, "")
    assert attempt(warm, frozenset({names})).problems
    over(names, "name\nAda\nBob\n")
    assert attempt(warm, frozenset({names})).written
    made = {path.name for path in folder.glob("output/demo/copies/*.pdf")}
    assert {"demo-sheet-a4-ada.pdf", "demo-sheet-a4-bob.pdf"} <= made


def test_another_font_is_read_again(folder: Path, stay: Stay) -> None:
    font, content = folder / "our.otf", folder / "content/demo/1.yaml"
    over(content, FACTS.replace("A bare", "日本"))
    over(font, "no font yet")
    warm = stay(Warm(options("--only", "sheet", "--font", "our.otf")))
    (problem,) = attempt(warm, frozenset()).problems
    assert problem.message == '"our.otf" is not a font'
    fonts = []
    for path in (pylopdf_fonts_jp.sans_path(), pylopdf_fonts_jp.serif_path()):
        font.write_bytes(path.read_bytes())
        turn = attempt(warm, frozenset({font}))
        assert (turn.problems, names(turn)) == ((), ["demo-sheet-a4.pdf"])
        fonts.append(read(turn.printed[0].data).fonts)
        assert "日本" in words_of(folder)
    assert fonts[0] != fonts[1]


def test_a_build_afterwards_prints_what_was_written_or_sees_that_it_is_there(
    folder: Path, run: Run, stay: Stay
) -> None:
    order, path = ("--only", "sheet"), folder / "content/demo/1.yaml"
    pdf = folder / "output/demo/demo-sheet-a4.pdf"
    assert run(*order)[0] == 0
    first = pdf.read_bytes()
    warm = stay(Warm(options(*order)))
    warm.rebuild()
    assert pdf.read_bytes() == first
    assert "nothing has changed" in run(*order)[1]
    over(path, FACTS.replace("bare", "new"))
    warm.rebuild([path])
    second = pdf.read_bytes()
    assert second != first
    assert "nothing has changed" not in run(*order)[1]
    assert pdf.read_bytes() == second
    assert "nothing has changed" in run(*order)[1]
    over(path, FACTS)
    warm.rebuild([path])
    assert run(*order)[0] == 0
    assert pdf.read_bytes() == first


def test_the_rest_waits_when_something_was_saved_in_the_meantime(folder: Path, stay: Stay) -> None:
    args = options("--only", "sheet,booklet")
    first = {"sheet"}
    warm = stay(
        Warm(
            args,
            extra=lambda job, shop, packs: [it for it in job.orders(packs) if it[1].kind in first],
            hurried=lambda: bool(first),
        )
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
    environment["XDG_CACHE_HOME"] = str(folder / "cache")
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
