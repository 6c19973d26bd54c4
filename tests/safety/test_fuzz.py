"""Suite J, in small: each target takes its seeds, cut and damaged, and a few seconds of chance.

The minutes and hours of a release: `python -m tests.safety.fuzz`.
"""

import platform
import random
import sys

import pytest

from cramsheet.problems import Mark, Problem, mistake
from tests.safety.fuzz import TARGETS, run, sound

HERE = sys.platform == "linux" and platform.machine() == "x86_64" and sys.version_info < (3, 14)


@pytest.mark.parametrize("name", TARGETS)
def test_seeds_and_what_becomes_of_them(name: str) -> None:
    target, chance = TARGETS[name], random.Random(8)
    one, seeds = target.ready(), list(target.seeds())
    assert len(seeds) >= 4
    for seed in seeds:
        one(seed)
        at = chance.randrange(len(seed) + 1)
        one(seed[:at])
        one(seed[:at] + bytes([chance.randrange(256)]) + seed[at:])


@pytest.mark.slow
@pytest.mark.skipif(not HERE, reason="atheris has no wheel for this machine")
@pytest.mark.parametrize("name", TARGETS)
def test_some_seconds_of_chance(name: str) -> None:
    count, said = run(name, 5)
    assert said == ""
    assert count > 100


@pytest.mark.parametrize(
    "wrong",
    [
        Problem("below the file", Mark("a", 9, 1)),
        Problem("no column", Mark("a", 1, 0)),
        Problem("x" * 501, Mark("a")),
        Problem("", Mark("a")),
    ],
)
def test_what_is_said_badly_is_noticed(wrong: Problem) -> None:
    with pytest.raises(AssertionError):
        sound(mistake(wrong.message, wrong.mark, wrong.hint), 2)
