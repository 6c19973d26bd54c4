"""Where the command and `build.py` begin: words that were followed before end here when nothing has
changed since, and nothing else is imported."""

import os
import sys

from cramsheet.desk.manifest import PROGRAM, recalled

TYPE_CHECKING = False  # as in `seen`
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

# These would lead the environment's Python to modules that are not the environment's.
_LEAKS = ("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "__PYVENV_LAUNCHER__")


def run() -> None:
    """The command: `main`, and out at once. Python would first free millions of objects one by
    one, which takes a fifteenth of a build."""
    try:
        code = main(sys.argv[1:], walls=True)
    except KeyboardInterrupt:  # while it was imported
        print("\nstopped; the output is as it was", file=sys.stderr)
        code = 130
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream:  # None when it was closed from the beginning
                stream.flush()
        except OSError:  # nobody reads it any more
            continue
    os._exit(code)


def main(words: "Sequence[str]", walls: bool = False) -> int:
    """Within `walls` another process does the work, as whoever types the command has it."""
    if _said(recalled(words)):
        return 0
    if walls:
        from cramsheet.desk import counter

        return counter.main(words)
    from cramsheet.desk import cli

    return cli.main(words)


def build(arguments: "Sequence[str]") -> int:
    """What `build.py` does: it knows where its environment is, and need not look into it first."""
    root = os.path.dirname(PROGRAM)
    module, *words = program(root, arguments)[1:]
    if module == "cramsheet":
        known = recalled(words, os.path.join(root, ".venv"), unleaked(os.environ))
        if _said(known):
            return 0
    from cramsheet.desk import ready

    return ready.main(arguments)


def program(root: "Path | str", arguments: "Sequence[str]") -> list[str]:
    """What the environment's Python is to run; the user stays where they are, hence `--project`."""
    if arguments[:1] == ["test"]:
        return ["-m", "pytest", *arguments[1:]]
    if any(word == "--project" or word.startswith("--project=") for word in arguments):
        return ["-m", "cramsheet", *arguments]
    return ["-m", "cramsheet", *arguments, "--project", str(root)]


def unleaked(variables: "Mapping[str, str]") -> dict[str, str]:
    return {name: value for name, value in variables.items() if name not in _LEAKS}


def _said(known: str | None) -> bool:
    if known:
        print(known)
    return known is not None
