"""The command as a person types it: what it makes, what it says, and how it ends."""

import json
import re
import shutil
from pathlib import Path

import pylopdf_fonts_jp
import pytest

from cramsheet import __version__
from tests.desk.conftest import Run
from tests.paper import read

EXAM = """\
code: DEMO-1
title: The demo exam
blueprint: {domains: [{id: demo, title: Demo domain, weight: 100}]}
"""
FACTS = "domain: demo\ntopics:\n  - topic: Topic\n    facts: [A bare fact, Another one]\n"
ASKED = "domain: demo\nquestions:\n  - {claim: It is, is: true, why: it is}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with two packs, one of them without questions; the person stands in it."""
    for name in ("demo", "other"):
        (tmp_path / "content" / name / "questions").mkdir(parents=True)
        (tmp_path / "content" / name / "exam.yaml").write_text(EXAM)
        (tmp_path / "content" / name / "1.yaml").write_text(FACTS)
    (tmp_path / "content" / "demo" / "questions" / "1.yaml").write_text(ASKED)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def made(folder: Path) -> set[str]:
    """The documents; beside each PDF lies a record of how it is set, out of sight."""
    output = folder / "output"
    names = {
        path.relative_to(output).as_posix()
        for path in output.rglob("*")
        if path.is_file() and path.name != ".cramsheet.lock" and path.parent.name != ".made"
    }
    records = {name for name in names if "/.layout/" in name}
    pdfs = {name for name in names if name.endswith(".pdf")}
    assert records == {re.sub(r"(.*)/(.*)\.pdf", r"\1/.layout/\2.json", name) for name in pdfs}
    return names - records


def test_without_a_word_everything_is_built(folder: Path, run: Run) -> None:
    code, out, err = run()
    assert code == 0
    kinds = ("sheet", "notes", "booklet", "key")
    expected = {f"demo/demo-{kind}-a4.pdf" for kind in kinds}
    expected |= {f"other/other-{kind}-a4.pdf" for kind in kinds[:2]}  # it asks nothing
    assert made(folder) == expected
    for name in expected:
        assert name in out
        assert read((folder / "output" / name).read_bytes()).count >= 1
    told = [line.partition(" ") for line in err.splitlines()]
    assert [number for number, _, _ in told] == [f"[{n}/6]" for n in range(1, 7)]
    assert {name for _, _, name in told} == {name.partition("/")[2] for name in expected}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--only", "sheet", "--exam", "demo"], {"demo/demo-sheet-a4.pdf"}),
        (["build", "--only", "sheet", "--exam", "demo"], {"demo/demo-sheet-a4.pdf"}),
        (["--only=key", "--exam=demo,other"], {"demo/demo-key-a4.pdf"}),
        (
            ["--only", "sheet", "--exam", "other", "--paper", "a5,letter-portrait"],
            {"other/other-sheet-a5.pdf", "other/other-sheet-letter-portrait.pdf"},
        ),
        (["--only", "key", "--format", "html"], {"demo/demo-key.html"}),
        (
            ["--only", "sheet", "--exam", "demo", "--format", "html,pdf"],
            {"demo/demo-sheet.html", "demo/demo-sheet-a4.pdf"},
        ),
        (["--only", "sheet", "--exam", "demo", "--paper", "a5, a5"], {"demo/demo-sheet-a5.pdf"}),
    ],
)  # fmt: skip
def test_what_is_ordered_is_made(
    words: list[str], expected: set[str], folder: Path, run: Run
) -> None:
    assert run(*words)[0] == 0
    assert made(folder) == expected


@pytest.mark.slow
def test_printing_again_changes_no_byte(folder: Path, run: Run) -> None:
    """Though the second time sets everything as the records of the first say."""
    assert run("--quiet")[0] == 0
    first = {name: (folder / "output" / name).read_bytes() for name in made(folder)}
    shutil.rmtree(folder / "output" / ".made")
    code, out, _ = run("--overwrite")  # nothing tells any more whose files they are
    assert code == 0
    assert out.count("set as before") == len(first)
    assert {name: (folder / "output" / name).read_bytes() for name in made(folder)} == first
    assert "set as before" not in run("--afresh")[1]


