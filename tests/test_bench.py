"""What the speed benchmark stands on: the same words for everybody, and an honest table."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from bench.cases import Bench, Case, latex_command, load
from bench.clock import Cost, Failed, Served, cost_of
from bench.contest import COLD, FILE, SCREEN, TYPST, UNCHANGED, contest
from bench.in_latex import in_latex
from bench.in_typst import in_typst, write_fonts
from bench.ready import add_latex, compiled, prepare
from bench.speed_table import BEGIN, END, Measured, put_between, table
from bench.stages import stages_of
from bench.tex import in_math
from cramsheet.page.words import Words
from cramsheet.plan.plan import Order, make_plan
from tests.making import SHOP, pack_of

CASES = (
    Case("sheet", "sheet", 60, pages="1"),
    Case("few", "sheet", 150, pages="1"),
    Case("notes", "notes", 60),
    Case("booklet", "booklet", 5, 12),
)
_UNSAID = {"id", "priority", "tex", "say", "tags", "status"}  # not words on paper


@pytest.fixture(
    scope="module",
    params=[CASES[0], *(pytest.param(it, marks=pytest.mark.slow) for it in CASES[1:])],
    ids=lambda case: case.name,
)
def ready(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    pytest.importorskip("typst")
    made = Bench(request.param, tmp_path_factory.mktemp(request.param.name))
    prepare(made)
    return made


@pytest.fixture
def bench(ready: Bench, tmp_path: Path) -> Bench:
    """A case that a test may edit."""
    made = replace(ready, folder=tmp_path / "bench")
    shutil.copytree(ready.folder, made.folder)
    return made


def test_typst_sets_every_word_and_an_edit_changes_one(bench: Bench) -> None:
    for number in (0, 7):
        bench.edit(number)
        text = _squashed(_read(compiled(bench.typst, bench.fonts)))
        wanted = [_squashed(it) for it in _texts(bench)]
        assert [it for it in wanted if it not in text] == []
        assert text.count(f"edit{number:04}") == 1
        assert "".join(wanted).count(f"edit{number:04}") == 1


def test_every_other_edit_is_longer_by_words_that_go_again(bench: Bench) -> None:
    before = _files(bench)
    bench.edit(1)
    longer = _files(bench)
    bench.edit(0)
    assert _files(bench) == before
    grown = {len(longer[path]) - len(before[path]) for path in before}
    assert grown == {0, len(" and more") * 5}


def test_others_set_what_stands_on_our_paper(bench: Bench) -> None:
    ours, theirs = (len(list(load(it).entries())) for it in (bench.project, bench.others))
    assert (theirs < ours) is (bench.case.name == "few")
    assert any(b"edit0000" in data for data in _files(bench).values())


def _files(bench: Bench) -> dict[Path, bytes]:
    paths = (bench.typst, *bench.folder.glob("*/content/**/*.yaml"))
    return {path: path.read_bytes() for path in paths}


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "wait4"), reason="only Unix tells what a process cost")
def test_a_round_costs_everybody_something_and_an_unchanged_build_next_to_nothing(
    tmp_path: Path,
) -> None:
    pytest.importorskip("typst")
    bench = Bench(Case("small", "sheet", 20, pages="1"), tmp_path)
    prepare(bench)
    (costs,) = contest(bench, pairs=1, slow=0)
    assert {TYPST, COLD, UNCHANGED, SCREEN, FILE} <= set(costs)
    assert min(cost.cpu for cost in costs.values()) > 0
    assert costs[UNCHANGED].cpu < costs[COLD].cpu / 4


def test_xelatex_is_given_every_word(bench: Bench) -> None:
    plan = make_plan(load(bench.others), Order(bench.case.kind))
    text = in_latex(plan, Words.of("en", SHOP), 9, bench.fonts)
    said = _squashed(re.sub(r"\\[a-zA-Z]+", "", text))
    assert [it for it in _texts(bench) if _squashed(it) not in said] == []


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("xelatex"), reason="XeLaTeX is not installed")
def test_xelatex_sets_an_edit(bench: Bench) -> None:
    add_latex(bench, 7)
    bench.edit(7)
    subprocess.run(latex_command(bench), stdout=subprocess.DEVNULL, check=True)
    text = _squashed(_read(bench.latex.with_suffix(".pdf").read_bytes()))
    assert text.count("edit0007") == 1


RARE = """
- list: Four *slanted* things
  items: [one_underlined, "two #hash", "`three` $ coded", "-- four [in] brackets"]
- mnemonic: ROY
  helps: what a "rainbow" begins with \\ ends
  stands: [Red, Orange, Yellow]
