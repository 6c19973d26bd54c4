"""Who is measured, and one round of all on one document."""

import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bench.cases import Bench, latex_command
from bench.clock import Cost, Served, cost_of

TYPST, TYPST_WARM = "Typst, cold", "Typst, one word edited, warm"
COLD, UNCHANGED, EDITED = "cold", "nothing changed", "one word edited"
SCREEN, FILE = "one word edited, warm: on the screen", "one word edited, warm: finished file"
NAIVE, CHROMIUM, XELATEX = "WeasyPrint, naive", "Chromium", "XeLaTeX"
EVERYONE = (
    TYPST, TYPST_WARM, COLD, UNCHANGED, EDITED, SCREEN, FILE, NAIVE, CHROMIUM, XELATEX,
)  # fmt: skip
OURS = (COLD, UNCHANGED, EDITED, SCREEN, FILE)

_COMPILE = (
    "import sys, typst; source, fonts, output = sys.argv[1:]; typst.compile(source,"
    " output=output, font_paths=[fonts], ignore_system_fonts=True, pdf_standards='ua-1')"
)
Round = dict[str, Cost]


@dataclass
class Contest:
    """All on one document. Every round follows an edit that nobody has seen."""

    bench: Bench
    rounds: int = 0

    def start(self) -> None:
        """What is not to be changed is made."""
        self._cost(self._build("kept"), self._cache("kept"))

    def close(self) -> None:
        for served in self._staying.values():
            served.end()

    def round(self, slow: bool) -> Round:
        """In turn; those who are `slow` are left out where they are not wanted."""
        costs = {UNCHANGED: self._cost(self._build("kept"), self._cache("kept"))}
        self.rounds += 1
        self.bench.edit(self.rounds)
        costs[TYPST] = self._cost(self._typst())
        costs[EDITED] = self._cost(self._build("kept"), self._cache("kept"))
        costs[TYPST_WARM] = self._staying["typst"].edited()["file"]
        costs |= self._warm()
        costs[COLD] = self._cold()
        if slow:
            costs |= {name: self._cost(command) for name, command in self._slow()}
        return costs

    def _warm(self) -> Round:
        told = self._staying["ours"].edited()
        return {SCREEN: told["screen"], FILE: told["file"]}

    def _cold(self) -> Cost:
        """Nothing is left of an earlier build, nor of anything kept for the next."""
        for name in ("fresh", "fresh-cache"):
            shutil.rmtree(self.bench.folder / name, ignore_errors=True)
        return self._cost([*self._build("fresh"), "--afresh"], self._cache("fresh"))

    def _cost(self, command: list[str], variables: Mapping[str, str] | None = None) -> Cost:
        return cost_of(command, self.bench.folder / "said.txt", variables or {})

    def _cache(self, name: str) -> dict[str, str]:
        """Where a program may keep what the next build can use."""
        return {"XDG_CACHE_HOME": str(self.bench.folder / f"{name}-cache")}

    def _build(self, output: str) -> list[str]:
        case, project = self.bench.case, self.bench.project
        return [
            sys.executable, "-m", "cramsheet", "build", "--quiet", "--project", str(project),
            "--only", case.kind, "--pages", f"{case.kind}={case.pages}",
            "--output", str(self.bench.folder / output),
        ]  # fmt: skip

    def _typst(self) -> list[str]:
        return [sys.executable, "-c", _COMPILE, *self._typst_paths("cold")]

    def _typst_paths(self, name: str) -> list[str]:
        bench = self.bench
        return [str(bench.typst), str(bench.fonts), str(bench.folder / f"typst-{name}.pdf")]

    @cached_property
    def _staying(self) -> dict[str, Served]:
        case, folder = self.bench.case, self.bench.folder
        warm = [sys.executable, "-m", "bench.warm"]
        ours = ["ours", str(self.bench.project), case.kind, case.pages, str(folder / "warm")]
        typst = ["typst", *self._typst_paths("warm")]
        return {
            "ours": Served([*warm, *ours], folder / "warm-ours.txt"),
            "typst": Served([*warm, *typst], folder / "warm-typst.txt"),
        }

    def _slow(self) -> Iterator[tuple[str, list[str]]]:
        case, folder = self.bench.case, self.bench.folder
        yield NAIVE, naive(self.bench.project, case.kind, folder / "naive")
        if xelatex := latex_command(self.bench):
            yield XELATEX, xelatex
        if browser := shutil.which("chromium") or shutil.which("google-chrome"):
            yield CHROMIUM, [
                browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                f"--user-data-dir={folder / 'browser'}",
                f"--print-to-pdf={folder / 'chromium.pdf'}", str(self.bench.html),
            ]  # fmt: skip


def pages_of(folder: Path) -> dict[str, int]:
    """How many pages each made, of the last round."""
    from pypdf import PdfReader

    made = {
        "cramsheet": "fresh/**/*.pdf",
        "Typst": "typst-cold.pdf",
        "naive": "naive/*.pdf",
        "Chromium": "chromium.pdf",
        "XeLaTeX": "latex/document.pdf",
    }
    return {
        who: len(PdfReader(path).pages)
        for who, pattern in made.items()
        for path in folder.glob(pattern)
    }


def naive(project: Path, kinds: str, output: Path) -> list[str]:
    """The quickest of the three naive ways, on every document measured."""
    return [
        sys.executable, "-m", "bench.naive",
        "--print", str(project), kinds, "nested", str(output),
    ]  # fmt: skip


def contest(bench: Bench, pairs: int, slow: int) -> Iterator[Round]:
    """So many rounds, the slow contestants in the first few of them."""
    with closing(Contest(bench)) as those:
        those.start()
        for number in range(pairs):
            yield those.round(slow=number < slow)
