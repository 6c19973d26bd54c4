"""The desk: it takes the order, has a worker do the work, watches the clock, and writes what comes
out. It reads no pack."""

import io
import re
import signal
import sys
import time
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from cramsheet.desk import cli, commit, ending
from cramsheet.desk.allowing import limits_of
from cramsheet.desk.fences import output_of, places_of, writable
from cramsheet.desk.handing import mistakes, rows_of
from cramsheet.desk.workroom import working
from cramsheet.guard.room import room
from cramsheet.guard.walls import Cell
from cramsheet.guard.wire import Garbled, Gone, Late, Said, TooMuch
from cramsheet.guard.worker import Worker, can_fork, forked, spawned
from cramsheet.problems import Exit, MachineFault, Mistakes, Problem

# Controls and marks that turn text around; a person's terminal gets none of them.
_UNSEEN = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_LINE_ANEW = "\r\x1b[K"  # what the progress begins with
_NAME = re.compile(r"(?!\.{1,2}$)[^/\\:\0-\x1f\x7f]{1,255}")
_ENDINGS = (".pdf", ".html", ".json", ".csv", ".txt")
_NOTES = re.compile(r"\.made/[0-9a-f]{32}")
_DEEPEST = 4


def main(words: Sequence[str]) -> int:
    """A command, from its words to its exit code; whatever happens, it is told in a line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # not every terminal has all letters
    with _signals_end():
        return cli.main(words, perform)


def perform(args: Namespace) -> Exit:
    """Raises Mistakes."""
    try:
        if cli.begun(args):
            return Exit.DONE
        return in_a_worker(args) if cli.is_walled(args) else cli.perform(args)
    except (Mistakes, KeyboardInterrupt):
        raise
    except Exception as error:
        from cramsheet.desk.reporting import seen

        raise _reported(seen(error, args), args) from error


def in_a_worker(args: Namespace) -> Exit:
    with _started(args) as worker:
        return Attendance(args, worker).until_done()


@contextmanager
def _started(args: Namespace) -> Iterator[Worker]:
    try:
        with room() as place:
            worker = start(args, place)
            try:
                yield worker
            finally:
                worker.kill()
                worker.death()
    except OSError as error:
        what = f"cannot start to work: {error.strerror or error}"
        hint = "see that the folder for temporary files has room, and try again"
        raise MachineFault([Problem(what, hint=hint)]) from error


def start(args: Namespace, folder: str) -> Worker:
    limits = limits_of(args)
    cell = Cell(limits, places_of(args, folder), folder)
    live = [bool(it and it.isatty()) for it in (sys.stdout, sys.stderr)]
    if can_fork():
        return forked(working(args, cli.perform, live), cell)
    told = ["live" if it else "still" for it in live]
    return spawned("cramsheet.desk.workroom", [*told, *args.typed], cell)


@dataclass
class Attendance:
    """To a worker: what it says is told, what it made is written, and its time is kept."""

    args: Namespace
    worker: Worker
    _lock: ExitStack = field(default_factory=ExitStack)

    def until_done(self) -> Exit:
        """Raises Mistakes."""
        limits, wire = self.worker.cell.limits, self.worker.wire
        wire.until, wire.most = time.monotonic() + limits.seconds, limits.output
        with self._lock:
            while True:
                said = self._heard()
                if said.head.get("do") == "end":
                    return self._ended(said.head)
                self._served(said)

    def _heard(self) -> Said:
        limits = self.worker.cell.limits
        try:
            return self.worker.wire.hear()
        except Late as error:
            raise ending.too_late(limits) from error
        except TooMuch as error:
            raise ending.too_much(limits) from error
        except Gone as error:
            raise self._died() from error
        except Garbled as error:
            raise _reported({"kinds": ["Garbled"]}, self.args) from error

    def _served(self, said: Said) -> None:
        what, started = said.head.get("do"), time.monotonic()
        if what == "say":
            tell(said.head)
            return
        answer: Mapping[str, Any] = {}
        try:
            folder = self._folder(said.head)
            if what == "prepare":
                commit.prepare(folder)
            elif what == "alone":
                self._lock.enter_context(commit.alone(folder))
            elif what == "commit":
                commit.commit(folder, files_of(said))
                _tidy(folder)
            elif what == "apart":
                self._lock.close()
            else:
                raise Garbled
        except Mistakes as error:
            answer = rows_of(error)
        except (Garbled, ValueError, TypeError) as error:
            raise _reported({"kinds": ["Garbled"]}, self.args) from error
        self._answer(answer, time.monotonic() - started)

    def _answer(self, answer: Mapping[str, Any], waited: float) -> None:
        """The time that it waited for us is not its own."""
        wire = self.worker.wire
        if wire.until is not None:
            wire.until += waited
        try:
            wire.say(answer)
        except Gone as error:
            raise self._died() from error

    def _folder(self, head: Mapping[str, Any]) -> Path:
        told = str(head.get("folder", ""))
        if head.get("do") == "apart":
            return Path()
        known = {str(it): it for it in writable(self.args)}
        if told not in known:
            raise Garbled
        return known[told]

    def _ended(self, head: Mapping[str, Any]) -> Exit:
        limits = self.worker.cell.limits
        if bug := head.get("bug"):
            raise _reported(bug, self.args)
        if head.get("limit") == "memory":
            raise ending.too_large(limits)
        if problems := head.get("problems"):
            error = mistakes(head.get("exit"), problems)
            raise type(error)(_clean(it) for it in error.problems)
        return Exit(head.get("exit", Exit.MACHINE))

    def _died(self) -> Mistakes:
        worker = self.worker
        death = worker.death()
        wished = bool(getattr(self.args, "report_with_content", False))
        found = ending.died(death, worker.cell.limits)
        return found or _reported(
            ending.crash(death, worker.fault(), worker.said(), wished), self.args
        )


def _reported(bug: Mapping[str, Any], args: Namespace) -> MachineFault:
    from cramsheet.desk.reporting import report

    path = report(bug, args.typed, output_of(args))
    return ending.bug(path, str(next(iter(bug.get("kinds", ())), "unknown")))


def files_of(said: Said) -> dict[str, bytes | tuple[bytes, ...] | None]:
    """By path below the output folder; raises Garbled for any that no command makes."""
    files: dict[str, bytes | tuple[bytes, ...] | None] = {}
    for name, row in said.head["files"]:
        if not is_ours(name):
            raise Garbled
        numbers = [] if row is None else [*row]
        if not all(type(it) is int and 0 <= it < len(said.parts) for it in numbers):
            raise Garbled
        files[name] = None if row is None else tuple(said.parts[it] for it in numbers)
    return files


def is_ours(name: object) -> bool:
    """Whether a command could have named a file so: it stays below its folder."""
    if not isinstance(name, str):
        return False
    steps = name.split("/")
    good = len(steps) <= _DEEPEST and all(_NAME.fullmatch(it) for it in steps)
    return good and (name.endswith(_ENDINGS) or bool(_NOTES.fullmatch(name)))


def _tidy(folder: Path) -> None:
    from cramsheet.desk.manifest import forget_old

    forget_old(str(folder))


def tell(head: Mapping[str, Any]) -> None:
    text, where = str(head.get("text", "")), head.get("where")
    stream: TextIO | None = sys.stdout if where == "out" else sys.stderr
    try:
        if stream:
            stream.write(shown(text))
            stream.flush()
    except (OSError, ValueError):  # nobody reads it any more
        return


def shown(text: str) -> str:
    """As a terminal may get it."""
    anew, rest = text.startswith(_LINE_ANEW), text.removeprefix(_LINE_ANEW)
    return _LINE_ANEW * anew + _UNSEEN.sub(_named, rest)


def _named(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def _clean(it: Problem) -> Problem:
    return Problem(shown(it.message), it.mark, shown(it.hint))


@contextmanager
def _signals_end() -> Iterator[None]:
    """SIGTERM and SIGHUP end it as Ctrl-C does."""

    def stop(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {it: signal.signal(getattr(signal, it), stop) for it in names if _is_heeded(it)}
    try:
        yield
    finally:
        for name, old in before.items():
            signal.signal(getattr(signal, name), old)


def _is_heeded(name: str) -> bool:
    """`nohup` has SIGHUP ignored, and so it stays."""
    return signal.getsignal(getattr(signal, name)) is not signal.SIG_IGN
