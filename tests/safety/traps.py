"""Packs that mean ill, as data: what lies in their folder, and what has to become of them."""

import os
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import indent
from typing import Any

import yaml
from PIL import Image

HERE = Path(__file__).parent
_EXAM = """\
code: DEMO-1
title: The demo exam
blueprint: {domains: [{id: demo, title: Demo domain, weight: 100}]}
"""
_FACTS = "- A good fact\n"
_QUESTIONS = "- {claim: A good claim, is: true, why: it is so}\n"


@dataclass(frozen=True)
class Case:
    """A pack in a folder `content/<pack>/`, what is typed, and what has to come of it.

    Either it is `refused`, with a message that holds these words, or it is printed with the words
    of `printed` on paper; with neither, both will do. `never` may not be found anywhere. `first`
    are commands that are run before; `seconds` is how long it may take on a machine at rest.
    `harmless` says why even a naive builder comes to no harm.
    """

    name: str
    sort: str
    files: Mapping[str, Any] = field(default_factory=dict)
    pack: str = "demo"
    typed: tuple[str, ...] = ("--only", "sheet,booklet,key", "--quiet", "--jobs", "1")
    first: tuple[tuple[str, ...], ...] = ()
    refused: str = ""
    printed: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    exits: tuple[int, ...] = (0, 2)
    seconds: float = 30.0
    harmless: str = ""


def cases(path: Path) -> list[Case]:
    """Of a table; facts, questions and lines of exam.yaml may be given without their files."""
    return [_case(row) for row in yaml.safe_load(path.read_text("utf-8"))]


def _case(row: dict[str, Any]) -> Case:
    short = {key: row.pop(key, None) for key in ("facts", "questions", "exam")}
    lists: dict[str, Any] = {
        key: tuple(row.pop(key)) for key in ("typed", "printed", "never") if key in row
    }
    first = tuple(tuple(words) for words in row.pop("first", ()))
    files = whole(short["facts"], short["questions"], short["exam"]) | row.pop("files", {})
    return Case(files=files, first=first, **lists, **row)


def whole(facts: Any = None, questions: Any = None, exam: Any = None) -> dict[str, Any]:
    """The three files of a small pack around what matters."""
    return {
        "exam.yaml": _EXAM + (exam or ""),
        "1.yaml": _around(
            "domain: demo\ntopics:\n  - topic: Topic\n    facts:\n", facts or _FACTS, 6
        ),
        "questions/1.yaml": _around("domain: demo\nquestions:\n", questions or _QUESTIONS, 2),
    }


def _around(head: str, rows: Any, deep: int) -> str:
    text = (
        rows
        if isinstance(rows, str)
        else yaml.safe_dump(rows, allow_unicode=True, width=10_000, sort_keys=False)
    )
    return head + indent(text, " " * deep)


def lay(case: Case, content: Path, names: Mapping[str, str]) -> Path:
    """Puts the pack in place, with {NAME}s filled in; its folder."""
    folder = content / filled(case.pack, names)
    folder.mkdir(parents=True)
    for name, what in case.files.items():
        if what == {"none": 0}:
            continue
        path = folder / filled(name, names)
        path.parent.mkdir(parents=True, exist_ok=True)
        _put(path, what, names)
    return folder


def filled(text: str, names: Mapping[str, str]) -> str:
    for name, value in names.items():
        text = text.replace(f"@{name}@", value)
    return text


def _put(path: Path, what: Any, names: Mapping[str, str]) -> None:
    if isinstance(what, str):
        path.write_bytes(filled(what, names).encode("utf-8", "surrogatepass"))
        return
    ((how, value),) = what.items()
    match how:
        case "link":
            path.symlink_to(filled(value, names))
        case "hard":
            path.hardlink_to(filled(value, names))
        case "fifo":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
        case "hole":
            with path.open("wb") as file:
                file.truncate(value)
        case "bytes":
            path.write_bytes(filled(value, names).encode("latin-1"))
        case "copy":
            path.write_bytes((HERE / value).read_bytes())
        case "parts":
            path.write_text("".join(_parts(value, names)), "utf-8")
        case "jpeg":
            Image.new("RGB", (90, 90)).save(path, "JPEG", comment=value[0])
            path.write_bytes(path.read_bytes() + value[1].encode())
        case "png":
            path.write_bytes(png(*value))
        case _:
            raise ValueError(how)


def _parts(parts: Any, names: Mapping[str, str]) -> Iterator[str]:
    """A text in parts, some of which are repeated: [text, times]; @N@ counts within them."""
    for part in parts:
        text, times = part if isinstance(part, list) else (part, 1)
        yield from (filled(text, {**names, "N": str(n)}) for n in range(times))


def png(width: int, height: int, more: str = "", behind: str = "") -> bytes:
    """A white picture, small as a file whatever its size; `more` is a text inside, `behind` follows
    its end."""
    row = b"\0" + b"\xff" * min((width + 7) // 8, 2500)
    packer = zlib.compressobj(9)
    rows = height if height < 20_000 else 1
    packed = b"".join(packer.compress(row) for _ in range(rows)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    text = [(b"tEXt", b"Comment\0" + more.encode("latin-1"))] if more else []
    chunks = [(b"IHDR", head), *text, (b"IDAT", packed), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*it) for it in chunks) + behind.encode()


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
