"""How fast we are beside others: `python -m bench.speed [--quick] [--pairs 7] [--only sheet-150]`.

On generated packs, each contestant in turn, round after round, so that all share what else the
machine does; medians of CPU time (of whole processes and all that they start) and of time on the
wall. What is measured goes into the table of docs/speed.md. `--pages sheet-600=8` asks us for
another number of pages; Typst gets the largest size of type that takes as many.
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.cases import CASES, ROOT, Bench, Case, only_cache
from bench.clock import Failed, cost_of
from bench.contest import COLD, NAIVE, OTHERS, UNCHANGED, Round, contest, naive, pages_of
from bench.speed_table import ALL_FOUR, Measured, put_between, table

_QUICK = ("sheet-150", "booklet-65")
_REAL = "mls-c01"
_MANY = 1_000  # facts; fewer rounds of so large a document
_KINDS = "sheet,notes,booklet,key"
DOCUMENT = ROOT / "docs" / "speed.md"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pairs", type=int, default=7, help="rounds for each document")
    options.add_argument("--slow", type=int, default=3, help="rounds of what takes long, at most")
    options.add_argument("--only", action="append", choices=(*CASES, ALL_FOUR))
    options.add_argument("--pages", action="append", default=[], metavar="NAME=N")
    options.add_argument("--quick", action="store_true", help="about a minute; writes nothing")
    asked = options.parse_args()
    pages = dict(wish.split("=") for wish in asked.pages)
    wanted = asked.only or (_QUICK if asked.quick else (*CASES, ALL_FOUR))
    pairs, slow = (3, 1) if asked.quick else (asked.pairs, asked.slow)
    try:
        measured = {name: _measured(name, pages.get(name), pairs, slow) for name in wanted}
    except Failed as failed:
        print(f"bench.speed: {failed}", file=sys.stderr)
        return 1
    cases = {name: _case(name, pages.get(name)) for name in wanted if name in CASES}
    text = table(measured, cases)
    print(text)
    if not asked.quick and not asked.only:
        put_between(DOCUMENT, text)
    return 0


def _case(name: str, pages: str | None) -> Case:
    return replace(CASES[name], pages=pages or CASES[name].pages)


def _measured(name: str, pages: str | None, pairs: int, slow: int) -> Measured:
    measured = Measured()
    with TemporaryDirectory() as folder:
        for number, costs in enumerate(_rounds(name, pages, pairs, slow, Path(folder)), 1):
            for who, cost in costs.items():
                measured.costs.setdefault(who, []).append(cost)
            print(f"{name}: round {number}", file=sys.stderr, flush=True)
        if name != ALL_FOUR:
            measured.pages.update(pages_of(Path(folder)))
    return measured


def _rounds(name: str, pages: str | None, pairs: int, slow: int, folder: Path) -> Iterator[Round]:
    if name == ALL_FOUR:
        return _all_four(folder, slow)
    case = _case(name, pages)
    if case.facts > _MANY:
        pairs, slow = max(pairs // 3, 1), min(slow, 1)
    return contest(_prepared(case, folder), pairs, slow)


def _prepared(case: Case, folder: Path) -> Bench:
    bench = Bench(case, folder)
    command = [sys.executable, "-m", "bench.ready", case.name, str(folder), case.pages]
    variables = {**os.environ, **only_cache(bench.cache(OTHERS))}
    subprocess.run(command, cwd=ROOT, env=variables, check=True)
    return bench


def _all_four(folder: Path, rounds: int) -> Iterator[Round]:
    """The documents of the pack that comes with us, ours and naive."""
    project, log = folder / "project", folder / "said.txt"
    shutil.copytree(ROOT / "content" / _REAL, project / "content" / _REAL)
    build = [sys.executable, "-m", "cramsheet", "build", "--quiet", "--project", str(project)]
    theirs = naive(project, _KINDS, folder / "naive")
    for number in range(rounds):
        ours = [*build, "--only", _KINDS, "--output", str(folder / f"fresh-{number}")]
        cache = only_cache(folder / f"fresh-cache-{number}")
        yield {
            COLD: cost_of(ours, log, cache),
            UNCHANGED: cost_of(ours, log, cache),
            NAIVE: cost_of(theirs, log, only_cache(folder / OTHERS)),
        }


if __name__ == "__main__":
    sys.exit(main())
