"""What is being replaced, noted in the output folder while it is: several files cannot be renamed
in one step, so who finds the note after a kill or a power cut puts the old set back.

The note appears in one step when everything is ready, and goes in one step when all is in place:
that is the moment from which the new set counts. To put back may itself be cut off, and done again.
"""

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from cramsheet.desk.manifest import JOURNAL
from cramsheet.desk.staging import flush_folder, put, put_there


class Damaged(ValueError):
    """It is none of ours, or the disk has lost it."""


def begin(folder: Path, olds: Mapping[Path, Path | None]) -> None:
    """For each target where its old file is kept; None where there was none."""
    lines = [[_below(it, folder), _below(old, folder) if old else ""] for it, old in olds.items()]
    _flush(folder, olds)  # nothing is noted that may be lost
    text = json.dumps({"files": lines})
    put_there(folder / JOURNAL, text.encode())
    flush_folder(folder)


def end(folder: Path, targets: Iterable[Path]) -> None:
    """From here on the new set counts."""
    _flush(folder, targets)
    (folder / JOURNAL).unlink()


def found(folder: Path | str) -> bool:
    return os.path.lexists(os.path.join(folder, JOURNAL))  # noqa: PTH118


def put_back(folder: Path) -> None:
    """The old set, if a new one was not finished; raises OSError, and Damaged."""
    if not found(folder):
        return
    files = _read(folder)
    for target, old in files.items():
        if old is None:
            target.unlink(missing_ok=True)
        elif old.exists():
            put(old, target)
            old.unlink(missing_ok=True)  # where both are names of one file, renaming does nothing
    end(folder, files)
    flush_folder(folder)


def _read(folder: Path) -> dict[Path, Path | None]:
    path = folder / JOURNAL
    try:
        if path.is_symlink():
            raise ValueError
        known = json.loads(path.read_bytes())
        pairs = [(str(target), str(old)) for target, old in known["files"]]
    except (ValueError, TypeError, KeyError) as error:
        raise Damaged(str(path)) from error
    if not all(map(_stays, (name for pair in pairs for name in pair))):
        raise Damaged(str(path))
    return {folder / target: folder / old if old else None for target, old in pairs}


def _stays(name: str) -> bool:
    """The folder may be somebody else's: nothing outside of it is touched."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name


def _below(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _flush(folder: Path, targets: Iterable[Path]) -> None:
    for parent in dict.fromkeys(target.parent for target in targets):
        if parent.is_dir():
            flush_folder(parent)
