"""The desk: it takes an order, has a worker do the work, tells how it ended. It reads no pack."""

import io
import os
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from cramsheet.desk import cli
from cramsheet.desk.allowing import limits_of
from cramsheet.desk.attending import Attendance, reported
from cramsheet.desk.errand import fetch
from cramsheet.desk.fences import places_of
from cramsheet.desk.workroom import of_the_machine, working
from cramsheet.guard.room import room
from cramsheet.guard.walls import Cell
from cramsheet.guard.worker import Worker, can_fork, forked, spawned
from cramsheet.problems import Exit, MachineFault, Mistakes, Problem


def main(words: Sequence[str]) -> int:
    """A command, from its words to its exit code; whatever happens, it is told in a line."""
    _hold_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # not every terminal has all letters
    return cli.main(words, perform)


def perform(args: Namespace) -> Exit:
    """Raises Mistakes."""
    try:
        if cli.begun(args):
            return Exit.DONE
        return in_a_worker(args) if _is_walled(args) else cli.perform(args)
    except (Mistakes, KeyboardInterrupt):
        raise
    except BrokenPipeError:  # nobody reads it any more
        return Exit.DONE
    except Exception as error:
        if fault := of_the_machine(error):
            raise fault from error
        from cramsheet.desk.reporting import seen

        raise reported(seen(error, args), args) from error


def _is_walled(args: Namespace) -> bool:
    """Whether it reads a pack, or what somebody was sent."""
    return bool(args.walled) and not getattr(args, "forget", False)


def in_a_worker(args: Namespace) -> Exit:
    with _started(args) as worker:
        return Exit(Attendance(args, worker).until("end").get("exit", Exit.MACHINE))


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
    found = fetch(args, folder)
    cell = Cell(limits, places_of(args, folder, found), folder)
    live = [bool(it and it.isatty()) for it in (sys.stdout, sys.stderr)]
    if can_fork():
        return forked(working(args, cli.perform, live), cell)
    told = ["live" if it else "still" for it in live]
    return spawned("cramsheet.desk.workroom", [*told, *args.typed], cell)


def _hold_streams() -> None:
    """Where one was closed, the next file that is opened would be taken for it."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
