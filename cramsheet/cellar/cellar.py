"""A file of things by the hash of all that they were made of, shared by all builds of a user.

Whatever is wrong with it, a build goes on without: what cannot be read, or is not what was written,
is made again. SQLite keeps builds that run at once out of each other's way.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from cramsheet.cellar.place import NAME, remove

if TYPE_CHECKING:
    from sqlite3 import Connection, Error

MOST = 200_000_000  # bytes; what nobody has wanted for longest goes first
_WAITING = 4 << 20  # bytes that wait to be written together
_PATIENCE = 1.0  # s that another build may write
_HOUR = 3600  # s; a use is put down when the last one is as long ago
_TABLES = (
    "CREATE TABLE things (key BLOB PRIMARY KEY, kind TEXT NOT NULL, used INTEGER NOT NULL,"
    " size INTEGER NOT NULL, sum BLOB NOT NULL, data BLOB NOT NULL)",
    "CREATE INDEX by_use ON things (used, size)",
)
# A file that gives these is sound, but cannot be used now.
_NOT_NOW = ("BUSY", "LOCKED", "READONLY", "CANTOPEN", "FULL", "PERM", "NOMEM")


@dataclass
class Cellar:
    """`program` is the fingerprint of what makes things; it is asked when the first is wanted."""

    folder: Path
    program: Callable[[], str]
    most: int = MOST
    _file: "Connection | None" = None
    _closed: bool = False  # for good
    _salt: bytes = b""
    _new: dict[bytes, tuple[str, bytes]] = field(default_factory=dict)
    _wrong: set[bytes] = field(default_factory=set)
    _used: set[bytes] = field(default_factory=set)
    _weight: int = 0

    def get(self, kind: str, key: bytes) -> bytes | None:
        name = self._name(kind, key)
        if name in self._new:
            return self._new[name][1]
        row = self._found(name)
        if row is None:
            return None
        used, told, data = row
        if not isinstance(data, bytes) or told != _sum(name, data):
            self._wrong.add(name)
            return None
        if not isinstance(used, int) or not 0 <= _now() - used < _HOUR:
            self._used.add(name)
        return data

    def put(self, kind: str, key: bytes, data: bytes) -> None:
        if self._closed:
            return
        self._new[self._name(kind, key)] = (kind, data)
        self._weight += len(data)
        if self._weight > _WAITING:
            self._write()

    def refuse(self, kind: str, key: bytes) -> None:
        """It is not what was asked for."""
        self._wrong.add(self._name(kind, key))

    def rest(self) -> None:
        """Writes what is new and lets go of the file: a fork may not share it."""
        self._write()
        if self._file:
            self._file.close()
            self._file = None

    def _name(self, kind: str, key: bytes) -> bytes:
        self._salt = self._salt or self.program().encode()
        return blake2b(b"\0".join((self._salt, kind.encode(), key)), digest_size=20).digest()

    def _found(self, name: bytes) -> tuple[object, object, object] | None:
        ask = "SELECT used, sum, data FROM things WHERE key = ?"
        found: list[tuple[object, object, object]] = []
        self._with_file(lambda file: found.extend(file.execute(ask, (name,))))
        return found[0] if found else None

    def _write(self) -> None:
        if self._new or self._wrong or self._used:
            self._with_file(self._write_in)
        for waiting in (self._new, self._wrong, self._used):
            waiting.clear()
        self._weight = 0

    def _write_in(self, file: "Connection") -> None:
        now = _now()
        new = [
            (name, kind, now, len(data), _sum(name, data), data)
            for name, (kind, data) in self._new.items()
        ]
        file.execute("BEGIN IMMEDIATE")
        file.executemany("DELETE FROM things WHERE key = ?", [(it,) for it in self._wrong])
        file.executemany("INSERT OR REPLACE INTO things VALUES (?, ?, ?, ?, ?, ?)", new)
        file.executemany(
            "UPDATE things SET used = ? WHERE key = ?", [(now, it) for it in self._used]
        )
        self._make_room(file)
        file.execute("COMMIT")

    def _make_room(self, file: "Connection") -> None:
        pages, free, size = (
            file.execute(f"PRAGMA {it}").fetchone()[0]
            for it in ("page_count", "freelist_count", "page_size")
        )
        over = (pages - free) * size - self.most
        if over <= 0:
            return
        over += self.most // 10
        going = []
        for row, weight in file.execute("SELECT rowid, size FROM things ORDER BY used"):
            if over <= 0:
                break
            going.append((row,))
            over -= weight
        file.executemany("DELETE FROM things WHERE rowid = ?", going)

    def _with_file(self, work: "Callable[[Connection], None]") -> None:
        """Where the file is of no use, it is let go of for good, and removed when it is damaged."""
        if self._closed:
            return
        try:
            from sqlite3 import Error
        except ImportError:  # a Python without
            self._closed = True
            return
        try:
            self._file = self._file or opened(self.folder)
            work(self._file)
        except Error as error:
            self._give_up(_damaged(error))
        except (ValueError, TypeError, OverflowError):  # of values that nobody wrote
            self._give_up(True)
        except OSError:
            self._give_up(False)

    def _give_up(self, damaged: bool) -> None:
        self._closed = True
        if self._file:
            self._file.close()
            self._file = None
        if damaged:
            _remove_quietly(self.folder)


def opened(folder: Path) -> "Connection":
    """The file, made if need be; raises sqlite3.Error or OSError. One that is no cellar of this
    form is made anew."""
    from sqlite3 import Error

    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if (folder / NAME).is_symlink():  # it may lead to a file of somebody's
        remove(folder)
    try:
        file = _connected(folder / NAME)
        if is_ours(file):
            return file
        file.close()
    except Error as error:
        if not _damaged(error):
            raise
    remove(folder)
    return _connected(folder / NAME)


def _connected(path: Path) -> "Connection":
    from sqlite3 import Error, connect

    file = connect(path, timeout=_PATIENCE, isolation_level=None)
    try:
        file.execute("PRAGMA trusted_schema = OFF")
        file.execute("PRAGMA synchronous = OFF")  # sums tell what was lost
        if not file.execute("PRAGMA schema_version").fetchone()[0]:
            file.execute("PRAGMA journal_mode = WAL")  # readers wait for nobody
            file.execute("BEGIN IMMEDIATE")
            if not file.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
                for table in _TABLES:
                    file.execute(table)
            file.execute("COMMIT")
    except Error:
        file.close()
        raise
    return file


def is_ours(file: "Connection") -> bool:
    """Whether it has our form. Raises sqlite3.Error."""
    ask = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid"
    return tuple(sql for (sql,) in file.execute(ask)) == _TABLES


def _damaged(error: "Error") -> bool:
    name = getattr(error, "sqlite_errorname", "")
    return not any(it in name for it in _NOT_NOW)


def _remove_quietly(folder: Path) -> None:
    with suppress(OSError):
        remove(folder)


def _sum(name: bytes, data: bytes) -> bytes:
    return blake2b(name + data, digest_size=20).digest()


def _now() -> int:
    return int(time.time())
