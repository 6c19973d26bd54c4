"""Packages of Debian and its kin: installed by root, else unpacked into a folder of ours."""

import re
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from cramsheet.desk.tools import Failure, run

# A second C library beside the one that runs already ends in a crash.
_NEVER = re.compile(r"libc6|libc-bin|libgcc|gcc-\d+-base|libstdc")
_FRUGAL = ("--yes", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300")


def here() -> bool:
    return all(map(shutil.which, ("apt-get", "dpkg-deb")))


def install(packages: Sequence[str], hint: str) -> None:
    """Needs root."""
    command = ("apt-get", "install", *_FRUGAL, *packages)
    try:
        run(command, hint)
    except Failure:  # a fresh machine has no lists of packages, another one old lists
        run(("apt-get", "update"), hint)
        run(command, hint)


def unpack(packages: Sequence[str], folder: Path, hint: str) -> None:
    """Puts what `install` would bring into `folder`, without being root or touching the system."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent) as name:
        work = Path(name)
        (work / "cache/archives/partial").mkdir(parents=True)
        cache = ("-o", f"Dir::Cache={work}/cache")
        try:
            _download(packages, cache, work, hint)
        except Failure:  # the system's lists are not there or old, and not ours to renew
            (work / "lists/partial").mkdir(parents=True)
            own = (*cache, "-o", f"Dir::State::lists={work}/lists")
            run(("apt-get", *own, "update"), hint)
            _download(packages, own, work, hint)
        for archive in sorted(work.glob("*.deb")):
            run(("dpkg-deb", "--extract", archive, folder), hint)


def _download(packages: Iterable[str], options: Sequence[str], folder: Path, hint: str) -> None:
    plan = run(("apt-get", *options, "--simulate", "install", *_FRUGAL, *packages), hint)
    run(("apt-get", *options, "download", *new(plan)), hint, folder=folder)


def new(plan: str) -> list[str]:
    """The packages that a simulated installation would put in place."""
    names = re.findall(r"^Inst (\S+)", plan, re.MULTILINE)
    return [name for name in names if not _NEVER.match(name)]


def library_folders(folder: Path) -> list[Path]:
    """Where the libraries of unpacked packages lie: /usr/lib/x86_64-linux-gnu and the like."""
    found = {path.parent for top in ("lib", "usr/lib") for path in folder.glob(f"{top}/*/*.so.*")}
    return sorted(found)
