"""The documents that `bench.speed` measures, written for each contestant before any clock runs.

One word of each document is a number, `edit0000`: an edit writes the next number, in the pack and
in what stands for it elsewhere. Every edit is one that nobody has seen before.
"""

import re
import sys
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cramsheet.pack.pack import Folder, Pack
    from cramsheet.pack.source import Source
    from cramsheet.plan.plan import Plan

ROOT = Path(__file__).parents[1]
_WORD = rb"edit\d{4}"
_QUESTION, _FACT = rb'("question": "[^"]*?)[^ "]+\?"', rb'("fact": "[^"]*?)[^ "]+"'


@dataclass(frozen=True)
class Case:
    """A kind of document of a generated pack, and the pages that we are asked for."""

    name: str
    kind: str
    facts: int
    questions: int = 0
    pages: str = "auto"
    seed: int = 0


CASES = {
    case.name: case
    for case in (
        Case("sheet-150", "sheet", 150, pages="2"),
        Case("sheet-600", "sheet", 600),
        Case("sheet-2400", "sheet", 2400),
        Case("notes-150", "notes", 150),
        Case("notes-600", "notes", 600),
        Case("booklet-65", "booklet", 10, 65),
        Case("booklet-260", "booklet", 10, 260),
    )
}


@dataclass(frozen=True)
class Bench:
    """The folder of a case."""

    case: Case
    folder: Path

    @property
    def typst(self) -> Path:
        return self.folder / "typst" / "document.typ"

    @property
    def html(self) -> Path:
        return self.folder / "document.html"

    @property
    def fonts(self) -> Path:
        return self.folder / "fonts"

    @property
    def project(self) -> Path:
        return self.folder / "project"

    def edit(self, number: int) -> None:
        """The word that is a number becomes another, wherever it stands."""
        for path in (*self.project.glob("content/**/*.yaml"), self.typst):
            old = path.read_bytes()
            if (new := re.sub(_WORD, b"edit%04d" % number, old)) != old:
                path.write_bytes(new)


def main(name: str, folder: str, pages: str) -> int:
    """A process of its own, so that those measured do not begin as large as this one."""
    prepare(Bench(replace(CASES[name], pages=pages), Path(folder)))
    return 0


def prepare(bench: Bench) -> None:
    from bench.in_typst import write_fonts
    from bench.naive import html_of
    from bench.packs import random_folder

    case = bench.case
    folder = editable(random_folder(case.seed, case.facts, case.questions), case.kind)
    for source in filter(None, (folder.exam, *folder.facts, *folder.questions)):
        path = bench.project / "content" / folder.name / source.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(source.data)
    write_fonts(bench.fonts)
    bench.html.write_text(html_of(bench.project, case.kind, "nested"), encoding="utf-8")
    _write_typst(bench, load(bench.project))


def load(project: Path) -> "Pack":
    from cramsheet.shelf import exams, load_all

    content = project / "content"
    (pack,) = load_all(content, exams(content), content)
    return pack


def editable(folder: "Folder", kind: str) -> "Folder":
    """The last word of a fact or question in the middle becomes the word that edits change."""
    if kind == "booklet":
        return replace(folder, questions=_marked(folder.questions, _QUESTION, b"?"))
    return replace(folder, facts=_marked(folder.facts, _FACT, b""))


def _marked(files: "tuple[Source, ...]", pattern: bytes, end: bytes) -> "tuple[Source, ...]":
    middle = len(files) // 2
    data = files[middle].data
    places = list(re.finditer(pattern, data))
    place = places[len(places) // 2]
    data = data[: place.end(1)] + b"edit0000" + end + data[place.end() - 1 :]
    return (*files[:middle], replace(files[middle], data=data), *files[middle + 1 :])


def _write_typst(bench: Bench, pack: "Pack") -> None:
    """At the largest size that takes the pages asked for, or else at the size of the kind."""
    from cramsheet.plan.plan import Order, make_plan

    plan = make_plan(pack, Order(bench.case.kind))
    bench.typst.parent.mkdir()
    _typst_at(bench, plan, plan.kind.size)
    if bench.case.pages.isdecimal():
        low, high = 60, 200  # twentieths of a point
        while high - low > 1:
            middle = (low + high) // 2
            _typst_at(bench, plan, middle / 20)
            low, high = (middle, high) if _pages(bench) <= int(bench.case.pages) else (low, middle)
        _typst_at(bench, plan, low / 20)


def _typst_at(bench: Bench, plan: "Plan", size: float) -> None:
    from bench.in_typst import in_typst
    from cramsheet.page.shop import Shop
    from cramsheet.page.words import Words

    words = Words.of(plan.exam.language, Shop.open(ROOT))
    bench.typst.write_text(in_typst(plan, words, size), encoding="utf-8")


def compiled(typst_file: Path, fonts: Path) -> bytes:
    import typst

    data = typst.compile(
        typst_file, font_paths=[fonts], ignore_system_fonts=True, pdf_standards="ua-1"
    )
    assert isinstance(data, bytes)
    return data


def _pages(bench: Bench) -> int:
    from pypdf import PdfReader

    return len(PdfReader(BytesIO(compiled(bench.typst, bench.fonts))).pages)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
