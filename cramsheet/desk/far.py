"""A build that stays, in a worker that may die: then the next build has another one."""

import time
from argparse import Namespace
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from cramsheet.desk.allowing import limits_of
from cramsheet.desk.attending import Attendance, reported
from cramsheet.desk.errand import fetch
from cramsheet.desk.fences import output_of, places_of, standing
from cramsheet.desk.handing import problem_of
from cramsheet.desk.ordering import named_files
from cramsheet.desk.sight import Choice
from cramsheet.desk.warm import Turn
from cramsheet.guard.room import room
from cramsheet.guard.walls import Cell
from cramsheet.guard.wire import Garbled, Gone, Said
from cramsheet.guard.worker import Worker, spawned
from cramsheet.printed import Printed
from cramsheet.problems import Mistakes

Show = Callable[[Mapping[str, Any], Sequence[bytes]], None]
_SHARES = 2  # documents are shown, and then written


class Far:
    """What `Warm` is, elsewhere. Only the main thread may use it: a worker ends with the thread
    that started it."""

    def __init__(self, args: Namespace, hurried: Callable[[], bool]) -> None:
        self.args, self._hurried = args, hurried
        self.show: Show = _nothing_shown
        self.looked_at: Callable[[], Iterable[Choice]] = tuple
        self._worker: Worker | None = None
        self._walled = standing(args)
        self._rooms = ExitStack()
        self._start()

    @property
    def project(self) -> Path:
        return Path(self.args.project).resolve()

    @property
    def named(self) -> tuple[Path, ...]:
        return tuple(path.absolute() for path in named_files(self.args))

    @property
    def output(self) -> Path:
        return output_of(self.args)

    def rebuild(self, saved: Collection[Path] = ()) -> Turn:
        """As `Warm.rebuild`; a worker that dies or is too slow is a problem like others."""
        started = time.perf_counter()
        looked_at = [vars(it) for it in self.looked_at()]
        request = {"do": "rebuild", "saved": [*map(str, saved)], "looked_at": looked_at}
        if self._walled != standing(self.args):
            self._drop()  # its walls are around what was there before
        try:
            turn = _turn_of(self._asked(request)["turn"])
        except Mistakes as error:
            seconds = time.perf_counter() - started
            return Turn(error.problems, seconds=seconds, read=False)
        except (LookupError, ValueError, TypeError) as error:
            self._drop()
            fault = reported({"kinds": [type(error).__name__]}, self.args)
            return Turn(fault.problems, read=False)
        return turn

    def weigh(self) -> list[tuple[Choice, float]]:
        """None of what a worker made that is no more."""
        try:
            rows = self._asked({"do": "weigh"})["inks"] if self._worker else []
            return [(Choice.told(choice), float(ink)) for choice, ink in rows]
        except (Mistakes, LookupError, ValueError, TypeError):
            return []

    def rest(self) -> None:
        """While nobody waits: it looks for garbage; a new one gets ready."""
        try:
            self._asked({"do": "rest"})
        except Mistakes:
            return

    def close(self) -> None:
        self._drop()

    def _asked(self, request: Mapping[str, Any]) -> Mapping[str, Any]:
        if self._worker is None:
            self._start()
        assert self._worker
        try:
            try:
                self._worker.wire.say(request)
            except Gone:  # it died while nobody asked anything: tell the next one
                self._drop()
                self._start()
                self._worker.wire.say(request)
            return self._attended(self._worker)
        except KeyboardInterrupt:
            self._drop()
            raise

    def _attended(self, worker: Worker) -> Mapping[str, Any]:
        attendance = Attendance(self.args, worker, self._others)
        try:
            return attendance.until("done", _SHARES)
        finally:
            if attendance.lost:
                self._drop()

    def _others(self, said: Said) -> Mapping[str, Any] | None:
        match said.head.get("do"):
            case "hurried":
                return {"hurried": self._hurried()}
            case "show":
                self.show(said.head, said.parts)
                return None
        raise Garbled

    def _start(self) -> None:
        folder = self._rooms.enter_context(room())
        limits = limits_of(self.args)
        fetch(self.args, folder)
        cell = Cell(limits, places_of(self.args, folder), folder, stays=True)
        self._walled = standing(self.args)
        words = [str(limits.seconds), *self.args.typed]
        self._worker = spawned("cramsheet.desk.warmroom", words, cell)

    def _drop(self) -> None:
        if self._worker:
            self._worker.kill()
            self._worker.death()
            self._worker = None
        self._rooms.close()


def _nothing_shown(head: Mapping[str, Any], datas: Sequence[bytes]) -> None:
    pass


def _turn_of(row: Mapping[str, Any]) -> Turn:
    printed = (
        Printed(exam, name, b"", pages, things, size, seconds)
        for exam, name, pages, things, size, seconds in row["printed"]
    )
    return Turn(
        tuple(map(problem_of, row["problems"])),
        frozenset(row["edited"]),
        tuple(printed),
        float(row["seconds"]),
        bool(row["written"]),
        bool(row["whole"]),
        bool(row["read"]),
    )
