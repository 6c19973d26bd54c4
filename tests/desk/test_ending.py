"""What is told of a process that died."""

import signal

import pytest

from cramsheet.desk.ending import died
from cramsheet.guard.limits import Limits
from cramsheet.guard.worker import Death
from cramsheet.problems import Mistakes

MIB = 1 << 20


@pytest.mark.parametrize(
    ("inherited", "most", "is_short"),
    [(60, 1900, True), (60, 300, False), (1300, 1310, False), (1300, 2000, True)],
)
def test_memory_is_to_blame_when_the_work_took_much(
    inherited: int, most: int, is_short: bool
) -> None:
    found = died(Death(signal.SIGSEGV, 0, most * MIB, inherited * MIB), Limits())
    assert isinstance(found, Mistakes) == is_short
