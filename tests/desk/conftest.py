from collections.abc import Callable
from pathlib import Path

import pytest

from cramsheet.desk import cli

from .project import Project, readied

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    root = tmp_path / "a projéct"
    root.mkdir()
    return readied(root)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """The command, as a person types it."""

    def run(*words: str) -> tuple[int, str, str]:
        """Exit code, what was said, what was complained about."""
        try:
            code = cli.main(words)
        except SystemExit as stop:
            code = int(stop.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run
