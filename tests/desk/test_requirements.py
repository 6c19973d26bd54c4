"""The lock files: complete, pinned by hash, and without an address."""

import re
import tomllib
from itertools import chain

import pytest

from cramsheet.desk.stamp import RUN, TEST

from .project import ROOT

FILES = (RUN, TEST)


def text(file: str) -> str:
    return (ROOT / file).read_text("utf-8")


def entries(file: str) -> dict[str, str]:
    """Each requirement with its hashes, by name and version."""
    lines = (line for line in text(file).splitlines() if not line.lstrip().startswith("#"))
    joined = "\n".join(lines).replace("\\\n", " ")
    return {line.split()[0]: line for line in joined.splitlines() if line.strip()}


def declared(file: str) -> list[str]:
    """What pyproject.toml asks for in that file, by name."""
    project = tomllib.loads(text("pyproject.toml"))
    asked = list(project["project"]["dependencies"])
    if file == TEST:
        asked += project["dependency-groups"]["test"]
    return [name(line) for line in asked]


def name(requirement: str) -> str:
    found = re.match(r"[\w.-]+", requirement)
    assert found
    return re.sub(r"[-_.]+", "-", found[0]).lower()


@pytest.mark.parametrize("file", FILES)
def test_every_dependency_is_locked(file: str) -> None:
    assert len(declared(file)) >= 10
    assert set(declared(file)) <= {name(pin) for pin in entries(file)}


@pytest.mark.parametrize("file", FILES)
def test_every_entry_is_one_version_with_hashes(file: str) -> None:
    assert len(entries(file)) >= 20
    for pin, line in entries(file).items():
        assert re.fullmatch(r"[a-z0-9-]+==[\w.]+", pin)
        hashes = line.partition(" --hash=")
        assert hashes[1], pin
        assert re.fullmatch(r"(\s*--hash=sha256:[0-9a-f]{64})+\s*", hashes[1] + hashes[2]), pin


@pytest.mark.parametrize("file", FILES)
def test_no_file_knows_an_address(file: str) -> None:
    for word in ("http", "://", "index", ".org", " @ ", "find-links"):
        assert word not in text(file)


def test_the_tests_run_with_what_users_run_with() -> None:
    run, test = entries(RUN), entries(TEST)
    assert run.items() <= test.items()


def test_the_build_backend_is_locked_for_the_wheel_test() -> None:
    requires = tomllib.loads(text("pyproject.toml"))["build-system"]["requires"]
    assert {name(line) for line in requires} <= set(declared(TEST))
    assert list(chain.from_iterable(requires))
