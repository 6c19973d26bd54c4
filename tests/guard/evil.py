"""Work that goes wrong, in a worker that the real desk started: python -m tests.guard.evil HOW ...

The rest of the words is a command; its work is replaced.
"""

import ctypes
import errno
import os
import signal
import sys
import time
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cramsheet.crew import share_out
from cramsheet.desk import cli, counter
from cramsheet.desk.fences import output_of
from cramsheet.desk.handing import alone, commit, prepare
from cramsheet.guard.landlock import abi
from cramsheet.problems import Exit

SECRET = "the-word-of-the-pack"
FILE = "demo/demo.pdf"


def _eat_memory(args: Namespace) -> None:
    held = []
    while True:
        held.append(bytearray(1 << 24))


def _abort_for_memory(args: Namespace) -> None:
    """As GLib does when it gets no more."""
    held = bytearray(b"x") * (230 << 20)
    os.kill(os.getpid(), signal.SIGTRAP if held else signal.SIGKILL)


def _compute(args: Namespace) -> None:
    while True:
        pass


def _wait(args: Namespace) -> None:
    time.sleep(60)


def _compute_in_a_fork(args: Namespace) -> None:
    share_out(lambda number, tell: _compute(args), 2, 2, print)


def _pids(args: Namespace) -> None:
    """Two forks that draw for long; tells who they are."""

    def work(number: int, tell: Callable[[str], None]) -> None:
        tell(str(os.getpid()))
        time.sleep(60)

    print(os.getpid(), flush=True)
    share_out(work, 2, 2, lambda pid: print(pid, flush=True))


def _write(args: Namespace, name: str = FILE, size: int = 3) -> None:
    output = output_of(args)
    prepare(output)
    with alone(output):
        commit(output, {name: b"%PDF-" + b"x" * size + b"%%EOF"})


def _crash(args: Namespace) -> None:
    ctypes.string_at(0)


def _end(number: int) -> None:
    os.kill(os.getpid(), number)


def _raise(error: BaseException) -> None:
    raise error


def _raise_in_a_fork(args: Namespace) -> None:
    share_out(lambda number, tell: _raise(KeyError(SECRET)), 2, 2, print)


def _babble(args: Namespace) -> None:
    out: Any = sys.stdout
    out._wire._write(b"[" * 100_000 + b"\n")


def _noise(args: Namespace) -> None:
    os.write(2, b"Fontconfig error: noise\n")
    os.write(1, b"noise\n")
    print("\x1b[31mred\u202eder", flush=True)
    print("heard", file=sys.stderr)


def _hold_the_lock(args: Namespace) -> None:
    with alone(output_of(args)):
        _crash(args)


def _fill_a_folder(args: Namespace) -> None:
    Path(os.environ["TMPDIR"], "left").write_bytes(b"x")
    try:
        with Path(os.environ["TMPDIR"], "large").open("wb") as file:
            while True:
                file.write(b"x" * (1 << 24))
    except OSError as error:
        print(errno.errorcode[error.errno or 0], abi() > 0)


HOW: dict[str, Callable[[Namespace], Any]] = {
    "memory": _eat_memory,
    "abort": _abort_for_memory,
    "compute": _compute,
    "wait": _wait,
    "compute in a fork": _compute_in_a_fork,
    "pids": _pids,
    "write": _write,
    "write much": lambda args: _write(args, size=3 << 20),
    "write above": lambda args: _write(args, "../demo.pdf"),
    "write a program": lambda args: _write(args, "demo/run.sh"),
    "crash": _crash,
    "crash with the lock": _hold_the_lock,
    "killed": lambda args: _end(signal.SIGKILL),
    "bug": lambda args: _raise(KeyError(SECRET)),
    "bug in a fork": _raise_in_a_fork,
    "exit": lambda args: os._exit(1),
    "disk": lambda args: _raise(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))),
    "module": lambda args: _raise(ModuleNotFoundError("no module", name="jinja2")),
    "interrupt": lambda args: _raise(KeyboardInterrupt()),
    "babble": _babble,
    "noise": _noise,
    "folder": _fill_a_folder,
}


def main() -> None:
    how, *words = sys.argv[1:]

    def perform(args: Namespace) -> Exit:
        HOW[how](args)
        return Exit.DONE

    cli.perform = perform
    code = counter.main(words)
    sys.stdout.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
