"""Suite D, with real file systems and what people have in place of an output folder."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cramsheet.desk.commit import LOCK, alone, commit, prepare
from cramsheet.desk.owned import publish, ready
from cramsheet.desk.staging import MARK
from cramsheet.problems import Exit, MachineFault
from tests.safety.committing import LONE, SETS
from tests.safety.faults import PROGRAM, held, made

ME = [sys.executable, "-I", "-S", "-B", PROGRAM, "set"]


def mounted(folder: Path, mount: str, before: str = "", after: str = "") -> tuple[int, str, str]:
    """In a name space of ours: exit code, what was said, names and sizes of what is there then."""
    script = f'mount -t tmpfs {mount} tmpfs "$1"; {before} set +e; "$2" $3 "$1" new; {after}'
    script += ' code=$?; cd "$1"; find . -type f -printf "%P %s\\n" | sort; exit $code'
    words = ["unshare", "-m", "sh", "-ec", script, "sh", str(folder), ME[0], " ".join(ME[1:])]
    done = subprocess.run(words, capture_output=True, text=True)
    return done.returncode, done.stderr.partition("--begin--\n")[2], done.stdout


def test_a_full_disk_keeps_the_old_set(tmp_path: Path) -> None:
    old = '"$2" $3 "$1" old 2>/dev/null; dd if=/dev/zero of="$1/full" bs=1k 2>/dev/null || true;'
    code, said, there = mounted(tmp_path, "-o size=48k", old)
    assert code == 3, said
    assert said.startswith("error: cannot write ")
    assert "nothing was changed" in said
    assert f"demo/a.pdf {len(SETS['old']['demo/a.pdf'])}" in there
    assert MARK not in there


def test_a_disk_that_may_not_be_written_to_is_found_at_once(tmp_path: Path) -> None:
    code, said, there = mounted(tmp_path, "-o size=1m", 'mount -o remount,ro "$1";')
    assert (code, there) == (3, "")
    assert "Read-only file system" in said


def test_nobody_may_not_write_where_they_may_not(tmp_path: Path) -> None:
    made("set", tmp_path / "output", True)
    before = held(tmp_path / "output")
    os.chmod(tmp_path / "output", 0o755)  # noqa: PTH101
    nobody = ["setpriv", "--reuid=65534", "--clear-groups"] if os.geteuid() == 0 else []
    if not nobody:
        (tmp_path / "output").chmod(0o500)
    words = [*nobody, *ME, str(tmp_path / "output"), "new"]
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.returncode == 3, done.stderr
    assert "Permission denied" in done.stderr
    assert held(tmp_path / "output") == before


def test_what_is_made_heeds_the_mask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        commit(tmp_path, SETS["new"])
    finally:
        os.umask(before)
    assert (tmp_path / "demo/a.pdf").stat().st_mode & 0o777 == 0o600
    commit(tmp_path, SETS["old"])
    assert (tmp_path / "demo/a.pdf").stat().st_mode & 0o777 == 0o666 & ~before


def test_a_file_system_without_nameless_files_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cramsheet.desk.staging._nameless", lambda new, data: False)
    monkeypatch.setattr(Path, "hardlink_to", _refused)
    publish(tmp_path, SETS["old"], False)
    publish(tmp_path, SETS["new"], False)
    assert held(tmp_path) == SETS["new"]


def _refused(*_: object) -> None:
    raise PermissionError(1, "Operation not permitted")


def test_without_locks_files_are_put_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno
    import fcntl

    def none(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", none)
    (tmp_path / f".it.pdf.1{MARK}").write_bytes(b"of another that lives, perhaps")
    publish(tmp_path, SETS["new"], False)
    assert held(tmp_path) == SETS["new"]
    assert (tmp_path / f".it.pdf.1{MARK}").exists()


LINKS = {
    "a document": "demo/a.pdf",
    "the folder of documents": "demo",
    "the lock": LOCK,
}


@pytest.mark.parametrize("what", LINKS)
@pytest.mark.parametrize("to", ["/dev/full", "elsewhere"])
def test_a_link_is_not_followed(what: str, to: str, tmp_path: Path) -> None:
    output, target = tmp_path / "output", tmp_path / to
    output.mkdir()
    if to == "elsewhere":
        target.mkdir() if what == "the folder of documents" else target.write_bytes(b"precious")
    (output / LINKS[what]).parent.mkdir(exist_ok=True)
    (output / LINKS[what]).symlink_to(target)
    started = time.monotonic()
    with pytest.raises(MachineFault) as caught:
        ready(output, SETS["new"], False)
    with pytest.raises(MachineFault):
        publish(output, SETS["new"], False)
    assert time.monotonic() - started < 0.5
    assert caught.value.exit == Exit.MACHINE
    assert (output / LINKS[what]).is_symlink()
    if target.is_file():
        assert target.read_bytes() == b"precious"
    elif to == "elsewhere":
        assert list(target.iterdir()) == []


def test_files_of_others_are_not_written_over_unasked(tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo/a.pdf").write_bytes(b"my thesis")
    for work in (ready, publish):
        with pytest.raises(MachineFault, match="cramsheet did not make") as caught:
            work(tmp_path, SETS["new"], False)
        assert "--overwrite" in caught.value.problems[0].hint
    assert (tmp_path / "demo/a.pdf").read_bytes() == b"my thesis"
    publish(tmp_path, SETS["new"], True)
    publish(tmp_path, SETS["old"], False)  # now it is ours
    assert held(tmp_path) == SETS["old"]


def test_half_a_document_is_never_put_in_place(tmp_path: Path) -> None:
    commit(tmp_path, LONE["old"])
    with pytest.raises(MachineFault, match="no whole PDF"):
        commit(tmp_path, {"demo/a.pdf": LONE["new"]["demo/a.pdf"][:-4]})
    assert held(tmp_path) == LONE["old"]


@pytest.mark.parametrize(
    "text", ["", "{", '{"files": [["../../x", ""]]}', '{"files": [["/etc/passwd", ""]]}']
)
def test_a_note_that_is_none_of_ours_is_not_followed(text: str, tmp_path: Path) -> None:
    output = tmp_path / "a/b"
    prepare(output)
    (tmp_path / "x").write_text("precious")
    (output / ".cramsheet.journal").write_text(text)
    with pytest.raises(MachineFault, match="what a build was replacing") as caught:
        prepare(output)
    assert "remove .cramsheet.journal" in caught.value.problems[0].hint
    assert (tmp_path / "x").read_text() == "precious"


def test_a_disk_that_lies_is_found_out(tmp_path: Path) -> None:
    """It says that it has written ten bytes, and has not."""
    made("set", tmp_path, True)
    trace = ["strace", "-qq", "-o", "/dev/null", "-e", "trace=write"]
    for number in range(2, 7):
        lie = f"inject=write:retval=10:when={number}"
        done = subprocess.run(
            [*trace, "-e", lie, *ME, str(tmp_path), "new"], capture_output=True, text=True
        )
        assert done.returncode in (0, 3)
        assert held(tmp_path) == SETS["new" if done.returncode == 0 else "old"], number
        if done.returncode == 3:
            assert "did not keep what was written" in done.stderr
            made("set", tmp_path, True)
    with alone(tmp_path):
        assert not list(tmp_path.rglob(f"*{MARK}"))
