"""Finished bytes -> files: all of a build or nothing, and never half a file.

Each file is written beside its target, flushed to the disk, read back, and renamed over it. After
any end, a kill or a power cut among them, every file is whole: the old one or the new one. Where
several belong together, the next command that comes here sees to it that all are old, or all new.
"""

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from cramsheet.desk.journal import Damaged, begin, end, found, put_back
from cramsheet.desk.lock import LOCK, locked
from cramsheet.desk.manifest import JOURNAL
from cramsheet.desk.staging import MARK, flush_folder, keep, put, stage
from cramsheet.problems import MachineFault, Problem

__all__ = [
    "LOCK",
    "Files",
    "Records",
    "alone",
    "commit",
    "fault",
    "in_place",
    "in_the_way",
    "prepare",
]

Files = Mapping[str, bytes | tuple[bytes, ...] | None]

_AS_WAS = "nothing was changed; see that the folder can be written to and has room"
_PLACED = "the new files are in place, but may not outlive a power cut: look at the disk"
_BETWEEN = (
    "some files may be new and others old: look at the disk, then build again, which mends it"
)
_UNFINISHED = f"remove {JOURNAL} from it and build again"


def prepare(folder: Path) -> None:
    """Fail before the work, not after it: the folder is there and can be written to. What a killed
    build left half done is put back, so that what is read here is whole."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".{os.getpid()}{MARK}"
        probe.write_bytes(b"")
        probe.unlink(missing_ok=True)  # a build that holds the lock may have swept it away
        lock = folder / LOCK
        if lock.is_symlink() or (lock.exists() and not lock.is_file()):
            raise OSError(0, "something else than a file has the name of the lock", str(lock))
    except OSError as error:
        raise fault(folder, error) from error
    if found(folder):
        with alone(folder):
            return


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
    """Two builds into one folder follow each other; what a dead one left is tidied up."""
    try:
        with locked(folder) as sure:
            if sure:  # whoever left it does not live any more
                _tidy(folder)
            yield
    except OSError as error:
        raise fault(folder, error) from error


def _tidy(folder: Path) -> None:
    try:
        put_back(folder)
    except Damaged as error:
        what = f"cannot read {folder / JOURNAL}, which says what a build was replacing"
        raise MachineFault([Problem(what, hint=_UNFINISHED)]) from error
    except OSError as error:
        raise fault(folder, error, _BETWEEN) from error
    for depth in ("", "*/", "*/*/"):
        _remove(folder.glob(f"{depth}.*{MARK}"))


def commit(folder: Path, files: Files) -> None:
    """Put the files (paths below the folder) in place together; raises MachineFault. Files that
    begin alike may be told in parts, which they share. None means that no file is to be there.

    All are staged before the first is renamed, so a full disk changes nothing. Signals wait while
    files are renamed.
    """
    news: dict[Path, Path | None] = {}
    try:
        for name, data in files.items():
            target = _target(folder, name, data)
            if data is not None:
                news[target] = stage(target, _whole(target, data))
            elif target.is_file():
                news[target] = None
        with _unhurried():
            _exchange(folder, news)
    except OSError as error:
        raise fault(folder, error) from error
    finally:
        _remove(new for new in news.values() if new)


def in_place(folder: Path, files: Files) -> bool:
    """Whether the files are there as they were to be: what is said of a build that was stopped."""
    try:
        return not found(folder) and all(
            (folder / name).read_bytes() == _joined(data)
            for name, data in files.items()
            if data is not None
        )
    except OSError:
        return False


def _exchange(folder: Path, news: Mapping[Path, Path | None]) -> None:
    """One file takes one step; several are noted first."""
    if len(news) < 2:
        _swap(news)
        _said(folder, _PLACED, lambda: _flush(news))
        return
    olds: dict[Path, Path | None] = {}
    try:
        for target in news:
            olds[target] = keep(target)
        begin(folder, olds)
        _swap(news)
        end(folder, news)
    except BaseException:
        _said(folder, _BETWEEN, lambda: put_back(folder))
        raise
    finally:
        if not found(folder):
            _remove(old for old in olds.values() if old)
    _said(folder, _PLACED, lambda: flush_folder(folder))


def _swap(news: Mapping[Path, Path | None]) -> None:
    for target, new in news.items():
        if new:
            put(new, target)
        else:
            target.unlink(missing_ok=True)


@contextmanager
def _unhurried() -> Iterator[None]:
    """Signals that ask us to end wait. What runs in another thread is not asked."""
    if os.name != "posix" or threading.current_thread() is not threading.main_thread():
        yield
        return
    asked = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, asked)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def in_the_way(folder: Path, name: str) -> Path | None:
    """What is no file, or a link, at the name or at a folder of it."""
    target = folder / name
    for path in (target, *target.parents[: len(Path(name).parts) - 1]):
        if path.is_symlink() or (path == target and path.exists() and not path.is_file()):
            return path
    return None


def _target(folder: Path, name: str, data: bytes | tuple[bytes, ...] | None) -> Path:
    """Where it goes; its folder is made. A link is never followed, to wherever it leads."""
    target = folder / name
    if path := in_the_way(folder, name):
        raise OSError(0, "something else than a file has the name of an output", str(path))
    if data is not None:
        target.parent.mkdir(parents=True, exist_ok=True)
    return target


def _whole(target: Path, data: bytes | tuple[bytes, ...]) -> bytes:
    whole = _joined(data)
    if target.suffix == ".pdf" and not (
        whole.startswith(b"%PDF-") and whole.rstrip().endswith(b"%%EOF")
    ):
        raise OSError(0, "what was made is no whole PDF", str(target))
    return whole


def _joined(data: bytes | tuple[bytes, ...]) -> bytes:
    return b"".join(data) if isinstance(data, tuple) else data


def _flush(targets: Iterable[Path]) -> None:
    for parent in dict.fromkeys(target.parent for target in targets):
        flush_folder(parent)


def _remove(paths: Iterable[Path]) -> None:
    """What is left is swept away by the next build."""
    for path in paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _said(folder: Path, hint: str, work: Callable[[], None]) -> None:
    try:
        work()
    except (OSError, Damaged) as error:
        raise fault(folder, error, hint) from error


def fault(folder: Path, error: OSError | Damaged, hint: str = _AS_WAS) -> MachineFault:
    where = getattr(error, "filename", None) or folder
    what = f"cannot write {where}: {getattr(error, 'strerror', None) or error}"
    return MachineFault([Problem(what, hint=hint)])
