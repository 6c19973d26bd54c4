"""Suite D: the disk fails, or we are killed, at any system call of the way to the disk."""

import shutil
from pathlib import Path

import pytest

from tests.safety.faults import broken, calls, faults, made, wrong

HOWS = [("set", True), ("set", False), ("lone", True)]


def violations(how: str, folder: Path, old: bool, thorough: bool = False) -> tuple[int, list[str]]:
    found, count = [], 0
    made(how, folder, old)
    for call, fault in faults(calls(how, folder), thorough):
        made_from(folder, how, old)
        count += 1
        ended = broken(how, folder, call, fault)
        if what := wrong(how, folder, ended, old):
            found.append(f"{call.name} {call.number} {fault}: {what}")
    return count, found


def made_from(folder: Path, how: str, old: bool) -> None:
    """As it was before; made once."""
    first = folder.with_name(f"{folder.name}-{how}-{old}")
    if not first.exists():
        made(how, first, old)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(first, folder)


def test_the_machine_can_inject_faults() -> None:
    """A machine that cannot is no place to test on: nothing is skipped."""
    assert shutil.which("strace"), "install strace"


@pytest.mark.slow
@pytest.mark.parametrize(("how", "old"), HOWS)
def test_any_call_may_fail_or_be_the_last(how: str, old: bool, tmp_path: Path) -> None:
    count, found = violations(how, tmp_path / "output", old)
    print(f"{how}, {'over old' if old else 'fresh'}: {count} faults, {len(found)} violations")
    assert count > 50
    assert found == []


@pytest.mark.slow
def test_a_naive_builder_fails(tmp_path: Path) -> None:
    """Else the faults would test nothing."""
    folder, found = tmp_path / "output", []
    made("set", folder, True)
    for call, fault in faults(calls("naive", folder), False):
        made_from(folder, "set", True)
        found.append(wrong("set", folder, broken("naive", folder, call, fault), True))
    assert sum(map(bool, found)) > len(found) / 2
