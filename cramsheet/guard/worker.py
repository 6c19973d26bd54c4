"""A process behind walls, and whoever started it: a fork while that is small, or a new Python."""

import json
import os
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, NoReturn

from cramsheet.guard.limits import Limits
from cramsheet.guard.places import Places
from cramsheet.guard.walls import FAULT, SAID, Cell, Standing, wall_in
from cramsheet.guard.wire import Wire, pipe

if TYPE_CHECKING:
    from subprocess import Popen

Work = Callable[[Wire, Standing], None]

# What a new Python runs: as this one, it finds modules, and the work by its name.
_START = "import json, sys; told = json.loads(sys.argv[1]); sys.path[:] = told['path'];"
_START += " from cramsheet.guard.worker import begin; begin(told)"
_LAST = 4096  # bytes of what libraries said


def most_memory() -> int:
    """Of this process so far, in bytes; one that it begins is told to have had as much."""
    try:
        import resource
    except ImportError:  # Windows
        return 0
    return _bytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def _bytes(most: int) -> int:
    return most if sys.platform == "darwin" else 1024 * most


@dataclass(frozen=True)
class Death:
    """How a process ended: the number of the signal, or 0; its exit code; the most memory that it
    had, and what it inherited of it, both in bytes."""

    signal: int
    code: int
    memory: int
    inherited: int = 0

    @property
    def name(self) -> str:
        try:
            return signal.Signals(self.signal).name
        except ValueError:
            return f"signal {self.signal}"


@dataclass
class Worker:
    """Kill it when nobody needs it any more; `death` waits for its end."""

    pid: int
    wire: Wire
    cell: Cell
    process: "Popen[bytes] | None" = None
    inherited: int = field(default_factory=most_memory)
    _death: Death | None = field(default=None)

    def kill(self) -> None:
        """With all that it forked."""
        if self._death:
            return
        if os.name == "nt":
            assert self.process
            self.process.kill()
            return
        for end in (os.killpg, os.kill):  # it may have no group of its own yet
            try:
                end(self.pid, signal.SIGKILL)
            except OSError:
                continue

    def death(self) -> Death:
        if self._death is None:
            self._death = self._waited()
            self.wire.close()
        return self._death

    def said(self) -> str:
        """The end of what libraries wrote."""
        return _end_of(os.path.join(self.cell.folder, SAID))

    def fault(self) -> str:
        """Where the interpreter was when a library crashed."""
        return _end_of(os.path.join(self.cell.folder, FAULT))

    def _waited(self) -> Death:
        if os.name == "nt":
            assert self.process
            return Death(0, self.process.wait(), 0)
        _, status, used = os.wait4(self.pid, 0)
        code = os.waitstatus_to_exitcode(status)
        if self.process:
            self.process.returncode = code
        return Death(max(0, -code), max(0, code), _bytes(used.ru_maxrss), self.inherited)


def can_fork() -> bool:
    """Where a fork may go on with the libraries that draw, and only one thread is there."""
    try:
        return sys.platform == "linux" and len(os.listdir("/proc/self/task")) == 1
    except OSError:
        return False


def forked(work: Work, cell: Cell) -> Worker:
    """What is imported by now is there; the rest the work imports behind its walls."""
    down, up = pipe(), pipe()
    for stream in (sys.stdout, sys.stderr):
        if stream:
            stream.flush()
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        os.close(down[1])
        os.close(up[0])
        _work(work, Wire(down[0], up[1]), cell, parent)
    os.close(down[0])
    os.close(up[1])
    return Worker(pid, Wire(up[0], down[1]), cell)


def spawned(module: str, words: Sequence[str], cell: Cell) -> Worker:
    """A new Python that calls `work_on(words)` of the module for its work."""
    from subprocess import DEVNULL, PIPE, Popen

    told = {"path": sys.path, "module": module, "words": [*words], "parent": os.getpid()}
    told |= {"cell": asdict(cell)}
    command = [sys.executable, "-I", "-c", _START, json.dumps(told)]
    process = Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, start_new_session=True)
    assert process.stdin
    assert process.stdout
    wire = Wire(os.dup(process.stdout.fileno()), os.dup(process.stdin.fileno()))
    process.stdout.close()
    process.stdin.close()
    return Worker(process.pid, wire, cell, process)


def begin(told: dict[str, object]) -> NoReturn:
    """Where a new Python begins."""
    from importlib import import_module
    from typing import Any

    from cramsheet.guard.tether import end_with

    it: Any = told
    wire = Wire(os.dup(0), os.dup(1))
    if sys.platform != "linux":
        end_with(it["parent"])
    cell = it["cell"]
    limits, places = Limits(**cell.pop("limits")), cell.pop("places")
    lists = Places(**{name: tuple(paths) for name, paths in places.items()})
    work = import_module(it["module"]).work_on(it["words"])
    _work(work, wire, Cell(limits, lists, **cell), it["parent"], leads=False)


def _work(work: Work, wire: Wire, cell: Cell, parent: int, leads: bool = True) -> NoReturn:
    code = 1
    try:
        if leads:
            os.setsid()
        os.register_at_fork(after_in_child=wire.close)  # who helps us says nothing by itself
        work(wire, wall_in(cell, parent))
        code = 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(code)


def _end_of(path: str) -> str:
    try:
        with open(path, "rb") as file:
            file.seek(0, os.SEEK_END)
            file.seek(max(0, file.tell() - _LAST))
            return file.read(_LAST).decode("utf-8", "replace")
    except OSError:
        return ""
