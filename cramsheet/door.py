"""The one door through which files of a project are read.

What a pack holds may come from anybody. So its files are opened step by step from a folder that the
user named, and nothing is followed on the way: a link, a pipe, a device, a name with ".." leads
nowhere. A file that has a second name elsewhere (a hard link) may be somebody else's, and is
refused, too.
"""

import errno
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

from cramsheet.caps import ROWS, USUAL, allow
from cramsheet.problems import Mark, Mistakes, mistake

_STEPS = os.open in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW")  # Windows has neither
_FLAGS = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_FOLDER = _FLAGS | getattr(os, "O_DIRECTORY", 0)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_REPARSE = getattr(stat, "FILE_ATTRIBUTE_REPARSE_POINT", 0x400)  # what Windows has for links
_WINDOWS = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?|.*[. ]", re.IGNORECASE)
_BAD = re.compile(r'[\x00-\x1f\x7f\\/:*?"<>|\ud800-\udfff]')
_CHUNK = 1 << 20
_KINDS = (
    (stat.S_ISDIR, "a folder stands where a file should", "name a file"),
    (stat.S_ISFIFO, "a pipe is no file", "remove it"),
    (stat.S_ISSOCK, "a socket is no file", "remove it"),
)
_LINK = ("a link, and only what is in the folder itself is read", "put a copy in its place")
_TWICE = (
    "a hard link: the file has another name somewhere else",
    "copy it, and put the copy in its place",
)


class Found(NamedTuple):
    """A name in a folder; what links lead to is not asked."""

    name: str
    is_folder: bool


def listed(root: Path, folder: str, mark: Mark, most: int) -> list[Found]:
    """What is in a folder, sorted; names that begin with a dot are the system's. Stops at `most`.
    Raises Mistakes."""
    with _entered(root, _steps(folder, mark), mark) as place, os.scandir(place) as entries:
        found: list[Found] = []
        for entry in entries:
            if not entry.name.startswith("."):
                found.append(Found(entry.name, entry.is_dir(follow_symlinks=False)))
            if len(found) > most:
                break
        return sorted(found)


def read(root: Path, path: str, mark: Mark, most: int, cap: str = "file") -> bytes:
    """A file below the root; raises Mistakes."""
    *folders, name = _steps(path or "/", mark)
    with _entered(root, folders, mark) as place:
        _look(place, name, mark)
        handle = _open(place, name, _FLAGS | _NO_LINK | _NO_WAIT, mark)
    try:
        state = os.fstat(handle)
        _regular(state, mark)
        return _all(handle, state.st_size, mark, most, cap)
    finally:
        os.close(handle)


def named(path: Path, mark: Mark, most: int, cap: str = "file") -> bytes:
    """A file that the user named: links are followed, but it has to be a file. Raises Mistakes."""
    handle = _open(None, str(path), _FLAGS | _NO_WAIT, mark)
    try:
        state = os.fstat(handle)
        if not stat.S_ISREG(state.st_mode):
            raise _no_file(state, mark)
        return _all(handle, state.st_size, mark, most, cap)
    finally:
        os.close(handle)


def named_text(path: Path) -> str:
    """Of a file that this program wrote; raises Mistakes, and UnicodeDecodeError."""
    return named(path, Mark(str(path)), USUAL.folder, "folder").decode("utf-8")


def unfit(name: str) -> bool:
    """Whether a file cannot have that name everywhere: packs are passed around."""
    return not name or len(name) > 200 or bool(_BAD.search(name) or _WINDOWS.fullmatch(name))


def same(name: str) -> str:
    """What two names have in common that macOS or Windows take for one."""
    return normalize("NFC", normalize("NFC", name).casefold())


def _steps(path: str, mark: Mark) -> list[str]:
    steps = path.split("/") if path else []
    if any(unfit(step) for step in steps):
        raise mistake("a name that cannot travel", mark, "take letters, digits, hyphens and dots")
    return steps


Place = int | Path  # a folder that is open; or its path, where folders cannot be opened


@contextmanager
def _entered(root: Path, steps: list[str], mark: Mark) -> Iterator[Place]:
    """The folder that the steps lead to from the root; the root itself may be a link."""
    if not _STEPS:
        for n, step in enumerate(steps):
            _look(root.joinpath(*steps[:n]), step, mark, folder=True)
        yield root.joinpath(*steps)
        return
    place = _open(None, str(root), _FOLDER, mark)
    try:
        for step in steps:
            _look(place, step, mark, folder=True)
            below = _open(place, step, _FOLDER | _NO_LINK, mark)
            os.close(place)
            place = below
        yield place
    finally:
        os.close(place)


def _look(place: Place, name: str, mark: Mark, folder: bool = False) -> None:
    """Before it is opened: opening some things does something."""
    try:
        if isinstance(place, int):
            state = os.stat(name, dir_fd=place, follow_symlinks=False)
        else:
            state = (place / name).lstat()
    except OSError as error:
        raise _unread(error, mark) from error
    if stat.S_ISLNK(state.st_mode) or getattr(state, "st_file_attributes", 0) & _REPARSE:
        raise mistake(_LINK[0], mark, _LINK[1])
    if not folder:
        _regular(state, mark)
    elif not stat.S_ISDIR(state.st_mode):
        raise mistake("no folder", mark, "make it one, or remove it")


def _regular(state: os.stat_result, mark: Mark) -> None:
    if not stat.S_ISREG(state.st_mode):
        raise _no_file(state, mark)
    if state.st_nlink > 1:
        raise mistake(_TWICE[0], mark, _TWICE[1])


def _no_file(state: os.stat_result, mark: Mark) -> Mistakes:
    for is_one, message, hint in _KINDS:
        if is_one(state.st_mode):
            return mistake(message, mark, hint)
    return mistake("a device is no file", mark, "remove it")


def _open(place: Place | None, name: str, flags: int, mark: Mark) -> int:
    try:
        if isinstance(place, int):
            return os.open(name, flags, dir_fd=place)
        return os.open(place / name if place else name, flags)
    except (OSError, ValueError) as error:
        raise _unread(error, mark) from error


def _unread(error: OSError | ValueError, mark: Mark) -> Mistakes:
    code = getattr(error, "errno", None)
    if code in (errno.ENOENT, errno.ENOTDIR) or isinstance(error, ValueError):
        return mistake("there is no such file", mark, "look at its name and its folder")
    if code == errno.ELOOP:
        return mistake(_LINK[0], mark, _LINK[1])
    why = getattr(error, "strerror", "") or "unknown"
    return mistake(f"cannot be read: {why}", mark, "see whose it is, and who may read it")


def _all(handle: int, size: int, mark: Mark, most: int, cap: str) -> bytes:
    """The bytes, of a file that may grow meanwhile."""
    parts, left = [], most + 1
    if size <= most:
        while left > 0 and (part := os.read(handle, min(left, _CHUNK))):
            parts.append(part)
            left -= len(part)
    if size > most or left <= 0:
        raise too_large(mark, max(size, most + 1), most, cap)
    return b"".join(parts)


def too_large(mark: Mark, size: int, most: int, cap: str) -> Mistakes:
    """A file of more bytes than it may have."""
    remedy = "make it smaller" if cap == "picture" else "split it"
    hint = f"{remedy}, {allow(cap, size)}" if cap else remedy
    return mistake(f"the file has {ROWS[cap or 'file'].excess(size, most)}", mark, hint)
