"""Packs of a size that nobody means, each in a process of its own with its time and memory told.

`python -m tests.safety.sizes` prints a table of all.
"""

import json
import re
import resource
import subprocess
import sys
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from struct import pack as packed
from typing import Any

from cramsheet.pipeline import build
from cramsheet.plan.plan import Order
from cramsheet.problems import Mistakes
from tests.making import FACT, ROOT, SHOP, numbered, pack_of
from tests.safety.reading import letters_of

SECONDS, MEGABYTES = 40, 1_000  # of CPU and of memory, that any of them may take
_PATIENCE = 60  # seconds by the clock


@dataclass(frozen=True)
class Size:
    """`says` is the one line that refuses it; without one all is printed. `holds` is read then."""

    kind: str
    says: str
    facts: Callable[[], str] = lambda: FACT
    questions: Callable[[], str] = lambda: ""
    picture: Callable[[], bytes] = lambda: b""
    holds: tuple[str, ...] = ()


def _table(rows: int, columns: int, cell: str = "cell {n}") -> str:
    heads = ", ".join(f"head {n}" for n in range(columns))
    cells = (", ".join(cell.format(n=f"{row}-{n}") for n in range(columns)) for row in range(rows))
    lines = "".join(f"    row {n}: [{it}]\n" for n, it in enumerate(cells))
    return f"- compare: Large\n  columns: [{heads}]\n  rows:\n{lines}"


def _list(items: int) -> str:
    return f"- list: Long\n  items: [{', '.join(f'it{n}' for n in range(items))}]"


def _topics(count: int) -> str:
    return "".join(f"- topic: Topic {n}\n  facts: [Fact {n}]\n" for n in range(count))


def _question(options: int, words: str, why: str = "so it is") -> str:
    listed = "".join(
        f"    - {'wrong' if n else 'right'}: option {n} {words}\n      why: {why}\n"
        for n in range(options)
    )
    return f"- question: Which of them?\n  options:\n{listed}"


def _bomb() -> bytes:
    """A small file of 10,000 x 10,000 dots."""
    rows = zlib.compressobj(9)
    data = b"".join(rows.compress(b"\0" * 1_251) for _ in range(10_000)) + rows.flush()

    def chunk(name: bytes, inner: bytes) -> bytes:
        return packed(">I", len(inner)) + name + inner + packed(">I", zlib.crc32(name + inner))

    head = packed(">IIBBBBB", 10_000, 10_000, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


_LONG = " ".join(f"w{n}" for n in range(60))
_WORD = "a word of 2,000 characters"
_TEXT = "characters; 20,000 is the most"
_BOMB = "- figure: Bomb\n  alt: a bomb\n  picture: b.png"
_ENDS = ("option 11", "w59")
SIZES = {
    "4,000 facts": Size("sheet", "4,000 facts and questions", lambda: numbered(4_000)),
    "13 options": Size("booklet", "13", questions=lambda: _question(13, "x")),
    "12 long options": Size("booklet", "", questions=lambda: _question(12, _LONG), holds=_ENDS),
    "a question taller than a page": Size(
        "booklet", "", questions=lambda: _question(12, _LONG * 5), holds=_ENDS
    ),
    "a table of 60 columns": Size("sheet", "the table has 60 columns", lambda: _table(2, 60)),
    "a table of 1,000 rows of 5": Size("sheet", "5,000 cells", lambda: _table(1_000, 5)),
    "a table of 400 rows of 5": Size(
        "notes", "", lambda: _table(400, 5), holds=("row 399", "cell 399-4")
    ),
    "a word of 100 kB": Size("sheet", _TEXT, lambda: "- " + "x" * 100_000),
    "a word of 2 kB": Size("sheet", _WORD, lambda: "- " + "xy" * 1_000),
    "a word of 400 letters": Size("sheet", "", lambda: "- " + "xy" * 200, holds=("xy" * 200,)),
    "50,000 marks on a letter": Size("sheet", "accents", lambda: "- e" + "\u0301" * 50_000),
    "20,000 emoji of two": Size("sheet", _TEXT, lambda: "- " + "👩\u200d🔬" * 20_000),
    "10,000 x 10,000 dots": Size("sheet", "pixels are too many", lambda: _BOMB, picture=_bomb),
    "a list of 300 items": Size("sheet", "", lambda: _list(300), holds=("it0", "it299")),
    "300 topics": Size("notes", "", lambda: _topics(300), holds=("Topic 299", "Fact 299")),
}


def tried(name: str) -> dict[str, Any]:
    """What came of it, in a process of its own: what was said, or read; CPU seconds, megabytes."""
    command = [sys.executable, "-m", "tests.safety.sizes", name]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=_PATIENCE)
    try:
        return dict(json.loads(done.stdout.splitlines()[-1]))
    except (IndexError, ValueError):
        return {"said": [f"ended with {done.returncode}: {done.stderr[-300:]}"], "crashed": True}


def _try(name: str) -> None:
    size = SIZES[name]
    said, lost, pages = [], [], 0
    try:
        picture = size.picture()
        pack = pack_of(
            size.facts(), size.questions(), pictures={"b.png": picture} if picture else {}
        )
        (printed,) = build([(pack, Order(size.kind))], SHOP, lambda _: None)
        read, pages = letters_of(printed.data), printed.pages
        lost = [it for it in size.holds if letters_of(it) not in read]
    except Mistakes as error:
        said = [str(it) for it in error.problems]
    used = resource.getrusage(resource.RUSAGE_SELF)
    told = {"said": said, "lost": lost, "pages": pages, "seconds": used.ru_utime + used.ru_stime}
    print(json.dumps({**told, "megabytes": _most()}))


def _most() -> float:
    """Memory, in MB, that this process had at most; getrusage tells that of who started it, too."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    assert found
    return int(found[1]) / 1024


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _try(sys.argv[1])
    else:
        for name in SIZES:
            it = tried(name)
            came = it["said"] or f"{it['pages']} pages"
            print(f"{name} | {it['seconds']:.1f} s | {it['megabytes']:.0f} MB | {came}", flush=True)
