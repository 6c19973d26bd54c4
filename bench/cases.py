"""The documents that `bench.speed` measures, and the edits that are made to them.

One word of each document is a number, `edit0000`: an edit writes the next number, in the pack and
in what stands for it elsewhere. Every edit is one that nobody has seen before, and every other one
adds words that the next one takes away: lines come and go.
"""

import re
import shutil
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cramsheet.pack.pack import Folder, Pack
    from cramsheet.pack.source import Source

ROOT = Path(__file__).parents[1]
_MORE = b" and more" * 5
_EDIT = rb"edit\d{4}(?:%b)?" % _MORE
# The last word of either; of facts those that stay on paper however few pages it has.
_QUESTION = rb'("question": "[^"]*?)[^ "]+(?=\?")'
_FACT = rb'("fact": "[^"]*?)[^ "]+(?=",\s*"id": "[^"]*",\s*"priority": "must")'


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
        Case("sheet-600-on-2", "sheet", 600, pages="2"),
        Case("sheet-600", "sheet", 600, pages="7"),
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

    @property
    def others(self) -> Path:
        """The same without what we leave out when pages are few: what all others set."""
        return self.folder / "others"

    def cache(self, name: str) -> Path:
        return self.folder / "caches" / name

    def edit(self, number: int) -> None:
        """The word that is a number becomes another, wherever it stands."""
        word = b"edit%04d" % number + _MORE * (number % 2)
        documents = (self.typst, *self.folder.glob("latex/*.tex"))
        packs = (*self.project.glob("content/**/*.yaml"), *self.others.glob("content/**/*.yaml"))
        for path in (*packs, *documents):
            old = path.read_bytes()
            if (new := re.sub(_EDIT, word, old)) != old:
                path.write_bytes(new)


def only_cache(folder: Path) -> dict[str, str]:
    """Where a program may keep what the next run can use, in place of the user's own caches."""
    return {"XDG_CACHE_HOME": str(folder)}


def load(project: Path) -> "Pack":
    from cramsheet.shelf import exams, load_all

    content = project / "content"
    (pack,) = load_all(content, exams(content), content)
    return pack


def editable(folder: "Folder", kind: str) -> "Folder":
    """The last word of a fact or question in the middle becomes the word that edits change."""
    if kind == "booklet":
        return replace(folder, questions=_marked(folder.questions, _QUESTION))
    return replace(folder, facts=_marked(folder.facts, _FACT))


def _marked(files: "tuple[Source, ...]", pattern: bytes) -> "tuple[Source, ...]":
    places = [(at, it) for at, file in enumerate(files) for it in re.finditer(pattern, file.data)]
    at, place = places[len(places) // 2]
    data = files[at].data
    data = data[: place.end(1)] + b"edit0000" + data[place.end() :]
    return (*files[:at], replace(files[at], data=data), *files[at + 1 :])


def build(bench: Bench, output: str) -> list[str]:
    """Our command, into a folder of that name."""
    case = bench.case
    return [
        sys.executable, "-m", "cramsheet", "build", "--quiet", "--project", str(bench.project),
        "--only", case.kind, "--pages", f"{case.kind}={case.pages}",
        "--output", str(bench.folder / output),
    ]  # fmt: skip


def latex_command(bench: Bench) -> list[str]:
    """Empty where XeLaTeX is not installed."""
    if not (xelatex := shutil.which("xelatex")):
        return []
    folder = f"-output-directory={bench.latex.parent}"
    return [xelatex, "-interaction=batchmode", "-halt-on-error", folder, str(bench.latex)]
