"""A bug: a short file that helps us, with nothing of what the author wrote in it."""

import os
import re
import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from cramsheet import __version__
from cramsheet.desk.manifest import PROGRAM

WITH_CONTENT = "--report-with-content"
_NAME = "cramsheet-bug"
_MOST = 5  # reports in a folder
_DEEP = 40  # places of an error
_CHAIN = 6  # errors that led to each other
_PERSONAL = ("--for", "--name", "--letters")  # what follows is left out
_PLACE = re.compile(r'File "([^"\n]{1,300})", line (\d+)(?:, in|\s+in) ([\w<>.]+)')
_LIBRARIES: tuple[str, ...] = (
    "weasyprint",
    "pydyf",
    "jinja2",
    "pydantic",
    "markdown",
    "pillow",
    "pypdf",
)
_LIBRARIES += ("pypdfium2", "uharfbuzz", "ziamath")


def seen(error: BaseException, args: Namespace) -> dict[str, Any]:
    """What may be told of it: where it was, of what kind, and what it says only if wished."""
    chain = list(_chain(error))
    found = {
        "kinds": [type(it).__name__ for it in chain],
        "places": [place for it in chain for place in (*_places(it), *_noted(it))],
    }
    if getattr(args, "report_with_content", False):
        found["says"] = [str(it)[:2000] for it in chain]
    return found


def _chain(error: BaseException) -> Iterator[BaseException]:
    one: BaseException | None = error
    for _ in range(_CHAIN):
        if one is None:
            return
        yield one
        one = one.__cause__ or one.__context__


def _places(error: BaseException) -> list[list[Any]]:
    found, trace = [], error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        found.append([_short(code.co_filename), trace.tb_lineno, code.co_name])
        trace = trace.tb_next
    return found[-_DEEP:]


def _noted(error: BaseException) -> list[list[Any]]:
    """Where it was raised in a fork, which only notes tell."""
    return places_in("\n".join(getattr(error, "__notes__", ())))


def places_in(text: str) -> list[list[Any]]:
    """Of a traceback that is text, its places and nothing else."""
    found = [[_short(path), int(line), name] for path, line, name in _PLACE.findall(text)]
    return found[-_DEEP:]


def _short(path: str) -> str:
    """Without the folders above the program and its libraries, which hold a person's name."""
    name = path.replace("\\", "/")
    for mark in ("/site-packages/", "/dist-packages/"):
        if mark in name:
            return name.rpartition(mark)[2]
    above = Path(PROGRAM).parent.as_posix() + "/"
    if name.startswith(above):
        return name.removeprefix(above)
    return "/".join(name.split("/")[-2:])


def report(bug: Mapping[str, Any], words: Sequence[str], folder: Path) -> Path | None:
    """Writes it beside the output, or where temporary files go; None when nobody can."""
    import time
    from tempfile import gettempdir

    text = "\n".join(_lines(bug, words)) + "\n"
    stamp = time.strftime("%Y-%m-%d-%H%M%S")
    for place in (folder, Path(gettempdir())):
        path = place / f"{_NAME}-{stamp}-{os.getpid()}.txt"
        try:
            if not place.is_dir():
                continue
            _forget_old(place)
            with path.open("x", encoding="utf-8", errors="backslashreplace") as file:
                file.write(text)
        except OSError:
            continue
        return path
    return None


def _lines(bug: Mapping[str, Any], words: Sequence[str]) -> Iterator[str]:
    yield f"cramsheet {__version__}, Python {sys.version.split()[0]}, {sys.platform}"
    yield ", ".join(_versions())
    yield f"command: cramsheet {' '.join(_impersonal(words))}"
    yield f"what: {' <- '.join(map(str, bug.get('kinds', ())))}"
    yield "where (the last is where it was raised):"
    for path, line, name in bug.get("places", ()):
        yield f"  {path}:{line} in {name}"
    if "says" not in bug:
        yield f"What it says may quote the pack and is left out; {WITH_CONTENT} puts it in."
        return
    yield "what it says, which may quote the pack:"
    for it in bug["says"]:
        yield f"  {it}"


def _versions() -> Iterator[str]:
    from importlib.metadata import PackageNotFoundError, version

    for name in _LIBRARIES:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield f"no {name}"


def _impersonal(words: Sequence[str]) -> Iterator[str]:
    home, hide = os.environ.get("HOME", ""), False
    for word in words:
        name, sign, _ = word.partition("=")
        if hide or (sign and name in _PERSONAL):
            yield f"{name}=..." if sign and not hide else "..."
        else:
            yield word.replace(home, "~") if len(home) > 1 else word
        hide = word in _PERSONAL


def _forget_old(folder: Path) -> None:
    """So that there is room for one more."""
    found = sorted(folder.glob(f"{_NAME}-*.txt"))
    for path in found[: max(0, len(found) - _MOST + 1)]:
        path.unlink(missing_ok=True)
