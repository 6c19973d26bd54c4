"""A project folder in which the set-up is tried: its modules are ours, all else is a stand-in."""

import shutil
from pathlib import Path
from typing import NamedTuple

from cramsheet.desk.stamp import RUN, TEST, VENV, Stamp, python, recipes, write

ROOT = Path(__file__).resolve().parents[2]
MODULES = (
    *("build.py", "cramsheet/__init__.py", "cramsheet/problems.py"),
    *(f"cramsheet/desk/{name}.py" for name in ("__init__", "begin", "manifest", "seen")),
    *(f"cramsheet/desk/{name}.py" for name in ("ready", "stamp", "environment")),
    *("cramsheet/desk/debian.py", "cramsheet/desk/tools.py"),
    *("cramsheet/press/__init__.py", "cramsheet/press/libraries.py"),
)


class Project(NamedTuple):
    root: Path

    @property
    def venv(self) -> Path:
        return self.root / VENV

    @property
    def stamp_file(self) -> Path:
        return self.venv / "cramsheet.json"

    @property
    def packages(self) -> Path:
        return self.venv / "lib/python3.11/site-packages"

    @property
    def native(self) -> Path:
        return self.venv / "native/usr/lib/here"

    @property
    def stamp(self) -> Stamp:
        files = ("press.py", "cramsheet.pth")
        return Stamp(
            recipes(self.root, RUN),
            (
                str(python(self.root).relative_to(self.venv)),
                *(str((self.packages / name).relative_to(self.venv)) for name in files),
                str((self.native / "libpango-1.0.so.0").relative_to(self.venv)),
                str(self.root / RUN),  # as for a library of the system: outside of .venv
            ),
            (str(self.native.relative_to(self.venv)),),
        )


def bare(root: Path) -> Project:
    """A project in which nothing has been readied."""
    for name in MODULES:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, root / name)
    (root / RUN).write_text("press==1.0\n", "utf-8")
    (root / TEST).write_text("press==1.0\nproof==1.0\n", "utf-8")
    return Project(root)


def readied(root: Path) -> Project:
    """The same with an environment whose Python tells where it was started, and how."""
    project = bare(root)
    inside = python(root)
    for folder in (inside.parent, project.packages, project.native):
        folder.mkdir(parents=True)
    inside.write_text('#!/bin/sh\npwd\nprintf "%s\\n" "$@"\nexit 7\n', "utf-8")
    inside.chmod(0o755)
    for path in (
        project.packages / "press.py",
        project.packages / "cramsheet.pth",
        project.native / "libpango-1.0.so.0",
    ):
        path.touch()
    write(root, project.stamp)
    return project
