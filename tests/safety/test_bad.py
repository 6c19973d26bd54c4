"""Suite A: honest mistakes, each told at its exact place; 300 in the process, 30 by the command.

Most stand in tests/cases and beside the modules that find them; here are the others, how many there
are of each sort, and the control.
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from cramsheet.caps import ROWS
from cramsheet.pack.pack import Folder, read_pack
from cramsheet.pack.source import Source
from cramsheet.problems import Mistakes
from tests.making import ROOT
from tests.pack import test_tree
from tests.plan import test_names
from tests.safety import naive
from tests.safety.bad import ENCODING, LIMITS
from tests.study import test_mistakes
from tests.test_cases import CASES, EXAM, FACTS, QUESTIONS, USUAL, Case

ALL = {**ENCODING, **{f"too much: {title}": case for title, case in LIMITS.items()}}
SAID = re.compile(r"[^:\n]+:\d+:\d+: error: .+\n  hint: .+")


def told(facts: bytes) -> tuple[list[str], list[str]]:
    """What is said of it, as line:column message; and the hints."""
    folder = Folder("pack", Source(EXAM, USUAL[EXAM].encode()), (Source(FACTS, facts),))
    with pytest.raises(Mistakes) as caught:
        read_pack(folder)
    found = caught.value.problems
    said = [f"{it.mark} {it.message}".removeprefix(f"{FACTS}:") for it in found]
    assert all(SAID.fullmatch(str(it)) for it in found)
    return said, [it.hint for it in found]


@pytest.mark.parametrize("title", ALL)
def test_says_so_and_no_more(title: str) -> None:
    facts, said = ALL[title]
    assert told(facts)[0] == list(said)


@pytest.mark.parametrize("title", LIMITS)
def test_a_limit_says_how_to_have_more_where_that_can_be(title: str) -> None:
    facts, said = LIMITS[title]
    wishes = [
        name for hint in told(facts)[1] for name in re.findall(r"--allow ([a-z-]+)=\d+", hint)
    ]
    assert set(wishes) <= {row.name for row in ROWS.values() if not row.fixed}
    fixed = ("accents", "levels", "deeper", "empty")
    assert len(wishes) == sum(not any(word in line for word in fixed) for line in said)


def _count(function: Any) -> int:
    """The cases that a test is tried with."""
    return sum(len(it.args[1]) for it in function.pytestmark if it.name == "parametrize")


def test_there_are_as_many_of_each_sort_as_the_scheme_asks() -> None:
    in_trees = _count(test_tree.test_refuses)
    shapes = sum(len(CASES[name]) for name in ("exam", "facts", "figures", "questions"))
    found = {
        "YAML syntax": (len(CASES["syntax"]), 60),
        "shape and types": (shapes, 90),
        "encoding and line ends": (len(ENCODING) + in_trees - 10, 30),
        "references": (len(CASES["names"]) + len(CASES["references"]), 40),
        "limits": (len(LIMITS) + 10, 30),
        "importers": (len(test_mistakes.CASES), 50),
        "lists": (_count(test_names.test_a_list_that_cannot_be_read_says_where_and_why), 20),
    }
    print(found)
    assert [name for name, (count, least) in found.items() if count < least] == []
    assert sum(count for count, _ in found.values()) >= 300


# The control: a naive builder reads most of them without a word, or says less.


def naive_place(text: bytes, folder: Path) -> str:
    """Where it says that something is wrong; "" when it says nothing."""
    path = folder / "facts.yaml"
    path.write_bytes(text)
    try:
        naive.load(path)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        return f"{mark.line + 1}:{mark.column + 1}" if mark else "nowhere"
    except (yaml.YAMLError, ValueError, RecursionError):
        return "nowhere"
    return ""


def wanted(case: Case) -> list[str]:
    return [note.split(":", 1)[1].split(" ", 1)[0] for note in case.notes]


@pytest.mark.slow
def test_the_naive_builder_fails(tmp_path: Path) -> None:
    """Deep nesting would end the process, so that is not tried."""
    cases = [
        (case.texts[FACTS].encode(), wanted(case))
        for stem in CASES.values()
        for case in stem
        if FACTS in case.texts
    ]
    cases += [
        (facts, [line.split(" ", 1)[0] for line in said])
        for facts, said in ALL.values()
        if "nested" not in said[0]
    ]
    right = [places for text, places in cases if [naive_place(text, tmp_path)] == places]
    silent = [places for text, places in cases if not naive_place(text, tmp_path)]
    assert len(cases) > 200
    assert len(right) < len(cases) * 0.15
    assert len(silent) > len(cases) * 0.5


# By the command: exit code, one problem a line, and the output as it was.

THIRTY = [
    (f"{stem}: {case.title}", case)
    for stem, cases in CASES.items()
    for case in cases[:: max(1, len(cases) // 4)][:5]
][:30]


def project(folder: Path, case: Case) -> Path:
    """The case as files, and a document of an earlier day."""
    pack = folder / "content" / "demo"
    read = case.folder()
    for source in filter(None, (read.exam, *read.facts, *read.questions)):
        path = pack / source.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(source.data)
    old = folder / "output" / "demo" / "demo-sheet-a4.pdf"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"%PDF of yesterday")
    return old


@pytest.mark.slow
@pytest.mark.parametrize(("title", "case"), THIRTY, ids=[title for title, _ in THIRTY])
def test_by_the_command(title: str, case: Case, tmp_path: Path) -> None:
    old = project(tmp_path, case)
    before = old.stat()
    command = (sys.executable, "-m", "cramsheet", "--only", "sheet", "--project", str(tmp_path))
    path = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, cwd=tmp_path, env=path, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    problems = [line for line in lines if ": error: " in line]
    assert len(problems) == len(case.notes)
    for line in problems:
        assert re.match(r"content/demo/[\w/.-]+:\d+:\d+: error: ", line), line
        assert len(line) <= 500
        assert line.isprintable()
    rest = [line for line in lines if line not in problems and not line.startswith("  hint: ")]
    assert len(rest) == (len(problems) > 1), rest
    after = old.stat()
    assert old.read_bytes() == b"%PDF of yesterday"
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    kept = {it.name for it in old.parents[1].iterdir()} - {"demo"}
    assert all(name.startswith(".") for name in kept)
    assert [it.name for it in old.parent.iterdir()] == [old.name]


def test_thirty_by_the_command() -> None:
    assert len(THIRTY) == 30
    assert QUESTIONS
