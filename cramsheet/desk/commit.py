"""Finished bytes -> files: all of a build or nothing, and never half a file.

Each file is written beside its target, flushed to the disk, read back, and renamed over it.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cramsheet.problems import MachineFault, Problem

LOCK = ".cramsheet.lock"
_MARK = ".cramsheet-new"


def prepare(folder: Path) -> None:
    """Fail before the work, not after it: the folder is there and can be written to."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".{os.getpid()}{_MARK}"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise _fault(folder, error) from error


@dataclass(frozen=True)
class Records:
    """The records of the last build below an output folder, read when they are asked for."""

    folder: Path

    def __call__(self, path: str) -> str:
        """Empty when there is none that can be read."""
        try:
            return (self.folder / path).read_text(encoding="utf-8")
        except (OSError, ValueError):
            return ""


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Two builds into one folder follow each other."""
    try:
        import fcntl
    except ImportError:  # Windows: renaming is still whole, only the order is open
        yield
        return
    try:
        handle = (folder / LOCK).open("wb")
    except OSError as error:
        raise _fault(folder, error) from error
    with handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        for litter in folder.rglob(f".*{_MARK}"):
            litter.unlink(missing_ok=True)
        yield


def commit(folder: Path, files: Mapping[str, bytes | tuple[bytes, ...] | None]) -> None:
    """Put the files (paths below the folder) in place together; raises MachineFault. Files that
    begin alike may be told in parts, which they share.

    All are staged before the first is renamed, so a full disk changes nothing; when a later rename
    fails, what was renamed before it is put back. None means that no file is to be there.
    """
    staged: list[tuple[Path, Path]] = []
    kept: list[tuple[Path | None, Path]] = []
    try:
        for name, data in files.items():
            if data is not None:
                whole = b"".join(data) if isinstance(data, tuple) else data
                staged.append(_stage(folder / name, whole))
        for new, target in staged:
            kept.append((_keep(target), target))
            new.replace(target)
        for target in (folder / name for name, data in files.items() if data is None):
            if target.is_file() and not target.is_symlink():
                kept.append((_keep(target), target))
                target.unlink()
        for parent in {target.parent for _, target in staged}:
            _flush_folder(parent)
    except BaseException as error:
        _put_back(kept)
        if isinstance(error, OSError):
            raise _fault(folder, error) from error
        raise
    finally:
        for path in (*(new for new, _ in staged), *(old for old, _ in kept if old)):
            path.unlink(missing_ok=True)


def _keep(target: Path) -> Path | None:
    """The file under a second name; None when there is no file yet."""
    if not target.exists():
        return None
    old = target.with_name(f".{target.name}.{os.getpid()}-old{_MARK}")
    try:
        old.hardlink_to(target)
    except OSError:  # not every file system has links
        old.write_bytes(target.read_bytes())
    return old


def _put_back(kept: Sequence[tuple[Path | None, Path]]) -> None:
    for old, target in kept:
        if old:
            old.replace(target)
        else:
            target.unlink(missing_ok=True)


def _stage(target: Path, data: bytes) -> tuple[Path, Path]:
    if target.is_symlink() or (target.exists() and not target.is_file()):
        raise OSError(0, "something else than a file has the name of an output", str(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    new = target.with_name(f".{target.name}.{os.getpid()}{_MARK}")
    try:
        with new.open("wb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        if new.read_bytes() != data:
            raise OSError(0, "the disk did not keep what was written", str(target))
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    return new, target


def _flush_folder(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _fault(folder: Path, error: OSError) -> MachineFault:
    what = f"cannot write {error.filename or folder}: {error.strerror or error}"
    hint = "nothing was changed; see that the folder can be written to and has room"
    return MachineFault([Problem(what, hint=hint)])
