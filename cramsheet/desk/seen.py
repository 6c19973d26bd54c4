"""What stands in files and folders, and whether it is still what stood there.

Asked before anything else is imported, so: nothing that takes a millisecond to import.
"""

import os
import time

TYPE_CHECKING = False  # `typing` itself takes longer than all that is done here
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

try:  # `hashlib` would load OpenSSL, which takes longer than to look at every file of a build
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

# What counts of a path.
CONTENTS = "contents"  # what the file holds, or every file below the folder
TIMES = "times"  # names, sizes and times of the fonts below the folder
NAMES = "names"  # names of the packages in the folder, which hold their versions
PACKS = "packs"  # names of the folders in the folder

_FONTS = (".ttf", ".otf", ".ttc", ".otc")
_PACKAGE = ".dist-info"
_NO_FILE = "no file"
_LARGE = 256 << 20  # bytes; no build reads more of one
# Two changes that follow each other so closely may leave one time: the coarsest clock of a file
# system has steps of two seconds.
_STEP = 2_000_000_000  # ns
# Elsewhere what is called the time of the last change is that of the making.
_TELLS = os.name == "posix"


class Seen:
    """What counts of a path; `marks` are times that every change moves, nobody can set them back.
    They are "" where that is not sure, and the contents have to be read again."""

    __slots__ = ("counts", "marks", "path", "value")

    def __init__(self, counts: str, value: str, marks: str, path: str) -> None:
        self.counts, self.value, self.marks, self.path = counts, value, marks, path

    def __str__(self) -> str:
        return f"{self.counts}\t{self.value}\t{self.marks}\t{self.path}"

    @classmethod
    def of(cls, line: str) -> "Seen":
        return cls(*line.split("\t", 3))

    def again(self) -> "Seen":
        """As it is now: this one if nobody has touched it."""
        marks = _marks(self.path) if self.marks else ""
        return self if marks and marks == self.marks else look(self.counts, self.path)


def look(counts: str, path: str) -> Seen:
    # The marks first: what is changed between is younger than they are.
    marks = _marks(path) if counts == CONTENTS else ""
    return Seen(counts, _VALUES[counts](path), marks, path)


def digest(*parts: bytes) -> str:
    it = blake2b(digest_size=16)
    for part in parts:
        it.update(part)
    return it.hexdigest()


def digest_of_text(text: str) -> str:
    return digest(text.encode("utf-8", "surrogateescape"))


def _marks(path: str) -> str:
    """Of a file, or of all files below a folder."""
    if not _TELLS:
        return ""
    sure, found = time.time_ns() - _STEP, []
    for name, state in _files(path, follow=False):
        if state and max(state.st_ctime_ns, state.st_mtime_ns) > sure:
            return ""
        times = state and (state.st_ctime_ns, state.st_mtime_ns, state.st_ino, state.st_size)
        found.append(f"{name}\0{times}")
    return digest_of_text("\n".join(found))


def _contents(path: str) -> str:
    if not os.path.isdir(path):
        return _held(path)
    found = (name for name, _ in _files(path, follow=False))
    return digest_of_text("\n".join(f"{name}\0{_below(name)}" for name in found))


def _below(path: str) -> str:
    """What counts of a file of a pack, which may come from anybody: nothing outside of it is read.
    A build refuses links."""
    try:
        return f"link to {os.readlink(path)}" if os.path.islink(path) else _held(path)
    except OSError:
        return _NO_FILE


def _held(path: str) -> str:
    """Something else than a file is not opened, for that could wait for ever."""
    try:
        if not os.path.isfile(path):
            return _NO_FILE
        with open(path, "rb") as file:
            state = os.fstat(file.fileno())
            if state.st_size > _LARGE:
                return f"{state.st_size} {state.st_mtime_ns}"
            return digest(file.read())
    except OSError:
        return _NO_FILE


def _times(folder: str) -> str:
    states = ((name, it) for name, it in _files(folder) if name.lower().endswith(_FONTS))
    told = (f"{name}\0{it and (it.st_size, it.st_mtime_ns)}" for name, it in states)
    return digest_of_text("\n".join(told))


def _packs(folder: str) -> str:
    try:
        names = sorted(it.name for it in os.scandir(folder) if it.is_dir())
    except OSError:
        return _NO_FILE
    return digest_of_text("\n".join(names))


def _names(folder: str) -> str:
    try:
        names = sorted(name for name in os.listdir(folder) if name.endswith(_PACKAGE))
    except OSError:
        return _NO_FILE
    return digest_of_text("\n".join(names))


def _files(
    path: str, above: tuple[str, ...] = (), follow: bool = True
) -> "Iterator[tuple[str, os.stat_result | None]]":
    """Every file below a folder, in order, with its state; or the file itself. Links are followed,
    but not round and round; or else they count as files."""
    if not os.path.isdir(path):
        yield path, _state(path)
        return
    for entry in _entries(path):
        if entry.name[0] == "." or entry.name == "__pycache__":
            continue
        if not entry.is_dir(follow_symlinks=follow):
            yield entry.path, _state(entry, follow)
        elif not entry.is_symlink():
            yield from _files(entry.path, above, follow)
        elif (real := os.path.realpath(entry.path)) not in above:
            yield from _files(entry.path, (*above, real))


def _entries(folder: str) -> "list[os.DirEntry[str]]":
    """By name; none of a folder that may not be read."""
    try:
        return sorted(os.scandir(folder), key=_name)
    except OSError:
        return []


def _name(entry: "os.DirEntry[str]") -> str:
    return entry.name


def _state(file: "str | os.DirEntry[str]", follow: bool = True) -> os.stat_result | None:
    """None for a link that leads nowhere."""
    try:
        return os.stat(file) if isinstance(file, str) else file.stat(follow_symlinks=follow)
    except OSError:
        return None


_VALUES: "dict[str, Callable[[str], str]]" = {
    CONTENTS: _contents,
    TIMES: _times,
    NAMES: _names,
    PACKS: _packs,
}
