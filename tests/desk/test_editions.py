"""Editions as a person asks for them: what changed, which pages to print again, and of what day."""

import json
import os
import re
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from cramsheet.desk import cli
from cramsheet.desk.warm import Warm
from tests.desk.conftest import Run
from tests.edition.test_record import DAMAGE
from tests.making import PACKS, ROOT
from tests.paper import read
from tests.vera import broken_rules

EXAM = """\
code: DEMO-1
title: The demo exam
edition: 2026-10-01
blueprint: {domains: [{id: demo, title: Demo domain, weight: 100}]}
"""
FACTS = """\
domain: demo
topics:
  - topic: Shelves
    facts:
      - {limit: Longest shelf, value: 12, unit: m, id: shelf}
      - {term: Pallet, means: a flat frame on which boxes stand, id: pallet}
      - {fact: Boxes are counted at night, id: night}
"""
ASKED = """\
domain: demo
questions:
  - {claim: A shelf may have 12 m, is: true, why: it may, id: q-shelf}
"""
EDIT = {"value: 12": "value: 14", "      - {fact: Boxes are counted at night, id: night}\n": ""}
NEW = {**EDIT, "id: pallet}": "id: pallet, corrects: It is no box}"}
RECORD = "output/demo/edition.json"
DAMAGED = ("empty", "cut in the middle", "without its end", "no sum", "a list", "a newer version")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project as it was; `edit` makes the new edition of it."""
    (tmp_path / "content/demo/questions").mkdir(parents=True)
    (tmp_path / "content/demo/exam.yaml").write_text(EXAM)
    (tmp_path / "content/demo/questions/1.yaml").write_text(ASKED)
    (tmp_path / "content/demo/1.yaml").write_text(FACTS)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def commit(folder: Path, message: str) -> None:
    name = ("-c", "user.name=n", "-c", "user.email=n@example.org", "-c", "commit.gpgsign=false")
    for words in (("init", "-q"), ("add", "content"), (*name, "commit", "-q", "-m", message)):
        subprocess.run(("git", "-C", str(folder), *words), check=True)


def edit(folder: Path) -> None:
    facts = FACTS
    for old, new in NEW.items():
        assert facts.count(old) == 1
        facts = facts.replace(old, new)
    (folder / "content/demo/1.yaml").write_text(facts)


def walled(*words: str, path: str | None = None) -> "subprocess.CompletedProcess[str]":
    """The command as it is typed, with its worker."""
    more = {"PATH": path} if path is not None else {}
    variables = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]), **more}
    command = [sys.executable, "-m", "cramsheet", *words]
    return subprocess.run(command, env=variables, capture_output=True, text=True, timeout=120)


def documents(folder: Path) -> set[str]:
    return {path.name for path in (folder / "demo").iterdir() if path.is_file()}


# What has changed.


def test_each_way_to_name_an_edition_tells_the_same(folder: Path, run: Run) -> None:
    commit(folder, "first")
    assert run("--quiet", "--only", "sheet,booklet")[0] == 0
    shutil.copytree("content", "elsewhere/content")
    edit(folder)
    told = set()
    for old in (RECORD, "output", "output/demo", "elsewhere", "elsewhere/content", "HEAD"):
        code, out, err = run("diff", old)
        assert (code, err) == (1, ""), old
        told.add(out)
    code, out, _ = run("diff", "elsewhere/content/demo", "content/demo")
    assert (code, {*told, out}) == (1, told)
    (said,) = told
    assert "3 facts: 1 corrected, 1 changed, 1 removed" in said
    assert "was wrong: It is no box" in said
    assert "value: [-12-] {+14+}" in said
    code, out, _ = run("diff", "output/demo/demo-sheet-a4.pdf")
    assert (code, out.splitlines()[1:]) == (1, said.splitlines()[1:])


def test_nothing_changed_is_told_by_the_exit_code(folder: Path, run: Run) -> None:
    assert run("diff", "content", "content/demo")[0] == 0
    edit(folder)
    code, out, _ = run("diff", "content", ".", "--format", "json")
    assert code == 0
    assert json.loads(out)[0]["changes"] == []


def test_formats(folder: Path, run: Run) -> None:
    shutil.copytree("content", "old")
    edit(folder)
    _, out, _ = run("diff", "old", "--format", "markdown")
    assert "- **changed (limit)**: Longest shelf\n  - value: ~~12~~ **14**\n" in out
    _, out, _ = run("diff", "old", "--format", "json")
    (found,) = json.loads(out)
    assert found["counts"] == {"corrected": 1, "changed": 1, "removed": 1}
    assert [it["corrects"] for it in found["changes"]] == ["It is no box", None, None]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("diff", "nothing"), 'there is no file or folder "nothing", and the project is not in a'),
        (("--since", "nothing"), 'there is no file or folder "nothing"'),
        (("diff", "empty"), "there is no edition in empty"),
        (("diff", "content/demo/1.yaml"), "the edition record cannot be read"),
        (("--since", "content", "--format", "html"), "--since marks PDFs, and none was ordered"),
        (("--since", "other"), "other holds no exam that is printed"),
        (("history",), "there is no history: the project is not in a git repository"),
        (("--history", "--only", "notes"), "there is no history: the project is not in a git"),
        (("current", "AAAAA"), "there is no edition record in"),
    ],
)
def test_what_cannot_be_compared_is_told(
    words: tuple[str, ...], says: str, folder: Path, run: Run
) -> None:
    (folder / "empty").mkdir()
    shutil.copytree("content/demo", "other/content/other")
    code, _, err = run(*words)
    assert code == 2
    assert err.count("error: ") == 1
    assert says in err
    assert "\n  hint: " in err


def test_facts_are_not_compared_with_questions(folder: Path, run: Run) -> None:
    assert run("--quiet", "--only", "sheet,booklet")[0] == 0
    pdfs = ("output/demo/demo-sheet-a4.pdf", "output/demo/demo-booklet-a4.pdf")
    code, _, err = run("diff", *pdfs)
    assert code == 2
    assert "the one carries facts alone, the other questions" in err


def test_a_mistake_of_then_is_told_with_its_revision(folder: Path, run: Run) -> None:
    (folder / "content/demo/1.yaml").write_text(FACTS.replace("term:", "turm:"))
    commit(folder, "first")
    (folder / "content/demo/1.yaml").write_text(FACTS)
    code, _, err = run("diff", "HEAD")
    assert code == 2
    assert err.startswith("HEAD, content/demo/1.yaml:6:")


# A build since then.


def test_what_changed_is_printed_beside_the_documents(folder: Path, run: Run) -> None:
    assert run("--quiet", "--output", "old")[0] == 0
    edit(folder)
    code, out, _ = run("--since", "old", "--edition", "2026-11-26")
    assert code == 0
    assert "print again: demo-sheet-a4: page 1 of 1" in out
    assert "print again: demo-booklet-a4: no page of 1" in out
    made = documents(folder / "output")
    assert {"demo-changes-a4.pdf", "demo-reprint-a4.pdf", "edition.json"} <= made
    sheet = read((folder / "output/demo/demo-changes-a4.pdf").read_bytes())
    words = " ".join(run.text for run in sheet.runs)
    assert words.index("It is no box") < words.index("14") < words.index("counted at night")
    old, new = (json.loads(Path(it, "demo/edition.json").read_text()) for it in ("old", "output"))
    assert _editions(old) == {"2026-10-01"}
    assert read((folder / "output/demo/demo-reprint-a4.pdf").read_bytes()).count == 4
    booklet = new["documents"]["demo-booklet-a4"]["pages"]
    assert booklet == old["documents"]["demo-booklet-a4"]["pages"], "it keeps its stamp"
    foot = read((folder / "output/demo/demo-booklet-a4.pdf").read_bytes())
    assert any("2026-10-01" in run.text for run in foot.runs)
    assert not any("2026-11-26" in run.text for run in foot.runs)

    code, out, _ = run("--since", "output", "--edition", "2026-11-26")
    assert code == 0
    lists = {"demo-changes-a4.pdf", "demo-reprint-a4.pdf"}
    assert run("--since", "old", "--edition", "2026-11-26", "--one-sided")[0] == 0
    assert read((folder / "output/demo/demo-reprint-a4.pdf").read_bytes()).count == 2
    code, out, _ = run("--since", "output", "--edition", "2026-11-26")
    assert code == 0
    left = documents(folder / "output") & lists
    assert left == set(), "no list of before lies about"


def test_a_group_prints_again_with_its_names(folder: Path, run: Run) -> None:
    (folder / "names.csv").write_text("name\nAda Lovelace\nBob\n")
    order = ("--quiet", "--only", "sheet,booklet,key", "--for", "names.csv")
    assert run(*order, "--output", "old")[0] == 0
    edit(folder)
    assert run(*order, "--since", "old")[0] == 0
    again = read((folder / "output/demo/demo-reprint-a4.pdf").read_bytes())
    assert again.pages_of("Ada Lovelace") == [1], "a sheet, and its white back"
    assert again.pages_of("Bob") == [3]
    assert again.count == 4
    assert run(*order, "--since", "old", "--one-sided")[0] == 0
    again = read((folder / "output/demo/demo-reprint-a4.pdf").read_bytes())
    assert [again.pages_of(name) for name in ("Ada Lovelace", "Bob")] == [[1], [2]]

    asked = ASKED.replace("12 m", "14 m").replace("it may", "that may")
    (folder / "content/demo/questions/1.yaml").write_text(asked)
    assert run(*order, "--since", "old")[0] == 0
    again = read((folder / "output/demo/demo-reprint-a4.pdf").read_bytes())
    both = [again.pages_of(name) for name in ("Ada Lovelace", "Bob")]
    assert both == [[1, 3, 5], [7, 9, 11]], "sheet, booklet and key"


@pytest.mark.parametrize(
    ("part", "lost"),
    [
        ('<td class="old">{{ said(row.old) }}</td>', "Longest shelf: 12"),
        ("{{ it.wrong }}", "It is no box"),
        ("{{ rows(leaflet.removed) }}", "Boxes are counted at night"),
    ],
)
def test_a_template_that_forgets_a_change_is_told(
    part: str, lost: str, folder: Path, run: Run
) -> None:
    text = (ROOT / "templates/changes.html").read_text()
    assert text.count(part) == 1
    (folder / "templates").mkdir()
    (folder / "templates/changes.html").write_text(text.replace(part, ""))
    shutil.copytree("content", "old")
    edit(folder)
    code, _, err = run("--since", "old")
    assert code == 2
    assert re.search(rf'the words "{lost}.*" do not stand on demo-changes-a4.pdf', err), err


def _editions(record: dict[str, dict[str, dict[str, list[list[str]]]]]) -> set[str]:
    pages = [page for it in record["documents"].values() for page in it["pages"]]
    return {edition.partition(" ")[0] for _, edition in pages}


def test_of_content_alone_nothing_is_printed_again(folder: Path, run: Run) -> None:
    shutil.copytree("content", "old")
    edit(folder)
    code, out, _ = run("--since", "old", "--only", "sheet")
    assert code == 0
    assert "print again: the old edition tells of content alone" in out
    assert "demo-reprint-a4.pdf" not in documents(folder / "output")
    assert "demo-changes-a4.pdf" in documents(folder / "output")


def test_another_old_edition_is_another_build(folder: Path, run: Run) -> None:
    words = ("--only", "sheet", "--since")
    shutil.copytree("content", "a")
    edit(folder)
    shutil.copytree("content", "b")
    assert "nothing has changed" not in run(*words, "a")[1]
    assert "nothing has changed" in run(*words, "a")[1]
    assert "nothing has changed" not in run(*words, "b")[1]
    (folder / "b/demo/1.yaml").write_text(FACTS)
    assert "nothing has changed" not in run(*words, "b")[1]
    assert "nothing has changed" in run(*words, "b")[1]
    assert "nothing has changed" in run(*words, "./b")[1], "in other words"


def test_a_record_counts_and_not_what_lies_beside(folder: Path, run: Run) -> None:
    words = ("--only", "sheet", "--since", "old")
    assert run("--quiet", "--only", "sheet", "--output", "old")[0] == 0
    edit(folder)
    run(*words)
    (folder / "old/demo/mine.txt").write_text("x")
    assert "nothing has changed" in run(*words)[1]
    assert run("--quiet", "--only", "sheet", "--output", "old")[0] == 0
    assert "nothing has changed" not in run(*words)[1]


def test_codes_tell_whether_pages_are_good(folder: Path, run: Run) -> None:
    assert run("--quiet", "--only", "sheet")[0] == 0
    (old,) = _codes(folder)
    assert run("current", old.lower().replace("0", "o").replace("1", "l"))[0] == 0
    edit(folder)
    assert run("--quiet", "--only", "sheet")[0] == 0
    (new,) = _codes(folder)
    code, out, _ = run("current", old, new, "ZZZZZ")
    assert code == 1
    assert out.splitlines()[0].startswith(f"{old}: old, page 1 of demo-sheet-a4")
    assert out.splitlines()[0].endswith(f"print it again, now {new}")
    assert out.splitlines()[1] == f"{new}: good, page 1 of demo-sheet-a4"
    assert out.splitlines()[2].startswith("ZZZZZ: not known")


def _codes(folder: Path) -> list[str]:
    record = json.loads((folder / RECORD).read_text())
    return [code for code, _ in record["documents"]["demo-sheet-a4"]["pages"]]


@pytest.mark.slow
def test_every_way_of_building_leaves_the_same_record(folder: Path, run: Run) -> None:
    shutil.copytree(PACKS / "fahrschule", "content/fahrschule")
    words = ("--exam", "fahrschule", "--quiet", "--output")
    for name, more in (("cold", "--no-cache --jobs 1"), ("shared", "--no-cache --jobs 2")):
        assert run(*words, name, *more.split())[0] == 0
    for name in ("kept", "kept-again"):
        assert run(*words, name)[0] == 0
    warm = Warm(cli.read(["watch", *words, "warm"]))
    with closing(warm):
        assert warm.rebuild().written
    cold = _files(folder / "cold")
    assert {path.name for path in map(Path, cold)} >= {"edition.json", "fahrschule-key-a4.pdf"}
    for name in ("shared", "kept", "kept-again", "warm"):
        assert _files(folder / name) == cold, name


def _files(output: Path) -> dict[str, bytes]:
    paths = (path for path in output.rglob("*") if path.suffix in (".json", ".pdf"))
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in paths}


def test_watching_marks_what_changed_and_keeps_the_record(folder: Path, run: Run) -> None:
    assert run("--quiet", "--only", "sheet", "--output", "old")[0] == 0
    edit(folder)
    words = ("--only", "sheet", "--since", "old", "--edition", "2026-11-26")
    with closing(Warm(cli.read(["watch", *words, "--output", "warm"]))) as warm:
        assert warm.rebuild().problems == ()
        assert run("--quiet", *words, "--output", "cold")[0] == 0
        for name in ("demo-sheet-a4.pdf", "edition.json"):
            assert Path("warm/demo", name).read_bytes() == Path("cold/demo", name).read_bytes()
        facts = folder / "content/demo/1.yaml"
        facts.write_text(FACTS)
        assert warm.rebuild([facts]).written
    assert run("diff", "old", "warm")[0] == 0
    old, now = (
        json.loads(Path(it, "demo/edition.json").read_text())["documents"] for it in ("old", "warm")
    )
    assert [it.pop("stays") for it in now.values()] == ["set as before"]
    assert old == now, "it is as it was, with the old day"


@pytest.mark.slow
def test_what_is_printed_of_an_edition_can_be_read_aloud(folder: Path, run: Run) -> None:
    commit(folder, "first")
    (folder / "content/demo/exam.yaml").write_text(f"{EXAM}link: https://example.org/ml\n")
    edit(folder)
    assert run("--quiet", "--since", "HEAD", "--history")[0] == 0
    for name in ("changes", "notes", "sheet", "booklet", "key"):
        data = (folder / f"output/demo/demo-{name}-a4.pdf").read_bytes()
        broken, asked = broken_rules(data)
        assert broken == {}, name
        assert asked > 100


# What git says.


def test_history_as_markdown_and_in_the_notes(folder: Path, run: Run) -> None:
    commit(folder, "Begin with shelves")
    edit(folder)
    commit(folder, "Longer shelves")
    with (folder / "content/demo/1.yaml").open("a") as file:
        file.write("\n")
    commit(folder, "A line more")
    code, out, _ = run("history")
    assert code == 0
    heads = re.findall(r"^## \d{4}-\d\d-\d\d: (.*)$", out, re.MULTILINE)
    assert heads == ["Longer shelves", "Begin with shelves"], "a line more says nothing else"
    assert "- **changed (limit)**: Longest shelf" in out
    assert "beginning: 3 facts and 1 question" in out
    assert "beginning" not in run("history", "--number", "2")[1]

    assert run("--only", "notes", "--history", "--quiet")[0] == 0
    notes = read((folder / "output/demo/demo-notes-a4.pdf").read_bytes())
    last = " ".join(run.text for run in notes.runs if run.page == notes.count)
    for words in (
        "History of these pages",
        "Longer shelves",
        "Begin with shelves",
        "Longest shelf",
    ):
        assert words in last
    contents = [run.text for run in notes.runs if run.page == 1]
    assert str(notes.count) in contents[contents.index("History of these pages") + 1]


# Behind walls.


@pytest.mark.slow
def test_a_worker_is_handed_what_git_said(folder: Path) -> None:
    commit(folder, "first")
    edit(folder)
    assert walled("diff", "HEAD").returncode == 1
    assert "## " in walled("history").stdout
    done = walled("--only", "sheet,notes", "--since", "HEAD", "--history")
    assert (done.returncode, "print again" in done.stdout) == (0, True), done.stderr
    words = ("--only", "sheet,notes", "--since", "HEAD", "--history")
    assert "nothing has changed" in walled(*words).stdout
    commit(folder, "second")
    assert "nothing has changed" not in walled(*words).stdout, "HEAD is another one"
    assert "git is not installed" in walled("diff", "HEAD", path="").stderr
    hooks = folder / "ran"
    (folder / ".gitattributes").write_text("* filter=evil\n")
    (folder / "content/.gitattributes").write_text("* filter=evil\n")
    commit(folder, "third")
    config = ("config", "filter.evil.smudge", f"touch {hooks}")
    subprocess.run(("git", "-C", str(folder), *config), check=True)
    assert walled("diff", "HEAD").returncode == 0
    assert not hooks.exists()


@pytest.mark.slow
def test_a_worker_reads_old_editions_wherever_they_lie(folder: Path, tmp_path: Path) -> None:
    assert walled("--quiet", "--only", "sheet", "--output", "old").returncode == 0
    (tmp_path / "far").mkdir()
    (tmp_path / "far/linked").symlink_to(folder / "content/demo")
    copies = {"old": "d", "old/demo/edition.json": "e.json", "old/demo/demo-sheet-a4.pdf": "f.pdf"}
    for path, name in copies.items():
        copy = shutil.copytree if Path(path).is_dir() else shutil.copyfile
        copy(path, tmp_path / "far" / name)
    edit(folder)
    for name in copies.values():
        done = walled("--only", "sheet", "--since", str(tmp_path / "far" / name))
        assert (done.returncode, "page 1 of 1" in done.stdout) == (0, True), done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("how", DAMAGED)
def test_damage_is_told_in_one_line_and_nothing_is_written(how: str, folder: Path) -> None:
    assert walled("--quiet", "--only", "sheet").returncode == 0
    damage, says = DAMAGE[how]
    before = (folder / RECORD).read_bytes()
    Path("bad.json").write_text(damage(before.decode()), "utf-8", newline="")
    for command in (("diff", "bad.json"), ("--since", "bad.json", "--only", "sheet")):
        done = walled(*command)
        assert (done.returncode, done.stdout) == (2, "")
        found = re.fullmatch(r"bad\.json:1:1: error: (.*)\n  hint: .*\n", done.stderr)
        assert found, done.stderr
        assert says in found[1]
    assert (folder / RECORD).read_bytes() == before
