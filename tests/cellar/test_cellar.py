"""What is put into the cellar comes out again as it was, or not at all; nothing that is wrong with
its file stops anybody."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from cramsheet.cellar import cellar as cellars
from cramsheet.cellar.cellar import Cellar
from cramsheet.cellar.place import NAME, folder, own_files, remove
from tests.making import ROOT

THINGS = {str(n).encode(): bytes([n]) * (1_000 + 100 * n) for n in range(40)}


def cellar(where: Path, program: str = "a", most: int = cellars.MOST) -> Cellar:
    return Cellar(where, lambda: program, most)


def filled(where: Path) -> Path:
    it = cellar(where)
    for key, data in THINGS.items():
        it.put("thing", key, data)
    it.rest()
    return where / NAME


def all_of(where: Path) -> dict[bytes, bytes | None]:
    it = cellar(where)
    found = {key: it.get("thing", key) for key in THINGS}
    it.rest()
    return found


def sound(found: dict[bytes, bytes | None]) -> bool:
    """Whether all that came out is as it was put in."""
    return all(data in (None, THINGS[key]) for key, data in found.items())


def test_another_build_finds_what_one_has_made(tmp_path: Path) -> None:
    filled(tmp_path)
    assert all_of(tmp_path) == THINGS


def test_it_is_there_before_it_is_written(tmp_path: Path) -> None:
    it = cellar(tmp_path)
    it.put("thing", b"key", b"data")
    assert it.get("thing", b"key") == b"data"
    assert not (tmp_path / NAME).exists() or all_of(tmp_path)[b"1"] is None


@pytest.mark.parametrize(
    ("program", "kind", "key"), [("b", "thing", b"1"), ("a", "other", b"1"), ("a", "thing", b"11x")]
)
def test_another_program_kind_or_key_finds_nothing(
    program: str, kind: str, key: bytes, tmp_path: Path
) -> None:
    filled(tmp_path)
    assert cellar(tmp_path).get("thing", b"1")
    assert cellar(tmp_path, program).get(kind, key) is None


def _everywhere(path: Path) -> Iterator[bytes]:
    """The file with 64 bytes turned over, in one place after another."""
    data = path.read_bytes()
    for at in (*range(0, 4096, 64), *range(4096, len(data), 2_000)):
        yield data[:at] + bytes(it ^ 0xFF for it in data[at : at + 64]) + data[at + 64 :]


def test_no_byte_that_was_turned_over_comes_out(tmp_path: Path) -> None:
    good, lost = filled(tmp_path / "good"), 0
    for number, data in enumerate(_everywhere(good)):
        where = tmp_path / str(number)
        where.mkdir()
        (where / NAME).write_bytes(data)
        found = all_of(where)
        assert sound(found), number
        lost += found != THINGS
        filled(where)
        filled(where)  # the first may only have found that the file is damaged
        assert all_of(where) == THINGS, number
    assert lost > 50


def _with_sql(*commands: str) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        with closing(sqlite3.connect(path)) as file:
            for command in commands:
                file.execute(command)
            file.commit()

    return damage


def _cut(share: float) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])


DAMAGES: dict[str, Callable[[Path], object]] = {
    "cut": _cut(0.6),
    "cut short": _cut(0.01),
    "empty": lambda path: path.write_bytes(b""),
    "words": lambda path: path.write_text("this is no cellar\n" * 1_000),
    "other data": _with_sql("UPDATE things SET data = x'00'"),
    "other sums": _with_sql("UPDATE things SET sum = 5"),
    "text": _with_sql("UPDATE things SET data = 'text'"),
    "nothing": _with_sql("UPDATE things SET data = 1, sum = 1, used = 'yesterday'"),
    "things mixed up": _with_sql(
        "CREATE TEMP TABLE t AS SELECT * FROM things",
        "UPDATE things SET data = (SELECT data FROM t ORDER BY t.key LIMIT 1),"
        " sum = (SELECT sum FROM t ORDER BY t.key LIMIT 1)",
    ),
    "a column less": _with_sql("ALTER TABLE things DROP COLUMN kind"),
    "no table": _with_sql("DROP TABLE things"),
    "a view": _with_sql(
        "ALTER TABLE things RENAME TO others", "CREATE VIEW things AS SELECT * FROM others"
    ),
    "a trigger": _with_sql(
        "CREATE TRIGGER more AFTER INSERT ON things BEGIN DELETE FROM things; END"
    ),
    "a log of nothing": lambda path: Path(f"{path}-wal").write_bytes(b"\xff" * 5_000),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_what_is_damaged_is_made_anew(damage: Callable[[Path], object], tmp_path: Path) -> None:
    path = filled(tmp_path)
    damage(path)
    assert sound(all_of(tmp_path))
    filled(tmp_path)
    assert all_of(tmp_path) == THINGS


def test_things_that_are_wrong_are_removed(tmp_path: Path) -> None:
    path = filled(tmp_path)
    DAMAGES["other data"](path)
    all_of(tmp_path)
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("SELECT count(*) FROM things").fetchone() == (0,)


def _no_folder(path: Path) -> None:
    path.write_text("mine")


def _folder_for_file(path: Path) -> None:
    (path / NAME / "more").mkdir(parents=True)


def _read_only(path: Path) -> None:
    filled(path)
    path.chmod(0o500)


@pytest.mark.parametrize(
    "way",
    [
        _no_folder,
        _folder_for_file,
        pytest.param(
            _read_only,
            marks=pytest.mark.skipif(
                not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere"
            ),
        ),
    ],
)
def test_where_nothing_can_be_kept_it_goes_on_without(
    way: Callable[[Path], None], tmp_path: Path
) -> None:
    where = tmp_path / "kept"
    way(where)
    filled(where)
    assert sound(all_of(where))
    assert not where.is_file() or where.read_text() == "mine"


@contextmanager
def _full_disk(most: int) -> Iterator[None]:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("most", [0, 3_000, 20_000])
def test_where_no_more_can_be_written_it_goes_on_without(most: int, tmp_path: Path) -> None:
    with _full_disk(most):
        filled(tmp_path)
    assert sound(all_of(tmp_path))
    filled(tmp_path)
    filled(tmp_path)
    assert all_of(tmp_path) == THINGS


def test_a_link_in_its_place_is_removed_and_never_followed(tmp_path: Path) -> None:
    others = tmp_path / "somebody's"
    others.write_text("")  # which SQLite would write into
    where = tmp_path / "kept"
    where.mkdir()
    (where / NAME).symlink_to(others)
    filled(where)
    assert all_of(where) == THINGS
    assert others.read_text() == ""
    assert not (where / NAME).is_symlink()


def test_what_was_wanted_last_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now, most = [1_000_000], 400_000
    monkeypatch.setattr(cellars, "_now", lambda: now[0])
    for number in range(100):
        now[0] += 10_000
        it = cellar(tmp_path, most=most)
        it.put("thing", b"%d" % number, bytes(10_000))
        assert it.get("thing", b"0")
        it.rest()
        assert sum(path.stat().st_size for path in own_files(tmp_path)) < most * 1.2
    it = cellar(tmp_path)
    there = [number for number in range(100) if it.get("thing", b"%d" % number)]
    it.rest()
    assert there == [0, *range(there[1], 100)]
    assert 25 < len(there) < 45


MANY = """
import sys
from pathlib import Path
from cramsheet.cellar.cellar import Cellar
for turn in range(30):
    it = Cellar(Path(sys.argv[1]), lambda: "a")
    for number in range(40):
        data = b"%d" % number * 500
        assert it.get("thing", b"%d" % number) in (None, data)
        it.put("thing", b"%d" % number, data)
        it.put(sys.argv[2], b"%d" % (number + turn), data)
    it.rest()
