"""Whose files lie in an output folder: what we did not write there is not written over unasked."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from cramsheet.desk.commit import Files, alone, commit, fault, in_place, in_the_way, prepare
from cramsheet.desk.manifest import FOLDER
from cramsheet.problems import MachineFault, Problem

LIST = f"{FOLDER}/.files"  # the paths of what we wrote, one a line
PLACED = "the new output is in place"
_HINT = "move it away, or type --overwrite to replace it"


def ready(folder: Path, names: Iterable[str], overwrite: bool) -> None:
    """Before the work: raises MachineFault for what would stop `publish` after it."""
    prepare(folder)
    asked = tuple(names)
    try:
        _refuse(folder, asked, overwrite)
    except MachineFault:  # perhaps of what another build is putting there: looked at again, alone
        with alone(folder):
            _refuse(folder, asked, overwrite)


def publish(folder: Path, files: Files, overwrite: bool) -> None:
    """The files in place together, alone in the folder; raises MachineFault."""
    with alone(folder):
        _refuse(folder, files, overwrite)
        try:
            more = _listed(folder, files)
        except OSError as error:
            raise fault(folder, error) from error
        commit(folder, {**files, **more})


@contextmanager
def truthful(folder: Path, files: Files) -> Iterator[None]:
    """Who stops us is told what became of the files: it waits while they are renamed."""
    try:
        yield
    except KeyboardInterrupt as stop:
        raise KeyboardInterrupt(*[PLACED] * in_place(folder, files)) from stop


def _refuse(folder: Path, names: Iterable[str], overwrite: bool) -> None:
    try:
        problems = list(dict.fromkeys(_strangers(folder, names, overwrite)))
    except OSError as error:
        raise fault(folder, error) from error
    if problems:
        raise MachineFault(problems)


def _strangers(folder: Path, names: Iterable[str], overwrite: bool) -> Iterator[Problem]:
    known = _known(folder)
    for name in names:
        path = folder / name
        if there := in_the_way(folder, name):
            what = f"cannot write {there}: something else than a file has the name of an output"
            yield Problem(what, hint="move it away; nothing was changed")
        elif path.exists() and not overwrite and not (known is None or _ours(name, known)):
            what = f"cannot write {path}: there is a file that cramsheet did not make"
            yield Problem(what, hint=_HINT)


def _ours(name: str, known: frozenset[str]) -> bool:
    return name in known or any(part.startswith(".") for part in name.split("/"))


def _known(folder: Path) -> frozenset[str] | None:
    """None in a folder of an older program, which kept no list."""
    try:
        return frozenset((folder / LIST).read_text("utf-8", "surrogateescape").splitlines())
    except FileNotFoundError:
        return None if (folder / FOLDER).is_dir() else frozenset()


def _listed(folder: Path, files: Files) -> Mapping[str, bytes]:
    """The list, where it grows."""
    known = _known(folder) or frozenset()
    made = {name for name, data in files.items() if data is not None and not _ours(name, known)}
    if not made and os.path.lexists(folder / LIST):
        return {}
    lines = "".join(f"{name}\n" for name in sorted(known | made))
    return {LIST: lines.encode("utf-8", "surrogateescape")}
