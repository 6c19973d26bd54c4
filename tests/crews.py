"""What `test_crew` tries, in a process that has one thread: `python -m tests.crews NAME`."""

import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

import pytest

from cramsheet.bindery.copying import Group
from cramsheet.cellar.cellar import Cellar
from cramsheet.cellar.inventory import inventory
from cramsheet.cellar.keeping import find, keeping_in
from cramsheet.crew import can_fork, share_out
from cramsheet.pipeline import build
from cramsheet.plan.job import Job
from cramsheet.plan.kinds import KINDS
from cramsheet.plan.mock import forms
from cramsheet.plan.names import Person
from cramsheet.plan.plan import Order
from cramsheet.printed import Printed
from cramsheet.problems import MachineFault, Mistakes, Problem
from cramsheet.shelf import load_all
from tests.making import PACKS, ROOT, SHOP, own_shop, pack_of

Tell = Callable[[str], None]


def results_come_in_order_whoever_is_first() -> None:
    def work(number: int, tell: Tell) -> tuple[int, int]:
        time.sleep(0.05 * (3 - number % 3))
        return number, os.getpid()

    made = share_out(work, 7, 3, lambda _: None)
    assert [number for number, _ in made] == list(range(7))
    assert len({pid for _, pid in made} | {os.getpid()}) == 4


def nothing_is_asked_of_more_hands_than_there_is_work() -> None:
    assert share_out(lambda number, tell: number, 1, 8, lambda _: None) == [0]
    assert share_out(lambda number, tell: number, 0, 8, lambda _: None) == []


def what_is_told_is_told_here() -> None:
    told: list[str] = []

    def work(number: int, tell: Tell) -> None:
        tell(f"{number} begun")
        tell(f"{number} done")

    share_out(work, 4, 2, told.append)
    assert sorted(told) == sorted(f"{n} {what}" for n in range(4) for what in ("begun", "done"))


def mistakes_come_back_whole() -> None:
    problems = [Problem("one", hint="mend it"), Problem("two")]

    def work(number: int, tell: Tell) -> None:
        raise Mistakes(problems)

    with pytest.raises(Mistakes) as caught:
        share_out(work, 2, 2, lambda _: None)
    assert list(caught.value.problems) == problems


def a_process_that_is_killed_is_a_fault_of_the_machine() -> None:
    def work(number: int, tell: Tell) -> None:
        if number == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(30)

    started = time.monotonic()
    with pytest.raises(MachineFault) as caught:
        share_out(work, 2, 2, lambda _: None)
    assert time.monotonic() - started < 10
    assert "killed" in caught.value.problems[0].message


def no_hand_goes_on_when_nobody_wants_its_work() -> None:
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


def what_breaks_in_a_fork_says_where() -> None:
    for error in (KeyError("gone"), _Odd("go", "ne")):
        _says_where(error)


def _says_where(error: Exception) -> None:
    def breaks(number: int, tell: Tell) -> None:
        raise error

    with pytest.raises((KeyError, RuntimeError)) as caught:
        share_out(breaks, 2, 2, lambda _: None)
    told = f"{caught.value} {getattr(caught.value, '__notes__', '')}"
    assert "gone" in told
    assert "in breaks" in told


def many_hands_print_what_one_prints() -> None:
    (one,) = load_all(PACKS, ["fahrschule"], ROOT)
    group = Group((Person("Ada"), Person("Bob"), Person("Cleo")))
    orders = [
        *Job(kinds=tuple(KINDS), formats=("pdf", "html"), named=True).orders([one]),
        *((one, Order(kind, form=it, named=True)) for it in forms(one, "7", "AB", 4, again=True)
          for kind in ("mock", "answers", "score", "key")),
    ]  # fmt: skip
    told: list[str] = []
    alone, shared = (build(orders, SHOP, told.append, group=group, hands=hands) for hands in (1, 3))
    assert [replace(it, seconds=0) for it in shared] == [replace(it, seconds=0) for it in alone]
    half = len(told) // 2
    assert sorted(told[:half]) == sorted(told[half:])
    assert told[:half] != told[half:], "nobody shared"


def many_hands_find_every_mistake_once() -> None:
    with TemporaryDirectory() as folder:
        base = SHOP.style("base").text + "p { colour: red }"
        shop = own_shop(Path(folder), {"styles/base.css": base})
        orders = [(pack_of(), Order(kind)) for kind in ("sheet", "notes", "blanks")]
        with pytest.raises(Mistakes) as caught:
            build(orders, shop, lambda _: None, hands=2)
    assert len(caught.value.problems) == 1


def hands_share_what_is_kept() -> None:
    facts = "".join(f"- Fact number {n}\n" for n in range(20))
    pack = pack_of(facts, "- claim: It is so\n  is: true\n  why: it is\n")
    orders = [(pack, Order(kind)) for kind in ("sheet", "booklet")]
    told: list[str] = []

    open_at_fork: list[bool] = []

    def made(folder: str, hands: int) -> list[Printed]:
        with keeping_in(cellar := Cellar(Path(folder), lambda: "a")):
            os.register_at_fork(before=lambda: open_at_fork.append(cellar._file is not None))
            find("blocks", int, b"opened before the fork")
            assert cellar._file
            printed = build(orders, SHOP, told.append, hands=hands)
        return [replace(it, seconds=0) for it in printed]

    with TemporaryDirectory() as folder:
        alone = build(orders, SHOP, told.append)
        for _ in range(2):
            assert made(folder, 2) == [replace(it, seconds=0) for it in alone]
            kinds = inventory(Path(folder)).kinds  # type: ignore[union-attr]
            assert kinds["blocks"][0] == 21, kinds
            assert kinds["inks"][0] == 2, kinds
        assert made(folder, 1) == [replace(it, seconds=0) for it in alone]
    assert set(open_at_fork) == {False}


def with_more_threads_nothing_is_forked() -> None:
    assert can_fork()
    stop = Event()
    other = Thread(target=stop.wait)
    other.start()
    assert not can_fork()
    stop.set()
    other.join()
    until = time.monotonic() + 10
    while not can_fork() and time.monotonic() < until:  # the kernel still counts it for a moment
        time.sleep(0.01)
    assert can_fork()


if __name__ == "__main__":
    assert can_fork()
    globals()[sys.argv[1]]()
