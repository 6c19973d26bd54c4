"""What a program did, as the kernel tells it: files, sockets, programs. Needs strace."""

import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_CALLS = (
    "open,openat,openat2,creat,socket,connect,bind,execve,execveat,mkdir,mkdirat,rename,renameat,"
    "renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,truncate,chmod,fchmodat,mknod,mknodat"
)
_LINE = re.compile(r"\d+ +(?P<call>\w+)\((?P<told>.*)\) += (?P<got>-?\d+)(?P<path><.*>)?")
_FOLDER = re.compile(r'(?:(?:AT_FDCWD|\d+)<(?P<folder>[^>]*)>, )?"(?P<name>(?:[^"\\]|\\.)*)"')
_WRITES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND|O_TMPFILE")


@dataclass(frozen=True)
class Deed:
    """A call that succeeded, and the path that it was for (links followed, where it opened one)."""

    call: str
    path: str
    told: str

    @property
    def opens(self) -> bool:
        return self.call in ("open", "openat", "openat2", "creat")

    @property
    def writes(self) -> bool:
        return self.call == "creat" or not self.opens or bool(_WRITES.search(self.told))


def strace() -> list[str]:
    """The program, the system's or that which the set-up unpacked; a machine without it cannot say
    that it is safe."""
    if found := shutil.which("strace"):
        return [found]
    native = Path(sys.prefix, "native/usr")
    unpacked = native / "bin/strace"
    assert unpacked.is_file(), "strace is missing, so nothing here is proved: python3 build.py test"
    before = os.environ.get("LD_LIBRARY_PATH")
    libraries = os.pathsep.join(map(str, native.glob("lib/*-linux-gnu*")))
    told = f"LD_LIBRARY_PATH={before}" if before else "LD_LIBRARY_PATH"
    return ["env", f"LD_LIBRARY_PATH={libraries}", str(unpacked), "-E", told]


def watched(words: Iterable[str], log: Path) -> list[str]:
    """The command under the eyes of the kernel."""
    return [*strace(), "-f", "-y", "--seccomp-bpf", "-qq", "-s", "4096", "-e", f"trace={_CALLS}",
            "-e", "signal=none", "-o", str(log), *words]  # fmt: skip


def deeds(log: Path) -> list[Deed]:
    found = list(_deeds(log.read_text("utf-8", "replace").splitlines()))
    # Where ptrace is forbidden there is not even the program's own start.
    assert any(it.call == "execve" for it in found), f"strace saw nothing: {log.read_text()[:200]}"
    return found


def _deeds(lines: Iterable[str]) -> Iterator[Deed]:
    for line in _joined(lines):
        it = _LINE.match(line)
        if it and int(it["got"]) >= 0:
            yield Deed(it["call"], _path(it["told"], it["path"]), it["told"])


def _path(told: str, opened: str | None) -> str:
    if opened:
        return opened[1:-1]
    named = _FOLDER.search(told)
    return str(Path(named["folder"] or "/", named["name"])) if named else ""


def _joined(lines: Iterable[str]) -> Iterator[str]:
    """Calls of several processes interrupt each other."""
    begun: dict[str, str] = {}
    for line in lines:
        who = line.split(" ", 1)[0]
        if line.endswith("<unfinished ...>"):
            begun[who] = line.removesuffix("<unfinished ...>")
        elif " resumed>" in line:
            yield begun.pop(who, "") + line.split(" resumed>", 1)[1]
        else:
            yield line
