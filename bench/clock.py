"""What a process costs: CPU seconds of it and all that it starts, seconds on the wall, memory."""

import ctypes
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import resource  # Windows has none

ROOT = Path(__file__).parents[1]
_AS_IS: Mapping[str, str] = MappingProxyType({})
_PATIENCE = 5  # seconds
_SUBREAPER = 36  # prctl: orphans of what we start are ours to wait for


@dataclass(frozen=True)
class Cost:
    """`memory` is that of the largest process at its height, in MB."""

    cpu: float
    wall: float
    memory: float = 0.0


class Failed(Exception):
    """A contestant did not do its work; the text is what it said."""


def cost_of(command: Sequence[str], log: Path, variables: Mapping[str, str] = _AS_IS) -> Cost:
    """Of a command that runs once; what it says goes into a file. A process stands between, which
    has no other children."""
    between = subprocess.run(
        [sys.executable, "-m", "bench.clock", str(log), *command],
        cwd=ROOT, env={**os.environ, **variables}, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    exit_code, *numbers = json.loads(between.stdout)
    if exit_code:
        raise Failed(f"{' '.join(command)}\n{log.read_text(errors='replace')}")
    return Cost(*numbers)


def main(log: str, *command: str) -> int:
    _adopt_orphans()
    with Path(log).open("wb") as said:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=said, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    cpu = _cpu(usage) + _orphans()
    print(json.dumps([process.returncode, cpu, wall, usage.ru_maxrss / 1024]))
    return 0


def _adopt_orphans() -> None:
    """A browser leaves processes behind that it does not wait for; where the system can, we do."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)


def _cpu(usage: "resource.struct_rusage") -> float:
    return usage.ru_utime + usage.ru_stime


def _orphans() -> float:
    """CPU of those that end within a while."""
    cpu, deadline = 0.0, time.perf_counter() + _PATIENCE
    while time.perf_counter() < deadline:
        try:
            pid, _, usage = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            break
        if pid:
            cpu += _cpu(usage)
        else:
            time.sleep(0.01)
    return cpu


class Served:
    """A process that stays and is told of one edit after the other (see `serve`)."""

    def __init__(
        self, command: Sequence[str], log: Path, variables: Mapping[str, str] = _AS_IS
    ) -> None:
        self.log = log.open("w+b")
        self.process = subprocess.Popen(
            command, cwd=ROOT, text=True, env={**os.environ, **variables},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log,
        )  # fmt: skip
        try:
            self.told()  # it has done the work once
        except Failed:
            self.end()
            raise

    def told(self) -> dict[str, Cost]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line.startswith("{"):
            self.log.seek(0)
            raise Failed(line + self.log.read().decode(errors="replace"))
        return {name: Cost(*numbers) for name, numbers in json.loads(line).items()}

    def edited(self) -> dict[str, Cost]:
        """What it cost to put the edit on the screen, and to finish the file."""
        assert self.process.stdin is not None
        self.process.stdin.write("edited\n")
        self.process.stdin.flush()
        return self.told()

    def end(self) -> None:
        self.process.communicate()
        self.log.close()


Done = Callable[[str], None]


def serve(work: Callable[[Done], None]) -> int:
    """Does the work once, and again for each line of standard input. It is given a function to
    call with "file" when the finished file is on the disk, with "screen" when the new page could
    be shown."""
    _timed(work)
    for _ in sys.stdin:
        _timed(work)
    return 0


def _timed(work: Callable[[Done], None]) -> None:
    begun, times = _now(), {}

    def done(what: str) -> None:
        cpu, wall = _now()
        times[what] = cpu - begun[0], wall - begun[1], _height()

    work(done)
    print(json.dumps(times), flush=True)


def _now() -> tuple[float, float]:
    """CPU of this process and all that it started, those at work included; and the time."""
    used = os.times()
    ended = used.children_user + used.children_system
    return time.process_time() + ended + _at_work(os.getpid()), time.perf_counter()


def _height() -> float:
    """The most memory that this process ever had, in MB; 0 where the system does not say."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return sum(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))


def _at_work(pid: int) -> float:
    """CPU of the children of a process that have not ended, as far as the system tells."""
    cpu = 0.0
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in children.read_text().split():
            with suppress(OSError):  # it has just ended
                fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
                cpu += sum(int(ticks) for ticks in fields[11:15]) / os.sysconf("SC_CLK_TCK")
                cpu += _at_work(int(child))
    return cpu


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
