"""Suite B: packs that mean ill, from end to end, each asked all that can be asked of it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.safety.driving import Canary, canary, drive
from tests.safety.oracles import violations
from tests.safety.traps import HERE, Case, cases, whole

pytestmark = pytest.mark.slow
CASES = {case.name: case for case in cases(HERE / "hostile.yaml")}
SORTS = {
    *("files", "network", "links", "templates", "programs", "pictures", "yaml", "names"),
    *("characters", "counts", "formulas", "listings", "answers"),
}
# What somebody who knows the folder has from before; every failure has to leave it alone.
GOOD = Case("good", "good", whole())


@pytest.fixture(scope="module")
def bird() -> Iterator[Canary]:
    with canary() as it:
        yield it


@pytest.fixture(scope="module")
def good(bird: Canary, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of the pack before it meant ill."""
    root = tmp_path_factory.mktemp("good")
    run = drive(replace(GOOD, printed=("A good fact",)), root, bird)
    assert violations(run) == []
    return run.output


@pytest.mark.parametrize("name", CASES)
def test_what_means_ill_does_no_harm(name: str, tmp_path: Path, bird: Canary, good: Path) -> None:
    assert violations(drive(CASES[name], tmp_path, bird, good)) == []


def test_there_are_cases_of_every_sort() -> None:
    assert len(CASES) >= 50
    sorts = [case.sort for case in CASES.values()]
    assert set(sorts) == SORTS
