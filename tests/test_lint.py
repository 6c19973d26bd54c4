"""Style and types, checked with the versions that the lock names."""

import subprocess
import sys

import pytest

from tests.making import ROOT

pytestmark = pytest.mark.slow

COMMANDS = {
    "style": ("ruff", "check", "--no-cache", "."),
    "layout": ("ruff", "format", "--no-cache", "--check", "."),
    "types": ("mypy",),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_the_code_is_clean(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *COMMANDS[name]], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
