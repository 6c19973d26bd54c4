"""Every way to end, at the size of a release: `python -m tests.release.ends D`, or `E --seed 7`.

D breaks every system call of the way to the disk in every way, also those where it can make no
difference; E kills 1,000 commits and ends 1,000 builds at moments that the seed chooses.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.safety import test_faults, test_kills

MOMENTS = 1000


def main(words: Sequence[str]) -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.release.ends", description=__doc__)
    asked.add_argument("suite", choices=["D", "E"])
    asked.add_argument("--n", type=int, default=MOMENTS, help="how many of each kind (E)")
    asked.add_argument("--seed", type=int, default=test_kills.SEED)
    told = asked.parse_args(words)
    with TemporaryDirectory(prefix="ends-") as name:
        place = Path(name)
        return _faults(place) if told.suite == "D" else _kills(place, told.n, told.seed)


def _faults(place: Path) -> int:
    bad = 0
    for how, old in test_faults.HOWS:
        count, found = test_faults.violations(how, place / "output", old, thorough=True)
        print(f"{how}, {'over old' if old else 'fresh'}: {count} faults, {len(found)} violations")
        print(*found, sep="\n", flush=True)
        bad += len(found) or not count
    return 1 if bad else 0


def _kills(place: Path, count: int, seed: int) -> int:
    found = test_kills.violations("set", place / "output", count, seed)
    print(f"seed {seed}: {count} commits, {len(found)} violations", *found, sep="\n", flush=True)
    (place / "builds").mkdir()
    test_kills.builds(place / "builds", count, seed)  # ends at the first that is not as it should
    print(f"seed {seed}: {count} builds, 0 violations")
    return 1 if found or not count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
