"""All walls around this process, in the order in which they can be put up."""

import os
import signal
import sys
from dataclasses import dataclass

from cramsheet.guard import hook, landlock, tether
from cramsheet.guard.limits import Limits, set_limits
from cramsheet.guard.places import Places

NEWEST = 99
SAID = "said"  # in the room of a worker: what libraries write where a person would read it
FAULT = "fault"  # where the interpreter was when a library crashed


@dataclass(frozen=True)
class Cell:
    """What a worker may, and its folder; one that `stays` serves again and again."""

    limits: Limits
    places: Places
    folder: str
    stays: bool = False
    landlock: int = NEWEST  # the newest version that is asked of the kernel, 0 for none
    hook: bool = True


@dataclass(frozen=True)
class Standing:
    """What holds this process: the names of limits, the ABI of Landlock, whether it is tied to
    whoever started it."""

    limits: tuple[str, ...]
    landlock: int
    tied: bool


def wall_in(cell: Cell, parent: int) -> Standing:
    """For good. `parent` is the process that started this one."""
    _calm()
    _own_folder(cell.folder)
    _mute(os.path.join(cell.folder, SAID))
    _remember_faults(os.path.join(cell.folder, FAULT))
    tied = tether.tie(parent)
    limits = set_limits(cell.limits, cell.stays)
    version = landlock.enclose(cell.places, cell.landlock)
    if cell.hook:
        hook.listen(cell.places)
    return Standing(limits, version, tied)


def _calm() -> None:
    """Whoever started us hears signals, and tells us by ending us."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _own_folder(folder: str) -> None:
    for name in ("TMPDIR", "TEMP", "TMP"):
        os.environ[name] = folder
    if module := sys.modules.get("tempfile"):
        vars(module)["tempdir"] = None  # it was asked for before


def _mute(path: str) -> None:
    """Nothing to read, and what C libraries say goes into a file."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    said = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(nothing, 0)
    os.dup2(said, 1)
    os.dup2(said, 2)
    os.close(nothing)
    os.close(said)


def _remember_faults(path: str) -> None:
    import faulthandler

    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    faulthandler.enable(file, all_threads=False)
