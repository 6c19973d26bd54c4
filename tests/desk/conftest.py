from pathlib import Path

import pytest

from .project import Project, readied


@pytest.fixture
def project(tmp_path: Path) -> Project:
    root = tmp_path / "a projéct"
    root.mkdir()
    return readied(root)
