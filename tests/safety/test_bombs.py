"""Files made to stop the machine that opens them: refused, or read, in a few seconds and little
memory, before anything large is built."""

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from cramsheet.pack.pack import Folder, read_pack
from cramsheet.pack.source import Source
from cramsheet.page.markup import inline
from cramsheet.plan.names import people
from cramsheet.problems import Mistakes
from cramsheet.study.lists import from_table
from tests.making import ROOT
from tests.safety.bad import HEAD
from tests.safety.clock import took
from tests.study.sittings import RECORD
from tests.test_cases import EXAM, FACTS, USUAL

MIB = 1 << 20
MOST = 6.0  # CPU seconds; the slowest took 3.2 where this was written
MOST_SAID = 102  # problems: what is read of one file, and what a pack adds

YAML = {
    "brackets": "[" * MIB,
    "empty lists": "[" + "[]," * (MIB // 3 - 1) + "]",
    "anchors": "".join(f"- &a{n} x\n" for n in range(70_000)),
    "aliases of aliases": "a: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(40_000)),
    "keys that merge": "a: &a {x: y}\n" + "".join(f"b{n}: {{<<: *a}}\n" for n in range(50_000)),
    "a scalar": "a: " + "x " * (MIB // 2 - 3),
    "escapes": 'a: "' + "\\a" * (MIB // 2 - 4) + '"',
    "keys in one line": "{" + ",".join(f"k{n:025}: v" for n in range(29_000)) + "}",
    "unknown keys": HEAD + "  - {term: a, " + ", ".join(f"k{n}: v" for n in range(29_000)) + "}\n",
    "empty entries": HEAD + "  - ''\n" * 50_000,
    "one fact": HEAD + "  - a\n" * 50_000,
    "points": HEAD
    + "  - {figure: x, alt: y, plot: {x: t, y: u, curves: {c: ["
    + "[a, b], " * 14_000
    + "]}}}\n",
    "pictures": HEAD + "  - {figure: f, alt: a, picture: p.png}\n" * 9_000,
    "documents": "---\n" * 200_000,
    "controls": "\x07" * MIB,
    "tabs": "\t" * MIB,
    "quotes": "- '" * 300_000,
}  # fmt: skip
TABLES = {
    "quoted cells": "name,form,1\n" + '"",' * (MIB // 3 - 9),
    "quoted rows": "name,form,1\n" + '"a","A","B"\n' * (MIB // 12 - 2),
    "commas": "name,form,1\n" + "," * (MIB - 20),
    "columns": "name," + ",".join(f"c{n}" for n in range(140_000)),
    "lines": "name\n" + "\n" * (MIB - 10),
    "people": "name\n" + "".join(f"a{n}\n" for n in range(140_000)),
    "cells over lines": "name,form,1\n" + '"\n",' * (MIB // 4 - 9),
}
TEXTS = {
    sign: (sign * 20_000)[:20_000]
    for sign in ("[", "[](", "[a](", "[[a](b)", "[a](https://b ", "`", "* ", "**a ", '"', "'", "  ",
                 "(", "1-", "1,", "1x", "<a ", "&#", "$a ", "\\")
}  # fmt: skip


def told(work: Callable[[], object]) -> int:
    """How many problems are told, in the seconds that it may take."""
    counts: list[int] = []

    def tried() -> None:
        try:
            work()
        except Mistakes as error:
            counts.append(len(error.problems))

    assert took(tried) < MOST
    return sum(counts)


@pytest.mark.slow
@pytest.mark.parametrize("name", YAML)
def test_a_file_of_a_pack(name: str) -> None:
    sources = (Source(FACTS, YAML[name].encode()),)
    folder = Folder("case", Source(EXAM, USUAL[EXAM].encode()), sources)
    assert 1 <= told(lambda: read_pack(folder)) <= MOST_SAID


@pytest.mark.slow
@pytest.mark.parametrize("name", TABLES)
def test_a_table(name: str) -> None:
    source = Source("a.csv", TABLES[name].encode())
    assert 1 <= told(lambda: list(from_table(source, RECORD))) <= MOST_SAID
    assert told(lambda: people(source)) <= MOST_SAID


@pytest.mark.parametrize("sign", TEXTS)
def test_a_text(sign: str) -> None:
    """As much of a sign as a text may hold, with spaces where words are too long."""
    text = " ".join(TEXTS[sign][at : at + 399] for at in range(0, 19_950, 399))
    for language in ("en", "fr", "ar"):
        told(partial(inline, text, language))


def test_the_naive_builder_ends_with_its_process(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("[" * 50_000)
    words = "import sys, pathlib, tests.safety.naive as it; it.load(pathlib.Path(sys.argv[1]))"
    command = (sys.executable, "-c", words, str(path))
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode < 0
