"""What may be asked of every end of a command, whatever the pack, in ten oracles.

Each oracle yields what it finds wrong. None of them knows how the program is built.
"""

import os
import re
import sys
import sysconfig
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.making import ROOT
from tests.safety.driving import Run
from tests.safety.sound import unsound

MOST_MEMORY = 2 << 30  # bytes of resident memory
MOST_OUTPUT = 64 << 20  # bytes of all that was written
_LONGEST = 500  # characters of a line
_PROBLEM = re.compile(r"(?:.+?:\d+:\d+: )?error: \S.*")
_HINT = re.compile(r"  hint: \S.*")
_TOTAL = re.compile(r"\d+ problems( in \d+ files?)?; nothing was written")
_LEFT = re.compile(r"\.cramsheet\.lock|\.(layout|made)/.*|.*\.(pdf|json)")
# What belongs to the machine and to Python: libraries, fonts and their configuration, languages.
_READ = (
    *("/usr/lib", "/usr/local/lib", "/usr/lib64", "/lib", "/usr/share", "/usr/local/share/fonts"),
    *(
        "/etc/ld.so.cache",
        "/etc/ld.so.preload",
        "/etc/ld.so.conf",
        "/etc/ld.so.conf.d",
        "/etc/fonts",
        "/etc/ssl",
        "/etc/locale.alias",
    ),
    *("/etc/localtime", "/etc/timezone", "/etc/mime.types", "/var/cache/fontconfig"),
    *(
        "/proc",
        "/sys/devices/system/cpu",
        "/sys/fs/cgroup",
        "/dev/null",
        "/dev/urandom",
        "/dev/shm",
    ),
)


def violations(run: Run) -> list[str]:
    """Of all oracles, each with its name."""
    return [f"{name}: {it}" for name, oracle in ORACLES.items() for it in oracle(run)]


def _exit(run: Run) -> Iterator[str]:
    if run.exit not in run.case.exits:
        yield f"ended with {run.exit}: {run.stderr.decode(errors='replace')[-600:]}"
    if run.case.refused and run.exit == 0:
        yield "was not refused"
    if run.case.printed and run.exit != 0:
        yield f"was refused: {run.stderr.decode(errors='replace')[:600]}"


def _lines(run: Run) -> Iterator[str]:
    said = run.stderr.decode("utf-8", "replace")
    lines = said.splitlines()
    if run.exit == 0 or (
        run.exit == 1 and run.case.typed[0] == "lint"
    ):  # what it found is no mistake
        if said:
            yield f"done, and yet it says {said[:200]!r}"
        return
    if not lines or not any(_PROBLEM.fullmatch(line) for line in lines):
        yield f"no line says what is wrong: {said[-300:]!r}"
    for line in lines:
        if not any(form.fullmatch(line) for form in (_PROBLEM, _HINT, _TOTAL)):
            yield f"a line that is no message: {line[:200]!r}"
        if len(line) > _LONGEST:
            yield f"a line of {len(line)} characters: {line[:80]!r}"
        if not line.isprintable():
            yield f"a line that steers the terminal: {line[:200]!r}"
    if run.case.refused and run.case.refused not in said:
        yield f"does not say {run.case.refused!r} but {said[:500]!r}"


def _secret(run: Run) -> Iterator[str]:
    for name, said in (("stdout", run.stdout), ("stderr", run.stderr)):
        if run.secret.encode() in said:
            yield f"{name} tells the secret"
    for path in run.after:
        if run.secret.encode() in (run.output / path).read_bytes():
            yield f"{path} holds the secret"


def _before(run: Run) -> Iterator[str]:
    if run.exit == 0:
        return
    for path, state in run.before.items():
        if path != ".cramsheet.lock" and run.after.get(path) != state:
            yield f"{path} is not what it was"


