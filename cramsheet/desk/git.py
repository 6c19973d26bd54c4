"""Git, asked for what was: a project need not be in it.

A repository may have settings that run programs. Those that what is asked here would heed are off,
and files are taken as they lie in it, without filters; nothing is fetched from elsewhere.
"""

import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from cramsheet.problems import mistake

_QUIET = ("core.fsmonitor=false", "core.hooksPath=/dev/null", "log.showSignature=false")
_ALONE = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}
_FORM = "%H%x00%as%x00%s"
_FILE = "100"  # how the mode of a file begins; links and modules are left out
_HEEDED = ("HEAD", "refs", "packed-refs", "reftable")  # what the names of revisions hang on
_MOST = 512 << 20  # bytes of one state
CONTENT = "content"


@dataclass(frozen=True)
class Commit:
    name: str
    day: str  # 2026-11-21
    subject: str


def why_none(project: Path) -> str:
    """Why nothing can be asked here; "" where it can."""
    if not shutil.which("git"):
        return "git is not installed"
    found = _asked(project, "rev-parse", "--git-dir")
    return "" if found else "the project is not in a git repository"


def commit_named(what: str, project: Path) -> str | None:
    """The full name of a revision; None where there is no git, or no such revision in it."""
    if what.startswith("-") or not what.isprintable():
        return None
    found = _asked(project, "rev-parse", "--verify", "--quiet", f"{what}^{{commit}}")
    return found.decode().strip() if found else None


def commits_of(project: Path, path: str, most: int) -> list[Commit]:
    """Those that touched what is below a path of the project, the newest first; merges count as
    what they brought."""
    words = ("log", "--first-parent", f"--max-count={most}", f"--format={_FORM}", "--", path)
    told = (_asked(project, *words) or b"").decode("utf-8", "replace")
    return [Commit(*line.split("\0", 2)) for line in told.splitlines()]


def heeded(project: Path) -> list[str]:
    """Files and folders of git: while these are as they were, so is what names mean."""
    words = [word for name in _HEEDED for word in ("--git-path", name)]
    told = (_asked(project, "rev-parse", *words) or b"").decode("utf-8", "surrogateescape")
    return [os.path.abspath(project / line) for line in told.splitlines()]  # noqa: PTH100


def packed(commit: str, project: Path, path: str) -> bytes:
    """What is below a path of the project as it was, as a tar file; empty when nothing was. Raises
    Mistakes for more than anybody needs."""
    rows = list(_files(commit, project, path))
    if sum(size for _, size, _ in rows) > _MOST:
        message = f"{path} is larger than {_MOST >> 20} MiB in revision {commit[:12]}"
        raise mistake(message, hint="name an edition record or a PDF of that day")
    names = "".join(f"{blob}\n" for blob, _, _ in rows)
    told = BytesIO(_asked(project, "cat-file", "--batch", given=names.encode()) or b"")
    out = BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for _, size, name in rows:
            told.readline()
            it = tarfile.TarInfo(name)
            it.size = size
            tar.addfile(it, BytesIO(told.read(size + 1)[:size]))
    return out.getvalue() if rows else b""


def _files(commit: str, project: Path, path: str) -> Iterator[tuple[str, int, str]]:
    """Name of the blob, size and path below the project."""
    told = _asked(project, "ls-tree", "-r", "-z", "--long", commit, "--", path) or b""
    for row in told.decode("utf-8", "surrogateescape").split("\0"):
        about, _, name = row.partition("\t")
        if about.startswith(_FILE):
            _, _, blob, size = about.split()
            yield blob, int(size), name


def _asked(project: Path, *words: str, given: bytes = b"") -> bytes | None:
    git = shutil.which("git")
    if not git:
        return None
    options = [word for it in _QUIET for word in ("-c", it)]
    done = subprocess.run(
        (git, "--literal-pathspecs", *options, "-C", str(project), *words),
        input=given,
        capture_output=True,
        env={**os.environ, **_ALONE},
    )
    return done.stdout if done.returncode == 0 else None
