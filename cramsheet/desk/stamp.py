"""What `.venv` was made from, and whether all of it is still there.

Asked at every start, so: standard library, no program started, under 10 ms.
"""

import json
import os
import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

VENV = ".venv"
RUN = "requirements.txt"
TEST = "requirements-test.txt"  # holds all of RUN, too

_FILE = "cramsheet.json"
_FORM = "1"  # another number makes every environment anew


class Stamp(NamedTuple):
    """Written last, so an environment with a stamp was finished."""

    recipes: tuple[str, ...] = ()
    files: tuple[str, ...] = ()  # what must be there; inside `.venv` as relative paths
    folders: tuple[str, ...] = ()  # of unpacked native libraries, relative to `.venv`


def recipe(root: Path, lock: str) -> str:
    """A hash over all that an environment depends on."""
    python = (sys.version, sys.platform, os.path.realpath(sys.base_prefix))
    text = "\n".join((_FORM, *python, lock, (root / lock).read_text("utf-8")))
    return sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def recipes(root: Path, lock: str) -> tuple[str, ...]:
    """What an environment made from `lock` can be used as."""
    return tuple(recipe(root, name) for name in dict.fromkeys((RUN, lock)))


def whole(root: Path, lock: str) -> Stamp | None:
    """The stamp of the environment if it fits `lock` as that is today, and nothing is gone."""
    stamp = read(root)
    if recipe(root, lock) not in stamp.recipes:
        return None
    venv = str(root / VENV)
    there = all(os.path.exists(os.path.join(venv, name)) for name in stamp.files)  # noqa: PTH110, PTH118
    return stamp if there else None


def read(root: Path) -> Stamp:
    """The stamp, an empty one where there is none that can be read."""
    try:
        fields = json.loads((root / VENV / _FILE).read_text("utf-8"))
        return Stamp(**{name: tuple(map(str, fields[name])) for name in Stamp._fields})
    except (OSError, ValueError, TypeError, KeyError):
        return Stamp()


def write(root: Path, stamp: Stamp) -> None:
    (root / VENV / _FILE).write_text(json.dumps(stamp._asdict(), indent=1), "utf-8")


def remove(root: Path) -> None:
    """From now on, and until the next `write`, the environment counts as half made."""
    with suppress(NotADirectoryError):
        (root / VENV / _FILE).unlink(missing_ok=True)


def python(root: Path) -> Path:
    """The interpreter of the environment."""
    return root / VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
