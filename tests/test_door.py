"""Which files of a project are read: those in the folder, and nothing else."""

import os
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cramsheet import door
from cramsheet.caps import USUAL
from cramsheet.problems import Mark, Mistakes, Problem
from cramsheet.shelf import load_all
from tests.making import EXAM, FACT

HERE = Mark("here")
FIGURE = "domain: demo\ntopics: [{topic: T, facts: [{figure: F, alt: a, picture: PICTURE}]}]\n"


@pytest.fixture(params=["by steps", "by path"])
def root(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """A folder with a file, and a secret outside of it; read as on Windows, too."""
    monkeypatch.setattr(door, "_STEPS", request.param == "by steps" and door._STEPS)
    (tmp_path / "root" / "inner").mkdir(parents=True)
    (tmp_path / "root" / "inner" / "a.txt").write_text("mine")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "a.txt").write_text("SECRET")
    handles = open_files() if sys.platform == "linux" else None
    yield tmp_path / "root"
    if handles is not None:
        assert open_files() == handles, "a file was left open"


def open_files() -> set[str]:
    return {path.name for path in Path("/proc/self/fd").iterdir()}


def pipe(path: Path) -> None:
    os.mkfifo(path)


def plug(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as it, pytest.MonkeyPatch.context() as patch:
        patch.chdir(path.parent)
        it.bind(path.name)


MAKERS: dict[str, Callable[[Path], object]] = {
    "a link": lambda path: path.symlink_to(path.parents[2] / "outside" / "a.txt"),
    "a link to nowhere": lambda path: path.symlink_to("nowhere"),
    "a link to a file beside it": lambda path: path.symlink_to("a.txt"),
    "a link to a device": lambda path: path.symlink_to("/dev/zero"),
    "a hard link": lambda path: path.hardlink_to(path.parents[2] / "outside" / "a.txt"),
    "a pipe": pipe,
    "a socket": plug,
    "a folder": lambda path: path.mkdir(),
    "nothing": lambda path: None,
}
SAID = {
    "a link": "a link, and only what is in the folder itself is read",
    "a hard link": "a hard link: the file has another name somewhere else",
    "a pipe": "a pipe is no file",
    "a socket": "a socket is no file",
    "a folder": "a folder stands where a file should",
    "nothing": "there is no such file",
}


def refused(root: Path, path: str, most: int = 100) -> str:
    with pytest.raises(Mistakes) as caught:
        door.read(root, path, HERE, most)
    (problem,) = caught.value.problems
    assert problem.mark == HERE
    assert problem.hint
    return problem.message


def test_a_file_of_the_folder_is_read(root: Path) -> None:
    assert door.read(root, "inner/a.txt", HERE, 4) == b"mine"
    (root.parent / "link").symlink_to(root)
    assert door.read(root.parent / "link", "inner/a.txt", HERE, 4) == b"mine"
    assert [it.name for it in door.listed(root, "inner", HERE, 9)] == ["a.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
@pytest.mark.parametrize("name", MAKERS)
def test_what_is_no_file_of_its_own_is_not_opened(name: str, root: Path) -> None:
    MAKERS[name](root / "inner" / "x")
    said = next(said for kind, said in SAID.items() if name.startswith(kind))
    assert refused(root, "inner/x") == said


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no devices")
def test_a_device_is_not_opened(root: Path) -> None:
    assert refused(Path("/dev"), "zero") == "a device is no file"


def test_a_link_on_the_way_is_not_followed(root: Path) -> None:
    (root / "way").symlink_to(root.parent / "outside")
    assert refused(root, "way/a.txt") == SAID["a link"]
    with pytest.raises(Mistakes):
        door.listed(root, "way", HERE, 9)
    assert refused(root, "inner/a.txt/b") == "no folder"


AWAY = (
    "../outside/a.txt",
    "..",
    ".",
    "./inner/a.txt",
    "inner/../../outside/a.txt",
    "inner//a.txt",
    "/etc/passwd",
    "inner\\a.txt",
    "C:a.txt",
    "a.txt:stream",
    "a\0.txt",
    "a\n.txt",
    "a\udcff.txt",
    "nul",
    "CON.txt",
    "a.txt.",
    "a.txt ",
    "x" * 300,
    "inner/",
    "",
)


@pytest.mark.parametrize("path", AWAY)
def test_a_name_that_leads_elsewhere(path: str, root: Path) -> None:
    assert refused(root, path) == "a name that cannot travel"


def test_a_file_has_an_end(root: Path) -> None:
    assert refused(root, "inner/a.txt", 3) == "the file has 4 bytes; 3 bytes is the most"
    with (root / "huge").open("wb") as file:
        file.truncate(1 << 40)
    assert refused(root, "huge", USUAL.file) == "the file has 1024 GiB; 1 MiB is the most"


def test_a_folder_is_not_read_to_its_end(root: Path) -> None:
    for number in range(20):
        (root / f"{number}").touch()
    assert len(door.listed(root, "", HERE, 9)) == 10


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_files_that_the_user_names_may_be_links_but_no_pipes(root: Path) -> None:
    (root / "link").symlink_to(root.parent / "outside" / "a.txt")
    assert door.named(root / "link", HERE, 9) == b"SECRET"
    pipe(root / "pipe")
    for path in (root / "pipe", root, root / "nowhere"):
        with pytest.raises(Mistakes):
            door.named(path, HERE, 9)


def test_what_may_not_be_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", closed)
    assert refused(root, "inner/a.txt") == "cannot be read: Permission denied"


# The shelf: packs through the door.


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "content" / "demo"
    (folder / "figures").mkdir(parents=True)
    (folder / "exam.yaml").write_text(EXAM)
    (folder / "1.yaml").write_text(f"domain: demo\ntopics: [{{topic: T, facts: [{FACT[2:]}]}}]\n")
    return folder


def told(pack: Path) -> list[str]:
    with pytest.raises(Mistakes) as caught:
        load_all(pack.parent, [pack.name], pack)
    assert all(problem.hint for problem in caught.value.problems)
    return [f"{it.mark}: {it.message}" for it in caught.value.problems]


def wants(pack: Path, picture: str) -> None:
    (pack / "1.yaml").write_text(FIGURE.replace("PICTURE", picture), "utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
@pytest.mark.parametrize("name", ["a link", "a hard link", "a pipe", "a socket", "a folder"])
def test_a_picture_is_refused_where_the_pack_names_it(name: str, pack: Path) -> None:
    (pack.parents[1] / "outside").mkdir()
    (pack.parents[1] / "outside" / "a.txt").write_text("SECRET")
    if name == "a link":
        (pack / "figures" / "x.png").symlink_to(pack.parents[1] / "outside" / "a.txt")
    elif name == "a hard link":
        (pack / "figures" / "x.png").hardlink_to(pack.parents[1] / "outside" / "a.txt")
    else:
        MAKERS[name](pack / "figures" / "x.png")
    assert told(pack) == [f"figures/x.png:1:1: {SAID[name]}"]
    wants(pack, "x.png")
    assert told(pack) == [f'1.yaml:2:58: picture "x.png": {SAID[name]}']


@pytest.mark.parametrize("name", ["../x.png", "/etc/x.png", "figures/x.png", "C:x.png", "con.png"])
def test_a_picture_is_named_by_its_file_alone(name: str, pack: Path) -> None:
    wants(pack, f'"{name}"')
    assert told(pack) == [f'1.yaml:2:58: "{name}" is no name of a picture']


def test_an_accent_may_be_stored_in_two_ways(pack: Path) -> None:
    """macOS takes it off its letter."""
    (pack / "figures" / "cafe\u0301.png").write_bytes(b"x")
    for name in ("caf\u00e9.png", "cafe\u0301.png"):
        wants(pack, name)
        (read,) = load_all(pack.parent, ["demo"], pack)
        assert dict(read.pictures) == {"caf\u00e9.png": b"x"}


@pytest.mark.parametrize("other", ["X.png", "cafe\u0301.png"])
def test_two_names_that_are_one_elsewhere(other: str, pack: Path) -> None:
    first = "x.png" if other == "X.png" else "caf\u00e9.png"
    for name in (first, other):
        (pack / "figures" / name).write_bytes(b"x")
    if len(list((pack / "figures").iterdir())) < 2:
        pytest.skip("this system takes them for one")
    (line,) = told(pack)
    assert "macOS and Windows take its name for" in line


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("2.YAML", "2.YAML:1:1: the file would not be read"),
        ("2.yml", "2.yml:1:1: the file would not be read"),
        ("Questions/1.yaml", "Questions:1:1: the folder would not be read"),
        ("question/1.yaml", "question:1:1: the folder would not be read"),
        ("Figures/x.png", "Figures:1:1: the folder would not be read"),
        ("2\n.yaml", "2\\u000a.yaml:1:1: a name that cannot travel"),
    ],
)
def test_files_that_would_be_lost(name: str, said: str, pack: Path) -> None:
    if name.startswith("Figures"):
        (pack / "figures").rmdir()
    (pack / name).parent.mkdir(exist_ok=True)
    (pack / name).write_bytes((pack / "1.yaml").read_bytes())
    assert told(pack)[0] == said


@pytest.mark.parametrize(
    "name",
    ["._1.yaml", ".DS_Store", "figures/.DS_Store", "figures/Thumbs.db", "notes.txt", "_old/1.yaml"],
)
def test_what_systems_leave_lying_about_is_passed_over(name: str, pack: Path) -> None:
    (pack / name).parent.mkdir(exist_ok=True)
    (pack / name).write_bytes(b"\x00\xff")
    (read,) = load_all(pack.parent, ["demo"], pack)
    assert not read.pictures


def test_a_pack_has_so_many_files_and_bytes(pack: Path) -> None:
    for number in range(4):
        (pack / "figures" / f"{number}.png").write_bytes(b"x" * 1000)
    few = USUAL.allowing([("files", 5)])
    with pytest.raises(Mistakes, match=r"more than 5 files\n  hint: .*--allow files=10"):
        load_all(pack.parent, ["demo"], pack, few)
    small = USUAL.allowing([("folder", 2000)])
    with pytest.raises(Mistakes, match=r"the pack has 2.\d KiB; 2 KiB is the most"):
        load_all(pack.parent, ["demo"], pack, small)
    load_all(pack.parent, ["demo"], pack, USUAL.allowing([("files", 6)]))


def test_what_a_terminal_would_obey_is_written_out() -> None:
    problem = Problem("a\x1b[31m", Mark("x\n\u202e\udcff.yaml"), "b\rc")
    assert str(problem) == (
        "x\\u000a\\u202e\\udcff.yaml:1:1: error: a\\u001b[31m\n  hint: b\\u000dc"
    )
