"""Makes `.venv` from a lock file, with uv or else with a pip that this Python or the system has."""

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from compileall import compile_dir
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from cramsheet.desk import debian
from cramsheet.desk.stamp import RUN, TEST, VENV, Stamp, python, recipes, remove, whole, write
from cramsheet.desk.tools import Failure, run, say
from cramsheet.press import libraries
from cramsheet.problems import MachineFault, Problem

PIP = "python3-pip-whl"  # Debian's package of the file that `venv` would take pip from
WITNESS = "strace"  # tells the suite what the program did; Debian's package has the command's name

_NATIVE = "native"
_ONLINE = "look at the network, or at the settings of pip and uv, then run build.py again"


def prepare(root: Path, lock: str) -> None:
    """Makes the environment fit `lock`, anew where it is not whole, or raises a `MachineFault`."""
    try:
        with alone(root) as held:
            if whole(root, lock) is None:  # else another build made it while we waited
                _make(root, lock, held)
    except OSError as error:
        problem = f"cannot make {VENV}: {error.strerror}: {error.filename}"
        hint = f"is the project folder whole, and yours to write? else remove {VENV} and try again"
        raise MachineFault([Problem(problem, hint=hint)]) from error


@contextmanager
def alone(root: Path) -> Iterator[int | None]:
    """One set-up at a time. The lock goes when the last program started under it has ended."""
    if sys.platform == "win32":
        yield None
        return
    import fcntl

    held = os.open(root / f"{VENV}.lock", os.O_RDONLY | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"waiting for another build that is making {VENV}")
            fcntl.flock(held, fcntl.LOCK_EX)
        yield held
    finally:
        os.close(held)


def _make(root: Path, lock: str, held: int | None) -> None:
    uv = _uv()
    kept = whole(root, RUN)  # then the tests' packages join it: a build may be running inside
    remove(root)
    if kept is None:
        packages = needs(with_pip=uv is None)
        _create(root, uv, held)
        folders = _fetch(packages, root / VENV / _NATIVE)
    else:
        folders = [root / VENV / folder for folder in kept.folders]
    if lock == TEST:
        _call_witness(root / VENV / _NATIVE)
    _install(root, lock, uv, held)
    write(root, _stamp(root, lock, folders))


def _uv() -> str | None:
    """The command uv, if there is one that runs: a version manager's stand-in may not."""
    found = shutil.which("uv")
    try:
        return found if found and run((found, "--version"), "") else None
    except Failure:
        return None


def needs(with_pip: bool) -> list[str]:
    """Debian's packages that are missing; on other systems a `MachineFault` when anything is."""
    libraries.load_libraries()  # those of a folder that the user named
    absent = libraries.missing()
    pip = [PIP] if with_pip and pip_wheel() is None else []
    if absent and not debian.here():
        raise libraries.absence(", ".join(absent))
    if pip and not debian.here():
        hint = "install uv, or what `python3 -m venv` needs, then run build.py again"
        raise MachineFault([Problem("there is neither uv nor pip to be found", hint=hint)])
    return [*pip, *(libraries.DEBIAN if absent else ())]


def pip_wheel(native: Path | None = None) -> Path | None:
    """pip as a file that runs as it is, from where `python3 -m venv` would install it."""
    folders = [Path("/usr/share/python-wheels")]
    if spec := find_spec("ensurepip"):
        folders += [Path(place, "_bundled") for place in spec.submodule_search_locations or ()]
    if native:
        folders.append(native / "usr/share/python-wheels")
    return next((wheel for folder in folders for wheel in folder.glob("pip-*.whl")), None)


def _create(root: Path, uv: str | None, held: int | None) -> None:
    """An empty environment in place of whatever was there."""
    venv = root / VENV
    say(f"making {VENV} with {'uv' if uv else 'pip'}; this takes a while, once")
    if venv.is_symlink() or venv.is_file():
        venv.unlink()
    elif venv.exists():
        shutil.rmtree(venv)
    # Not sys.executable, which may have lain in the folder just removed.
    base: str = getattr(sys, "_base_executable", sys.executable)
    if uv:
        run((uv, "venv", "--quiet", "--python", base, venv), _ONLINE, held=held)
    else:
        hint = "install the whole of Python, with venv"
        run((base, "-m", "venv", "--without-pip", venv), hint, name="venv", held=held)


