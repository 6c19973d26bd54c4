"""What a thing that is kept hangs on beside what it was made of: the program and its libraries."""

import os
import sys
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

PROGRAM = Path(__file__).parents[1]
NO_FILE = "no file"


def fingerprint(form: str, trees: Iterable[Path] = (PROGRAM,)) -> str:
    """Of Python, the installed packages and every file of the trees, by what they hold. Another
    `form` gives another one."""
    digest = sha256(repr((form, sys.version, sys.platform)).encode())
    for name in sorted(_libraries()):
        digest.update(f"{name}\n".encode())
    for path in (path for tree in trees for path in files(tree)):
        digest.update(f"{path}\0{hash_of(Path(path))}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _libraries() -> Iterable[str]:
    """The installed packages: the names of their folders hold their versions."""
    for folder in filter(os.path.isdir, sys.path):
        names = os.listdir(folder)  # noqa: PTH208
        yield from (name for name in names if name.endswith((".dist-info", ".egg-info")))


def files(tree: Path) -> Iterator[str]:
    """Every file below a folder by its path, in order; or the file itself."""
    if not tree.is_dir():
        yield str(tree)
        return
    for folder, folders, names in os.walk(tree):
        folders[:] = sorted(it for it in folders if it != "__pycache__" and it[0] != ".")
        yield from (f"{folder}/{name}" for name in sorted(names) if not name.startswith("."))


def hash_of(path: Path) -> str:
    """The contents; something else than a file is not opened, for that could wait for ever."""
    try:
        return sha256(path.read_bytes()).hexdigest() if path.is_file() else NO_FILE
    except OSError:
        return NO_FILE
