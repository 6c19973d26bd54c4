"""Pictures of pages, kept as long as they may be wanted again."""

from collections import OrderedDict
from collections.abc import Callable, Collection
from hashlib import sha256
from threading import Lock
from typing import Protocol

from cramsheet.press.pictures import Pictures

_MOST = 96 << 20  # bytes of pictures
_WIDTHS = (40, 6_000)  # dots


class Drawn(Protocol):
    """The pages of a document, in mm, and as pictures."""

    @property
    def sizes(self) -> tuple[tuple[float, float], ...]: ...

    def bitmap(self, page: int, width: int) -> bytes | None: ...

    def close(self) -> None: ...


class Album:
    """Documents, opened by what is told, by the hash of their bytes. Any thread may ask."""

    def __init__(self, opened: Callable[[bytes], Drawn] = Pictures) -> None:
        self._opened = opened
        self._documents: dict[str, Drawn] = {}
        self._drawn: OrderedDict[tuple[str, int, int], bytes] = OrderedDict()
        self._lock = Lock()

    def add(self, data: bytes) -> str:
        name = sha256(data).hexdigest()
        with self._lock:
            self._documents.setdefault(name, self._opened(data))
        return name

    def sizes(self, name: str) -> tuple[tuple[float, float], ...]:
        return self._documents[name].sizes

    def bitmap(self, name: str, page: int, width: int) -> bytes | None:
        """A page, counted from 1, so many dots wide; None when there is none, or it is too wide."""
        key = (name, page, width)
        with self._lock:
            document, drawn = self._documents.get(name), self._drawn.get(key)
            if drawn:
                self._drawn.move_to_end(key)
        if drawn or document is None:
            return drawn
        if not (_WIDTHS[0] <= width <= _WIDTHS[1] and 1 <= page <= len(document.sizes)):
            return None
        drawn = document.bitmap(page, width)
        if drawn is None:
            return None
        with self._lock:
            self._drawn[key] = drawn
            while sum(map(len, self._drawn.values())) > _MOST:
                self._drawn.popitem(last=False)
        return drawn

    def keep(self, names: Collection[str]) -> None:
        """Only these documents."""
        with self._lock:
            for name in self._documents.keys() - set(names):
                self._documents.pop(name).close()
            for key in [key for key in self._drawn if key[0] not in names]:
                del self._drawn[key]
