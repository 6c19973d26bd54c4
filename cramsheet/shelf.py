"""The packs of a folder `content/`: which there are, and their files."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from unicodedata import normalize

from cramsheet import door
from cramsheet.caps import ROWS, USUAL, Caps, allow
from cramsheet.door import Found
from cramsheet.pack.pack import Folder, Pack, read_pack
from cramsheet.pack.source import Source
from cramsheet.problems import Mark, Mistakes, Problem, closest, mistake

EXAM, QUESTIONS, FIGURES = "exam.yaml", "questions", "figures"
_LITTER = ("Thumbs.db", "desktop.ini")  # that Windows leaves beside pictures


def exams(content: Path) -> list[str]:
    """The names of the packs, sorted; raises Mistakes when there is no content."""
    if not content.is_dir():
        hint = "go to the folder that holds content/, or type `cramsheet new my-exam`"
        raise mistake(f"there is no {content}", hint=hint)
    names = sorted(
        path.name for path in content.iterdir() if path.name[0] not in "._" and path.is_dir()
    )
    if not names:
        raise mistake(f"no pack in {content}", hint="`cramsheet new my-exam` makes one")
    return names


def load_all(content: Path, names: Iterable[str], here: Path, caps: Caps = USUAL) -> list[Pack]:
    """All packs, or every problem in all of their files (Mistakes)."""
    packs: list[Pack] = []
    problems: list[Problem] = []
    for name in names:
        try:
            packs.append(read_pack(_Reading(content, name, here, caps).folder()))
        except Mistakes as error:
            problems += error.problems
    if problems:
        raise Mistakes(problems)
    return packs


def listed(path: Path, here: Path, caps: Caps = USUAL) -> Source:
    """A list that a person named; raises Mistakes when it cannot be read."""
    if not path.is_file():
        raise mistake(f"there is no file {path}", hint="look at its name and its folder")
    shown = _shown(path.absolute(), here)
    return Source(shown, door.named(path, Mark(shown), caps.file), caps)


@dataclass
class _Reading:
    """Reads a pack file by file; what is wrong with one does not hide the next."""

    content: Path
    name: str
    here: Path
    caps: Caps
    problems: list[Problem] = field(default_factory=list)
    refused: dict[str, Problem] = field(default_factory=dict)  # pictures
    files: int = 0
    size: int = 0  # bytes

    def folder(self) -> Folder:
        """Raises Mistakes for files that would be lost without a word, too."""
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", self.name):
            hint = "lower case letters, digits and hyphens: driving-theory"
            self._tell(f'"{self.name}" cannot name a pack', "", hint)
        top = self._listed("")
        folders = {it.name for it in top}
        asked = self._listed(QUESTIONS) if QUESTIONS in folders else []
        drawn = self._listed(FIGURES) if FIGURES in folders else []
        exam = self._sources("", [it for it in top if it.name == EXAM])
        texts = self._sources("", [it for it in top if it.name != EXAM])
        questions = self._sources(QUESTIONS, asked)
        pictures = dict(self._pictures(drawn))
        if self.problems:
            raise Mistakes([*self.problems, *self.refused.values()])
        path = _shown(self.content / self.name, self.here)
        one = exam[0] if exam else None
        return Folder(self.name, one, texts, questions, pictures, path, self.caps, self.refused)

    def _listed(self, folder: str) -> list[Found]:
        try:
            found = door.listed(self._root, folder, self._mark(folder), self.caps.files)
        except Mistakes as error:
            self.problems += error.problems
            return []
        if len(found) > self.caps.files:
            self._tell(*self._too_many())
            return []
        self.problems += self._strays(folder, found)
        return found

    def _too_many(self) -> tuple[str, str, str]:
        most = self.caps.files
        hint = f"remove what it does not need, {allow('files', 2 * most)}"
        return f"more than {most:,} files", "", hint

    def _sources(self, folder: str, found: Iterable[Found]) -> tuple[Source, ...]:
        names = [it.name for it in found if it.name.endswith(".yaml")]
        read = ((self._path(folder, name), self._read(folder, name)) for name in names)
        return tuple(Source(path, data, self.caps) for path, data in read if data is not None)

    def _pictures(self, found: Iterable[Found]) -> Iterator[tuple[str, bytes]]:
        """By their names as everybody writes them: macOS takes accents off letters."""
        for name in (it.name for it in found if it.name not in _LITTER):
            data = self._read(FIGURES, name, "picture")
            if data is not None:
                yield normalize("NFC", name), data

    def _read(self, folder: str, name: str, cap: str = "file") -> bytes | None:
        path, mark = "/".join(filter(None, (folder, name))), self._mark(folder, name)
        self.files += 1
        if self.files > self.caps.files or self.size > self.caps.folder:
            if self.files == self.caps.files + 1:
                self._tell(*self._too_many())
            return None
        try:
            data = door.read(self._root, path, mark, getattr(self.caps, cap), cap)
        except Mistakes as error:
            if cap == "picture":
                self.refused |= {normalize("NFC", name): it for it in error.problems}
            else:
                self.problems += error.problems
            return None
        self.size += len(data)
        if self.size > self.caps.folder:
            self._tell(*_too_heavy(self.size, self.caps.folder))
        return data

    def _strays(self, folder: str, found: Iterable[Found]) -> Iterator[Problem]:
        """What would not be read, or would on some systems be another file."""
        known: dict[str, str] = {}
        for it in found:
            mark = self._mark(folder, it.name)
            end = Path(it.name).suffix.lower()
            if folder != FIGURES and end in (".yaml", ".yml") and not it.name.endswith(".yaml"):
                yield Problem("the file would not be read", mark, "name it .yaml")
            if not folder and it.is_folder and (meant := _meant(it.name)):
                yield Problem("the folder would not be read", mark, f'name it "{meant}"')
            if (other := known.setdefault(door.same(it.name), it.name)) != it.name:
                message = f'macOS and Windows take its name for "{other}"'
                yield Problem(message, mark, "rename one of them")

    @property
    def _root(self) -> Path:
        """The folder of a pack may be a link, which the user made; nothing in it is followed."""
        return self.content / self.name

    def _tell(self, message: str, name: str, hint: str) -> None:
        self.problems.append(Problem(message, self._mark(name), hint))

    def _mark(self, *below: str) -> Mark:
        return Mark(self._path(*below))

    def _path(self, *below: str) -> str:
        return _shown(self.content.joinpath(self.name, *below), self.here)


def _too_heavy(size: int, most: int) -> tuple[str, str, str]:
    hint = f"make its pictures smaller, {allow('folder', 2 * most)}"
    return f"the pack has {ROWS['folder'].excess(size, most)}", "", hint


def _meant(name: str) -> str:
    """The folder that was meant by another name."""
    known = (QUESTIONS, FIGURES)
    return "" if name in known or name[0] == "_" else closest(name.casefold(), known)


def _shown(path: Path, here: Path) -> str:
    """The path as the person who typed the command would name it."""
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
