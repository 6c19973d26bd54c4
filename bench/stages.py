"""Where the time of one edit goes, in a process that stays: `python -m bench.stages`.

CPU of each stage without that of the stages inside it, medians over edits; the table goes into
docs/speed.md.
"""

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from bench.cases import CASES, ROOT, Bench
from bench.ready import prepare
from bench.speed_table import put_between
from bench.warm import Warm, warm_edit

_EDITS = 15
_DOCUMENTS = ("sheet-150", "sheet-600", "notes-600", "booklet-65")
_MARKS = tuple(f"<!-- measured by bench.stages: {it} -->" for it in ("begin", "end"))
_REST = "all else"
# What does the work: where it is looked up, its name.
_STAGES: Mapping[str, Sequence[tuple[str, str]]] = {
    "reading and checking the YAML": [("bench.warm", "load")],
    "planning": [("cramsheet.line", "make_plan")],
    "templates and styles": [
        ("cramsheet.page.writing.Writer", "__post_init__"),
        ("cramsheet.page.writing.Writer", "flow"),
        ("cramsheet.page.writing.Writer", "frames"),
        ("cramsheet.page.writing.Writer", "palette"),
    ],
    "layout of what is new": [("cramsheet.press.engine.Engine", "lay")],
    "fitting and packing": [("cramsheet.line.Line", "_laid")],
    "proof of what can be seen": [
        ("cramsheet.press.proof", "prove"),
        ("cramsheet.press.proof", "prove_fonts"),
    ],
    "drawing the pages": [("weasyprint.document", "generate_pdf")],
    "tags": [("weasyprint.pdf", "add_tags")],
    "packing the file": [("cramsheet.press.engine.Engine", "write")],
    "a picture for the screen": [
        ("cramsheet.press.pictures.Pictures", "__init__"),
        ("cramsheet.press.pictures.Pictures", "bitmap"),
    ],
    "onto the disk, read back": [("cramsheet.desk.commit", "commit")],
}


@dataclass
class Watch:
    """Seconds of CPU by stage; a stage that is entered stops the one around it."""

    spent: dict[str, float] = field(default_factory=dict)
    _at: list[str] = field(default_factory=lambda: [_REST])
    _since: float = field(default_factory=time.process_time)

    def turn(self) -> None:
        now = time.process_time()
        self.spent[self._at[-1]] = self.spent.get(self._at[-1], 0.0) + now - self._since
        self._since = now

    @contextmanager
    def within(self, stage: str) -> Iterator[None]:
        self.turn()
        self._at.append(stage)
        try:
            yield
        finally:
            self.turn()
            self._at.pop()


def _timed(watch: Watch, stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
    def timed(*positional: Any, **named: Any) -> Any:
        with watch.within(stage):
            return work(*positional, **named)

    return timed


@contextmanager
def _watching(watch: Watch) -> Iterator[None]:
    patches = []
    for stage, places in _STAGES.items():
        for where, name in places:
            home = _home(where)
            patches.append(patch.object(home, name, _timed(watch, stage, getattr(home, name))))
    for it in patches:
        it.start()
    try:
        yield
    finally:
        for it in reversed(patches):
            it.stop()


def _home(where: str) -> Any:
    """A module, or a class of one."""
    head, _, last = where.rpartition(".")
    return getattr(import_module(head), last) if last[0].isupper() else import_module(where)


def stages_of(name: str, edits: int) -> dict[str, float]:
    """Seconds of CPU by stage, medians over so many edits."""
    from cramsheet.press.engine import Engine

    case, found = CASES[name], []
    with TemporaryDirectory() as folder, Engine() as engine:
        bench = Bench(case, Path(folder))
        prepare(bench)
        pages = int(case.pages) if case.pages.isdecimal() else None
        warm = Warm(bench.project, case.kind, pages, bench.folder / "output", engine)
        warm.output.mkdir()
        for number in range(edits + 2):  # the first is cold
            bench.edit(number)
            watch = Watch()
            with _watching(watch):
                warm_edit(warm, lambda _: None)
            watch.turn()
            found.append(watch.spent)
    return {it: median(spent.get(it, 0.0) for spent in found[2:]) for it in (*_STAGES, _REST)}


def table(found: Mapping[str, Mapping[str, float]]) -> str:
    """Milliseconds by stage and document."""
    rows = [["ms of CPU of one edit, warm", *found], ["---", *("---:" for _ in found)]]
    rows += [[it, *_ms(spent[it] for spent in found.values())] for it in (*_STAGES, _REST)]
    rows.append(["together", *_ms(sum(spent.values()) for spent in found.values())])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _ms(seconds: Iterable[float]) -> list[str]:
    return [f"{it * 1000:.1f}" for it in seconds]


def main(edits: str = str(_EDITS)) -> int:
    text = table({name: stages_of(name, int(edits)) for name in _DOCUMENTS})
    print(text)
    put_between(ROOT / "docs" / "speed.md", text, *_MARKS)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