def test_output_goes_where_it_is_told_to(folder: Path, run: Run) -> None:
    assert run("--only", "key", "--output", "elsewhere")[0] == 0
    assert (folder / "elsewhere" / "demo" / "demo-key-a4.pdf").is_file()
    assert not (folder / "output").exists()


def test_the_project_may_be_elsewhere(
    folder: Path,
    run: Run,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("away"))
    assert run("--only", "key", "--project", str(folder))[0] == 0
    assert made(folder) == {"demo/demo-key-a4.pdf"}


def test_the_edition_is_printed(folder: Path, run: Run) -> None:
    assert run("--only", "key", "--edition", "2026-05-04")[0] == 0
    it = read((folder / "output" / "demo" / "demo-key-a4.pdf").read_bytes())
    assert it.pages_of("edition 2026-05-04") == [1]


def test_quiet_is_silent(folder: Path, run: Run) -> None:
    assert run("--only", "key", "--quiet") == (0, "", "")
    assert made(folder)


def test_styles_of_the_project_are_used(folder: Path, run: Run) -> None:
    (folder / "styles").mkdir()
    (folder / "styles" / "sheet.css").write_text("p { colour: red }")
    code, out, err = run("--only", "sheet", "--exam", "demo")
    assert code == 2
    assert out == ""
    assert re.search(r"styles/sheet\.css:1:5: error: style: .*colour", err)


def test_what_an_editor_finds_is_printed_and_ends_with_1(folder: Path, run: Run) -> None:
    (folder / "content/demo/1.yaml").write_text(FACTS.replace("Another one", "A lamp tha shines"))
    code, out, err = run("lint", "--exam", "demo")
    assert (code, err) == (1, "")
    assert out.startswith('content/demo/1.yaml:4:26: note: "tha" is in no dictionary [spelling]\n')
    assert "\nkinds of fact" in out
    assert "\nright answers that guessing gives        50.0 %\n" in out
    assert out.splitlines()[-1].endswith(" findings")


def test_counts_alone_find_nothing(folder: Path, run: Run) -> None:
    code, out, err = run("lint", "--counts")
    assert (code, err) == (0, "")
    assert out.startswith("demo: The demo exam\n")
    assert "note:" not in out
    assert out.count("kinds of fact") == 2
    assert out.count("right answers that guessing gives") == 1


def test_sources_grow_old_from_the_day_given(folder: Path, run: Run) -> None:
    old = FACTS.replace("Topic", "Topic\n    source: A book\n    verified: 2026-01-02")
    (folder / "content/other/1.yaml").write_text(old)
    for more, told in (([], False), (["--today", "2027-12-01"], True)):
        _, out, _ = run("lint", "--exam", "other", *more)
        assert ("698 days before today [stale]" in out) is told


# Mistakes.


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (["--only", "shet"], 'no kind of document "shet"', 'did you mean "sheet"?'),
        (["--only", "x"], 'no kind of document "x"', "write one of sheet, notes, booklet, key"),
        (["--exam", "dmo"], 'no exam "dmo"', 'did you mean "demo"?'),
        (["check", "--exam", "dmo"], 'no exam "dmo"', 'did you mean "demo"?'),
        (["--paper", "a44"], 'no paper "a44"', 'did you mean "a4"?'),
        (["--format", "pfd"], 'no format "pfd"', 'did you mean "pdf"?'),
        (["new", "demo"], "demo is there already", "choose another name"),
        (["new", "../x"], '"../x" cannot name a pack', "lower case letters"),
    ],
)
def test_a_wrong_word_is_named_with_what_was_meant(
    words: list[str], message: str, hint: str, folder: Path, run: Run
) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    first, second, *_ = [line for line in err.splitlines() if not line.startswith("[")]
    assert first.startswith("error: ")
    assert message in first
    assert second.startswith("  hint: ")
    assert hint in second
    assert not made(folder)


