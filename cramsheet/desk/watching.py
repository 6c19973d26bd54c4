"""Saved files, as they are saved.

Events of the system only say that it is time to look: what has changed is told by what the files
hold before and after. So it does not matter how an editor writes (over the file, or beside it and
then by a new name), and a save that changes no byte is none.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from stat import S_ISREG
from threading import Condition, Event

_QUIET = 80  # ms without an event, after which saves that came together are one
_LONGEST = 1_000  # ms after which a stream of saves that does not end is looked at all the same
_LOOK = 1_000  # ms between looks without an event: for folders that were not there
_PAUSE = 0.3  # s, where there is nothing to watch
_KINDS = {".yaml", ".yml", ".html", ".toml", ".txt", ".css"}
_LARGE = 256 << 20  # bytes; no build reads more of one file
_PICTURES = "figures"  # in a pack; any file there counts

Seen = Mapping[Path, tuple[tuple[int, ...], bytes]]  # what tells a file's state, and its hash
_NOTHING: Seen = {}


def seen(roots: Sequence[Path], before: Seen = _NOTHING) -> Seen:
    """What the files hold; those that look untouched since `before` are not read again."""
    found = {}
    for path in (path for root in roots for path in _files(root)):
        try:
            state = _state(path)
            old = before.get(path)
            found[path] = old if old and old[0] == state else (state, _hash(path))
        except OSError:
            continue  # gone while we look
    return found


def changed(before: Seen, after: Seen) -> frozenset[Path]:
    """The files that hold something else, are new, or are gone."""
    paths = before.keys() | after.keys()
    return frozenset(it for it in paths if _held(before, it) != _held(after, it))


@dataclass
class Watcher:
    """Looks at folders and files until `stop` is set; they may go, and come back."""

    roots: Sequence[Path]
    poll: bool = False
    stop: Event = field(default_factory=Event)

    def changes(self) -> Iterator[frozenset[Path]]:
        """The files that were saved since it was made; those saved together come together."""
        before = seen(self.roots)
        while not self.stop.is_set():
            there = self._there()
            for _ in self._signs(there):
                after = seen(self.roots, before)
                if found := changed(before, after):
                    yield found
                before = after
                if self._there() != there:
                    break  # the system watches something that is no more

    def _there(self) -> dict[Path, tuple[int, int]]:
        """Those that are there; one that was made anew is another."""
        found = {}
        for root in self.roots:
            try:
                state = root.stat()
            except OSError:
                continue
            found[root] = (state.st_dev, state.st_ino)
        return found

    def _signs(self, there: Mapping[Path, object]) -> Iterator[None]:
        """It is time to look, again and again."""
        yield None  # for what was saved before the system watched
        if not there:
            self.stop.wait(_PAUSE)
            return
        from watchfiles import watch

        try:
            for _ in watch(
                *there,
                watch_filter=None,
                debounce=_LONGEST,
                step=_QUIET // 2,  # it waits for one to two of these
                rust_timeout=_LOOK,
                yield_on_timeout=True,
                stop_event=self.stop,
                raise_interrupt=False,
                force_polling=self.poll or None,
            ):
                yield None
        except OSError:  # gone, or the system watches no more folders for us
            self.poll = self.poll or len(self._there()) == len(there)
            self.stop.wait(_PAUSE)


class Inbox:
    """What was saved, on its way to who builds; any thread may put something in."""

    def __init__(self) -> None:
        self._paths: frozenset[Path] = frozenset()
        self._come, self.waiting = Condition(), False

    def put(self, paths: frozenset[Path] = frozenset()) -> None:
        """No path is a sign to look up."""
        with self._come:
            self._paths |= paths
            self.waiting = True
            self._come.notify_all()

    def take(self) -> frozenset[Path]:
        """All that is there; waits until something is."""
        with self._come:
            while not self.waiting:
                self._come.wait(1.0)  # without a time Windows hears no Ctrl-C
            paths, self._paths, self.waiting = self._paths, frozenset(), False
        return paths

    def quiet(self, seconds: float) -> bool:
        """Whether nothing comes for so long."""
        with self._come:
            return not self._come.wait_for(lambda: self.waiting, seconds)


def _files(root: Path) -> Iterator[Path]:
    """Below a folder those that a build reads; or the root itself, when it is none."""
    if not os.path.isdir(root):  # noqa: PTH112 - raises nothing
        yield root
    for top, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name[0] not in "._")
        pictures = Path(top).name == _PICTURES
        for name in names:
            path = Path(top, name)
            if name[0] != "." and (pictures or path.suffix in _KINDS) and not path.is_symlink():
                yield path  # what a link leads to is none of a build's files


def _state(path: Path) -> tuple[int, ...]:
    """Raises OSError; of what is no file, too, for reading it could wait for ever."""
    it = path.stat()
    if not S_ISREG(it.st_mode) or it.st_size > _LARGE:
        raise OSError(0, "not a file", str(path))
    return it.st_ino, it.st_size, it.st_mtime_ns, it.st_ctime_ns


def _hash(path: Path) -> bytes:
    return sha256(path.read_bytes()).digest()


def _held(files: Seen, path: Path) -> bytes:
    return files[path][1] if path in files else b""