def _paper(run: Run) -> Iterator[str]:
    papers = [path for path in run.after if path.endswith(".pdf")]
    if run.exit != 0 or run.case.typed[:1] in (("check",), ("lint",)):
        return
    if not papers:
        yield "done, and no paper"
    fresh = [run.output / path for path in papers if run.after[path] != run.before.get(path)]
    yield from unsound(fresh, run.case.printed, (*run.case.never, run.secret))


def _litter(run: Run) -> Iterator[str]:
    yield from (f"left in TMPDIR: {name}" for name in run.litter)
    for path in run.after.keys() - run.before.keys():
        if run.exit != 0 and path != ".cramsheet.lock":
            yield f"left in the output: {path}"
        elif not _LEFT.fullmatch(path):
            yield f"a foreign file in the output: {path}"


def _opened(run: Run) -> Iterator[str]:
    told = set()
    for it in run.deeds:
        if it.opens and not _below(it.path, (*_READ, *_own(run))) and it.path not in told:
            told.add(it.path)
            yield f"opened {it.path}"


def _sockets(run: Run) -> Iterator[str]:
    yield from (
        f"{it.call}({it.told})" for it in run.deeds if it.call in ("socket", "connect", "bind")
    )
    if run.calls:
        yield f"the canary was called {run.calls} times"


def _programs(run: Run) -> Iterator[str]:
    own = {os.path.realpath(sys.executable), sys.executable}
    for it in run.deeds:
        if it.call in ("execve", "execveat") and it.path not in own and "strace" not in it.path:
            yield f"ran {it.told[:200]}"


def _bounds(run: Run) -> Iterator[str]:
    if run.cpu > run.case.seconds * 3:
        yield f"took {run.cpu:.0f} s of CPU; {run.case.seconds:.0f} s are its limit"
    if run.memory > MOST_MEMORY:
        yield f"took {run.memory >> 20} MiB"
    size = sum((run.output / path).stat().st_size for path in run.after)
    if size > MOST_OUTPUT:
        yield f"wrote {size >> 20} MiB"


def _written(run: Run) -> Iterator[str]:
    wanted = (str(run.output), *_passing(run), "/dev/null", "/dev/shm", "/proc/self")
    for it in run.deeds:
        if it.call in ("socket", "connect", "bind", "execve", "execveat") or not it.writes:
            continue
        if not _below(it.path, wanted):
            yield f"{it.call} {it.path}"
    if Path("/var/tmp/PWNED").exists():
        yield "/var/tmp/PWNED"


def _own(run: Run) -> tuple[str, ...]:
    """The project but for what lies in it beside content and output, Python, and the program."""
    project = run.root / "project"
    places = (project / name for name in ("content", "output", "templates", "styles"))
    python = (sys.prefix, sys.base_prefix, sysconfig.get_path("stdlib"), str(ROOT))
    named = (project / word for word in run.case.typed if (project / word).exists())
    return (*map(str, places), *map(str, named), *python, *_passing(run))


def _passing(run: Run) -> tuple[str, ...]:
    cache = os.environ.get("CRAMSHEET_TEST_CACHE", str(run.root / "cache"))
    return str(run.root / "tmp"), cache, str(run.root / "data")


def _below(path: str, folders: tuple[str, ...]) -> bool:
    real = path.removesuffix(" (deleted)")
    return any(real == it or real.startswith(it.rstrip("/") + "/") for it in folders) or (
        # A folder may be looked at on the way to one of these.
        any(it.startswith(real.rstrip("/") + "/") for it in folders) and not Path(real).is_file()
    )


ORACLES: dict[str, Callable[[Run], Iterator[str]]] = {
    "O1 exit code": _exit,
    "O2 one clear line": _lines,
    "O2 no secret": _secret,
    "O3 the last good output": _before,
    "O4 sound paper": _paper,
    "O5 no litter": _litter,
    "O6 nothing opened outside": _opened,
    "O7 no socket": _sockets,
    "O8 no program": _programs,
    "O9 bounds": _bounds,
    "O10 nothing written outside": _written,
}