assert it.get("thing", b"39") and it.get(sys.argv[2], b"60"), "nothing was kept"
"""


def test_several_at_once_do_not_get_into_each_others_way(tmp_path: Path) -> None:
    command = [sys.executable, "-c", MANY, str(tmp_path)]
    crew = [subprocess.Popen([*command, name], cwd=ROOT) for name in ("one", "two", "three")]
    assert [it.wait(60) for it in crew] == [0, 0, 0]
    with closing(sqlite3.connect(tmp_path / NAME)) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert file.execute("SELECT count(*) FROM things").fetchone() == (40 + 3 * 69,)


def test_only_our_files_are_removed(tmp_path: Path) -> None:
    filled(tmp_path)
    (tmp_path / "notes.txt").write_text("mine")
    remove(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize(
    ("system", "told", "expected"),
    [
        ("linux", {"XDG_CACHE_HOME": "/x"}, "/x/cramsheet"),
        ("linux", {"XDG_CACHE_HOME": "relative"}, "/home/ada/.cache/cramsheet"),
        ("linux", {}, "/home/ada/.cache/cramsheet"),
        ("darwin", {}, "/home/ada/Library/Caches/cramsheet"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/cramsheet/cache"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="paths of other systems")
def test_it_lies_where_systems_keep_such_things(
    system: str, told: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("HOME", "/home/ada")
    monkeypatch.setattr(sys, "platform", system)
    assert folder() == Path(expected)
