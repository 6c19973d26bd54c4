"""`python3 build.py`: readies `.venv`, then becomes the program inside it.

Standard library only, and nothing but `stamp` where the environment is whole.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from cramsheet.desk.begin import program, unleaked
from cramsheet.desk.stamp import RUN, TEST, VENV, Stamp, python, whole

_HOMEBREW = "/opt/homebrew/lib"


def main(arguments: Sequence[str]) -> int:
    """Runs `cramsheet ARGUMENTS`, or the suite for `test ARGUMENTS`; the exit code is theirs."""
    root = Path(__file__).resolve().parents[2]
    lock = TEST if arguments[:1] == ["test"] else RUN
    stamp = _whole(root, lock)
    if stamp is None:
        if code := prepared(root, lock):
            return code
        stamp = _whole(root, lock) or Stamp()
    return _become(
        [str(python(root)), "-P", *program(root, arguments)],
        surroundings(os.environ, root, stamp),
        folder=root if lock == TEST else None,
    )


def _whole(root: Path, lock: str) -> Stamp | None:
    try:
        return whole(root, lock)
    except OSError:  # no requirements: `prepared` says so
        return None


def prepared(root: Path, lock: str) -> int:
    """Makes the environment; 0, or the exit code after one line about what went wrong."""
    from cramsheet.desk.environment import prepare
    from cramsheet.problems import Exit, MachineFault

    try:
        prepare(root, lock)
    except MachineFault as fault:
        print(fault, file=sys.stderr)
        return fault.exit
    except KeyboardInterrupt:
        print("cramsheet: stopped; the next run finishes .venv", file=sys.stderr)
        return Exit.STOPPED
    return Exit.DONE


def surroundings(outer: Mapping[str, str], root: Path, stamp: Stamp) -> dict[str, str]:
    """The environment variables of the program."""
    inner = unleaked(outer)
    inner["PYTHONNOUSERSITE"] = "1"
    if stamp.folders:
        folders = (str(root / VENV / folder) for folder in stamp.folders)
        inner["CRAMSHEET_LIBRARIES"] = os.pathsep.join(folders)
    if sys.platform == "darwin":  # where Homebrew puts Pango, and the loader does not look
        inner.setdefault("DYLD_FALLBACK_LIBRARY_PATH", f"{_HOMEBREW}:/usr/local/lib:/usr/lib")
    return inner


def _become(command: Sequence[str], variables: Mapping[str, str], folder: Path | None) -> int:
    """Replaces this process by the command, or on Windows, where that is not possible, waits."""
    try:
        if sys.platform == "win32":
            import subprocess

            return subprocess.call(command, env=dict(variables), cwd=folder)
        if folder:
            os.chdir(folder)  # the last thing that this process does
        _replace(command, variables)
    except OSError as error:
        print(f"error: cannot start {command[0]}: {error.strerror}", file=sys.stderr)
        print(f"  hint: remove {VENV} and run build.py again", file=sys.stderr)
        return 3


def _replace(command: Sequence[str], variables: Mapping[str, str]) -> NoReturn:
    os.execve(command[0], list(command), dict(variables))
