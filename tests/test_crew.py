"""Work shared out among forks: all of it comes back, in order, and nobody waits for the dead."""

import os
import signal
import sys
import time
from collections.abc import Callable

import pytest

from cramsheet.crew import most_hands, share_out
from cramsheet.problems import MachineFault, Mistakes, Problem

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only there are there hands")
Tell = Callable[[str], None]


def test_results_come_in_order_whoever_is_first() -> None:
    def work(number: int, tell: Tell) -> tuple[int, int]:
        time.sleep(0.05 * (3 - number % 3))
        return number, os.getpid()

    made = share_out(work, 7, 3, lambda _: None)
    assert [number for number, _ in made] == list(range(7))
    assert len({pid for _, pid in made} | {os.getpid()}) == 4


def test_nothing_is_asked_of_more_hands_than_there_is_work() -> None:
    assert share_out(lambda number, tell: number, 1, 8, lambda _: None) == [0]
    assert share_out(lambda number, tell: number, 0, 8, lambda _: None) == []


def test_what_is_told_is_told_here() -> None:
    told: list[str] = []

    def work(number: int, tell: Tell) -> None:
        tell(f"{number} begun")
        tell(f"{number} done")

    share_out(work, 4, 2, told.append)
    assert sorted(told) == sorted(f"{n} {what}" for n in range(4) for what in ("begun", "done"))


def test_mistakes_come_back_whole() -> None:
    problems = [Problem("one", hint="mend it"), Problem("two")]

    def work(number: int, tell: Tell) -> None:
        raise Mistakes(problems)

    with pytest.raises(Mistakes) as caught:
        share_out(work, 2, 2, lambda _: None)
    assert list(caught.value.problems) == problems


def test_a_process_that_is_killed_is_a_fault_of_the_machine() -> None:
    def work(number: int, tell: Tell) -> None:
        if number == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(30)

    started = time.monotonic()
    with pytest.raises(MachineFault) as caught:
        share_out(work, 2, 2, lambda _: None)
    assert time.monotonic() - started < 10
    assert "killed" in caught.value.problems[0].message


def test_no_hand_goes_on_when_nobody_wants_its_work() -> None:
    def work(number: int, tell: Tell) -> int:
        if number == 0:
            raise ValueError("enough")
        time.sleep(30)
        return number

    started = time.monotonic()
    with pytest.raises(ValueError, match="enough"):
        share_out(work, 2, 2, lambda _: None)
    assert time.monotonic() - started < 10


class _Odd(Exception):
    """It cannot be made again from what it says."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(one + two)


@pytest.mark.parametrize("error", [KeyError("gone"), _Odd("go", "ne")])
def test_what_breaks_in_a_fork_says_where(error: Exception) -> None:
    def breaks(number: int, tell: Tell) -> None:
        raise error

    with pytest.raises((KeyError, RuntimeError)) as caught:
        share_out(breaks, 2, 2, lambda _: None)
    told = f"{caught.value} {getattr(caught.value, '__notes__', '')}"
    assert "gone" in told
    assert "in breaks" in told


def test_there_is_a_hand_for_each_core() -> None:
    assert 1 <= most_hands() <= (os.cpu_count() or 1)
