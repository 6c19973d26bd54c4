"""`python3 build.py` up to the point where the program takes over."""

import ast
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cramsheet.desk import environment, ready
from cramsheet.desk.stamp import RUN, TEST, VENV, Stamp, python, read, recipes, whole, write

from .project import ROOT, Project

Damage = Callable[[Project], object]


def dangle(link: Path) -> None:
    link.unlink()
    link.symlink_to("/nowhere/python3")


def become_file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.touch()


def test_a_finished_environment_fits(project: Project) -> None:
    assert whole(project.root, RUN) == project.stamp


DAMAGES: dict[str, Damage] = {
    "no environment": lambda p: p.venv.rename(p.root / "elsewhere"),
    "a file in its place": lambda p: become_file(p.venv),
    "half made, so without a stamp": lambda p: p.stamp_file.unlink(),
    "a stamp cut short": lambda p: p.stamp_file.write_text(p.stamp_file.read_text()[:40]),
    "a stamp of another form": lambda p: p.stamp_file.write_text("[]"),
    "a stamp without files": lambda p: p.stamp_file.write_text('{"recipes": []}'),
    "a package gone": lambda p: (p.packages / "press.py").unlink(),
    "no way to the project": lambda p: (p.packages / "cramsheet.pth").unlink(),
    "the interpreter gone": lambda p: python(p.root).unlink(),
    "what the interpreter points at gone": lambda p: dangle(python(p.root)),
    "an unpacked library gone": lambda p: (p.native / "libpango-1.0.so.0").unlink(),
    "other requirements": lambda p: (p.root / RUN).write_text("press==2.0\n"),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_environment_does_not_fit(project: Project, damage: Damage) -> None:
    damage(project)
    assert whole(project.root, RUN) is None


def test_another_python_needs_another_environment(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "version", "3.99.0")
    assert whole(project.root, RUN) is None


def test_the_tests_environment_runs_the_program_but_not_the_reverse(project: Project) -> None:
    assert whole(project.root, TEST) is None
    write(project.root, project.stamp._replace(recipes=recipes(project.root, TEST)))
    assert whole(project.root, TEST)
    assert whole(project.root, RUN)


def test_a_stamp_survives_writing(project: Project) -> None:
    assert read(project.root) == project.stamp
    assert read(project.root / "elsewhere") == Stamp()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], ["-m", "cramsheet", "--project", "R"]),
        (["check", "a"], ["-m", "cramsheet", "check", "a", "--project", "R"]),
        (["--project", "X"], ["-m", "cramsheet", "--project", "X"]),
        (["check", "--project=X"], ["-m", "cramsheet", "check", "--project=X"]),
        (["test"], ["-m", "pytest"]),
        (["test", "-k", "paper"], ["-m", "pytest", "-k", "paper"]),
    ],
)
def test_program(arguments: list[str], expected: list[str]) -> None:
    assert ready.program(Path("R"), arguments) == expected


def test_surroundings_keep_what_is_the_users_and_drop_other_pythons(tmp_path: Path) -> None:
    kept = {"HOME": "/home/me", "PYTHONHASHSEED": "1"}
    astray = {"PYTHONPATH": "/else", "PYTHONHOME": "/else"}
    inner = ready.surroundings(kept | astray, tmp_path, Stamp())
    assert inner.items() >= (kept | {"PYTHONNOUSERSITE": "1"}).items()
    assert not inner.keys() & {"PYTHONPATH", "PYTHONHOME", "CRAMSHEET_LIBRARIES"}


def test_surroundings_name_the_unpacked_libraries(tmp_path: Path) -> None:
    inner = ready.surroundings({}, tmp_path, Stamp(folders=("native/lib/a", "native/usr/lib/a")))
    folders = (str(tmp_path / VENV / name) for name in ("native/lib/a", "native/usr/lib/a"))
    assert inner["CRAMSHEET_LIBRARIES"].split(os.pathsep) == list(folders)


# Runs build.py to the end, and in place of becoming the program tells what it has done until then.
WATCHED = """
import json, os, runpy, sys
started = []
def hook(event, details):
    if event.startswith(("subprocess", "socket", "ctypes.dlopen", "os.fork", "os.posix", "os.sys")):
        started.append(event)
def become(program, words, variables):
    print(json.dumps([started, sorted(sys.modules), words]))
    sys.exit()
sys.addaudithook(hook)
os.execve = become
sys.argv[:] = sys.argv[1:]
sys.path[0] = os.path.dirname(sys.argv[0])
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def test_the_unchanged_case_starts_and_imports_nothing(project: Project) -> None:
    build = project.root / "build.py"
    command = [sys.executable, "-S", "-c", WATCHED, str(build), "x"]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    started, modules, words = json.loads(told.stdout)
    assert told.stderr == ""
    assert words[1:] == ["-P", "-m", "cramsheet", "x", "--project", str(project.root)]
    assert started == []
    ours = {name for name in modules if name.startswith("cramsheet")}
    assert ours == {"cramsheet", "cramsheet.desk", "cramsheet.desk.ready", "cramsheet.desk.stamp"}
    assert not set(modules) & {"subprocess", "ctypes", "tempfile", "dataclasses", "difflib"}


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for Python is a shell script")
@pytest.mark.parametrize(
    ("arguments", "folder"), [(["x"], "the user's"), (["test", "-q"], "the project's")]
)
def test_the_program_takes_over(
    project: Project, tmp_path: Path, arguments: list[str], folder: str
) -> None:
    write(project.root, project.stamp._replace(recipes=recipes(project.root, TEST)))
    away = tmp_path / "away"
    away.mkdir()
    command = [sys.executable, str(project.root / "build.py"), *arguments]
    done = subprocess.run(command, cwd=away, capture_output=True, text=True)
    place = away if folder == "the user's" else project.root
    words = ["-P", *ready.program(project.root, arguments)]
    assert done.stdout.splitlines() == [str(place), *words]
    assert done.returncode == 7  # the stand-in's


def test_the_set_up_needs_the_standard_library_alone() -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]);"
        "import cramsheet.desk.ready, cramsheet.desk.environment;"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    command = [sys.executable, "-I", "-S", "-c", code, str(ROOT)]
    names = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert set(names) - sys.stdlib_module_names - {"__main__"} == {"cramsheet"}


def test_an_old_python_is_told_so() -> None:
    build = (ROOT / "build.py").read_text("utf-8")
    ast.parse(build, feature_version=(3, 7))
    code = f"import sys; sys.version_info = (3, 10, 1); exec({build!r})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 3
    assert done.stderr.splitlines() == [
        "error: this is Python 3.10, and cramsheet needs 3.11 or newer",
        "  hint: run build.py with a newer one, such as python3.11 build.py",
    ]


def test_a_project_without_requirements_is_told_so(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    (project.root / RUN).unlink()
    assert ready.prepared(project.root, RUN) == 3
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == f"error: cannot make .venv: No such file or directory: {project.root / RUN}"
    assert lines[1].startswith("  hint: ")
    assert len(lines) == 2


def test_ctrl_c_is_not_an_error(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(root: Path, lock: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(environment, "prepare", stopped)
    assert ready.prepared(project.root, RUN) == 130
    assert capsys.readouterr().err == "cramsheet: stopped; the next run finishes .venv\n"