@pytest.mark.parametrize(
    "words", [["--nonsense"], ["nonsense"], ["--edition", "tomorrow"], ["new"]]
)
def test_wrong_usage_ends_with_2(words: list[str], folder: Path, run: Run) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert "usage: cramsheet" in err
    assert "Traceback" not in err


def test_every_problem_of_every_pack_is_shown_in_one_run(folder: Path, run: Run) -> None:
    (folder / "content/demo/1.yaml").write_text(FACTS.replace("topic: Topic", "topik: Topic"))
    (folder / "content/demo/questions/1.yaml").write_text(ASKED.replace("claim", "clam"))
    (folder / "content/other/exam.yaml").write_text(EXAM.replace("100", "99"))
    (folder / "content/third").mkdir()
    (folder / "content/third/1.yml").write_text(FACTS)
    for words in ([], ["check"]):
        code, out, err = run(*words)
        assert (code, out) == (2, "")
        for place in (
            "content/demo/1.yaml:3:5: error: ",
            "content/demo/questions/1.yaml:3:",
            "content/other/exam.yaml:3:",
            "content/third/1.yml:1:1: error: ",
        ):
            assert any(line.startswith(place) for line in err.splitlines()), place
        assert re.search(r"^\d+ problems in 4 files; nothing was written$", err, re.MULTILINE)
    assert not (folder / "output").exists() or not made(folder)


def test_problems_of_layout_in_every_document_are_shown(folder: Path, run: Run) -> None:
    (folder / "styles").mkdir()
    for kind in ("sheet", "notes"):
        (folder / "styles" / f"{kind}.css").write_text(
            ".fact p { position: relative; left: 400mm }"
        )
    code, _, err = run("--exam", "demo,other")
    assert code == 2
    for name in ("demo-sheet-a4", "demo-notes-a4", "other-sheet-a4", "other-notes-a4"):
        assert f"does not stay inside its column on {name}" in err
    assert "8 problems in 2 files; nothing was written" in err


def test_a_mistake_leaves_the_documents_of_before(folder: Path, run: Run) -> None:
    assert run("--only", "key")[0] == 0
    path = folder / "output" / "demo" / "demo-key-a4.pdf"
    before, stat = path.read_bytes(), path.stat()
    (folder / "content/demo/questions/1.yaml").write_text(ASKED + "    extra: x\n")
    assert run("--only", "key")[0] == 2
    (folder / "content/demo/questions/1.yaml").write_text(ASKED)
    (folder / "content/demo/1.yaml").write_text(FACTS.replace("bare", "日"))
    assert run()[0] == 2
    assert path.read_bytes() == before
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (stat.st_mtime_ns, stat.st_ino)
    assert made(folder) == {"demo/demo-key-a4.pdf"}


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_a_place_that_cannot_be_written_to_ends_with_3(place: str, folder: Path, run: Run) -> None:
    (folder / "file").write_text("")
    code, out, err = run("--only", "key", "--output", place)
    assert (code, out) == (3, "")
    assert err.startswith("error: cannot write ")
    assert "  hint: " in err


def test_a_link_in_place_of_a_document_ends_with_3(folder: Path, run: Run) -> None:
    (folder / "precious.txt").write_text("precious")
    (folder / "output" / "demo").mkdir(parents=True)
    (folder / "output" / "demo" / "demo-key-a4.pdf").symlink_to(folder / "precious.txt")
    assert run("--only", "key")[0] == 3
    assert (folder / "precious.txt").read_text() == "precious"


def test_ctrl_c_ends_with_130(folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from cramsheet import pipeline

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "build", stopped)
    code, out, err = run()
    assert (code, out) == (130, "")
    assert err.strip() == "stopped; the output is as it was"


@pytest.mark.parametrize("words", [[], ["check"], ["list"]])
def test_a_folder_without_content_is_told_what_to_do(
    words: list[str], tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, err = run(*words)
    assert code == 2
    assert "cramsheet new" in err
    (tmp_path / "content").mkdir()
    assert "cramsheet new" in run(*words)[2]
    assert list(tmp_path.iterdir()) == [tmp_path / "content"]


# The other commands.


def test_check_reads_everything_and_prints_nothing_on_paper(folder: Path, run: Run) -> None:
    code, out, err = run("check")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "demo: 2 facts, 1 question, no mistake",
        "other: 2 facts, 0 questions, no mistake",
    ]
    assert not (folder / "output").exists()


