"""Hostile packs made of the written ones: `python -m tests.release.hostile --n 1000 --seed 7`.

Each takes a file of one case and, at places that the seed chooses, puts in, doubles or takes away
something. What becomes of it is not known before; that it does no harm is asked all the same.
"""

import argparse
import random
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.safety.driving import Canary, canary, drive
from tests.safety.oracles import violations
from tests.safety.traps import HERE, Case, cases, whole

_BITS = (
    *("{{ 7*7 }}", "<img src=http://127.0.0.1:@PORT@/x>", "[x](javascript:alert(1))", "$\\frac{$"),
    *("\u202e", "\x1b[2J", "&a ", "*a ", "<<: ", "!!python/name:os.system ", "\\", '"', "'", "\n"),
    *("file:///etc/passwd", "../../../outside/secret.png", "[" * 50, "x" * 500, "9" * 400, "\t"),
    *(": ", "- ", "|\n", "#", "\0", "\ufeff", "~", "{", "}]", "1e999", "nan", "\u0301" * 9),
)


def mutated(case: Case, others: Sequence[Case], chance: random.Random) -> Case:
    """The case with one of its texts changed, or with a file of another one."""
    files = dict(case.files)
    if chance.random() < 0.3:
        other = chance.choice(others)
        name, what = chance.choice(sorted(other.files.items(), key=lambda it: it[0]))
        if not any(f"{it}/".startswith(f"{name}/") or name.startswith(f"{it}/") for it in files):
            files[name] = what
    texts = sorted(name for name, what in files.items() if isinstance(what, str))
    for _ in range(chance.randint(1, 4)):
        name = chance.choice(texts)
        text = files[name]
        at, until = sorted(chance.randint(0, len(text)) for _ in range(2))
        middle = chance.choice((chance.choice(_BITS), text[at:until] * 2, ""))
        files[name] = text[:at] + middle + text[min(until, at + 9) :]
    return replace(case, files=files, refused="", printed=(), exits=(*case.exits, 0, 2))


def main(words: Sequence[str]) -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.release.hostile", description=__doc__)
    asked.add_argument("--n", type=int, default=1000, help="how many packs")
    asked.add_argument("--seed", type=int, default=1)
    told = asked.parse_args(words)
    written = [
        case for case in cases(HERE / "hostile.yaml") if "1.yaml" in case.files and not case.first
    ]
    chance = random.Random(told.seed)
    bad = 0
    with TemporaryDirectory(prefix="hostile-") as place, canary() as bird:
        good = drive(Case("good", "good", whole()), Path(place) / "good", bird).output
        for number in range(told.n):
            case = mutated(chance.choice(written), written, chance)
            bad += _tried(case, number, Path(place), bird, good)
    print(f"seed {told.seed}: {told.n} packs, {bad} with violations")
    return 1 if bad or not told.n else 0


def _tried(case: Case, number: int, place: Path, bird: Canary, good: Path) -> bool:
    with TemporaryDirectory(dir=place) as root:
        found = violations(drive(case, Path(root), bird, good))
    if found:
        print(f"{number} {case.name}", *(it[:500] for it in found), sep="\n  ", flush=True)
        print("  ", {name: str(what)[:600] for name, what in case.files.items()}, flush=True)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
