"""What blocks cost beside the columns of WeasyPrint: `python -m bench.naive [--packs 5]`.

Each random pack is written as files and printed by the command `cramsheet`, fitted, proofread and
committed; and built naively from the same files: the same words in the same styles, tagged, in CSS
columns that WeasyPrint balances, tables whose columns it measures, the variable fonts as they come,
at the size of the kind, for it fits nothing. Both are processes of their own, run in turn; CPU time
of the whole process, imports included.

How long WeasyPrint takes for columns hangs on how the boxes are nested, so there are three naive
ways, all of which somebody would write first: `flat`, headings and facts one after another in one
element with columns; `domains`, each domain in columns of its own below a heading across the page;
`nested`, one element with columns that holds domains that hold topics, as in our own templates.
"""

import argparse
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Document:
    """A kind of document of a random pack, and its budget of pages."""

    kind: str
    facts: int
    questions: int
    pages: str


DOCUMENTS = {
    "sheet-150": Document("sheet", 150, 0, "2"),
    "sheet-600": Document("sheet", 600, 0, "8"),
    "booklet-65": Document("booklet", 10, 65, "auto"),
}
WAYS = ("flat", "domains", "nested")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--packs", type=int, default=5)
    options.add_argument("--pairs", type=int, default=3, help="for each pack")
    options.add_argument("--only", choices=DOCUMENTS, action="append")
    options.add_argument("--way", choices=WAYS, action="append")
    options.add_argument("--run", nargs=3, help=argparse.SUPPRESS)
    options.add_argument("--print", nargs=4, help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.run:
        return _naive(*asked.run)
    if asked.print:
        return _printed(*asked.print)
    for name in asked.only or DOCUMENTS:
        for way in asked.way or WAYS:
            _compared(name, way, asked.packs, asked.pairs)
    return 0


def _compared(name: str, way: str, packs: int, pairs: int) -> None:
    ours, naive, ratios = [], [], []
    for seed in range(packs):
        with _project(seed, DOCUMENTS[name]) as project:
            runs = [
                (_seconds(_fitted(project, name)), _seconds(_unfitted(project, name, way)))
                for _ in range(pairs)
            ]
        ours.append(statistics.median(one for one, _ in runs))
        naive.append(statistics.median(other for _, other in runs))
        ratios.append(statistics.median(one / other for one, other in runs))
    print(
        f"{name}, {way}: fitted {statistics.median(ours):.2f} s of CPU,"
        f" naive {statistics.median(naive):.2f} s, ratio {statistics.median(ratios):.2f}"
        f" (from {min(ratios):.2f} to {max(ratios):.2f}; {packs} packs, {pairs} pairs each)",
        flush=True,
    )


@contextmanager
def _project(seed: int, document: Document) -> Iterator[Path]:
    """A folder whose content/ holds a random pack."""
    from bench.packs import random_folder

    folder = random_folder(seed, document.facts, document.questions)
    with TemporaryDirectory() as name:
        pack = Path(name) / "content" / folder.name
        for source in filter(None, (folder.exam, *folder.facts, *folder.questions)):
            path = pack / source.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(source.data)
        yield Path(name)


def _fitted(project: Path, name: str) -> list[str]:
    document = DOCUMENTS[name]
    pages = f"{document.kind}={document.pages}"
    command = [sys.executable, "-m", "cramsheet", "build", "--project", str(project), "--quiet"]
    return [*command, "--only", document.kind, "--pages", pages, "--afresh"]


def _unfitted(project: Path, name: str, way: str) -> list[str]:
    return [sys.executable, "-m", "bench.naive", "--run", str(project), name, way]


def _seconds(command: list[str]) -> float:
    """CPU time of a process, its children's included."""
    import resource  # Windows has none

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def _naive(project: str, name: str, way: str) -> int:
    kind = DOCUMENTS[name].kind if name in DOCUMENTS else name
    print(build(Path(project), kind, way, None), "pages")
    return 0


def _printed(project: str, kinds: str, way: str, output: str) -> int:
    """Several kinds in one process, into a folder."""
    Path(output).mkdir(parents=True, exist_ok=True)
    for kind in kinds.split(","):
        build(Path(project), kind, way, Path(output) / f"{kind}.pdf")
    return 0


def build(project: Path, kind: str, way: str, output: Path | None) -> int:
    """Prints a kind of document of the pack of a project; how many pages it has."""
    with TemporaryDirectory() as folder:
        from cramsheet.press.engine import only_our_fonts

        only_our_fonts(Path(folder))
        document = _weasyprint(*_text_and_styles(project, kind, way))
        document.write_pdf(output or Path(folder) / "naive.pdf", pdf_variant="pdf/ua-1")
    return len(document.pages)


def html_of(project: Path, kind: str, way: str) -> str:
    """The same as one file, for a browser."""
    text, styles = _text_and_styles(project, kind, way)
    return text.replace("</head>", f"<style>{''.join(styles)}</style></head>")


def _text_and_styles(project: Path, kind: str, way: str) -> tuple[str, list[str]]:
    """The text and the styles of our documents, in columns that WeasyPrint balances."""
    from cramsheet.page.shop import Shop
    from cramsheet.page.small import variables
    from cramsheet.page.writing import Writer
    from cramsheet.plan.plan import Order, make_plan
    from cramsheet.shelf import exams, load_all

    content = project / "content"
    (pack,) = load_all(content, exams(content), content)
    writer = Writer(make_plan(pack, Order(kind)), Shop.open(ROOT))
    area = writer.plan.area
    flow = writer.flow({}, area.height)
    margin = " ".join(f"{side}mm" for side in area.margin)
    columns = f"{{ columns: {area.columns}; column-gap: {area.gap}mm }}"
    styles = [
        _variable_fonts(),
        f"@page {{ size: {area.paper.width}mm {area.paper.height}mm; margin: {margin};"
        " font-family: CramText }\n"
        f"html {{ font-size: {writer.plan.kind.size}pt }}\n",
        variables(writer.plan.kind),
        *(style.text for style in flow.styles[2:]),
        "table { table-layout: auto }",
        f"section.domain {columns} h2 {{ column-span: all }}"
        if way == "domains"
        else f"main {columns}",
    ]
    text = re.sub("<colgroup>.*?</colgroup>", "", flow.text)
    if way == "flat":
        text = re.sub("</?section[^>]*>", "", text)
    return text, styles


def _weasyprint(text: str, styles: list[str]) -> Any:
    from cramsheet.press.libraries import libraries

    with libraries():
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    sheets = [CSS(string=style, font_config=fonts, base_url=".") for style in styles]
    return HTML(string=text, base_url=".").render(
        stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1"
    )


def _variable_fonts() -> str:
    from cramsheet.page.fonts import FACES, path_of

    return "".join(
        f"@font-face {{ font-family: {face.family}; font-style: {face.style};"
        f" src: url({path_of(face).as_uri()}) }}\n"
        for face in FACES
    )


if __name__ == "__main__":
    sys.exit(main())
