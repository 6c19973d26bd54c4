"""Writes a document for each contestant, before any clock runs: `python -m bench.ready`.

python -m bench.ready CASE FOLDER PAGES
"""

import json
import subprocess
import sys
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from bench.cases import CASES, ROOT, Bench, build, editable, latex_command, load

if TYPE_CHECKING:
    from cramsheet.pack.pack import Folder
    from cramsheet.pack.source import Source
    from cramsheet.page.words import Words
    from cramsheet.plan.plan import Plan

    Way = Callable[["Bench", Plan, float], int]


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

    case = bench.case
    folder = editable(random_folder(case.seed, case.facts, case.questions), case.kind)
    _write(folder, bench.project)
    _write(_without(folder, _left_out(bench)), bench.others)
    write_fonts(bench.fonts)
    bench.html.write_text(html_of(bench.others, case.kind, "nested"), encoding="utf-8")
    return _fitted(bench, _plan(bench), _in_typst, [step / 20 for step in range(240, 60, -1)])


def add_latex(bench: Bench, size: float) -> None:
    """A document at that size, or less."""
    _fitted(bench, _plan(bench), _in_latex, [size - step / 4 for step in range(16)])


def _write(folder: "Folder", project: Path) -> None:
    for source in filter(None, (folder.exam, *folder.facts, *folder.questions)):
        path = project / "content" / folder.name / source.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(source.data)


def _left_out(bench: Bench) -> set[str]:
    """The ids of facts for which our pages have no room."""
    from cramsheet.plan.keeping import kept_of

    if not bench.case.pages.isdecimal():
        return set()
    subprocess.run(build(bench, "tried"), cwd=ROOT, check=True)
    (record,) = bench.folder.glob("tried/*/.layout/*.json")
    kept = kept_of(record.read_text("utf-8"))
    assert kept
    return {name.removeprefix("fact-") for name in kept.left_out}


def _without(folder: "Folder", gone: Collection[str]) -> "Folder":
    return replace(folder, facts=tuple(_less(source, gone) for source in folder.facts))


def _less(source: "Source", gone: Collection[str]) -> "Source":
    domain = json.loads(source.data)
    for topic in domain["topics"]:
        topic["facts"] = [fact for fact in topic["facts"] if fact["id"] not in gone]
    domain["topics"] = [topic for topic in domain["topics"] if topic["facts"]]
    return replace(source, data=json.dumps(domain, ensure_ascii=False, indent=1).encode())


def _plan(bench: Bench) -> "Plan":
    from cramsheet.plan.plan import Order, make_plan

    return make_plan(load(bench.others), Order(bench.case.kind))


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
