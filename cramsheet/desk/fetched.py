"""What git was asked for: it has the names of `git`, and is `git` where nothing was fetched before.

A worker may start no program. So the desk asks for all that the words of a command name, lays it
into the worker's folder before the walls are put up, and the worker finds it there.
"""

import json
import os
import tarfile
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import astuple, dataclass, field
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from cramsheet.desk import git
from cramsheet.desk.errand import FOLDER
from cramsheet.desk.git import CONTENT, Commit
from cramsheet.desk.sources import OPTIONS
from cramsheet.problems import mistake

_LIST = "asked.json"


@dataclass(frozen=True)
class Fetched:
    """What lies in a folder: revisions by what they were called, and the commits of each pack."""

    folder: Path
    why_none: str = ""
    commits: dict[str, str | None] = field(default_factory=dict)
    histories: dict[str, list[list[str]]] = field(default_factory=dict)
    heeded: list[str] = field(default_factory=list)

    def keep(self) -> None:
        told = {name: it for name, it in vars(self).items() if name != "folder"}
        (self.folder / _LIST).write_text(json.dumps(told), "utf-8")


_HERE: ContextVar[Fetched | None] = ContextVar("fetched", default=None)


def past_of(args: Namespace) -> int:
    """How many commits a command tells of."""
    return int(getattr(args, "past", 0) or 0)


def fetch(args: Namespace, room: str) -> Sequence[str]:
    """As `errand.fetch`."""
    if not _named(args) and not past_of(args):
        return ()
    project, folder = Path(args.project).resolve(), Path(room) / FOLDER
    folder.mkdir()
    found = Fetched(folder, git.why_none(project))
    if not found.why_none:
        found.heeded.extend(git.heeded(project))
        for what in _named(args):
            found.commits[what] = commit = git.commit_named(what, project)
            if commit:
                _keep(folder, commit, CONTENT, project)
        for name in _exams(args, project) if past_of(args) else ():
            path = f"{CONTENT}/{name}"
            commits = git.commits_of(project, path, past_of(args) + 1)
            found.histories[path] = [[*astuple(it)] for it in commits]
            for it in commits:
                _keep(folder, it.name, path, project)
    found.keep()
    return found.heeded


def find(room: Path) -> None:
    """What was fetched into this folder is what git says from now on."""
    folder = room / FOLDER
    if (folder / _LIST).is_file():
        told = json.loads((folder / _LIST).read_text("utf-8"))
        _HERE.set(Fetched(folder, **told))


def why_none(project: Path) -> str:
    here = _HERE.get()
    return here.why_none if here else git.why_none(project)


def commit_named(what: str, project: Path) -> str | None:
    here = _HERE.get()
    return here.commits.get(what) if here else git.commit_named(what, project)


def commits_of(project: Path, path: str, most: int) -> list[Commit]:
    here = _HERE.get()
    if here is None:
        return git.commits_of(project, path, most)
    return [Commit(*row) for row in here.histories.get(path, ())][:most]


def heeded(project: Path) -> list[str]:
    here = _HERE.get()
    return here.heeded if here else git.heeded(project)


@contextmanager
def content_at(commit: str, project: Path, path: str = CONTENT) -> Iterator[Path]:
    """The folder `content` of a project, or only what is below a path of it, as it was; raises
    Mistakes when there was none."""
    here = _HERE.get()
    if here is None:
        data = git.packed(commit, project, path)
    else:
        data = _place(here.folder, commit, path).read_bytes()
    if not data:
        raise mistake(f"the project has no {path}/ in revision {commit[:12]}")
    with TemporaryDirectory(prefix="cramsheet-") as folder:
        try:
            with tarfile.open(fileobj=BytesIO(data)) as it:
                it.extractall(folder, filter="data")
        except (tarfile.TarError, OSError) as error:
            message = f"revision {commit[:12]} has files that cannot lie in a folder"
            raise mistake(message, hint="name another revision") from error
        yield Path(folder) / CONTENT


def _named(args: Namespace) -> list[str]:
    """What is no file or folder may be a revision."""
    words = (getattr(args, name, "") for name in OPTIONS)
    return [it for it in words if isinstance(it, str) and it and not os.path.exists(it)]  # noqa: PTH110


def _exams(args: Namespace, project: Path) -> list[str]:
    content = project / CONTENT
    there = sorted(os.listdir(content) if content.is_dir() else ())  # noqa: PTH208
    asked = {name.strip() for name in args.exam.split(",") if name.strip()}
    return [name for name in there if name[0] not in "._" and (not asked or name in asked)]


def _keep(folder: Path, commit: str, path: str, project: Path) -> None:
    _place(folder, commit, path).write_bytes(git.packed(commit, project, path))


def _place(folder: Path, commit: str, path: str) -> Path:
    return folder / f"{commit}-{path.replace('/', '-')}.tar"