def test_check_reads_formulas_pictures_and_templates(folder: Path, run: Run) -> None:
    figures = folder / "content" / "demo" / "figures"
    figures.mkdir()
    (figures / "x.png").write_bytes(b"no picture")
    (folder / "content/demo/2.yaml").write_text(
        "domain: demo\ntopics:\n  - topic: Topic\n    facts:\n"
        "      - {formula: F, tex: '\\frac{1', say: x}\n"
        "      - {figure: P, alt: x, picture: x.png}\n"
    )
    code, _, err = run("check")
    assert code == 2
    assert "content/demo/2.yaml:5:27: error: the formula cannot be read" in err
    assert 'content/demo/2.yaml:6:38: error: picture "x.png"' in err
    assert "2 problems in 1 file; nothing was written" in err


def test_list_shows_what_there_is(folder: Path, run: Run) -> None:
    code, out, err = run("list")
    assert (code, err) == (0, "")
    for words in (
        "demo: DEMO-1, The demo exam (live)",
        "sheet: ",
        "key: ",
        "letter: 215.9 x 279.4",
    ):
        assert words in out


@pytest.mark.slow
def test_new_makes_a_pack_that_builds_at_once(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run("new", "driving-theory")
    assert (code, err) == (0, "")
    assert "content/driving-theory/exam.yaml" in out
    command = out.splitlines()[-1].partition("cramsheet ")[2]
    assert run(*command.split())[0] == 0
    assert len(made(tmp_path)) == 4
    it = read((tmp_path / "output/driving-theory/driving-theory-sheet-a4.pdf").read_bytes())
    assert it.info["/Title"].startswith("DRIVING-THEORY ")


def test_the_schemas_are_where_the_new_pack_looks_for_them(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run("new", "mine")
    for path in (tmp_path / "content" / "mine").rglob("*.yaml"):
        first = path.read_text("utf-8").splitlines()[0]
        found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert found, path
        assert json.loads((path.parent / found[1]).read_text("utf-8"))["properties"]


def test_schema_writes_the_schemas_anew(folder: Path, run: Run) -> None:
    code, out, _ = run("schema")
    assert code == 0
    written = [Path(line) for line in out.splitlines()]
    assert {path.name for path in written} == {"exam.json", "facts.json", "questions.json"}
    assert all(path.parent == folder / "content" / ".schema" for path in written)


def test_help_names_every_command_and_every_flag(run: Run) -> None:
    code, out, _ = run("--help")
    assert code == 0
    for command in (
        "build",
        "generate",
        "check",
        "new",
        "cache",
        "doctor",
        "schema",
        "list",
        "--version",
    ):
        assert command in out
    flags = (
        "--only",
        "--exam",
        "--paper",
        "--format",
        "--edition",
        "--output",
        "--pages",
        "--answers",
        "--columns",
        "--large-print",
        "--look",
        "--ink",
        "--floor",
        "--margin",
        "--binding",
        "--tell-left-out",
        "--afresh",
        "--no-cache",
        "--plain",
        "--font",
        "--allow",
        "--for",
        "--jobs",
        "--watermark",
        "--one-sided",
        "--quiet",
        "--overwrite",
        "--project",
        "--report-with-content",
    )
    code, out, _ = run("build", "--help")
    assert code == 0
    for flag in flags:
        assert re.search(rf"^  {flag}\b", out, re.MULTILINE), flag
    assert set(re.findall(r"^  (--[\w-]+)", out, re.MULTILINE)) == set(flags)
    for word in ("sheet, notes, booklet, key", "a4, letter, 3x5", "120x180mm", "pdf, html"):
        assert word in " ".join(out.split())


def test_version(run: Run) -> None:
    assert run("--version") == (0, f"cramsheet {__version__}\n", "")


def test_a_font_is_named_for_letters_that_ours_lack(folder: Path, run: Run) -> None:
    (folder / "content" / "demo" / "1.yaml").write_text(FACTS.replace("A bare", "日本"), "utf-8")
    font = ["--font", str(pylopdf_fonts_jp.sans_path())]
    assert run("check", *font)[0] == 0
    assert run("--only", "sheet", "--exam", "demo", *font)[0] == 0
    sheet = read((folder / "output" / "demo" / "demo-sheet-a4.pdf").read_bytes())
    assert sheet.find("日本")
    code, _, complaint = run("check", "--font", "gone.otf")
    assert code != 0
    assert '"gone.otf" is not a font' in complaint


# Copies for a group.


def copies(folder: Path) -> set[str]:
    """Of the demo, without what they have in common."""
    paths = (folder / "output" / "demo" / "copies").glob("*")
    return {path.name.removeprefix("demo-sheet-a4-") for path in paths}


def test_a_group_gets_copies(folder: Path, run: Run) -> None:
    (folder / "group.csv").write_text("Name,Mail\nAda,a@b.c\nAlan,d@e.f\n")
    words = ("--exam", "demo", "--only", "sheet", "--for", "group.csv", "--one-sided")
    code, out, err = run(*words)
    assert (code, err.count("error")) == (0, 0)
    assert copies(folder) == {"ada.pdf", "alan.pdf", "all.pdf"}
    assert not (folder / "output/demo/demo-sheet-a4.pdf").exists()
    assert "demo/copies/demo-sheet-a4-*.pdf: 3 files" in out
    assert read((folder / "output/demo/copies/demo-sheet-a4-all.pdf").read_bytes()).count == 2


def test_one_person_gets_a_copy(folder: Path, run: Run) -> None:
    assert run("--exam", "demo", "--only", "sheet", "--for", "Ada Lovelace")[0] == 0
    assert copies(folder) == {"ada-lovelace.pdf"}
    (path,) = (folder / "output").rglob("*.pdf")
    assert read(path.read_bytes()).pages_of("Ada Lovelace") == [1]


def test_copies_do_not_touch_the_document_without_names(folder: Path, run: Run) -> None:
    words = ("--exam", "demo", "--only", "sheet")
    assert run(*words)[0] == 0
    before = (folder / "output/demo/demo-sheet-a4.pdf").read_bytes()
    assert run(*words, "--for", "Ada")[0] == 0
    assert run(*words, "--for", "Ada\u3042")[0] in (0, 2), "as this machine has a font or not"
    assert (folder / "output/demo/demo-sheet-a4.pdf").read_bytes() == before


def test_a_list_with_a_mistake_leaves_the_copies_of_before(folder: Path, run: Run) -> None:
    words = ("--exam", "demo", "--only", "sheet", "--for", "group.txt")
    (folder / "group.txt").write_text("Ada\nAlan\n")
    assert run(*words)[0] == 0
    before = {path: path.read_bytes() for path in folder.rglob("*.pdf")}
    (folder / "group.txt").write_text("Alan\nKurt\nalan\n")
    code, _, err = run(*words)
    assert code == 2
    assert err.startswith('group.txt:3:1: error: "alan" stands in line 1 already\n  hint: ')
    assert {path: path.read_bytes() for path in folder.rglob("*.pdf")} == before
    assert len(before) == 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--for", "nobody.csv"], "error: there is no file nobody.csv\n  hint: look"),
        (["--for", "?"], 'error: "?" holds no letter\n  hint: write a name'),
        (["--for", "Ada", "--format", "html"], "error: copies are for paper\n  hint: leave out"),
        (["--watermark"], "error: --watermark is for copies\n  hint: say for whom: --for"),
        (["--one-sided"], "error: --one-sided is for copies\n  hint: say for whom: --for"),
        (["--for", "Ada", "--watermark", "--ink", "black"], "error: black ink has no grey"),
    ],
)
def test_copies_that_cannot_be_made(words: list[str], said: str, folder: Path, run: Run) -> None:
    code, _, err = run("--quiet", "--exam", "demo", "--only", "sheet", *words)
    assert code == 2
    assert err.startswith(said)
    assert made(folder) == set()
