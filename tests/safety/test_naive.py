"""The control of suite B: what a naive builder does about the same packs.

It is asked less: to do no harm, to end, to print what has to be on paper, and to refuse what has to
be refused, in whatever words. A pack that it gets right tests nothing, unless the table says why.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.safety.driving import Canary, canary, drive
from tests.safety.oracles import violations
from tests.safety.traps import HERE, Case, cases, whole

pytestmark = pytest.mark.slow
NAIVE = (sys.executable, "-m", "tests.safety.naive")
# It builds packs; it marks no answers, and finds nothing in texts.
CASES = {
    case.name: case
    for case in cases(HERE / "hostile.yaml")
    if case.sort != "answers" and case.typed[0] != "lint"
}
# WeasyPrint runs programs whenever it is imported; Fontconfig notes once where the fonts lie
_FORGIVEN = re.compile(r"O8 |O10 .*/fontconfig/")
_PATIENCE = 2.0  # s of computing that it gets, times four; a good pack takes it one


@pytest.fixture(scope="module")
def bird() -> Iterator[Canary]:
    with canary() as it:
        yield it


def harm(case: Case, root: Path, bird: Canary) -> list[str]:
    """What it gets wrong, but for what its libraries do by themselves."""
    (root / "project/output").mkdir(parents=True)
    told = ("@PACK@", "output/naive.pdf")
    refused = case.refused and "error"
    asked = replace(case, typed=told, first=(), refused=refused, exits=(0, 2), seconds=_PATIENCE)
    found = violations(drive(asked, root, bird, builder=NAIVE))
    return [it for it in found if not _FORGIVEN.match(it)]


def test_it_can_print_a_good_pack(tmp_path: Path, bird: Canary) -> None:
    good = Case("good", "good", whole(), printed=("A good fact",))
    assert harm(good, tmp_path, bird) == []


@pytest.mark.parametrize("name", CASES)
def test_it_gets_it_wrong(name: str, tmp_path: Path, bird: Canary) -> None:
    found = harm(CASES[name], tmp_path, bird)
    assert bool(found) != bool(CASES[name].harmless), found


def test_it_gets_few_of_them_right() -> None:
    assert sum(bool(case.harmless) for case in CASES.values()) <= 5
