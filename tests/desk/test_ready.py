"""`python3 build.py` up to the point where the program takes over."""

import ast
import json
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

import pytest

from cramsheet.desk import begin, environment, ready
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
    assert begin.program(Path("R"), arguments) == expected


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
    known = ("begin", "manifest", "seen", "ready", "stamp")
    assert ours == {"cramsheet", "cramsheet.desk", *(f"cramsheet.desk.{name}" for name in known)}
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
    words = ["-P", *begin.program(project.root, arguments)]
    assert done.stdout.splitlines() == [str(place), *words]
    assert done.returncode == 7  # the stand-in's


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for Python is a shell script")
def test_build_py_finds_what_the_program_in_its_environment_noted(tmp_path: Path) -> None:
    """The real program, in an environment that borrows the packages of the running one."""
    root = tmp_path / "a projéct"
    for name in ("cramsheet", "templates", "styles"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("build.py", RUN, TEST):
        shutil.copyfile(ROOT / name, root / name)
    (root / "content" / "demo").mkdir(parents=True)
    (root / "content" / "demo" / "exam.yaml").write_text(
        "code: D\ntitle: D\nblueprint: {domains: [{id: d, title: D, weight: 100}]}\n"
    )
    facts = root / "content" / "demo" / "1.yaml"
    facts.write_text("domain: d\ntopics:\n  - topic: T\n    facts: [A bare fact]\n")
    venv.create(root / VENV)
    (packages,) = (root / VENV / "lib").glob("*/site-packages")
    borrowed = (path for path in sys.path if path.endswith("site-packages"))
    (packages / "cramsheet.pth").write_text("\n".join(("../../../..", *borrowed)) + "\n")
    write(root, Stamp(recipes(root, TEST)))
    command = [sys.executable, str(root / "build.py"), "--only", "sheet"]

    def said() -> str:
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
        return done.stdout

    assert "demo-sheet-a4.pdf" in said()
    inside = python(root)
    inside.rename(inside.with_name("kept"))
    assert said().startswith("nothing has changed: 1 document is as it was in ")
    inside.with_name("kept").rename(inside)
    facts.write_text(facts.read_text().replace("bare", "new"))
    assert "demo-sheet-a4.pdf" in said()


NOTE = """
import os, sys
sys.path.insert(0, root := sys.argv[1])
from cramsheet.desk.manifest import FOLDER, Manifest, keep, name_of
from cramsheet.desk.seen import CONTENTS, look
folder = os.path.join(root, "output", FOLDER)
os.makedirs(folder)
recipe = [look(CONTENTS, os.path.join(root, "requirements.txt"))]
name = name_of(["x", "--project", root], os.path.join(root, ".venv"), {"HOME": "/home/me"})
keep(os.path.join(folder, name), Manifest("", "as it was", recipe, recipe))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for Python is a shell script")
def test_what_is_as_it_was_needs_no_environment(project: Project) -> None:
    subprocess.run([sys.executable, "-c", NOTE, str(project.root)], check=True)
    command = [sys.executable, "-X", "importtime", str(project.root / "build.py"), "x"]
    home = {"HOME": "/home/me", "PYTHONPATH": "/else"}
    done = subprocess.run(command, capture_output=True, text=True, env=home)
    assert (done.returncode, done.stdout) == (0, "as it was\n")
    assert "cramsheet.desk.seen" in done.stderr
    assert not [it for it in ("ready", "pathlib", "json", "hashlib", "re\n") if it in done.stderr]
    shutil.rmtree(project.venv / "bin")
    assert subprocess.run(command, capture_output=True, env=home).returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for Python is a shell script")
@pytest.mark.parametrize(
    ("words", "variables"),
    [
        (["y"], {}),
        (["x"], {"HOME": "/home/you"}),
        (["x"], {"SOURCE_DATE_EPOCH": "86400"}),
        (["test", "x", "--project", "R"], {}),
    ],
)
def test_what_was_not_ordered_like_this_goes_on(
    words: list[str], variables: dict[str, str], project: Project
) -> None:
    write(project.root, project.stamp._replace(recipes=recipes(project.root, TEST)))
    subprocess.run([sys.executable, "-c", NOTE, str(project.root)], check=True)
    words = [str(project.root) if word == "R" else word for word in words]
    command = [sys.executable, str(project.root / "build.py"), *words]
    home = {"HOME": "/home/me", **variables}
    assert subprocess.run(command, capture_output=True, env=home).returncode == 7


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