def _fetch(packages: Sequence[str], native: Path) -> list[Path]:
    """Gets the system's packages; the folders of those libraries that had to be unpacked."""
    if not packages:
        return []
    hint = f"look at the network, or {libraries.how_to_install()}"
    if os.geteuid() == 0:
        say(f"installing {', '.join(packages)}")
        debian.install(packages, hint)
    else:
        say(f"unpacking {', '.join(packages)} into {VENV}/{native.name}")
        debian.unpack(packages, native, hint)
    folders = debian.library_folders(native)
    libraries.load_libraries(folders)
    if absent := libraries.missing():
        raise libraries.absence(", ".join(absent))
    return folders


def _call_witness(native: Path) -> None:
    """Where it cannot be had, the tests that need it say so; the others can run."""
    if shutil.which(WITNESS) or not debian.here() or sys.platform != "linux":
        return
    hint = f"install {WITNESS}, for some tests fail without it"
    try:
        if os.geteuid() == 0:
            debian.install([WITNESS], hint)
        else:
            debian.unpack([WITNESS], native, hint)
    except Failure as failure:
        say(f"going on without {WITNESS}: {failure}")


def _install(root: Path, lock: str, uv: str | None, held: int | None) -> None:
    say(f"installing what {lock} names")
    inside = python(root)
    if uv:
        sync = (uv, "pip", "sync", "--quiet", "--compile-bytecode", "--python", inside)
        run((*sync, "--require-hashes", root / lock), _ONLINE, held=held)
    else:
        pip = _pip(root / VENV / _NATIVE)
        run((inside, *pip, "--requirement", root / lock), _ONLINE, name="pip", held=held)
    packages = _site_packages(root)
    # Relative, so that any path will do, and a moved project still finds itself.
    (packages / "cramsheet.pth").write_text(os.path.relpath(root, packages) + "\n", "ascii")
    # As for packages: where Python may not write what it compiles, it would at every start.
    compile_dir(root / "cramsheet", quiet=2)


def _pip(native: Path) -> tuple[str | Path, ...]:
    wheel = pip_wheel(native)
    if wheel is None:
        hint = "install uv, then run build.py again"
        raise MachineFault([Problem(f"{PIP} brought no pip", hint=hint)])
    # The lock names everything, so there are no dependencies to look for.
    strict = ("--require-hashes", "--no-deps", "--no-input", "--disable-pip-version-check")
    return (wheel / "pip", "install", *strict, "--no-warn-script-location", "--progress-bar", "off")


def _site_packages(root: Path) -> Path:
    pattern = "Lib/site-packages" if sys.platform == "win32" else "lib/*/site-packages"
    return next((root / VENV).glob(pattern))


def _stamp(root: Path, lock: str, folders: Sequence[Path]) -> Stamp:
    venv = root / VENV
    inside = [venv / "pyvenv.cfg", python(root), *_site_packages(root).iterdir()]
    inside += [path for folder in folders for path in folder.glob("*.so.*")]
    files = (str(path.relative_to(venv)) for path in inside if path.name != "__pycache__")
    return Stamp(
        recipes(root, lock),
        (*files, *_loaded(outside=venv)),
        tuple(str(folder.relative_to(venv)) for folder in folders),
    )


def _loaded(outside: Path) -> list[str]:
    """Where the system's libraries were loaded from, to see at once when they are gone."""
    names = tuple(name.partition(".so")[0] + ".so" for name in libraries.NEEDED)
    maps = Path("/proc/self/maps")
    if not maps.exists():
        return []
    paths = {line.split(maxsplit=5)[-1] for line in maps.read_text("utf-8", "replace").splitlines()}
    return sorted(
        path
        for path in paths
        if path.startswith("/")
        and Path(path).name.startswith(names)
        and not Path(path).is_relative_to(outside)
    )
