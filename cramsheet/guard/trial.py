"""Whether walls hold, by trying to get through them: what `doctor` tells, and what tests ask."""

import os
from collections.abc import Callable, Mapping

from cramsheet.guard.walls import Standing
from cramsheet.guard.wire import Wire
from cramsheet.guard.worker import Work

REFUSED, CROSSED = "refused", "crossed"


def _read(outside: str) -> None:
    with open(os.path.join(outside, "secret"), "rb") as file:
        file.read()


def _write(outside: str) -> None:
    with open(os.path.join(outside, "new"), "wb") as file:
        file.write(b"x")


def _change(outside: str) -> None:
    os.rename(os.path.join(outside, "secret"), os.path.join(outside, "other"))


def _list(outside: str) -> None:
    os.listdir(outside)


def _tcp(outside: str) -> None:
    import socket

    with socket.socket() as it:
        try:
            it.connect(("127.0.0.1", 9))
        except ConnectionRefusedError:  # it went out, and nobody listened
            return


def _udp(outside: str) -> None:
    import socket

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as it:
        it.sendto(b"x", ("127.0.0.1", 9))


def _unix(outside: str) -> None:
    import socket

    with socket.socket(socket.AF_UNIX) as it:
        try:
            it.connect(os.path.join(outside, "socket"))
        except (FileNotFoundError, ConnectionRefusedError):
            return


def _name(outside: str) -> None:
    import socket

    socket.getaddrinfo("localhost", 80)


def _program(outside: str) -> None:
    import sys

    os.waitpid(os.posix_spawn(sys.executable, [sys.executable, "-c", ""], {}), 0)


def _shell(outside: str) -> None:
    code = os.system("exit 0")
    if code:
        raise PermissionError


def _fork(outside: str) -> None:
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)


def _library(outside: str) -> None:
    import ctypes

    ctypes.CDLL(os.path.join(outside, "library.so"))


WAYS: Mapping[str, Callable[[str], None]] = {
    "read": _read,
    "write": _write,
    "list": _list,
    "tcp": _tcp,
    "udp": _udp,
    "unix": _unix,
    "name": _name,
    "program": _program,
    "shell": _shell,
    "fork": _fork,
    "library": _library,
    "change": _change,  # last, for it moves what others read
}


def trial(outside: str) -> Work:
    """Tries every way to or through a folder that is on no list, and tells how each ended."""

    def work(wire: Wire, standing: Standing) -> None:
        told = {name: _tried(way, outside) for name, way in WAYS.items()}
        limits, tied = list(standing.limits), standing.tied
        wire.say({"ways": told, "limits": limits, "landlock": standing.landlock, "tied": tied})

    return work


def _tried(way: Callable[[str], None], outside: str) -> str:
    try:
        way(outside)
    except PermissionError:
        return REFUSED
    except OSError as error:  # the loader of libraries has no code for it
        denied = "Permission denied" in str(error)
        return REFUSED if denied else f"{type(error).__name__}: {error}"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return CROSSED
