"""The packs of a folder `content/`: which there are, and their files."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from cramsheet.pack.pack import Folder, Pack, read_pack
from cramsheet.pack.source import LARGEST_FILE, Source
from cramsheet.problems import Mark, Mistakes, Problem, mistake

LARGEST_PICTURE = 20 << 20  # bytes


def exams(content: Path) -> list[str]:
    """The names of the packs, sorted; raises Mistakes when there is no content."""
    if not content.is_dir():
        hint = "go to the folder that holds content/, or type `cramsheet new my-exam`"
        raise mistake(f"there is no {content}", hint=hint)
    names = sorted(
        path.name for path in content.iterdir() if path.is_dir() and path.name[0] not in "._"
    )
    if not names:
        raise mistake(f"no pack in {content}", hint="`cramsheet new my-exam` makes one")
    return names


def load_all(content: Path, names: Iterable[str], here: Path) -> list[Pack]:
    """All packs, or every problem in all of their files (Mistakes)."""
    packs: list[Pack] = []
    problems: list[Problem] = []
    for name in names:
        try:
            packs.append(read_pack(_folder(content / name, here)))
        except Mistakes as error:
            problems += error.problems
    if problems:
        raise Mistakes(problems)
    return packs


def listed(path: Path, here: Path) -> Source:
    """A list that a person named; raises Mistakes when it cannot be read."""
    if not path.is_file():
        raise mistake(f"there is no file {path}", hint="look at its name and its folder")
    return Source(_shown(path.absolute(), here), _read(path.resolve(), LARGEST_FILE, here))


def _folder(path: Path, here: Path) -> Folder:
    """The files of a pack; raises Mistakes for files that would be lost without a word."""
    problems = list(_strays(path, here))
    exam = path / "exam.yaml"
    texts = [p for p in sorted(path.glob("*.yaml")) if p != exam]
    questions = sorted((path / "questions").glob("*.yaml"))
    figures = sorted((path / "figures").glob("*"))
    sources: dict[Path, Source] = {}
    for file in (*((exam,) if exam.exists() else ()), *texts, *questions, *figures):
        try:
            most = LARGEST_PICTURE if file in figures else LARGEST_FILE
            sources[file] = Source(_shown(file, here), _read(file, most, here))
        except Mistakes as error:
            problems += error.problems
    if problems:
        raise Mistakes(problems)
    return Folder(
        path.name,
        sources.get(exam),
        tuple(sources[file] for file in texts),
        tuple(sources[file] for file in questions),
        {file.name: sources[file].data for file in figures},
        _shown(path, here),
    )


def _strays(path: Path, here: Path) -> Iterator[Problem]:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", path.name):
        hint = "lower case letters, digits and hyphens: driving-theory"
        yield Problem(f'"{path.name}" cannot name a pack', Mark(_shown(path, here)), hint)
    for file in sorted((*path.glob("*.yml"), *path.glob("questions/*.yml"))):
        yield Problem("the file would not be read", Mark(_shown(file, here)), "name it .yaml")


def _read(file: Path, most: int, here: Path) -> bytes:
    mark = Mark(_shown(file, here))
    if file.is_symlink() or not file.is_file():
        raise mistake("not a file of the pack's own", mark, "copy the file here")
    if file.stat().st_size > most:
        size = f"{most >> 20} MiB"
        raise mistake(f"the file is larger than {size}", mark, "split it, or make it smaller")
    try:
        return file.read_bytes()
    except OSError as error:
        raise mistake(f"cannot be read: {error.strerror}", mark) from error


def _shown(path: Path, here: Path) -> str:
    """The path as the person who typed the command would name it."""
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
