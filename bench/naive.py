"""What blocks cost beside WeasyPrint's own columns: `python -m bench.naive [--pairs 7]`.

Both make the same words in the same styles, tagged, each in a process of its own, in turn; CPU time
of the whole process, imports included. The naive build is what one would write first: CSS columns
that WeasyPrint balances, tables whose columns it measures, the variable fonts as they come; at the
size of the kind, for it fits nothing.
"""

import argparse
import re
import resource
import statistics
import subprocess
import sys
from collections.abc import Callable
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
    pages: int | None


DOCUMENTS = {
    "sheet-150": Document("sheet", 150, 0, 2),
    "sheet-600": Document("sheet", 600, 0, 8),
    "booklet-65": Document("booklet", 10, 65, None),
}


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pairs", type=int, default=7)
    options.add_argument("--only", choices=DOCUMENTS, action="append")
    options.add_argument("--run", nargs=2, help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.run:
        way, name = asked.run
        return _WAYS[way](DOCUMENTS[name])
    for name in asked.only or DOCUMENTS:
        ours, naive = [], []
        for _ in range(asked.pairs):
            ours.append(_seconds("ours", name))
            naive.append(_seconds("naive", name))
        ratio = statistics.median(a / b for a, b in zip(ours, naive, strict=True))
        print(
            f"{name}: fitted by blocks {statistics.median(ours):.2f} s of CPU,"
            f" CSS columns {statistics.median(naive):.2f} s, ratio {ratio:.2f}"
            f" (median of {asked.pairs} pairs)",
            flush=True,
        )
    return 0


def _seconds(way: str, name: str) -> float:
    """CPU time of a process, its children's included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "bench.naive", "--run", way, name]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def _ours(document: Document) -> int:
    from bench.packs import random_pack
    from cramsheet.page.shop import Shop
    from cramsheet.pipeline import build
    from cramsheet.plan.plan import Order

    pack = random_pack(0, document.facts, document.questions)
    order = Order(document.kind, pages=document.pages)
    (printed,) = build([(pack, order)], Shop.open(ROOT), lambda _: None)
    print(printed.fit)
    return 0


def _naive(document: Document) -> int:
    """The text and the styles of our documents, in columns that WeasyPrint balances."""
    from bench.packs import random_pack
    from cramsheet.page.shop import Shop
    from cramsheet.page.small import variables
    from cramsheet.page.writing import Writer
    from cramsheet.plan.plan import Order, make_plan

    pack = random_pack(0, document.facts, document.questions)
    writer = Writer(make_plan(pack, Order(document.kind)), Shop.open(ROOT))
    area = writer.plan.area
    flow = writer.flow({}, area.height)
    margin = " ".join(f"{side}mm" for side in area.margin)
    styles = [
        _variable_fonts(),
        f"@page {{ size: {area.paper.width}mm {area.paper.height}mm; margin: {margin};"
        " font-family: CramText }\n"
        f"html {{ font-size: {writer.plan.kind.size}pt }}\n"
        f"main {{ columns: {area.columns}; column-gap: {area.gap}mm }}",
        variables(writer.plan.kind),
        *(style.text for style in flow.styles[2:]),
        "table { table-layout: auto }",
    ]
    text = re.sub("<colgroup>.*?</colgroup>", "", flow.text)
    with TemporaryDirectory() as folder:
        from cramsheet.press.engine import only_our_fonts

        only_our_fonts(Path(folder))
        document_ = _weasyprint(text, styles)
        document_.write_pdf(Path(folder) / "naive.pdf", pdf_variant="pdf/ua-1")
    print(len(document_.pages), "pages")
    return 0


def _weasyprint(text: str, styles: list[str]) -> Any:
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


_WAYS: dict[str, Callable[[Document], int]] = {"ours": _ours, "naive": _naive}


if __name__ == "__main__":
    sys.exit(main())