"""


def test_signs_of_typst_are_words_and_rare_kinds_are_set(tmp_path: Path) -> None:
    pytest.importorskip("typst")
    plan = make_plan(pack_of(RARE), Order("sheet"))
    document = tmp_path / "document.typ"
    document.write_text(in_typst(plan, Words.of("en", SHOP), 8), encoding="utf-8")
    write_fonts(tmp_path / "fonts")
    text = _read(compiled(document, tmp_path / "fonts"))
    for words in ("Four slanted things", "one_underlined · two #hash · three $ coded"):
        assert words in text
    assert "-- four [in] brackets" in text
    assert 'ROY what a "rainbow" begins with \\ ends: Red · Orange · Yellow' in text


def test_a_kind_that_typst_is_not_given_is_refused() -> None:
    plan = make_plan(pack_of("- code: Loop\n  lines: |\n    for x in y: pass"), Order("sheet"))
    with pytest.raises(ValueError, match="no way to set a code"):
        in_typst(plan, Words.of("en", SHOP), 8)


def _read(pdf: bytes) -> str:
    pages = (page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return " ".join("".join(pages).split())


def _texts(bench: Bench) -> Iterator[str]:
    """Every text of the pack that the document shows, in its order."""
    for section in make_plan(load(bench.others), Order(bench.case.kind)).sections:
        yield section.row.title
        for topic in section.topics:
            yield topic.title
            for entry in topic.entries:
                yield from _strings(entry.fact.model_dump(exclude=_UNSAID))
        for question in section.questions:
            yield question.asked.subject
            yield from (option.text for option in question.options)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value.get("rows", ())
        for below in value.values():
            yield from _strings(below)
    elif isinstance(value, tuple):
        for part in value:
            yield from _strings(part)


def _squashed(text: str) -> str:
    return re.sub(r"\W", "", text).casefold()


@pytest.mark.parametrize(
    ("tex", "typst"),
    [
        (r"\frac{a}{b}", "frac(a, b)"),
        (r"\sqrt{x^2 + y^2}", "sqrt(x ^(2) + y ^(2))"),
        (r"\sum_{i=1}^{n} x_i", "sum _(i = 1) ^(n) x _(i)"),
        ("e = mc^2", "e = m c ^(2)"),
    ],
)
def test_formulas_are_translated(tex: str, typst: str) -> None:
    assert in_math(tex) == typst


def test_a_formula_that_cannot_be_translated_is_refused() -> None:
    with pytest.raises(ValueError, match=r"\\oint"):
        in_math(r"\oint x")


def test_the_table_stands_between_its_marks_and_prose_stays(tmp_path: Path) -> None:
    document = tmp_path / "speed.md"
    document.write_text(f"# Before\n\n{BEGIN}\nold\n{END}\n\nAfter.\n")
    put_between(document, "new\n")
    assert document.read_text() == f"# Before\n\n{BEGIN}\n\nnew\n\n{END}\n\nAfter.\n"
    document.write_text("no marks")
    with pytest.raises(ValueError, match="lacks the marks"):
        put_between(document, "new")
    assert document.read_text() == "no marks"


def test_a_goal_is_met_by_cpu_and_on_the_wall_or_not_at_all() -> None:
    case = Case("sheet-150", "sheet", 150, pages="2")
    costs = {
        TYPST: [Cost(1, 1), Cost(1, 1), Cost(9, 9)],
        SCREEN: [Cost(0.2, 0.2)],
        FILE: [Cost(1.6, 0.1)],
        UNCHANGED: [Cost(0.1, 0.6)],
        COLD: [Cost(4, 12)],
    }
    text = table({case.name: Measured(costs, {"Typst": 2})}, {case.name: case})
    ends = [line.split(" | ")[-1] for line in text.splitlines() if line.startswith("| ")]
    assert [it for it in ends if "met" in it] == ["met |", "not met |", "not met |"]
    assert "| cramsheet, cold | 4.000 (4x) |" in text
    assert "| cramsheet, cold | 12.000 (12x) |" in text


_ORPHAN = """
import subprocess, sys
burn = "import time\\nwhile time.process_time() < 0.4: pass"
subprocess.Popen([sys.executable, "-c", burn])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nobody can adopt an orphan")
def test_what_a_process_leaves_behind_is_counted(tmp_path: Path) -> None:
    cost = cost_of([sys.executable, "-c", _ORPHAN], tmp_path / "said.txt")
    assert cost.cpu > 0.4
    assert cost.memory > 1


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="only Unix tells what a process cost")
def test_a_contestant_that_fails_is_no_quick_one(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="out of ink"):
        cost_of([sys.executable, "-c", "raise SystemExit('out of ink')"], tmp_path / "said.txt")
    with pytest.raises(Failed, match="out of ink"):
        Served([sys.executable, "-c", "raise SystemExit('out of ink')"], tmp_path / "said.txt")


@pytest.mark.slow
def test_every_stage_of_an_edit_takes_some_time() -> None:
    pytest.importorskip("typst")
    found = stages_of("booklet-65", 1)
    assert [stage for stage, seconds in found.items() if not seconds] == []
    assert 0.01 < sum(found.values()) < 60
