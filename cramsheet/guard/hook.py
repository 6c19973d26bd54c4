"""An ear on the interpreter: it refuses what no build does, by whatever library it is tried.

It stands where the kernel has no such walls, and refuses what those of Linux let through: UNIX and
UDP sockets. It hears Python, not C; so it is the second wall, not the first.
"""

import os
import sys
from collections.abc import Callable
from errno import EACCES
from functools import partial
from typing import Any

from cramsheet.guard.places import Places, inside

Check = Callable[[tuple[Any, ...]], None]

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_NEVER = (
    *(f"socket.{it}" for it in ("connect", "bind", "sendto", "sendmsg", "getaddrinfo")),
    *(f"socket.{it}" for it in ("gethostbyname", "gethostbyaddr", "getnameinfo", "sethostname")),
    *("socket.getservbyname", "socket.getservbyport", "subprocess.Popen", "os.system", "os.exec"),
    *("os.posix_spawn", "os.spawn", "os.forkpty", "os.startfile", "pty.spawn"),
    *("sqlite3.enable_load_extension", "sqlite3.load_extension"),
)
_CHANGES = (*("os.remove", "os.rmdir", "os.mkdir", "os.chmod", "os.chown", "os.utime"),)
_PAIRS = ("os.link", "os.rename")
_UNIX = 1  # a pair of these is how forks talk; alone they lead nowhere
# Where names are opened below a folder that is open: the interpreter does not say which.
_BELOW_A_FOLDER = ("shutil.py", "door.py")
_MAY_FORK = "crew.py"


def listen(places: Places) -> None:
    """For good."""
    checks = _checks(places)

    def ear(event: str, told: tuple[Any, ...], look: Any = checks.get) -> None:
        check = look(event)
        if check is not None:
            check(told)

    sys.addaudithook(ear)


def _checks(places: Places) -> dict[str, Check]:
    checks: dict[str, Check] = {event: partial(_refuse, event) for event in _NEVER}
    checks |= {event: partial(_change, places.written) for event in _CHANGES}
    checks |= {event: partial(_pair, places.written) for event in _PAIRS}
    checks |= {
        "open": partial(_open, places),
        "os.listdir": partial(_list, places),
        "os.scandir": partial(_list, places),
        "os.symlink": lambda told: _may_change(told[1], told[2], places.written),
        "os.truncate": lambda told: _may_change(told[0], None, places.written),
        "socket.__new__": _socket,
        "os.fork": _fork,
        "ctypes.dlopen": partial(_load, places.trusted),
        "sqlite3.connect": lambda told: _may_change(told[0], None, places.written),
    }
    return checks


def _refuse(what: str, told: object = ()) -> None:
    raise PermissionError(EACCES, "refused: no build does this", what)


def _open(places: Places, told: tuple[Any, ...]) -> None:
    path, _, flags = told
    if isinstance(path, int):  # it is open
        return
    name = os.fsdecode(path)
    if flags & _WRITING:
        if not (inside(_real(name), places.written) or name == os.devnull):
            _refuse(name)
    elif not _may_read(name, places):
        _refuse(name)


def _may_read(name: str, places: Places) -> bool:
    full = name if name.startswith(os.sep) and ".." not in name else os.path.abspath(name)
    if inside(full, places.trusted):
        return True  # links inside lead where whoever installed them wanted
    real = os.path.realpath(full)
    if any(inside(real, it) for it in (places.read, places.written, places.trusted)):
        return True
    return name == os.path.basename(name) and _caller() in _BELOW_A_FOLDER


def _list(places: Places, told: tuple[Any, ...]) -> None:
    path = "." if told[0] is None else told[0]
    if isinstance(path, int):
        return
    name = os.fsdecode(path)
    if not (_real(name) in places.listed or _may_read(name, places)):
        _refuse(name)


def _change(written: tuple[str, ...], told: tuple[Any, ...]) -> None:
    _may_change(told[0], told[-1], written)


def _pair(written: tuple[str, ...], told: tuple[Any, ...]) -> None:
    _may_change(told[0], told[2] if len(told) > 2 else -1, written)
    _may_change(told[1], told[-1], written)


def _may_change(path: Any, folder: Any, written: tuple[str, ...]) -> None:
    if isinstance(path, int):
        return
    name = os.fsdecode(path)
    if isinstance(folder, int) and folder >= 0 and not os.path.isabs(name):
        name = os.path.join(_place_of(folder), name)
    where = os.path.join(_real(os.path.dirname(os.path.abspath(name))), os.path.basename(name))
    if not inside(where, written):
        _refuse(name)


def _place_of(folder: int) -> str:
    try:
        return os.readlink(f"/proc/self/fd/{folder}")
    except OSError:  # not Linux
        return os.sep


def _socket(told: tuple[Any, ...]) -> None:
    if told[1] != _UNIX:
        _refuse("socket")


def _fork(told: tuple[Any, ...]) -> None:
    if _MAY_FORK not in _callers():
        _refuse("os.fork")


def _load(trusted: tuple[str, ...], told: tuple[Any, ...]) -> None:
    """Libraries by plain names, which the loader finds among the system's, or of these folders."""
    name = told[0]
    if name and os.sep in os.fsdecode(name) and not inside(_real(os.fsdecode(name)), trusted):
        _refuse(os.fsdecode(name))


def _caller() -> str:
    """The file of the code that asks, behind our own."""
    return next((it for it in _callers() if it != "hook.py"), "")


def _callers() -> list[str]:
    found, frame = [], sys._getframe(1)
    while frame is not None:
        found.append(os.path.basename(frame.f_code.co_filename))
        frame = frame.f_back  # type: ignore[assignment]
    return found


def _real(name: str) -> str:
    return os.path.realpath(os.path.abspath(name))
