"""The documents that `bench.speed` measures, written for each contestant before any clock runs.

One word of each document is a number, `edit0000`: an edit writes the next number, in the pack and
in what stands for it elsewhere. Every edit is one that nobody has seen before.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cramsheet.pack.pack import Folder, Pack
    from cramsheet.pack.source import Source
    from cramsheet.page.words import Words
    from cramsheet.plan.plan import Plan

    Way = Callable[["Bench", Plan, float], int]

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
    def latex(self) -> Path:
        return self.folder / "latex" / "document.tex"

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
        documents = (self.typst, *self.folder.glob("latex/*.tex"))
        for path in (*self.project.glob("content/**/*.yaml"), *documents):
            old = path.read_bytes()
            if (new := re.sub(_WORD, b"edit%04d" % number, old)) != old:
                path.write_bytes(new)


def main(name: str, folder: str, pages: str) -> int:
    """A process of its own, so that those measured do not begin as large as this one."""
    bench = Bench(replace(CASES[name], pages=pages), Path(folder))
    size = prepare(bench)
    if latex_command(bench):
        add_latex(bench, size)
    return 0


def prepare(bench: Bench) -> float:
    """All but LaTeX; the size of type of the Typst document."""
    from bench.in_typst import write_fonts
    from bench.naive import html_of
    from bench.packs import random_folder
    from cramsheet.plan.plan import Order, make_plan

    case = bench.case
    folder = editable(random_folder(case.seed, case.facts, case.questions), case.kind)
    for source in filter(None, (folder.exam, *folder.facts, *folder.questions)):
        path = bench.project / "content" / folder.name / source.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(source.data)
    write_fonts(bench.fonts)
    bench.html.write_text(html_of(bench.project, case.kind, "nested"), encoding="utf-8")
    plan = make_plan(load(bench.project), Order(case.kind))
    return _fitted(bench, plan, _in_typst, [step / 20 for step in range(240, 60, -1)])


def add_latex(bench: Bench, size: float) -> None:
    """A document at that size, or less."""
    from cramsheet.plan.plan import Order, make_plan

    plan = make_plan(load(bench.project), Order(bench.case.kind))
    _fitted(bench, plan, _in_latex, [size - step / 4 for step in range(16)])


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


def _fitted(bench: Bench, plan: "Plan", way: "Way", sizes: Iterable[float]) -> float:
    """The largest of the sizes, from large to small, at which the document takes the pages asked
    for; or that of the kind."""
    if not bench.case.pages.isdecimal():
        way(bench, plan, plan.kind.size)
        return float(plan.kind.size)
    return next(size for size in sizes if way(bench, plan, size) <= int(bench.case.pages))


def _in_typst(bench: Bench, plan: "Plan", size: float) -> int:
    """Writes it; how many pages it takes."""
    from bench.in_typst import in_typst

    bench.typst.parent.mkdir(exist_ok=True)
    bench.typst.write_text(in_typst(plan, _words(plan), size), encoding="utf-8")
    return _pages(compiled(bench.typst, bench.fonts))


def _in_latex(bench: Bench, plan: "Plan", size: float) -> int:
    """Likewise; the list of contents of the last run is there for the next."""
    from bench.in_latex import in_latex

    bench.latex.parent.mkdir(exist_ok=True)
    text = in_latex(plan, _words(plan), size, bench.fonts)
    bench.latex.write_text(text, encoding="utf-8")
    subprocess.run(latex_command(bench), stdout=subprocess.DEVNULL, check=True)
    return _pages(bench.latex.with_suffix(".pdf").read_bytes())


def _words(plan: "Plan") -> "Words":
    from cramsheet.page.shop import Shop
    from cramsheet.page.words import Words

    return Words.of(plan.exam.language, Shop.open(ROOT))


def latex_command(bench: Bench) -> list[str]:
    """Empty where XeLaTeX is not installed."""
    if not (xelatex := shutil.which("xelatex")):
        return []
    folder = f"-output-directory={bench.latex.parent}"
    return [xelatex, "-interaction=batchmode", "-halt-on-error", folder, str(bench.latex)]


def compiled(typst_file: Path, fonts: Path) -> bytes:
    import typst

    data = typst.compile(
        typst_file, font_paths=[fonts], ignore_system_fonts=True, pdf_standards="ua-1"
    )
    assert isinstance(data, bytes)
    return data


def _pages(pdf: bytes) -> int:
    from pypdf import PdfReader

    return len(PdfReader(BytesIO(pdf)).pages)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
