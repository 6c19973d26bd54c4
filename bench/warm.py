"""A process that stays and prints a document anew after each edit: ours, or Typst's.

python -m bench.warm ours PROJECT KIND PAGES OUTPUT
python -m bench.warm typst DOCUMENT FONTS OUTPUT
"""

import gc
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bench.cases import load
from bench.clock import Done, serve

if TYPE_CHECKING:
    from cramsheet.press.engine import Engine
    from cramsheet.printed import Printed

_DOTS = 1_200  # a page on the screen is so wide


@dataclass
class Warm:
    """What a process that watches a project keeps between two edits."""

    project: Path
    kind: str
    pages: int | None
    output: Path
    engine: "Engine"  # knows what it has laid out
    records: dict[str, str] = field(default_factory=dict)  # of how it was set, by path


def warm_edit(warm: Warm, done: Done) -> None:
    """Prints the document as the files of the pack are now, and draws a page as the preview does:
    once the finished file is on the disk."""
    from cramsheet.desk.commit import commit
    from cramsheet.press.pictures import Pictures

    printed = _built(warm)
    files = printed.files()
    warm.records.update(
        {path: data.decode() for path, data in files.items()
         if path.endswith(".json") and isinstance(data, bytes)}
    )  # fmt: skip
    commit(warm.output, files)
    done("file")
    pictures = Pictures(printed.data)
    pictures.bitmap((printed.pages + 1) // 2, _DOTS)  # the edit is in the middle of the pack
    pictures.close()
    done("screen")


def _built(warm: Warm) -> "Printed":
    """The one place where a warm build is called, with all that it is given of the last one."""
    from cramsheet import pipeline
    from cramsheet.page.shop import Shop
    from cramsheet.plan.plan import Order

    wanted = (load(warm.project), Order(warm.kind, pages=warm.pages))
    shop = Shop.open(warm.project)
    (printed,) = pipeline.build(
        [wanted], shop, _silent, lambda path: warm.records.get(path, ""), engine=warm.engine
    )
    return printed


def _silent(name: str) -> None:
    """Nobody waits for the names of documents."""


def _ours(project: str, kind: str, pages: str, output: str) -> int:
    from cramsheet.press.engine import Engine

    gc.set_threshold(100_000, 20, 20)  # as the command does
    Path(output).mkdir(parents=True, exist_ok=True)
    most = int(pages) if pages.isdecimal() else None
    with Engine() as engine:
        warm = Warm(Path(project), kind, most, Path(output), engine)
        return serve(lambda done: warm_edit(warm, done))


def _typst(document: str, fonts: str, output: str) -> int:
    """Typst's own way: a compiler that stays, and is asked again. It has no page for the screen
    that is not the file."""
    import typst

    compiler = typst.Compiler(document, font_paths=[fonts], ignore_system_fonts=True)

    def work(done: Done) -> None:
        compiler.compile(document, output=output, pdf_standards="ua-1")
        done("file")
        done("screen")

    return serve(work)


if __name__ == "__main__":
    sys.exit((_ours if sys.argv[1] == "ours" else _typst)(*sys.argv[2:]))
