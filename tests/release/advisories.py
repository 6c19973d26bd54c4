"""Suite M: is anything known against what we pin? Asks the public advisories by pip-audit.

    python -m tests.release.advisories

pip-audit comes from requirements-release.txt (group `release`), into a folder of its own for the
time of the question, so that nobody has its twenty libraries for anything else. When the network
cannot be reached nothing is proved, and that is a failure.
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from cramsheet.desk.environment import pip_wheel
from tests.release.parts import ROOT

# The control: something that is known. Whoever knows nothing of it has not been asked.
_KNOWN = (
    "jinja2==3.1.4 --hash=sha256:4a3aee7acbbe7303aede8e9648d13b8bf88a429282aa6122a993f0ac800cb369"
)
LOCKS = ("requirements.txt", "requirements-test.txt", "requirements-release.txt")
SOUND, KNOWN, UNPROVED = 0, 1, 3


def audit(locks: tuple[str, ...] = LOCKS) -> int:
    with TemporaryDirectory(prefix="cramsheet-audit-") as name:
        tools, control = Path(name), Path(name, "control.txt")
        control.write_text(_KNOWN + "\n", "ascii")
        if problem := _fetch(tools):
            return _told(UNPROVED, problem)
        found, said = _ask(tools, control)
        if found != KNOWN:
            return _told(UNPROVED, f"nothing is said against what is known to be unsafe: {said}")
        return max(_told(*_ask(tools, ROOT / lock), of=lock) for lock in locks)


def _fetch(tools: Path) -> str:
    """Puts pip-audit into a folder; what went wrong."""
    pip = pip_wheel()
    if pip is None:
        return "this Python has no pip"
    strict = ("--require-hashes", "--no-deps", "--quiet", "--target", tools / "lib")
    return _failed(pip / "pip", "install", *strict, "-r", ROOT / "requirements-release.txt")


def _ask(tools: Path, lock: Path) -> tuple[int, str]:
    # Strict: a library of which nothing can be found out is not a safe one.
    words = ("-m", "pip_audit", "--strict", "--disable-pip", "--require-hashes")
    where = {**os.environ, "PYTHONPATH": str(tools / "lib"), "XDG_CACHE_HOME": str(tools)}
    command = [sys.executable, *words, "--progress-spinner", "off", "-r", str(lock)]
    done = subprocess.run(command, capture_output=True, text=True, env=where)
    return verdict(done.returncode, (done.stdout + done.stderr).strip())


def verdict(code: int, said: str) -> tuple[int, str]:
    """What pip-audit found, by its words: its code is 1 for all that is not well."""
    if code == 0 and said == "No known vulnerabilities found":
        return SOUND, said
    if code == 1 and re.search(r"^Found \d+ known vulnerabilit", said, re.MULTILINE):
        return KNOWN, said
    return UNPROVED, said.splitlines()[-1] if said else "pip-audit said nothing"


def _failed(*words: object) -> str:
    done = subprocess.run([sys.executable, *map(str, words)], capture_output=True, text=True)
    said = done.stderr.strip().splitlines() or ["pip failed"]
    return said[-1] if done.returncode else ""


def _told(found: int, said: str, of: str = "all") -> int:
    if found == UNPROVED:
        said = f"error: the advisories could not be asked, so nothing is proved: {said[:400]}"
    print(f"{of}: {said}")
    return found


if __name__ == "__main__":
    sys.exit(audit())
