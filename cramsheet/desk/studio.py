"""Pages drawn for the screen, in a worker of their own: a document that PDFium stumbles over takes
neither the server nor the build along."""

import time
from argparse import Namespace
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from functools import cached_property
from itertools import count
from threading import Lock
from typing import Any

from cramsheet.desk.allowing import limits_of
from cramsheet.desk.manifest import PROGRAM
from cramsheet.guard.limits import Limits, renew
from cramsheet.guard.places import Places, installed, real
from cramsheet.guard.room import room
from cramsheet.guard.walls import Cell, Standing
from cramsheet.guard.wire import Garbled, Gone, Late, Said, TooMuch, Wire
from cramsheet.guard.worker import Work, Worker, spawned

_PATIENCE = 20  # s for one page
_LARGEST = 6_000 * 60_000 * 3  # bytes of a picture
_AT_A_TIME = Limits(seconds=_PATIENCE)


class Studio:
    """Any thread may ask; the main thread alone may `begin`, for a worker ends with the thread that
    started it."""

    def __init__(self, args: Namespace) -> None:
        self._args, self._numbers, self._lock = args, count(), Lock()
        self._worker: Worker | None = None
        self._rooms = ExitStack()
        self._held: set[int] = set()
        self.begin()

    def begin(self) -> None:
        """Has somebody who draws, if the last one is gone."""
        with self._lock:
            if self._worker is None:
                folder = self._rooms.enter_context(room())
                trusted, listed = installed(PROGRAM)
                places = Places(trusted, (), listed, real((folder,)))
                cell = Cell(limits_of(self._args), places, folder, stays=True)
                self._worker = spawned(__name__, (), cell)

    def pictures(self, data: bytes) -> "Pictures":
        return Pictures(self, next(self._numbers), data)

    def asked(self, number: int, data: bytes, request: Mapping[str, Any]) -> Said | None:
        """About a document; None when it cannot be drawn."""
        with self._lock:
            if self._worker is None:
                return None
            wire = self._worker.wire
            wire.until, wire.most = time.monotonic() + _PATIENCE, _LARGEST
            try:
                wire.say(
                    {**request, "number": number}, () if number in self._held else (data,)
                )  # fmt: skip
                self._held.add(number)
                return wire.hear()
            except (Gone, Late, Garbled, TooMuch):
                self._drop()
                return None

    def forget(self, number: int) -> None:
        with self._lock:
            if self._worker and number in self._held:
                self._held.discard(number)
                try:
                    self._worker.wire.say({"do": "forget", "number": number})
                except Gone:
                    self._drop()

    def close(self) -> None:
        with self._lock:
            self._drop()

    def _drop(self) -> None:
        if self._worker:
            self._worker.kill()
            self._worker.death()
            self._worker = None
        self._held.clear()
        self._rooms.close()


class Pictures:
    """As those of `press.pictures`; nothing of one that cannot be drawn."""

    def __init__(self, studio: Studio, number: int, data: bytes) -> None:
        self._studio, self._number, self._data = studio, number, data

    @cached_property
    def sizes(self) -> tuple[tuple[float, float], ...]:
        said = self._studio.asked(self._number, self._data, {"do": "measure"})
        try:
            rows = said.head["sizes"] if said else ()
            return tuple((float(wide), float(high)) for wide, high in rows)
        except (LookupError, ValueError, TypeError):
            return ()

    def bitmap(self, page: int, width: int) -> bytes | None:
        request = {"do": "draw", "page": page, "width": width}
        said = self._studio.asked(self._number, self._data, request)
        return said.parts[0] if said and said.parts else None

    def close(self) -> None:
        self._studio.forget(self._number)


def work_on(words: Sequence[str]) -> Work:
    """For a new Python."""
    return _draw


def _draw(wire: Wire, standing: Standing) -> None:
    from cramsheet.press.pictures import Pictures as Drawn

    documents: dict[int, Drawn] = {}
    while True:
        renew(_AT_A_TIME)
        try:
            said = wire.hear()
        except Gone:
            return
        number = said.head["number"]
        if said.parts:
            documents[number] = Drawn(said.parts[0])
        match said.head["do"]:
            case "measure":
                wire.say({"sizes": documents[number].sizes})
            case "draw":
                drawn = documents[number].bitmap(said.head["page"], said.head["width"])
                wire.say({}, (drawn,))
            case "forget":
                documents.pop(number).close()
