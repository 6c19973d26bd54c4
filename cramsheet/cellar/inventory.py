"""What lies in the cellar, and clearing it out."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from cramsheet.cellar.cellar import is_ours
from cramsheet.cellar.place import NAME, own_files, remove

Row = tuple[str, int, int, int, int]


@dataclass(frozen=True)
class Inventory:
    """`size` in bytes on the disk; by kind how many there are and how many bytes they hold; `uses`
    are the earliest and the latest last use, in seconds of the clock."""

    size: int = 0
    kinds: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    uses: tuple[int, int] | None = None


def inventory(folder: Path) -> Inventory | None:
    """None when what lies there cannot be read."""
    from sqlite3 import Error, connect

    files = own_files(folder)
    if not files:
        return Inventory()
    ask = "SELECT kind, count(*), sum(size), min(used), max(used) FROM things GROUP BY kind"
    try:
        size = sum(path.lstat().st_size for path in files)
        address = f"{(folder / NAME).absolute().as_uri()}?mode=rw"
        with closing(connect(address, uri=True, timeout=1.0)) as file:
            if (folder / NAME).is_symlink() or not is_ours(file):
                return None
            rows = [_row(*row) for row in file.execute(ask)]
    except (Error, OSError, ValueError, TypeError):
        return None
    kinds = {kind: (count, weight) for kind, count, weight, _, _ in rows}
    uses = (min(row[3] for row in rows), max(row[4] for row in rows)) if rows else None
    return Inventory(size, kinds, uses)


def _row(kind: str, count: int, weight: int, first: int, last: int) -> Row:
    """Whatever types the file has."""
    return str(kind), int(count), int(weight), int(first), int(last)


def clear(folder: Path) -> int:
    """Removes our files and nothing else, and tells how many bytes they had. Raises OSError."""
    size = sum(path.lstat().st_size for path in own_files(folder))
    remove(folder)
    return size
