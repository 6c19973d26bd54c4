"""The bill of materials of the wheel: all that `requirements.txt` pins, in the form CycloneDX.

    python3 -m tests.release.parts       writes parts.cdx.json anew; .ci/lock does it, too

It travels in the wheel as `.dist-info/sboms/parts.cdx.json` (PEP 770), so that who has the wheel
can ask whether something in it is known to be unsafe. Standard library only.
"""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5

ROOT = Path(__file__).resolve().parents[2]
BILL = "parts.cdx.json"
_PIN = re.compile(r"(?P<name>[a-z0-9.-]+)==(?P<version>[^ ;\\]+)(?: ; (?P<where>.*?))? \\")
_OURS = re.compile(r'__version__ = "(.+)"')


class Part(NamedTuple):
    """A library; `where` is the marker of the machines that need it, or nothing."""

    name: str
    version: str
    where: str = ""

    @property
    def purl(self) -> str:
        return f"pkg:pypi/{self.name}@{self.version}"


def parts(lock: str) -> list[Part]:
    """What a lock file pins."""
    found = (_PIN.fullmatch(line) for line in lock.splitlines())
    return [Part(it["name"], it["version"], it["where"] or "") for it in found if it]


def bill(root: Path) -> dict[str, Any]:
    told = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    found = parts((root / "requirements.txt").read_text("utf-8"))
    version = _OURS.search((root / "cramsheet/__init__.py").read_text("utf-8"))
    assert version
    us = Part(told["name"], version[1])
    direct = {named(it) for it in told["dependencies"]}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, repr((us, found)))}",
        "version": 1,
        "metadata": {"component": _component(us, "application")},
        "components": [_component(it, "library") for it in found],
        "dependencies": [
            {"ref": us.purl, "dependsOn": [it.purl for it in found if it.name in direct]}
        ],
        # Which library brought which other one is not in the lock.
        "compositions": [{"aggregate": "incomplete", "dependencies": [us.purl]}],
    }


def named(requirement: str) -> str:
    """The name in a requirement, as registries write it."""
    (name,) = re.findall(r"^[A-Za-z0-9._-]+", requirement)
    return re.sub(r"[-_.]+", "-", name).lower()


def _component(it: Part, sort: str) -> dict[str, Any]:
    always = {"type": sort, "bom-ref": it.purl, "name": it.name, "version": it.version}
    return {**always, **dict(_more(it)), "purl": it.purl}


def _more(it: Part) -> Iterator[tuple[str, Any]]:
    if it.where:
        yield "scope", "optional"
        yield "properties", [{"name": "marker", "value": it.where}]


def written(root: Path) -> str:
    return json.dumps(bill(root), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    (ROOT / BILL).write_text(written(ROOT), "utf-8")
