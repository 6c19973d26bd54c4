"""How the environment is made: with whose programs, and what they may do wrong."""

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from cramsheet.desk import debian, environment, tools
from cramsheet.desk.stamp import RUN, TEST, VENV, read, whole
from cramsheet.press import libraries
from cramsheet.problems import MachineFault, Problem

from .project import Project, bare

PLAN = """\
NOTE: This is only a simulation!
Inst libfontconfig1 (2.14.1-4 Debian:12.11/stable [amd64])
Inst libharfbuzz0b [6.0.0+dfsg-2] (6.0.0+dfsg-3 Debian:12.11/stable [amd64])
Inst libc6 [2.36-9] (2.36-10 Debian:12.11/stable [amd64])
Conf libfontconfig1 (2.14.1-4 Debian:12.11/stable [amd64])
"""


def test_a_plan_names_what_is_new_but_never_a_second_c_library() -> None:
    assert debian.new(PLAN) == ["libfontconfig1", "libharfbuzz0b"]


def test_lists_of_packages_are_renewed_only_when_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def run(command: Sequence[str], hint: str) -> str:
        asked.append(command[1])
        if asked == ["install"]:
            tools.run((sys.executable, "-c", "raise SystemExit(100)"), hint)
        return ""

    monkeypatch.setattr(debian, "run", run)
    debian.install(["libpango-1.0-0"], "")
    assert asked == ["install", "update", "install"]
    debian.install(["libpango-1.0-0"], "")
    assert asked[3:] == ["install"]


def test_library_folders_are_found_before_and_after_the_merge_of_usr(tmp_path: Path) -> None:
    for name in ("lib/x86_64-linux-gnu/libz.so.1", "usr/lib/x86_64-linux-gnu/libpango-1.0.so.0"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).touch()
    (tmp_path / "usr/lib/python3").mkdir()
    found = [str(folder.relative_to(tmp_path)) for folder in debian.library_folders(tmp_path)]
    assert found == ["lib/x86_64-linux-gnu", "usr/lib/x86_64-linux-gnu"]


def test_a_failed_program_shows_its_last_lines_and_one_error() -> None:
    code = "print(*range(50), sep='\\n'); raise SystemExit(4)"
    with pytest.raises(MachineFault) as caught:
        tools.run((sys.executable, "-c", code), "do something", name="pip")
    *tail, error, hint = str(caught.value).splitlines()
    assert tail == [str(number) for number in range(30, 50)]
    assert (error, hint) == ("error: pip failed with exit code 4", "  hint: do something")


def test_a_program_that_is_not_there_is_one_error() -> None:
    with pytest.raises(MachineFault) as caught:
        tools.run(("/nowhere/uv",), "install uv")
    assert str(caught.value).splitlines() == [
        "error: cannot start uv: No such file or directory",
        "  hint: install uv",
    ]


def test_programs_see_mirrors_but_nothing_that_leads_astray() -> None:
    kept = {"PIP_INDEX_URL": "file:///mirror", "HTTPS_PROXY": "proxy", "HOME": "/home/me"}
    astray = {
        "PIP_USER": "1",
        "PIP_TARGET": "/else",
        "PYTHONPATH": "/else",
        "PYTHONHOME": "/",
    }
    inner = tools.calm(kept | astray)
    assert inner.items() >= kept.items()
    assert not inner.keys() & astray.keys()


def test_a_system_without_apt_is_told_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian, "here", lambda: False)
    monkeypatch.setattr(libraries, "missing", lambda: ("libpango-1.0.so.0",))
    monkeypatch.setattr(libraries, "how_to_install", lambda: "type: this")
    with pytest.raises(MachineFault) as caught:
        environment.needs(with_pip=False)
    assert str(caught.value).splitlines() == [
        "error: WeasyPrint needs libraries: libpango-1.0.so.0",
        "  hint: type: this",
    ]


def test_bare_debian_needs_pip_and_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian, "here", lambda: True)
    monkeypatch.setattr(libraries, "missing", lambda: ("libpango-1.0.so.0",))
    monkeypatch.setattr(environment, "pip_wheel", lambda: None)
    assert environment.needs(with_pip=True) == [environment.PIP, *libraries.DEBIAN]
    assert environment.needs(with_pip=False) == list(libraries.DEBIAN)
    monkeypatch.setattr(libraries, "missing", lambda: ())
    assert environment.needs(with_pip=False) == []


