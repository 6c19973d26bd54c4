"""The same content gives the same files, whatever the interpreter hashes strings to."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.making import PACKS, ROOT

BUILD = """
import sys
from pathlib import Path
from cramsheet.shelf import load_all
from cramsheet.pipeline import build
from cramsheet.plan.job import Job
from cramsheet.page.shop import Shop
from cramsheet.plan.kinds import KINDS
packs = load_all(Path(sys.argv[1]), ["fahrschule"], Path.cwd())
for it in build(Job(tuple(KINDS)).orders(packs), Shop.open(Path(sys.argv[2])), lambda _: None):
    (Path(sys.argv[3]) / it.name).write_bytes(it.data)
"""
NEEDED = ("PATH", "CRAMSHEET_LIBRARIES", "SYSTEMROOT", "XDG_CACHE_HOME")


@pytest.mark.slow
def test_another_process_makes_the_same_files(
    fahrschule_files: dict[str, bytes], tmp_path: Path
) -> None:
    assert os.environ.get("PYTHONHASHSEED") != "4"
    variables = {name: os.environ[name] for name in NEEDED if name in os.environ}
    variables |= {"PYTHONHASHSEED": "4", "PYTHONPATH": str(ROOT), "TZ": "UTC+9"}
    command = [sys.executable, "-c", BUILD, str(PACKS), str(ROOT), str(tmp_path)]
    subprocess.run(command, env=variables, cwd=tmp_path, check=True)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert set(made) == set(fahrschule_files)
    for name, data in made.items():
        assert data == fahrschule_files[name], name


def test_the_command_leaves_nothing_behind(tmp_path: Path) -> None:
    """It leaves Python without tidying up, so all that is temporary goes before."""
    temporary, output = tmp_path / "tmp", tmp_path / "output"
    temporary.mkdir()
    variables = {name: os.environ[name] for name in NEEDED if name in os.environ}
    variables |= {"TMPDIR": str(temporary), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "cramsheet", "--only", "sheet,key"]
    content = tmp_path / "content"
    content.symlink_to(PACKS)
    command += ["--project", str(tmp_path), "--exam", "fahrschule", "--output", str(output)]
    subprocess.run(command, env=variables, cwd=tmp_path, check=True)
    assert list(output.rglob("*.pdf"))
    assert not list(temporary.iterdir())
