"""Git, asked for what was: a project need not be in it.

A repository may have settings that run programs: those that what is asked here would heed are off.
"""

import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from cramsheet.problems import mistake

_QUIET = ("core.fsmonitor=false", "core.hooksPath=/dev/null", "log.showSignature=false")
_FORM = "%H%x00%as%x00%s"


@dataclass(frozen=True)
class Commit:
    name: str
    day: str  # 2026-11-21
    subject: str


def commit_named(what: str, project: Path) -> str | None:
    """The full name of a revision; None where there is no git, or no such revision in it."""
    if what.startswith("-"):
        return None
    found = _asked(project, "rev-parse", "--verify", "--quiet", f"{what}^{{commit}}")
    return found.decode().strip() if found else None


def commits_of(project: Path, path: str) -> list[Commit]:
    """Those that touched what is below a path of the project, the newest first; merges count as
    what they brought."""
    words = ("log", "--first-parent", f"--format={_FORM}", "--", path)
    told = (_asked(project, *words) or b"").decode("utf-8", "replace")
    return [Commit(*line.split("\0", 2)) for line in told.splitlines()]


@contextmanager
def content_at(commit: str, project: Path) -> Iterator[Path]:
    """The folder `content` of a project as it was; raises Mistakes when there was none."""
    # Paths of an archive are told from the folder in which git runs.
    archive = _asked(project, "archive", "--format=tar", commit, "content")
    if not archive:
        raise mistake(f"the project has no content/ in revision {commit[:12]}")
    with TemporaryDirectory(prefix="cramsheet-") as folder:
        with tarfile.open(fileobj=BytesIO(archive)) as it:
            it.extractall(folder, filter="data")
        yield Path(folder) / "content"


def _asked(project: Path, *words: str) -> bytes | None:
    git = shutil.which("git")
    if not git:
        return None
    options = [word for it in _QUIET for word in ("-c", it)]
    done = subprocess.run((git, *options, "-C", str(project), *words), capture_output=True)
    return done.stdout if done.returncode == 0 else None
