"""Who is measured, and one round of all on one document."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from bench.cases import Bench, build, latex_command, only_cache
from bench.clock import Cost, Failed, Served, cost_of

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
OTHERS = "others"  # their caches stay
Round = dict[str, Cost]


@dataclass
class Contest:
    """All on one document. Every round follows an edit that nobody has seen."""

    bench: Bench
    rounds: int = 0
    staying: dict[str, Served] = field(default_factory=dict)

    def start(self) -> None:
        """Before the first edit: what is not to be changed is made, and those who stay have
        printed once."""
        case, folder = self.bench.case, self.bench.folder
        self._cost(build(self.bench, "kept"), "kept")
        ours = [str(self.bench.project), case.kind, case.pages, str(folder / "warm")]
        self._stay("ours", ours, self.bench.cache("warm"))
        self._stay("typst", self._typst_paths("warm"), self.bench.cache(OTHERS))

    def _stay(self, name: str, words: list[str], cache: Path) -> None:
        command = [sys.executable, "-m", "bench.warm", name, *words]
        log = self.bench.folder / f"warm-{name}.txt"
        self.staying[name] = Served(command, log, only_cache(cache))

    def close(self) -> None:
        for served in self.staying.values():
            served.end()

    def round(self, slow: bool) -> Round:
        """In turn; those who are `slow` are left out where they are not wanted."""
        costs = {UNCHANGED: self._again(makes=False)}
        self.rounds += 1
        self.bench.edit(self.rounds)
        costs[TYPST] = self._cost(self._typst())
        costs[EDITED] = self._again(makes=True)
        costs[TYPST_WARM] = self.staying["typst"].edited()["file"]
        costs |= self._warm()
        costs[COLD] = self._cold()
        if slow:
            costs |= {name: self._cost(command) for name, command in self._slow()}
        return costs

    def _again(self, *, makes: bool) -> Cost:
        """The same command again; raises Failed if it does not print when it should, or does."""
        before = _states(self.bench.folder / "kept")
        cost = self._cost(build(self.bench, "kept"), "kept")
        if (_states(self.bench.folder / "kept") != before) is not makes:
            raise Failed(f"{self.bench.case.name}: was to be {'printed' if makes else 'kept'}")
        return cost

    def _warm(self) -> Round:
        told = self.staying["ours"].edited()
        return {SCREEN: told["screen"], FILE: told["file"]}

    def _cold(self) -> Cost:
        """Nothing is left of an earlier build, nor of anything kept for the next."""
        shutil.rmtree(self.bench.folder / "fresh", ignore_errors=True)
        shutil.rmtree(self.bench.cache("fresh"), ignore_errors=True)
        return self._cost(build(self.bench, "fresh"), "fresh")

    def _cost(self, command: list[str], cache: str = OTHERS) -> Cost:
        caches = only_cache(self.bench.cache(cache))
        return cost_of(command, self.bench.folder / "said.txt", caches)

    def _typst(self) -> list[str]:
        return [sys.executable, "-c", _COMPILE, *self._typst_paths("cold")]

    def _typst_paths(self, name: str) -> list[str]:
        bench = self.bench
        return [str(bench.typst), str(bench.fonts), str(bench.folder / f"typst-{name}.pdf")]

    def _slow(self) -> Iterator[tuple[str, list[str]]]:
        case, folder = self.bench.case, self.bench.folder
        yield NAIVE, naive(self.bench.others, case.kind, folder / "naive")
        if xelatex := latex_command(self.bench):
            yield XELATEX, xelatex
        if browser := shutil.which("chromium") or shutil.which("google-chrome"):
            yield CHROMIUM, [
                browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                f"--user-data-dir={folder / 'browser'}",
                f"--print-to-pdf={folder / 'chromium.pdf'}", str(self.bench.html),
            ]  # fmt: skip


def _states(folder: Path) -> dict[Path, tuple[int, int]]:
    """Of finished documents: another when it was written again, were it with the same bytes."""
    found = {path: path.stat() for path in folder.rglob("*.pdf")}
    return {path: (state.st_ino, state.st_mtime_ns) for path, state in found.items()}


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
