"""What `doctor` looks at. What can be tried is tried."""

import os
import platform
import time
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cramsheet import __version__
from cramsheet.desk.allowing import limits_of
from cramsheet.desk.fences import output_of, places_of
from cramsheet.guard.limits import Limits
from cramsheet.guard.room import room
from cramsheet.guard.trial import CROSSED, REFUSED, trial
from cramsheet.guard.walls import NEWEST, Cell
from cramsheet.guard.wire import Garbled, Gone, Late
from cramsheet.guard.worker import can_fork, forked, spawned

OK, ABSENT, MISSING = "ok", "absent", "missing"
_PATIENCE = 30  # s
_LIMITS = {
    "memory": "{0.memory_told} for each process",
    "file": "files of the cache, 256 MiB at most",
    "open files": "{0.open_files} open files",
    "core": "no memory is written to disk after a crash",
    "processor": "{0.processor} s of computing",
}


@dataclass(frozen=True)
class Check:
    """A thing by its name, its state, what was found, and what to do."""

    section: str
    name: str
    state: str
    found: str
    remedy: str = ""
    needed: bool = True


def checkup(args: Namespace) -> list[Check]:
    return [*_program(), *_libraries(), *_fonts(), *_walls(args), *_output(args), *_cache()]


def _program() -> Iterator[Check]:
    yield Check("program", "cramsheet", OK, __version__)
    machine = f"{platform.python_version()} on {platform.system()} {platform.release()}"
    yield Check("program", "Python", OK, machine)


def _libraries() -> Iterator[Check]:
    from cramsheet.press.libraries import how_to_install, library_versions

    for name, version in library_versions().items():
        state, remedy = (OK, "") if version else (MISSING, how_to_install())
        yield Check("libraries", name, state, version, remedy)


def _fonts() -> Iterator[Check]:
    from cramsheet.page.fonts import FACES, font_bytes
    from cramsheet.page.installed import is_font, usual_folders
    from cramsheet.problems import Mistakes

    lost = []
    for face in FACES:
        try:
            for weight in face.weights or (400,):
                font_bytes(face.name, weight)
        except (Mistakes, OSError):
            lost.append(face.name)
    state, remedy = (MISSING, "install the program again") if lost else (OK, "")
    found = f"without {', '.join(lost)}" if lost else f"{len(FACES)} faces"
    yield Check("fonts", "our own", state, found, remedy)
    names = (Path(name) for top in usual_folders() for _, _, it in os.walk(top) for name in it)
    count = sum(map(is_font, names))
    found = f"{count} files, for scripts that ours lack" if count else "none"
    remedy = "" if count else "only for Japanese and the like: install one, or name it with --font"
    yield Check("fonts", "of this machine", OK, found, remedy)


def _walls(args: Namespace) -> Iterator[Check]:
    """Each tried alone, and all together."""
    limits = limits_of(args)
    kernel, python = _tried(args, limits, hook=False), _tried(args, limits, landlock=0)
    if kernel is None or python is None:
        remedy = "see that the folder for temporary files has room, and that processes may start"
        yield Check("walls", "worker", MISSING, "it does not start", remedy)
        return
    yield Check("walls", "worker", OK, "forked" if can_fork() else "a new Python")
    yield _landlock(kernel)
    yield _hook(python["ways"])
    yield _tie(python)
    for name, words in _LIMITS.items():
        yield _limit(name, words.format(_Told(limits)), name in python["limits"])


