"""Where the cellar lies: in the folder for what programs may lose."""

import os
import sys
from pathlib import Path

NAME = "things.sqlite3"
_BESIDE = ("", "-wal", "-shm", "-journal")  # what SQLite writes beside it


def folder() -> Path:
    """As XDG says; elsewhere where programs keep what they can make again. Raises RuntimeError
    where nobody has a home."""
    told = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if told.is_absolute():
        return told / "cramsheet"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "cramsheet" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "cramsheet"
    return Path.home() / ".cache" / "cramsheet"


def own_files(folder: Path) -> list[Path]:
    """Those of ours that are there, links that bear their names, too."""
    named = (folder / f"{NAME}{ending}" for ending in _BESIDE)
    return [path for path in named if path.is_symlink() or path.is_file()]


def remove(folder: Path) -> None:
    """Our files and nothing else; of a link only the link. Raises OSError."""
    for path in own_files(folder):
        path.unlink(missing_ok=True)
