"""Where the history of sittings lies: a small file for each exam in the user's data folder."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cramsheet.desk.handing import alone, commit, prepare

if TYPE_CHECKING:
    from cramsheet.study.history import Seen


def folder() -> Path:
    """As XDG says; elsewhere where programs keep their data."""
    if told := os.environ.get("XDG_DATA_HOME"):
        home = Path(told)
    elif sys.platform == "win32":
        home = Path(os.environ.get("LOCALAPPDATA", Path.home()))
    elif sys.platform == "darwin":
        home = Path.home() / "Library" / "Application Support"
    else:
        home = Path.home() / ".local" / "share"
    return home / "cramsheet" / "history"


def known(exam: str) -> "tuple[Seen, ...]":
    """Raises Mistakes for a file that is no history of ours."""
    from cramsheet.study.history import history_of

    path = folder() / f"{exam}.json"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError):
        text = "unreadable"
    return history_of(text, str(path))


def add(exam: str, sittings: "Sequence[Seen]") -> None:
    from cramsheet.study.history import history_text, with_new

    where = folder()
    prepare(where)
    with alone(where):
        text = history_text(exam, with_new(known(exam), sittings))
        commit(where, {f"{exam}.json": text.encode()})


def forget(exam: str) -> bool:
    """Whether there was something to forget."""
    path = folder() / f"{exam}.json"
    there = path.is_file()
    path.unlink(missing_ok=True)
    return there
