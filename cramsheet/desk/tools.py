"""Other people's programs, as the set-up starts them: silent, unless they fail."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from cramsheet.problems import MachineFault, Problem

_TAIL = 20  # lines
# A user's settings that would make pip write elsewhere than into `.venv`.
_ASTRAY = ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_PYTHON")
_CALM = {"PYTHONNOUSERSITE": "1", "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}


class Failure(MachineFault):
    """A program failed; the end of what it said comes first, for there the reason stands."""

    def __init__(self, problem: Problem, output: str) -> None:
        super().__init__([problem])
        self.output = output

    def __str__(self) -> str:
        return "\n".join([*self.output.splitlines()[-_TAIL:], super().__str__()])


def say(text: str) -> None:
    print(f"cramsheet: {text}", file=sys.stderr, flush=True)


def run(
    command: Sequence[str | Path],
    hint: str,
    name: str = "",
    folder: Path | None = None,
    held: int | None = None,
) -> str:
    """What the program said; a `Failure` with the hint where it is not there or ends badly.

    `held` is a file that stays open, and so locked, until the program ends, even if we are killed.
    """
    name = name or Path(command[0]).name
    try:
        done = subprocess.run(
            [str(word) for word in command],
            cwd=folder,
            env=calm(os.environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=() if held is None else (held,),
        )
    except OSError as error:
        raise Failure(Problem(f"cannot start {name}: {error.strerror}", hint=hint), "") from error
    output = done.stdout.decode("utf-8", "replace")
    if done.returncode:
        raise Failure(Problem(f"{name} failed with exit code {done.returncode}", hint=hint), output)
    return output


def calm(outer: Mapping[str, str]) -> dict[str, str]:
    """Variables with which programs do the same for everyone; mirrors and proxies stay."""
    kept = {
        name: value
        for name, value in outer.items()
        if name not in _ASTRAY and not name.startswith("PYTHON")
    }
    return kept | _CALM
