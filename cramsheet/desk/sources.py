"""Where an old edition lies that options name: files that count, and folders that are read.

It may be a record, a PDF of ours, an output folder, a folder of content, or a revision of git, of
which nothing lies anywhere.
"""

from collections.abc import Iterator
from pathlib import Path

from cramsheet.desk.seen import CONTENTS, PACKS

OPTIONS = ("since", "old", "new")
RECORD, EXAM, CONTENT = "edition.json", "exam.yaml", "content"


def content_in(folder: Path) -> Path | None:
    """The folder of packs that a folder is, or has; None for an output folder."""
    inside = folder / CONTENT
    if inside.is_dir():
        return inside
    return None if records_in(folder) else folder


def records_in(folder: Path) -> list[Path]:
    """Of an output folder, or of one exam in it."""
    found = (folder / RECORD, *(it / RECORD for it in _inside(folder)))
    return [it for it in found if it.is_file()]


def folders(old: str) -> Iterator[str]:
    """What a worker may read of it, and where links to packs lead."""
    path = Path(old).absolute()
    content = content_in(path) if path.is_dir() else None
    if path.exists():
        yield str(content or path)
    if content:
        yield from (str(it) for it in _inside(content) if it.is_symlink())


def counting(old: str) -> Iterator[tuple[str, str]]:
    """What counts, and of which path."""
    path = Path(old).absolute()
    content = content_in(path) if path.is_dir() else None
    if content is None and path.is_dir():
        yield PACKS, str(path)
        yield from ((CONTENTS, str(it)) for it in records_in(path))
    elif content is None or (path / EXAM).is_file():
        yield CONTENTS, str(path)
    else:
        yield PACKS, str(content)
        yield from ((CONTENTS, str(it)) for it in _inside(content))


def _inside(folder: Path) -> list[Path]:
    try:
        return sorted(it for it in folder.iterdir() if it.name[0] not in "._")
    except OSError:
        return []
