"""Work shared out among forks: all of it comes back, in order, and nobody waits for the dead.

Each is tried in a process of its own: the one that runs tests has threads, and so must not fork.
"""

import os
import subprocess
import sys

import pytest

from cramsheet.crew import most_hands
from tests.making import ROOT

QUICK = (
    "results_come_in_order_whoever_is_first",
    "nothing_is_asked_of_more_hands_than_there_is_work",
    "what_is_told_is_told_here",
    "mistakes_come_back_whole",
    "a_process_that_is_killed_is_a_fault_of_the_machine",
    "no_hand_goes_on_when_nobody_wants_its_work",
    "what_breaks_in_a_fork_says_where",
    "many_hands_find_every_mistake_once",
    "hands_share_what_is_kept",
    "with_more_threads_nothing_is_forked",
)
_LONGEST = 300  # seconds


def tried(name: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.crews", name],
        cwd=ROOT, capture_output=True, text=True, timeout=_LONGEST, check=False,
    )  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="only there are there hands")
@pytest.mark.parametrize("name", QUICK)
def test_among_forks(name: str) -> None:
    done = tried(name)
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only there are there hands")
def test_many_hands_print_what_one_prints() -> None:
    done = tried("many_hands_print_what_one_prints")
    assert done.returncode == 0, done.stderr


def test_everything_that_can_be_tried_is() -> None:
    text = (ROOT / "tests" / "crews.py").read_text("utf-8")
    there = {line[4:].partition("(")[0] for line in text.splitlines() if line.startswith("def ")}
    named = {*QUICK, "many_hands_print_what_one_prints"}
    assert {name for name in there if not name.startswith("_")} == named


def test_there_is_a_hand_for_each_core() -> None:
    assert 1 <= most_hands() <= (os.cpu_count() or 1)
