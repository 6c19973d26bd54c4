"""Where a build finds its templates, styles and words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cramsheet import door
from cramsheet.caps import USUAL
from cramsheet.page.borrowed import NO_FONTS, Case
from cramsheet.problems import Mark, did_you_mean, mistake

_HERE = Path(__file__).parent.parent
# In a wheel the folders travel inside the package; in a checkout they stand beside it.
BUILT_IN = _HERE / "_assets" if (_HERE / "_assets").is_dir() else _HERE.parent


def own_text(path: Path, roots: Iterable[Path]) -> str:
    """A template, a style or words: of a project through the door, for it may have come from
    somewhere. Raises Mistakes."""
    root = next(root for root in roots if path.is_relative_to(root))
    if root == BUILT_IN.resolve():
        return path.read_text(encoding="utf-8")
    folder, *steps = path.relative_to(root).parts
    mark = Mark(str(path))
    data = door.read(root / folder, "/".join(steps), mark, USUAL.file)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        byte = data[error.start]
        what, hint = f"not UTF-8 text (byte 0x{byte:02x})", "save the file as UTF-8"
        raise mistake(what, Mark(str(path), line), hint) from error


@dataclass(frozen=True)
class Style:
    """A stylesheet: the path as a person would name it, and its text."""

    path: str
    text: str


@dataclass(frozen=True)
class Shop:
    """Folders to look in, first match wins: the user's own, then the built-in ones.

    Never a pack: a pack is data that is passed around. `case` holds the fonts that may be
    borrowed for scripts that ours lack.
    """

    roots: tuple[Path, ...]
    case: Case = NO_FONTS

    @classmethod
    def open(cls, project: Path, fonts: Sequence[Path] = ()) -> "Shop":
        roots = tuple(dict.fromkeys((project.resolve(), BUILT_IN.resolve())))
        return cls(roots, Case.of_machine(fonts))

    def templates(self) -> tuple[Path, ...]:
        return tuple(root / "templates" for root in self.roots)

    def style(self, name: str) -> Style:
        """Raises Mistakes when there is none of that name."""
        found = self._find(f"styles/{name}.css")
        if found is None:
            folder, _, last = name.rpartition("/")
            known = self.names(f"styles/{folder}")
            raise mistake(f'no style "{name}"', hint=did_you_mean(last, known))
        return Style(str(found), self._read(found))

    def style_if_any(self, name: str) -> tuple[Style, ...]:
        return (self.style(name),) if self._find(f"styles/{name}.css") else ()

    def words(self, language: str) -> str | None:
        """The interface words of a language, as TOML; None when nobody has written them."""
        found = self._find(f"templates/words/{language}.toml")
        return self._read(found) if found else None

    def starters(self) -> dict[str, str]:
        """The files of a pack to start from, by their path inside it."""
        folder = BUILT_IN / "templates" / "new"
        return {
            path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
            for path in sorted(folder.rglob("*.yaml"))
        }

    def _find(self, relative: str) -> Path | None:
        return next((root / relative for root in self.roots if (root / relative).is_file()), None)

    def _read(self, path: Path) -> str:
        return own_text(path, self.roots)

    def names(self, folder: str) -> Iterable[str]:
        """Of the styles in a folder."""
        return sorted({path.stem for root in self.roots for path in (root / folder).glob("*.css")})
