"""All suites at the size of a release, by one command; it takes a night on two cores.

    python -m tests.release                  all of them, one after the other
    python -m tests.release B M --seed 7     some of them
    python -m tests.release --list           what there is

Red when one of them is; each goes on whatever became of the one before.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tests.release.parts import ROOT


class Suite(NamedTuple):
    """`words` follow the name of the Python; SEED stands for the number of this run. `told` are
    variables of the environment."""

    about: str
    words: tuple[str, ...]
    told: Mapping[str, str] = {}


SUITES = {
    "M": Suite("known advisories", ("-m", "tests.release.advisories")),
    "each": Suite("all that runs with each change", ("-m", "pytest", "-q")),
    "B": Suite(
        "1,000 hostile packs, made from the written ones",
        ("-m", "tests.release.hostile", "--n", "1000", "--seed", "SEED"),
    ),
    "C": Suite(
        "200 good packs that chance makes, each accepted",
        ("-m", "pytest", "-q", "tests/safety/test_odd.py"),
        {"CRAMSHEET_RANDOM": "200"},
    ),
    "K": Suite(
        "5,000 random packs: every word on paper, twice the same bytes",
        ("-m", "tests.safety.longer", "5000", "SEED"),
    ),
    "D": Suite("a fault at every system call of a commit", ("-m", "tests.release.ends", "D")),
    "E": Suite(
        "1,000 commits and 1,000 builds ended at any moment",
        ("-m", "tests.release.ends", "E", "--seed", "SEED"),
    ),
    "J": Suite(
        "random bytes into every door, four hours for each",
        ("-m", "tests.safety.fuzz", "--seconds", "14400"),
    ),
}


def main(words: Sequence[str]) -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.release", description=__doc__)
    asked.add_argument("suites", nargs="*", metavar="SUITE", choices=[[], *SUITES])
    asked.add_argument(
        "--seed", type=int, default=int(time.time()), help="another for each release"
    )
    asked.add_argument("--list", action="store_true", help="show the suites")
    told = asked.parse_args(words)
    if told.list:
        for name, suite in SUITES.items():
            print(f"{name:5} {suite.about}")
        return 0
    print(f"seed {told.seed}", flush=True)
    ended = {name: _run(name, str(told.seed)) for name in told.suites or SUITES}
    red = [name for name, code in ended.items() if code]
    print(f"{len(ended)} suites, {len(red)} red: {', '.join(red)}" if red else "all green")
    return 1 if red else 0


def _run(name: str, seed: str) -> int:
    suite, begun = SUITES[name], time.monotonic()
    print(f"== {name}: {suite.about}", flush=True)
    words = [seed if word == "SEED" else word for word in suite.words]
    code = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env={**os.environ, **suite.told}
    ).returncode
    print(f"== {name}: {'red' if code else 'green'}, {time.monotonic() - begun:.0f} s", flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
