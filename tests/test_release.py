"""What a release stands on: sound versions, a list of parts, promises that are tried."""

import json
import re
import tomllib

import pytest

from tests.making import ROOT
from tests.release import parts
from tests.release.__main__ import SUITES
from tests.release.advisories import KNOWN, LOCKS, SOUND, UNPROVED, verdict

# The first versions without what is known, or with what we lean on.
FLOORS = {
    "weasyprint": ("70", "older ones follow redirects past a refusal"),
    "jinja2": ("3.1.6", "older ones let a template out of its sandbox"),
    "pillow": ("12.3", "older ones write past the end of a picture"),
    "pypdf": ("7", "older ones read some files for ever"),
    "markdown": ("3.8.1", "older ones crash on some text"),
    "pyyaml": ("6.0.3", "the loader whose events we read"),
    "fonttools": ("4.60.2", "older ones write where a font tells them to"),
    "brotli": ("1.2", "older ones unpack without end"),
    "urllib3": ("2.6.3", "older ones unpack without end"),
    "requests": ("2.32.4", "older ones tell passwords to others"),
}
PROMISES = (ROOT / "SECURITY.md").read_text("utf-8")
HOLDING = sorted(set(re.findall(r"`(tests/[\w/.]+\.py)`", PROMISES)))


def order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def test_versions_are_compared_as_numbers() -> None:
    assert order("70") < order("70.0") < order("70.10") < order("71")
    assert order("3.1.5") < order("3.1.6") < order("3.10")


@pytest.mark.parametrize("lock", LOCKS)
def test_what_is_pinned_is_above_the_floors(lock: str) -> None:
    found = parts.parts((ROOT / lock).read_text("utf-8"))
    assert len(found) >= 25
    low = [
        it for it in found if it.name in FLOORS and order(it.version) < order(FLOORS[it.name][0])
    ]
    assert not low


def test_every_floor_is_of_something_we_use() -> None:
    locks = ((ROOT / lock).read_text("utf-8") for lock in LOCKS)
    assert {it.name for lock in locks for it in parts.parts(lock)} >= FLOORS.keys()


def test_what_may_be_installed_is_above_the_floors() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    least = {parts.named(it): re.findall(r"(?:>=|==)([\d.]+)", it) for it in told}
    for name in least.keys() & FLOORS.keys():
        (version,) = least[name]
        assert order(version) >= order(FLOORS[name][0]), name
    assert len(least.keys() & FLOORS.keys()) >= 6


def test_the_list_of_parts_is_that_of_the_lock() -> None:
    held = (ROOT / parts.BILL).read_text("utf-8")
    assert held == parts.written(ROOT), "run .ci/lock, or python3 -m tests.release.parts"


def test_the_list_of_parts_names_every_pin_once() -> None:
    lock = (ROOT / "requirements.txt").read_text("utf-8")
    bill = json.loads((ROOT / parts.BILL).read_text("utf-8"))
    pins = re.findall(r"^([a-z0-9.-]+)==([^\s;]+)", lock, re.MULTILINE)
    assert sorted((it["name"], it["version"]) for it in bill["components"]) == sorted(pins)
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    names = [it["bom-ref"] for it in (bill["metadata"]["component"], *bill["components"])]
    assert len(set(names)) == len(names)
    (ours,) = bill["dependencies"]
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    assert len(ours["dependsOn"]) == len(told)
    assert {ours["ref"], *ours["dependsOn"]} <= set(names)


def test_nothing_is_said_of_what_could_not_be_asked() -> None:
    """What pip-audit says, word for word."""
    skipped = (
        "Name Skip Reason\n---- ----\nx    Dependency not found\nNo known vulnerabilities found"
    )
    found = "Found 1 known vulnerability in 1 package\nName Version ID Fix Versions\njinja2 3.1.4"
    assert verdict(0, "No known vulnerabilities found")[0] == SOUND
    assert verdict(1, found)[0] == KNOWN
    assert verdict(0, skipped)[0] == UNPROVED
    assert verdict(1, "ERROR:pip_audit._cli:jinja2: Dependency not found on PyPI")[0] == UNPROVED
    assert (
        verdict(1, "Traceback\nrequests.exceptions.ConnectionError: Found nothing")[0] == UNPROVED
    )
    assert verdict(0, "")[0] == UNPROVED


def test_there_are_ten_promises_each_held_by_tests() -> None:
    promises = re.findall(r"^\d+\. \*\*.+\n +Held by (.+)\.$", PROMISES, re.MULTILINE)
    assert len(promises) == 10
    assert all("`tests/" in it for it in promises)


@pytest.mark.parametrize("path", HOLDING)
def test_the_tests_that_hold_a_promise_exist(path: str) -> None:
    assert re.search(r"^def test_", (ROOT / path).read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("name", SUITES)
def test_a_suite_of_a_release_can_be_started(name: str) -> None:
    _, module, *_ = SUITES[name].words
    path = ROOT.joinpath(*module.split("."))
    assert (
        module == "pytest" or path.with_suffix(".py").is_file() or (path / "__main__.py").is_file()
    )