def test_tests_on_debian_get_their_witness(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = []

    def install(packages: Sequence[str], *rest: object) -> None:
        asked.append((*packages, *rest[:-1]))

    for name in ("install", "unpack"):
        monkeypatch.setattr(debian, name, install)
    monkeypatch.setattr(debian, "here", lambda: True)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    for user in (0, 1000):
        monkeypatch.setattr(os, "geteuid", lambda user=user: user)
        environment._call_witness(tmp_path)
    assert asked == [("strace",), ("strace", tmp_path)]

    def fail(*_: object) -> None:
        raise tools.Failure(Problem("no network"), "")

    monkeypatch.setattr(debian, "unpack", fail)
    environment._call_witness(tmp_path)
    assert "going on without strace: error: no network" in capsys.readouterr().err
    monkeypatch.setattr(shutil, "which", lambda name: name)
    environment._call_witness(tmp_path)


def test_what_another_build_made_meanwhile_is_left_alone(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "_make", lambda *_: pytest.fail("made again"))
    environment.prepare(project.root, RUN)


@pytest.mark.skipif(sys.platform == "win32", reason="no lock there")
def test_one_set_up_waits_for_another(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = (
        "import fcntl, os, sys, time; held = os.open(sys.argv[1], os.O_CREAT);"
        "fcntl.flock(held, fcntl.LOCK_EX); print(flush=True); time.sleep(0.3)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / f"{VENV}.lock")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        other.stdout.readline()
        with environment.alone(tmp_path):
            assert other.poll() is not None or other.wait(5) == 0
    assert "waiting for another build" in capsys.readouterr().err


# From here on real environments are made, out of two wheels of one module each, without a registry.

PROGRAM = """
import sys
from cramsheet.press.libraries import libraries
import press
print(press.__name__, *sys.argv[1:])
"""


def wheel(folder: Path, name: str) -> str:
    """A wheel with one empty module; the line of a lock file that asks for it."""
    inside = f"{name}-1.0.dist-info"
    files = {
        f"{name}.py": "",
        f"{inside}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{inside}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{path},{_record(text)}\n" for path, text in files.items())
    path = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for entry, text in (files | {f"{inside}/RECORD": f"{record}{inside}/RECORD,,\n"}).items():
            archive.writestr(entry, text)
    return f"{name}==1.0 --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


def _record(text: str) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
    return f"sha256={digest},{len(text)}"


@pytest.fixture(params=["pip", *filter(shutil.which, ["uv"])])
def tiny(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Project:
    """A project of two modules; made with uv only where uv is."""
    path = os.defpath if request.param == "pip" else os.environ["PATH"]
    (tmp_path / "tools").mkdir()  # what tests of the real program need is not fetched for this one
    (tmp_path / "tools" / environment.WITNESS).symlink_to("/bin/true")
    monkeypatch.setenv("PATH", f"{tmp_path / 'tools'}{os.pathsep}{path}")
    project = bare(tmp_path)
    (tmp_path / "cramsheet/__main__.py").write_text(PROGRAM)
    run = wheel(tmp_path, "press")
    (tmp_path / RUN).write_text(run)
    (tmp_path / TEST).write_text(run + wheel(tmp_path, "pytest"))
    for tool in ("PIP", "UV"):
        monkeypatch.setenv(f"{tool}_NO_INDEX", "1")
        monkeypatch.setenv(f"{tool}_FIND_LINKS", str(tmp_path))
    for name in ("PIP_CONFIG_FILE", "UV_CONFIG_FILE"):
        monkeypatch.delenv(name, raising=False)
    return project


def build(project: Project, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Python itself keeps nothing that it compiles."""
    command = [sys.executable, str(project.root / "build.py"), *arguments]
    still = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, capture_output=True, text=True, env=still)


@pytest.mark.slow
def test_makes_keeps_grows_and_mends(tiny: Project) -> None:
    first = build(tiny, "x")
    assert first.stdout == f"press x --project {tiny.root}\n", first.stderr
    assert first.stderr.startswith("cramsheet: making .venv with ")
    assert all(line.startswith("cramsheet: ") for line in first.stderr.splitlines())
    assert build(tiny, "x").stderr == ""
    for folder in (tiny.root / "cramsheet/desk", *tiny.venv.glob("lib/*/site-packages")):
        assert list(folder.glob("__pycache__/*.pyc")), folder

    grown = build(tiny, "test")
    assert grown.returncode == 0
    assert grown.stderr == f"cramsheet: installing what {TEST} names\n"
    assert whole(tiny.root, RUN)
    assert build(tiny, "test").stderr == ""

    (module,) = tiny.venv.glob("lib/*/site-packages/press.py")
    module.unlink()
    mended = build(tiny, "x")
    assert mended.stdout == first.stdout
    assert mended.stderr == first.stderr


@pytest.mark.slow
def test_wrong_bytes_are_not_installed(tiny: Project) -> None:
    lock = tiny.root / RUN
    lock.write_text(lock.read_text().replace("sha256:", "sha256:0")[:-2] + "\n")
    done = build(tiny)
    assert done.returncode == 3
    *_, error, hint = done.stderr.splitlines()
    assert error in {"error: pip failed with exit code 1", "error: uv failed with exit code 1"}
    assert hint.startswith("  hint: ")
    assert "Traceback" not in done.stderr
    assert not read(tiny.root).recipes


@pytest.mark.slow
def test_two_builds_at_once(tiny: Project) -> None:
    command = [sys.executable, str(tiny.root / "build.py")]
    both = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = "".join(process.communicate()[1] for process in both)
    assert [process.returncode for process in both] == [0, 0]
    assert said.count("cramsheet: making .venv") == 1
