"""The native libraries that WeasyPrint draws with: are they there, load them, how to get them.

Only the standard library and `cramsheet.problems` are imported, for the set-up asks this module
before anything is installed.
"""

import ctypes
import ctypes.util
import os
import platform
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from importlib import import_module
from io import StringIO
from pathlib import Path

from cramsheet.problems import MachineFault, Problem

# Folders of libraries that the set-up unpacked, divided by os.pathsep.
VARIABLE = "CRAMSHEET_LIBRARIES"

# What WeasyPrint opens on Linux. It runs without the subsetter, but makes another file then.
NEEDED = (
    "libgobject-2.0.so.0",
    "libpango-1.0.so.0",
    "libharfbuzz.so.0",
    "libharfbuzz-subset.so.0",
    "libfontconfig.so.1",
    "libpangoft2-1.0.so.0",
)

# Which function of which of them tells its version, and in how many parts, 0 for text.
_VERSIONS = {
    "Pango": ("libpango-1.0.so.0", "pango_version", 3),
    "HarfBuzz": ("libharfbuzz.so.0", "hb_version_string", 0),
    "HarfBuzz subsetter": ("libharfbuzz-subset.so.0", "hb_version_string", 0),
    "Fontconfig": ("libfontconfig.so.1", "FcGetVersion", 3),
    "PangoFT2": ("libpangoft2-1.0.so.0", "pango_version", 3),
}

# Debian's packages that bring all of these.
DEBIAN = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")

# What to type, by ID or ID_LIKE of /etc/os-release, or by sys.platform.
COMMANDS = {
    "debian": "as root, type: apt-get install --no-install-recommends " + " ".join(DEBIAN),
    "fedora": "as root, type: dnf install pango harfbuzz",
    "suse": "as root, type: zypper install libpango-1_0-0 libharfbuzz-subset0",
    "arch": "as root, type: pacman -S pango",
    "alpine": "as root, type: apk add " + " ".join(f"so:{name}" for name in NEEDED),
    "darwin": "type: brew install pango",
    "win32": "in a window of MSYS2, type: pacman -S mingw-w64-ucrt-x86_64-pango",
}
ANYWHERE = "install Pango 1.44 or newer, HarfBuzz and Fontconfig with the system's package manager"


@contextmanager
def libraries() -> Iterator[None]:
    """Within it `import weasyprint` works; where it cannot, a `MachineFault` says what to type."""
    load_libraries()
    if absent := missing():
        raise absence(", ".join(absent))
    # WeasyPrint prints five lines before it raises.
    with _plain_names(), redirect_stdout(StringIO()):
        try:
            yield
        except OSError as error:
            raise absence(str(error).partition(":")[0]) from error


def absence(what: str) -> MachineFault:
    return MachineFault([Problem(f"WeasyPrint needs libraries: {what}", hint=how_to_install())])


def how_to_install() -> str:
    """What to type here to get the libraries."""
    return COMMANDS.get(family(sys.platform, _release()), ANYWHERE)


def family(system: str, release: Mapping[str, str]) -> str:
    """The key of `COMMANDS` that fits, or "".

    `system` is sys.platform, `release` the contents of /etc/os-release.
    """
    if system != "linux":
        return system if system in COMMANDS else ""
    names = (release.get("ID", ""), *release.get("ID_LIKE", "").split())
    return next((name for name in names if name in COMMANDS), "")


def _release() -> Mapping[str, str]:
    try:
        return platform.freedesktop_os_release()
    except OSError:
        return {}


def missing() -> tuple[str, ...]:
    """Those of `NEEDED` that do not load.

    Elsewhere than on Linux they go by many names, and none is missing until WeasyPrint says so.
    """
    if sys.platform != "linux":
        return ()
    return tuple(name for name in NEEDED if not _loads(name))


def library_versions() -> dict[str, str]:
    """Of what draws, by the names that people use; "" for what is not there."""
    load_libraries()
    if sys.platform != "linux":
        return {"Pango": _weasyprint_version()}
    return {name: _version(*where) for name, where in _VERSIONS.items()}


def _version(file: str, function: str, parts: int) -> str:
    """Libraries tell theirs as text, or as a number of so many parts of two digits."""
    try:
        ask = getattr(ctypes.CDLL(file), function)
    except (OSError, AttributeError):
        return ""
    if not parts:
        ask.restype = ctypes.c_char_p
        return str(ask().decode())
    number, digits = int(ask()), []
    for _ in range(parts - 1):
        number, last = divmod(number, 100)
        digits.append(last)
    return ".".join(map(str, (number, *reversed(digits))))


def _weasyprint_version() -> str:
    """Of Pango, where WeasyPrint finds it."""
    try:
        with libraries():
            return str(import_module("weasyprint.text.ffi").pango.pango_version())
    except MachineFault:
        return ""


def load_libraries(folders: Iterable[Path] | None = None) -> None:
    """Loads the shared objects of the folders (default: of the variable), so that plain names work.

    Those that others need come first, or the system's, older perhaps, would be taken along. One
    that does not load is `missing` only if WeasyPrint needs it.
    """
    waiting = {
        path: path.read_bytes()
        for folder in (_folders() if folders is None else folders)
        for path in sorted(folder.glob("*.so*"))
        if not path.is_symlink()
    }
    while waiting:
        first = [path for path in waiting if not _needs(path, waiting)]
        for path in first or list(waiting):
            _loads(str(path))
            del waiting[path]


def _needs(path: Path, others: Mapping[Path, bytes]) -> bool:
    """Whether the library names one of the others; a name stands in it as plain text."""
    return any(_stem(other) in others[path] for other in others if _stem(other) != _stem(path))


def _stem(path: Path) -> bytes:
    """b"libpango-1.0.so" of libpango-1.0.so.0.5600.3"""
    return path.name.partition(".so")[0].encode() + b".so"


def _folders() -> list[Path]:
    return [Path(folder) for folder in os.environ.get(VARIABLE, "").split(os.pathsep) if folder]


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


@contextmanager
def _plain_names() -> Iterator[None]:
    """On Linux, does without `find_library`, which starts 86 programs (ldconfig, gcc, ld).

    WeasyPrint tries "libpango-1.0.so.0" as well, and that one the loader finds by itself.
    """
    if sys.platform != "linux":
        yield
        return
    original = ctypes.util.find_library
    ctypes.util.find_library = _found_nowhere
    try:
        yield
    finally:
        ctypes.util.find_library = original


def _found_nowhere(name: str) -> str | None:
    return None
