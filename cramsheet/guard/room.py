"""A folder for what a worker writes for itself; whoever made it removes it.

It is locked as long as anybody of a build lives: those of builds that were killed are removed by
the next one.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_NAME = "cramsheet-room-"
_YOUNG = 60.0  # s in which one may have been made, and not locked yet


@contextmanager
def room() -> Iterator[str]:
    """Its path; it and what is left inside goes at the end. Raises OSError."""
    above = _temporary()
    _sweep(above)
    folder = os.path.join(above, f"{_NAME}{os.getpid()}-{os.urandom(6).hex()}")
    os.mkdir(folder, 0o700)
    lock = _lock(folder)
    try:
        yield os.path.realpath(folder)
    finally:
        _remove(folder)
        if lock is not None:
            os.close(lock)


def _temporary() -> str:
    """As Python's `tempfile` chooses, which takes longer to import than this folder to make."""
    told = (os.environ.get(name, "") for name in ("TMPDIR", "TEMP", "TMP"))
    usual = ("/tmp", "/var/tmp", "/usr/tmp") if os.name == "posix" else ()
    for folder in (*told, *usual):
        if folder and os.path.isdir(folder) and os.access(folder, os.W_OK | os.X_OK):
            return str(os.path.abspath(folder))
    return os.getcwd()


def _sweep(above: str) -> None:
    """What is nobody's any more. Not a link, for that could lead anywhere."""
    with suppress(OSError), os.scandir(above) as found:
        for it in found:
            if it.name.startswith(_NAME) and it.is_dir(follow_symlinks=False) and _is_left(it):
                _remove(it.path)


def _is_left(it: "os.DirEntry[str]") -> bool:
    state = it.stat(follow_symlinks=False)
    ours = not hasattr(os, "getuid") or state.st_uid == os.getuid()
    if not ours or time.time() - state.st_mtime < _YOUNG:
        return False
    lock = _lock(it.path)
    if lock is None:
        return False
    os.close(lock)
    return True


def _lock(folder: str) -> int | None:
    """None when another has it, or where folders cannot be locked."""
    try:
        import fcntl
    except ImportError:
        return None
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle


def _remove(folder: str) -> None:
    try:
        os.rmdir(folder)
    except OSError:
        from shutil import rmtree

        rmtree(folder, ignore_errors=True)
