"""Where the work of a command is done: behind walls, with a wire to the desk."""

import io
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from errno import EDQUOT, EFBIG, EIO, EMFILE, ENFILE, ENOENT, ENOMEM, ENOSPC, EROFS
from typing import Any

from cramsheet.desk.errand import find
from cramsheet.desk.handing import at_a_desk, rows_of
from cramsheet.guard.walls import Standing
from cramsheet.guard.wire import Gone, Wire
from cramsheet.guard.worker import Work
from cramsheet.problems import Exit, MachineFault, Mistakes, Problem

Perform = Callable[[Namespace], Exit]

_NO_ROOM = ("failed to map segment", "annot allocate memory")
_OF_THE_MACHINE = (EDQUOT, EFBIG, EIO, EMFILE, ENFILE, ENOMEM, ENOSPC, EROFS)


class Voice(io.TextIOBase):
    """What is printed, on its way to a person at the desk."""

    def __init__(self, wire: Wire, where: str, live: bool) -> None:
        self._wire, self._where, self._live = wire, where, live
        self._waiting: list[str] = []

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return self._live

    def write(self, text: str) -> int:
        self._waiting.append(text)
        if text.endswith("\n"):
            self.flush()
        return len(text)

    def flush(self) -> None:
        text = "".join(self._waiting)
        self._waiting.clear()
        if text:
            self._wire.say({"do": "say", "where": self._where, "text": text})


def working(args: Namespace, perform: Perform, live: Sequence[bool]) -> Work:
    """The work of a command; `live` tells whether a person sees what is printed, and what is
    complained about."""

    def work(wire: Wire, standing: Standing) -> None:
        sys.stdout, sys.stderr = Voice(wire, "out", live[0]), Voice(wire, "err", live[1])
        at_a_desk(wire)
        find()
        try:
            end = {"exit": int(perform(args)), "problems": []}
        except Gone:
            return
        except BaseException as error:
            end = ended(error, args)
        for voice in (sys.stdout, sys.stderr):
            voice.flush()
        wire.say({"do": "end", **end})

    return work


def ended(error: BaseException, args: Namespace) -> dict[str, Any]:
    """Whose it is: the pack's, the machine's, or ours."""
    if isinstance(error, Mistakes):
        return rows_of(error)
    if isinstance(error, MemoryError):
        return {"exit": int(Exit.PACK), "problems": [], "limit": "memory"}
    if isinstance(error, OSError) and _is_of_memory(error):
        return {"exit": int(Exit.PACK), "problems": [], "limit": "memory"}
    if fault := of_the_machine(error):
        return rows_of(fault)
    if isinstance(error, ImportError):
        what = f"a part of the program is not there: {error.name or error}"
        return rows_of(MachineFault([Problem(what, hint="install it again")]))
    from cramsheet.desk.reporting import seen

    return {"exit": int(Exit.MACHINE), "problems": [], "bug": seen(error, args)}


def _is_of_memory(error: OSError) -> bool:
    """A library that finds no room says so in words alone."""
    return error.errno == ENOMEM or any(it in str(error) for it in _NO_ROOM)


def of_the_machine(error: BaseException) -> MachineFault | None:
    """A disk that is full or broken, too many open files: nobody's bug."""
    if not isinstance(error, OSError):
        return None
    # Python found no folder for temporary files that takes a file: then no file is named.
    nowhere = error.errno == ENOENT and "temporary directory" in (error.strerror or "")
    if error.errno not in _OF_THE_MACHINE and not nowhere:
        return None
    what = f"cannot go on: {error.strerror or error}"
    what += f": {error.filename}" if error.filename else ""
    hint = "see that the disk and the folder for temporary files have room; no document was changed"
    return MachineFault([Problem(what, hint=hint)])


def work_on(words: Sequence[str]) -> Work:
    """For a new Python, which is told words."""
    from cramsheet.desk import cli

    out, err, *typed = words
    args = cli.read(typed)
    return working(args, cli.perform, (out == "live", err == "live"))
