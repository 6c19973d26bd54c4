"""Font files of the machine, and what can be told of each without drawing it."""

import os
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

ENDINGS = (".ttf", ".otf", ".ttc", ".otc")
REGULAR = 400


@dataclass(frozen=True)
class Candidate:
    """A face of a font file."""

    path: Path
    index: int  # in a collection
    family: str
    weight: int
    upright: bool

    @property
    def face(self) -> Any:
        return _face(self.path, self.index)

    def has(self, wanted: frozenset[int]) -> frozenset[int]:
        import uharfbuzz

        font = uharfbuzz.Font(self.face)
        return frozenset(code for code in wanted if font.get_nominal_glyph(code))


@lru_cache(maxsize=4)
def installed(folders: tuple[Path, ...]) -> tuple[Candidate, ...]:
    paths = {
        Path(folder, name)
        for top in folders
        for folder, _, names in os.walk(top)
        for name in names
        if is_font(Path(name))
    }
    return tuple(it for path in sorted(paths) for it in candidates(path))


def is_font(path: Path) -> bool:
    return path.suffix.casefold() in ENDINGS


@lru_cache(maxsize=4096)
def candidates(path: Path) -> tuple[Candidate, ...]:
    """The faces of a file that hold outlines; none of one that is no font."""
    found = []
    for index in range(64):
        face = _face(path, index)
        if face is None or not face.glyph_count:
            break
        if {"glyf", "CFF "} & set(face.table_tags):
            found.append(_described(path, index, face))
    return tuple(found)


def _described(path: Path, index: int, face: Any) -> Candidate:
    """By the tables head and OS/2 and by its name in English."""
    os2 = bytes(face.reference_table("OS/2").data)
    weight = int.from_bytes(os2[4:6], "big") or REGULAR
    italic = bool(os2[62:64] and int.from_bytes(os2[62:64], "big") & 1)
    names = (face.get_name(16), face.get_name(1))
    family = next((name for name in names if name), path.stem)
    slanted = re.search(r"italic|oblique", path.stem, re.IGNORECASE)
    return Candidate(path, index, family, weight, not italic and not slanted)


@lru_cache(maxsize=4096)
def _face(path: Path, index: int) -> Any:
    import uharfbuzz

    try:
        blob = uharfbuzz.Blob.from_file_path(str(path))
        return uharfbuzz.Face(blob, index) if index < max(1, _count(blob)) else None
    except uharfbuzz.HarfBuzzError:
        return None


def _count(blob: Any) -> int:
    head = bytes(blob.data[:12])
    return int.from_bytes(head[8:12], "big") if head[:4] == b"ttcf" else 1


def forget() -> None:
    """All that was read of font files."""
    for it in (installed, candidates, _face):
        it.cache_clear()


def usual_folders() -> tuple[Path, ...]:
    """Where systems keep fonts, there or not: Linux, macOS, Windows."""
    home = Path.home()
    return (
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".local/share/fonts",
        home / ".fonts",
        Path("/System/Library/Fonts"),
        Path("/Library/Fonts"),
        home / "Library/Fonts",
        Path(os.environ.get("WINDIR", "C:/Windows"), "Fonts"),
    )
