"""Which files the work of a command is about: all else is behind walls."""

import os
from argparse import Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path

from cramsheet.cellar import place
from cramsheet.desk import diary, sources
from cramsheet.desk.manifest import PROGRAM
from cramsheet.guard.places import Places, installed, real

_OURS = ("templates", "styles")
_NOT_READ = ("project", "output")  # as a whole
_FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts")
_OF_A_HOME = (".local/share/fonts", ".fonts", "Library/Fonts")


def output_of(args: Namespace) -> Path:
    output = getattr(args, "output", None)
    return output if isinstance(output, Path) else args.project.resolve() / "output"


def writable(args: Namespace) -> tuple[Path, ...]:
    """The folders in which the desk writes what a worker hands over."""
    return output_of(args), diary.folder()


def places_of(args: Namespace, folder: str, more: Iterable[str] = ()) -> Places:
    """`folder` is the worker's own, `more` is read, too."""
    trusted, listed = installed(PROGRAM)
    return Places(trusted, real((*_read(args), *more)), listed, real((folder, *_cellar(args))))


def _read(args: Namespace) -> Iterator[str]:
    above = Path(PROGRAM).parent
    yield from (str(above / name) for name in (*_OURS, "requirements.txt"))
    yield from (str(it) for it in writable(args))
    yield from _FONTS
    yield from _fonts_of_a_home()
    yield from _own(args)


def standing(args: Namespace) -> tuple[tuple[str, int, int], ...]:
    """Which of the person's own folders and files are there. Walls that were put up around some do
    not let one read others that were put in their places."""
    found = []
    for path in _own(args):
        try:
            state = os.stat(path)  # noqa: PTH116
        except OSError:
            continue
        found.append((path, state.st_dev, state.st_ino))
    return tuple(found)


def _own(args: Namespace) -> Iterator[str]:
    project = args.project.resolve()
    yield from (str(project / name) for name in _OURS)
    yield from _packs(project / "content")
    if (people := getattr(args, "people", "")) and os.path.isfile(people):  # noqa: PTH113
        yield people
    for name in sources.OPTIONS:
        if (old := getattr(args, name, "")) and isinstance(old, str):
            yield from sources.folders(old)
    for name, value in vars(args).items():
        if name not in _NOT_READ:
            yield from _named(value)


def _fonts_of_a_home() -> Iterator[str]:
    try:
        yield from (str(Path.home() / it) for it in _OF_A_HOME)
    except RuntimeError:  # nobody has one
        return


def _packs(content: Path) -> Iterator[str]:
    """The folder, and where links in it lead: whoever made them wants these packs. Links deeper
    inside are the pack's, and lead nowhere."""
    yield str(content)
    try:
        yield from (it.path for it in os.scandir(content) if it.is_symlink() and it.is_dir())
    except OSError:
        return


def _named(value: object) -> Iterator[str]:
    """Files that options name."""
    if isinstance(value, Path):
        yield str(value)
    elif isinstance(value, (list, tuple)):
        for it in value:
            yield from _named(it)


def _cellar(args: Namespace) -> Iterator[str]:
    if getattr(args, "no_cache", False):
        return
    try:
        folder = place.folder()
    except RuntimeError:  # nobody has a home
        return
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return
    yield str(folder)