class _Told(Limits):
    """With the memory in words."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(**vars(limits))

    @property
    def memory_told(self) -> str:
        return f"{self.memory >> 20} MiB"


def _landlock(told: Any) -> Check:
    version, ways = told["landlock"], told["ways"]
    if not version:
        remedy = "Linux 5.13 or newer, with landlock among the words of its option lsm="
        return Check("walls", "Landlock", ABSENT, "the kernel has none", remedy, needed=False)
    wanted = ["read", "write", "list", "program", *(["tcp"] if version >= 4 else [])]
    if open_ := [it for it in wanted if ways[it] != REFUSED]:
        return Check("walls", "Landlock", MISSING, f"ABI {version}, but lets through: {open_}")
    more = " and TCP" if version >= 4 else "; TCP since Linux 6.7"
    return Check("walls", "Landlock", OK, f"ABI {version}: files, programs{more}")


def _hook(ways: Any) -> Check:
    open_ = [name for name, end in ways.items() if end == CROSSED]
    if open_:
        remedy = "report this, with the version of Python"
        return Check("walls", "audit hook", MISSING, f"lets through: {', '.join(open_)}", remedy)
    return Check("walls", "audit hook", OK, "files, sockets, programs, libraries")


def _tie(told: Any) -> Check:
    if told["tied"] or os.name == "posix":
        how = "by the kernel" if told["tied"] else "within a second"
        return Check("walls", "ends with us", OK, how)
    remedy = "end it by hand should the program be killed"
    return Check("walls", "ends with us", ABSENT, "", remedy, needed=False)


def _limit(name: str, words: str, stands: bool) -> Check:
    what = f"limit: {name}"
    if stands:
        return Check("walls", what, OK, words)
    remedy = f"none: {platform.system()} has no such limit"
    return Check("walls", what, ABSENT, "", remedy, needed=False)


def _tried(
    args: Namespace, limits: Limits, landlock: int = NEWEST, hook: bool = True
) -> "dict[str, Any] | None":
    with room() as folder, room() as outside:
        Path(outside, "secret").write_bytes(b"x")
        cell = Cell(limits, places_of(args, folder), folder, landlock=landlock, hook=hook)
        fork = can_fork()
        worker = (
            forked(trial(outside), cell) if fork else spawned(__name__, [outside], cell)
        )  # fmt: skip
        try:
            worker.wire.until = time.monotonic() + _PATIENCE
            return dict(worker.wire.hear().head)
        except (Gone, Late, Garbled):
            return None
        finally:
            worker.kill()
            worker.death()


def work_on(words: list[str]) -> Any:
    """For a new Python."""
    return trial(words[0])


def _output(args: Namespace) -> Iterator[Check]:
    folder = output_of(args)
    there = next((it for it in (folder, *folder.parents) if it.is_dir()), Path.cwd())
    section, remedy = "output", "move it away, or name another folder: --output"
    if folder.exists() and not folder.is_dir():
        yield Check(section, "folder", MISSING, f"{folder} is something else", remedy)
        return
    yield Check(section, "folder", OK, str(folder) + ("" if there == folder else " (not made yet)"))
    try:
        _write_and_rename(there)
    except OSError as error:
        remedy = "see that it can be written to and has room, or name another: --output"
        yield Check(section, "write and rename", MISSING, error.strerror or str(error), remedy)
        return
    yield Check(section, "write and rename", OK, "flushed to the disk, then renamed")
    yield _locks(there)
    yield _nameless(there)


def _write_and_rename(folder: Path) -> None:
    """As a build does it; raises OSError."""
    new, name = (folder / f".cramsheet-doctor-{os.getpid()}{it}" for it in ("-new", ""))
    try:
        with new.open("wb") as file:
            file.write(b"x")
            file.flush()
            os.fsync(file.fileno())
        new.replace(name)
        if os.name == "posix":
            handle = os.open(folder, os.O_RDONLY)
            os.fsync(handle)
            os.close(handle)
    finally:
        new.unlink(missing_ok=True)
        name.unlink(missing_ok=True)


def _locks(folder: Path) -> Check:
    remedy = "do not start two builds into one folder at a time"
    try:
        import fcntl

        handle = os.open(folder, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.close(handle)
    except (ImportError, OSError):
        return Check("output", "lock", ABSENT, "", remedy, needed=False)
    return Check("output", "lock", OK, "two builds follow each other")


def _nameless(folder: Path) -> Check:
    remedy = "none: after a power cut one hidden file may be left, which the next build removes"
    try:
        os.close(os.open(folder, os.O_TMPFILE | os.O_WRONLY, 0o600))
    except (AttributeError, OSError):
        return Check("output", "nameless files", ABSENT, "", remedy, needed=False)
    return Check("output", "nameless files", OK, "a file has no name before it is whole")


def _cache() -> Iterator[Check]:
    from cramsheet.cellar import place
    from cramsheet.cellar.inventory import inventory

    try:
        folder = place.folder()
    except RuntimeError:
        remedy = "set XDG_CACHE_HOME to a folder, or wait longer for builds"
        yield Check("cache", "folder", ABSENT, "there is no home folder", remedy, needed=False)
        return
    held = inventory(folder)
    if held is None:
        remedy = "`cramsheet cache --clear` removes it; nothing is lost but time"
        yield Check("cache", "folder", ABSENT, f"{folder} cannot be read", remedy, needed=False)
        return
    yield Check("cache", "folder", OK, f"{folder}, {held.size / 1e6:.1f} MB")
