"""One build at a time in an output folder."""

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

LOCK = ".cramsheet.lock"
_WORD = 1.0  # seconds until one is told who is waited for
_LOOK = 0.02
# Some network drives have no locks: there, renaming is still whole, only the order is open.
_NO_LOCKS = (errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL)


@contextmanager
def locked(folder: Path) -> Iterator[bool]:
    """Whether it is sure that nobody else is here; raises OSError when that cannot be asked. The
    lock goes with the process, however it ends."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    handle = os.open(folder / LOCK, flags, 0o666)
    try:
        sure = _taken(handle, folder)
        if sure and sys.platform != "win32":  # where what is locked cannot be read
            _sign(handle)
        yield sure
    finally:
        with suppress(OSError):  # nothing was written that could be lost
            os.close(handle)


def _taken(handle: int, folder: Path) -> bool:
    """Waits for it, and after a second says for whom; False where there are no locks."""
    if sys.platform == "win32":
        return _taken_on_windows(handle)
    import fcntl

    until = time.monotonic() + _WORD
    try:
        while time.monotonic() < until:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(_LOOK)
            else:
                return True
        _tell(handle, folder)
        fcntl.flock(handle, fcntl.LOCK_EX)
    except OSError as error:
        if error.errno in _NO_LOCKS:
            return False
        raise
    return True


def _taken_on_windows(handle: int) -> bool:
    """Not tried: nobody has run this there yet."""
    if sys.platform == "win32":
        import msvcrt

        while True:
            try:
                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            except OSError:
                time.sleep(_LOOK)
            else:
                return True
    return False


def _tell(handle: int, folder: Path) -> None:
    who = os.pread(handle, 20, 0).decode("ascii", "replace").strip()
    name = f"process {who}" if who.isdigit() else "another process"
    with suppress(OSError, ValueError):
        print(f"cramsheet: waiting for {name}, which writes to {folder}", file=sys.stderr)


def _sign(handle: int) -> None:
    """For those who wait; a full disk is no reason not to go on."""
    with suppress(OSError):
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
