"""Pango and its kin: what is typed to get them, and that WeasyPrint finds them by plain names."""

import contextlib
import ctypes.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cramsheet.desk.stamp import VENV
from cramsheet.press import libraries
from cramsheet.problems import Exit, MachineFault

linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere libraries go by other names")


@pytest.mark.parametrize(
    ("system", "release", "expected"),
    [
        ("linux", {"ID": "debian"}, "debian"),
        ("linux", {"ID": "ubuntu", "ID_LIKE": "debian"}, "debian"),
        ("linux", {"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, "debian"),
        ("linux", {"ID": "fedora"}, "fedora"),
        ("linux", {"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, "fedora"),
        ("linux", {"ID": "opensuse-tumbleweed", "ID_LIKE": "opensuse suse"}, "suse"),
        ("linux", {"ID": "alpine"}, "alpine"),
        ("linux", {"ID": "manjaro", "ID_LIKE": "arch"}, "arch"),
        ("linux", {"ID": "nixos"}, ""),
        ("linux", {}, ""),
        ("darwin", {}, "darwin"),
        ("win32", {}, "win32"),
        ("freebsd14", {"ID": "debian"}, ""),
    ],
)
def test_family(system: str, release: dict[str, str], expected: str) -> None:
    assert libraries.family(system, release) == expected


def test_a_system_of_no_known_family_is_told_what_to_look_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(libraries, "family", lambda system, release: "")
    assert libraries.how_to_install() == libraries.ANYWHERE


def test_every_command_is_one_line_to_type() -> None:
    for command in libraries.COMMANDS.values():
        assert "type: " in command
        assert "\n" not in command


@linux
def test_missing_libraries_are_one_error_with_what_to_type(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(libraries, "NEEDED", ("libnowhere.so.1", "libnever.so.2"))
    with pytest.raises(MachineFault) as caught, libraries.libraries():
        pytest.fail("went on without libraries")
    assert caught.value.exit == Exit.MACHINE
    assert str(caught.value).splitlines() == [
        "error: WeasyPrint needs libraries: libnowhere.so.1, libnever.so.2",
        f"  hint: {libraries.how_to_install()}",
    ]


def enter_and(ending: Exception | None) -> None:
    with libraries.libraries():
        assert (ctypes.util.find_library("m") is None) == (sys.platform == "linux")
        if ending:
            print("five lines of WeasyPrint's")
            raise ending


def test_what_weasyprint_itself_misses_is_the_same_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = "cannot load library 'libpango-1.0-0': no such file.  Additionally, ..."
    with pytest.raises(MachineFault) as caught:
        enter_and(OSError(words))
    assert str(caught.value).splitlines()[0] == (
        "error: WeasyPrint needs libraries: cannot load library 'libpango-1.0-0'"
    )
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("ending", [None, ZeroDivisionError()])
def test_looking_for_libraries_is_given_back(ending: Exception | None) -> None:
    before = ctypes.util.find_library
    with contextlib.suppress(ZeroDivisionError):
        enter_and(ending)
    assert ctypes.util.find_library is before


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"a": "b", "b": "c", "c": ""}, "cba"),
        ({"a": "", "b": "a", "c": "a"}, "abc"),
        ({"a": "a elsewhere", "b": ""}, "ab"),
        ({"a": "b", "b": "a", "c": ""}, "cab"),  # a circle: in some order, but all
    ],
)
def test_libraries_load_in_the_order_they_need(
    files: dict[str, str], expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []

    def loads(path: str) -> bool:
        loaded.append(Path(path).name)
        return False  # as for a broken one, which must not hold up the others

    monkeypatch.setattr(libraries, "_loads", loads)
    for name, needs in files.items():
        text = "".join(f"\0lib{other}.so.1\0" for other in needs.split())
        (tmp_path / f"lib{name}.so.1.0").write_text(text)
    (tmp_path / "liba.so.1").symlink_to("liba.so.1.0")
    (tmp_path / "readme").touch()
    libraries.load_libraries([tmp_path, tmp_path / "nowhere"])
    assert loaded == [f"lib{name}.so.1.0" for name in expected]


# Imports WeasyPrint the way the press does; tells which programs that started, and what was loaded.
IMPORTED = """
import json, sys
started = []
def hook(event, details):
    if event.startswith(("subprocess", "os.fork", "os.posix_spawn", "os.system", "os.exec")):
        started.append(event)
sys.addaudithook(hook)
sys.path.insert(0, sys.argv[1])
from cramsheet.press.libraries import libraries
with libraries():
    import weasyprint
with open("/proc/self/maps") as maps:
    print(json.dumps([started, sorted({line.split()[-1] for line in maps if ".so" in line})]))
"""


def imported(**variables: str) -> tuple[list[str], list[str]]:
    root = str(Path(__file__).resolve().parents[2])
    done = subprocess.run(
        [sys.executable, "-c", IMPORTED, root],
        env=dict(os.environ) | variables,
        capture_output=True,
        text=True,
        check=True,
    )
    started, loaded = json.loads(done.stdout)
    return started, loaded


@linux
def test_importing_weasyprint_starts_no_program() -> None:
    started, loaded = imported()
    assert started == []
    assert any("libpangoft2-1.0.so" in path for path in loaded)


@linux
def test_unpacked_libraries_are_the_ones_in_use(tmp_path: Path) -> None:
    _, there = imported()
    names = tuple(name.partition(".so")[0] + ".so" for name in libraries.NEEDED)
    originals = [Path(path) for path in there if Path(path).name.startswith(names)]
    assert len(originals) == len(libraries.NEEDED)
    folders = {path.parent for path in originals if VENV in path.parts}
    if folders:  # they are unpacked here anyway, and need their neighbours
        found = (path for folder in folders for path in folder.glob("*.so*"))
        originals = [path for path in found if not path.is_symlink()]
    folder = tmp_path / "unpackéd"
    folder.mkdir()
    for path in originals:
        shutil.copyfile(path, folder / path.name)
    _, here = imported(**{libraries.VARIABLE: str(folder)})
    assert len(set(here) & {str(folder / path.name) for path in originals}) >= len(libraries.NEEDED)
    assert {str(path) for path in originals} & set(here) == set()
