"""New bytes beside their target: whole, flushed to the disk and read back, under a hidden name."""

import os
import sys
import time
from contextlib import suppress
from pathlib import Path

MARK = ".cramsheet-new"
_PIECE = 1 << 20
_PATIENCE = 5.0  # seconds for a viewer on Windows to let go of a file


def hidden(target: Path, what: str = "") -> Path:
    """A name beside the target that nobody looks at; who holds the lock sweeps them away."""
    return target.with_name(f".{target.name}.{os.getpid()}{what}{MARK}")


def stage(target: Path, data: bytes) -> Path:
    """The hidden file with these bytes. Until it is whole it has no name, where the file system
    allows that, so that nothing is left of it when we are killed."""
    new = hidden(target)
    try:
        if not _nameless(new, data):
            new.unlink(missing_ok=True)
            flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
            handle = os.open(new, flags, 0o666)
            try:
                _fill(handle, data, target)
            finally:
                os.close(handle)
    except BaseException:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise
    return new


def _nameless(new: Path, data: bytes) -> bool:
    """Whether it could be done this way; if not, nothing has happened."""
    if sys.platform != "linux":
        return False
    try:
        handle = os.open(new.parent, os.O_TMPFILE | os.O_RDWR, 0o666)
    except OSError:
        return False
    try:
        _fill(handle, data, new)
        return _named(handle, new)
    finally:
        os.close(handle)


def _named(handle: int, new: Path) -> bool:
    """Needs /proc. Only with a folder given does Python follow the link."""
    folder = None
    try:
        folder = os.open(new.parent, os.O_RDONLY)
        os.link(f"/proc/self/fd/{handle}", new.name, dst_dir_fd=folder, follow_symlinks=True)
    except OSError:
        return False
    finally:
        if folder is not None:
            os.close(folder)
    return True


def _fill(handle: int, data: bytes, target: Path) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(handle, left[:_PIECE]) :]
    flush(handle)
    os.lseek(handle, 0, os.SEEK_SET)
    if _held(handle, len(data)) != data:
        raise OSError(0, "the disk did not keep what was written", str(target))


def _held(handle: int, size: int) -> bytes:
    """A byte more than it should be, if there is one."""
    pieces, wanted = [], size + 1
    while wanted > 0 and (piece := os.read(handle, min(wanted, _PIECE))):
        pieces.append(piece)
        wanted -= len(piece)
    return b"".join(pieces)


def flush(handle: int) -> None:
    os.fsync(handle)
    if sys.platform == "darwin":  # where fsync only hands it to the disk
        import fcntl

        with suppress(OSError):  # network drives have no such thing
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)


def flush_folder(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            flush(handle)
        finally:
            os.close(handle)


def put(new: Path, target: Path) -> None:
    """In place of the target, in one step. Windows refuses it while a viewer has the target
    open."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            new.replace(target)
            return
        except PermissionError:
            if os.name != "nt" or time.monotonic() > until:
                raise
            time.sleep(0.1)


def put_there(target: Path, data: bytes) -> None:
    """Staged, and put in place at once."""
    new = stage(target, data)
    try:
        put(new, target)
    except BaseException:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise


def keep(target: Path) -> Path | None:
    """The file under a hidden name, too; None when there is no file."""
    if not os.path.lexists(target):
        return None
    old = hidden(target, "-old")
    old.unlink(missing_ok=True)
    try:
        old.hardlink_to(target)
    except OSError:  # not every file system has links
        put_there(old, target.read_bytes())
    return old
