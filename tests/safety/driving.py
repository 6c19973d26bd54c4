"""A case from end to end: a project of its own, the command in it, and what can be seen of it."""

import contextlib
import os
import resource
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Thread

from tests.making import ROOT
from tests.safety.traps import Case, filled, lay
from tests.safety.witness import Deed, deeds, watched

Kept = Mapping[str, tuple[str, int, int]]  # by path below a folder: hash, inode, time of change
OURS = (sys.executable, "-m", "cramsheet")
_MEMORY = 3 << 30  # bytes; a case that needs more is ended by the kernel and has failed
_OTHERS = ("LD_LIBRARY_PATH", "CRAMSHEET_LIBRARIES", "FONTCONFIG_PATH")


@dataclass(frozen=True)
class Run:
    """What became of a command: `deeds` of the kernel's log, what it left behind, who called."""

    case: Case
    root: Path
    exit: int
    stdout: bytes
    stderr: bytes
    seconds: float
    cpu: float
    memory: int  # bytes, of its largest process
    before: Kept
    after: Kept
    litter: tuple[str, ...]
    deeds: tuple[Deed, ...]
    calls: int
    secret: str

    @property
    def output(self) -> Path:
        return self.root / "project" / "output"


class Canary:
    """A server that nobody may call."""

    def __init__(self) -> None:
        self._line = socket.create_server(("127.0.0.1", 0))
        self.port = self._line.getsockname()[1]
        self.calls = 0
        Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                caller, _ = self._line.accept()
                self.calls += 1
                with caller, contextlib.suppress(OSError):
                    caller.sendall(b"HTTP/1.0 200 OK\r\n\r\nPWNED")

    def close(self) -> None:
        self._line.close()


@contextlib.contextmanager
def canary() -> Iterator[Canary]:
    it = Canary()
    try:
        yield it
    finally:
        it.close()


def drive(
    case: Case, root: Path, bird: Canary, good: Path | None = None, builder: Sequence[str] = OURS
) -> Run:
    """`good` is the output of a pack of that name, which lies there from before."""
    secret = secrets.token_hex(8)
    names = _stage(root, secret, bird)
    pack = lay(case, root / "project/content", names)
    if good:
        shutil.copytree(good, root / "project/output", copy_function=shutil.copy2)
    typed = [filled(word, {**names, "PACK": str(pack)}) for word in case.typed]
    for words in case.first:
        subprocess.run([*OURS, *words], cwd=root / "project", env=_env(root), check=True,
                       capture_output=True)  # fmt: skip
    before, calls, log = kept(root / "project/output"), bird.calls, root / "deeds"
    here = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    code, out, err, memory = _ended(watched([*builder, *typed], log), root, case.seconds * 4)
    seconds, there = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = there.ru_utime + there.ru_stime - here.ru_utime - here.ru_stime
    litter = tuple(sorted(it.name for it in (root / "tmp").iterdir()))
    return Run(
        case, root, code, out, err, seconds, cpu, memory, before, kept(root / "project/output"),
        litter, tuple(deeds(log)), bird.calls - calls, secret,
    )  # fmt: skip


def _stage(root: Path, secret: str, bird: Canary) -> dict[str, str]:
    """A home, a folder for what is passing, and outside of the project what nobody may read."""
    for name in ("project", "home/.ssh", "tmp", "outside"):
        (root / name).mkdir(parents=True, exist_ok=True)
    for name in (
        "home/.ssh/id_rsa",
        "outside/secret.txt",
        "outside/secret.png",
        "project/notes.txt",
    ):
        (root / name).write_text(f"{secret}\n", "utf-8")
    (root / "outside/secret.yaml").write_text(
        f"domain: demo\ntopics: [{{topic: {secret}, facts: [x{secret}]}}]\n"
    )
    (root / "outside/secret.css").write_text(f"body::before {{content: 'x{secret}'}}\n")
    (root / "outside/secret.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="9"><text y="8">x{secret}</text></svg>'  # noqa: E501
    )
    return {"PORT": str(bird.port), "OUT": str(root / "outside"), "ROOT": str(root)}


def _env(root: Path) -> dict[str, str]:
    told = {name: os.environ[name] for name in _OTHERS if name in os.environ}
    cache = os.environ.get("CRAMSHEET_TEST_CACHE", str(root / "cache"))
    return {
        **told,
        "PATH": os.environ["PATH"],
        "HOME": str(root / "home"),
        "TMPDIR": str(root / "tmp"),
        "XDG_CACHE_HOME": cache,
        "XDG_DATA_HOME": str(root / "data"),
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def _ended(words: Sequence[str], root: Path, seconds: float) -> tuple[int, bytes, bytes, int]:
    """The exit code (-9 when it took too long), what was said, the memory of all its processes."""
    with (root / "out").open("w+b") as out, (root / "err").open("w+b") as err:
        process = subprocess.Popen(
            words, cwd=root / "project", env=_env(root), stdin=subprocess.DEVNULL, stdout=out,
            stderr=err, start_new_session=True, preexec_fn=_walls,
        )  # fmt: skip
        most = 0
        end = time.monotonic() + seconds
        while process.poll() is None:
            most = max(most, _memory(process.pid))
            if time.monotonic() > end:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            time.sleep(0.05)
        out.seek(0), err.seek(0)
        return process.returncode, out.read(), err.read(), most


def _walls() -> None:
    """Of the suite's own, so that a case that is not caught does not take the machine with it."""
    resource.setrlimit(resource.RLIMIT_AS, (2 * _MEMORY, 2 * _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _memory(pid: int) -> int:
    """Resident bytes of all processes below, strace itself left out."""
    total = 0
    for child in _below(pid):
        with contextlib.suppress(OSError, ValueError):
            total += (
                int(Path(f"/proc/{child}/statm").read_text().split()[1]) * resource.getpagesize()
            )
    return total


def _below(pid: int) -> Iterator[int]:
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in map(int, (task / "children").read_text().split()):
                yield child
                yield from _below(child)


def kept(folder: Path) -> Kept:
    """What lies below a folder."""
    return {
        str(path.relative_to(folder)): (
            sha256(path.read_bytes()).hexdigest(), path.stat().st_ino, path.stat().st_mtime_ns
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }  # fmt: skip
