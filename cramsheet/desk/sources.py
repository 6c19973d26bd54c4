"""Where an old edition lies that options name: files that count, and folders that are read.

It may be a record, a PDF of ours, an output folder, a folder of content, or a revision of git, of
which nothing lies anywhere. Asked before much is imported.
"""

import os
from collections.abc import Iterator

from cramsheet.desk.seen import CONTENTS, PACKS

OPTIONS = ("since", "old", "new")
RECORD, EXAM, CONTENT = "edition.json", "exam.yaml", "content"


def content_in(folder: str) -> str | None:
    """The folder of packs that a folder is, or has; None for an output folder."""
    inside = os.path.join(folder, CONTENT)
    if os.path.isdir(inside):
        return inside
    return None if records_in(folder) else folder


def records_in(folder: str) -> list[str]:
    """Of an output folder, or of one exam in it."""
    below = (os.path.join(folder, name, RECORD) for name in _names(folder))
    return [it for it in (os.path.join(folder, RECORD), *below) if os.path.isfile(it)]


def folders(old: str) -> Iterator[str]:
    """What a worker may read of it, and where links to packs lead."""
    path = os.path.abspath(old)
    content = content_in(path) if os.path.isdir(path) else None
    if os.path.exists(path):
        yield content or path
    if content:
        yield from (it for name in _names(content) if os.path.islink(it := f"{content}/{name}"))


def counting(old: str) -> Iterator[tuple[str, str]]:
    """What counts, and of which path."""
    path = os.path.abspath(old)
    content = content_in(path) if os.path.isdir(path) else None
    if content is None and os.path.isdir(path):
        yield PACKS, path
        yield from ((CONTENTS, it) for it in records_in(path))
    elif content is None or os.path.isfile(os.path.join(path, EXAM)):
        yield CONTENTS, path
    else:
        yield PACKS, content
        yield from ((CONTENTS, os.path.join(content, name)) for name in _names(content))


def _names(folder: str) -> list[str]:
    try:
        return sorted(name for name in os.listdir(folder) if name[0] not in "._")
    except OSError:
        return []
