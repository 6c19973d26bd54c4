"""The desk's part while a worker works: what it says is told, what it made is written, its time is
kept. Nothing that it says is believed unseen."""

import re
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from cramsheet.desk import commit, ending, owned
from cramsheet.desk.fences import output_of, writable
from cramsheet.desk.handing import Files, mistakes, rows_of
from cramsheet.guard.wire import Garbled, Gone, Late, Said, TooMuch
from cramsheet.guard.worker import Worker
from cramsheet.problems import MachineFault, Mistakes, Problem

# Controls and marks that turn text around; a person's terminal gets none of them.
_UNSEEN = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_LINE_ANEW = "\r\x1b[K"  # what the progress begins with
_NAME = re.compile(r"(?!\.{1,2}$)[^/\\:\0-\x1f\x7f]{1,255}")
_ENDINGS = (".pdf", ".html", ".json", ".csv", ".txt")
_NOTES = re.compile(r"\.made/[0-9a-f]{32}")
_DEEPEST = 4

Answer = Callable[[Said], Mapping[str, Any] | None]


def _no_answer(said: Said) -> Mapping[str, Any] | None:
    raise Garbled


@dataclass
class Attendance:
    """To a worker. `others` answers what not every worker asks; None where no answer is awaited.
    One that is `lost` is of no more use."""

    args: Namespace
    worker: Worker
    others: Answer = _no_answer
    lost: bool = True
    _lock: ExitStack = field(default_factory=ExitStack)
    _published: tuple[Path, Files] | None = None

    def until(self, last: str, shares: int = 1) -> Mapping[str, Any]:
        """What it says at the end of a piece of work, for which it has its limits anew, `shares` of
        the output. Raises Mistakes for all that did not end well."""
        limits, wire = self.worker.cell.limits, self.worker.wire
        wire.until, wire.most = time.monotonic() + limits.seconds, shares * limits.output
        with self._lock:
            try:
                while (said := wire.hear()).head.get("do") != last:
                    self._served(said)
            except Late as error:
                raise ending.too_late(limits) from error
            except TooMuch as error:
                raise ending.too_much(limits) from error
            except Gone as error:
                raise self._died() from error
            except KeyboardInterrupt as stop:
                raise KeyboardInterrupt(*self._placed()) from stop
            except (Garbled, ValueError, TypeError, KeyError) as error:
                raise reported({"kinds": [type(error).__name__]}, self.args) from error
        self.lost = "limit" in said.head
        return self._judged(said.head)

    def _served(self, said: Said) -> None:
        """The time that it waits for us is not its own."""
        started, wire = time.monotonic(), self.worker.wire
        try:
            answer = self._answer(said)
        except Mistakes as error:
            answer = rows_of(error)
        if wire.until is not None:
            wire.until += time.monotonic() - started
        if answer is not None:
            wire.say(answer)

    def _answer(self, said: Said) -> Mapping[str, Any] | None:
        match said.head.get("do"):
            case "say":
                tell(said.head)
                return None
            case "prepare":
                commit.prepare(self._folder(said))
            case "alone":
                self._lock.enter_context(commit.alone(self._folder(said)))
            case "commit":
                commit.commit(self._folder(said), files_of(said))
            case "ready":
                owned.ready(self._folder(said), map(_named_by_us, said.head["names"]), self._over)
            case "publish":
                folder, files = self._folder(said), files_of(said)
                self._published = (folder, files)
                owned.publish(folder, files, self._over)
                _tidy(folder)
            case "apart":
                self._lock.close()
            case _:
                return self.others(said)
        return {}

    @property
    def _over(self) -> bool:
        return bool(getattr(self.args, "overwrite", False))

    def _placed(self) -> list[str]:
        """What to tell whoever stopped us, when the new files are there already."""
        placed = self._published is not None and commit.in_place(*self._published)
        return [owned.PLACED] * placed

    def _folder(self, said: Said) -> Path:
        return {str(it): it for it in writable(self.args)}[said.head["folder"]]

    def _judged(self, head: Mapping[str, Any]) -> Mapping[str, Any]:
        if bug := head.get("bug"):
            raise reported(bug, self.args)
        if head.get("limit") == "memory":
            raise ending.too_large(self.worker.cell.limits)
        if problems := head.get("problems"):
            error = mistakes(head.get("exit"), problems)
            raise type(error)(map(_clean, error.problems))
        return head

    def _died(self) -> Mistakes:
        worker = self.worker
        death = worker.death()
        wished = bool(getattr(self.args, "report_with_content", False))
        told = ending.crash(death, worker.fault(), worker.said(), wished)
        return ending.died(death, worker.cell.limits) or reported(told, self.args)


def reported(bug: Mapping[str, Any], args: Namespace) -> MachineFault:
    """Writes the report of a bug; the line that names it."""
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


def _named_by_us(name: object) -> str:
    if not is_ours(name):
        raise Garbled
    return str(name)


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
