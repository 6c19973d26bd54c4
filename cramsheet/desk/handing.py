"""Finished bytes are handed to the desk, which writes them: a worker may not.

Where nobody stands at a desk, as in a program that uses this one as a library, they are written
here.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from cramsheet.desk import commit as here
from cramsheet.desk import owned
from cramsheet.guard.wire import Wire
from cramsheet.problems import Exit, MachineFault, Mark, Mistakes, Problem

Files = Mapping[str, bytes | tuple[bytes, ...] | None]

_DESK: ContextVar[Wire | None] = ContextVar("desk", default=None)


def at_a_desk(wire: Wire) -> None:
    """From now on what this process makes is handed over."""
    _DESK.set(wire)


def prepare(folder: Path) -> None:
    """As `commit.prepare`."""
    if wire := _DESK.get():
        _ask(wire, {"do": "prepare", "folder": str(folder)})
    else:
        here.prepare(folder)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """As `commit.alone`."""
    wire = _DESK.get()
    if wire is None:
        with here.alone(folder):
            yield
        return
    _ask(wire, {"do": "alone", "folder": str(folder)})
    yield
    _ask(wire, {"do": "apart"})


def commit(folder: Path, files: Files) -> None:
    """As `commit.commit`."""
    if wire := _DESK.get():
        _hand_over(wire, "commit", folder, files)
    else:
        here.commit(folder, files)


def ready(folder: Path, names: Iterable[str], overwrite: bool) -> None:
    """As `owned.ready`; whether files of others are written over the desk knows itself."""
    if wire := _DESK.get():
        _ask(wire, {"do": "ready", "folder": str(folder), "names": list(names)})
    else:
        owned.ready(folder, names, overwrite)


def publish(folder: Path, files: Files, overwrite: bool) -> None:
    """As `owned.publish`."""
    if wire := _DESK.get():
        _hand_over(wire, "publish", folder, files)
    else:
        owned.publish(folder, files, overwrite)


def _hand_over(wire: Wire, what: str, folder: Path, files: Files) -> None:
    """What files share is handed over once."""
    parts: dict[int, bytes] = {}
    rows: list[tuple[str, list[int] | None]] = []
    numbers: dict[int, int] = {}
    for name, data in files.items():
        pieces = data if isinstance(data, tuple) else (data,)
        for it in (it for it in pieces if it is not None):
            numbers.setdefault(id(it), len(numbers))
            parts.setdefault(id(it), it)
        row = None if data is None else [numbers[id(it)] for it in pieces]
        rows.append((name, row))
    head = {"do": what, "folder": str(folder), "files": rows}
    _ask(wire, head, list(parts.values()))


def _ask(wire: Wire, head: Mapping[str, Any], parts: "list[bytes] | None" = None) -> None:
    """Raises what went wrong at the desk."""
    wire.say(head, parts or ())
    answer = wire.hear().head
    if problems := answer.get("problems"):
        raise mistakes(answer.get("exit"), problems)


def rows_of(error: Mistakes) -> dict[str, Any]:
    """Mistakes as they travel."""
    return {"exit": int(error.exit), "problems": [problem_row(it) for it in error.problems]}


def problem_row(it: Problem) -> list[Any]:
    mark = [it.mark.path, it.mark.line, it.mark.column] if it.mark else None
    return [it.message, mark, it.hint]


def problem_of(row: Any) -> Problem:
    """Raises ValueError or TypeError for what is none."""
    message, mark, hint = row
    place = Mark(str(mark[0]), int(mark[1]), int(mark[2])) if mark else None
    return Problem(str(message), place, str(hint))


def mistakes(code: Any, rows: Any) -> Mistakes:
    kind = MachineFault if code == Exit.MACHINE else Mistakes
    return kind(map(problem_of, rows))
