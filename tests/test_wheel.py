"""The wheel holds all that the program reads, and works away from the checkout, without network."""

import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.making import ROOT
from tests.paper import read

pytestmark = pytest.mark.slow
KEPT = (".py", ".txt", ".json")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, so that nothing is left in the tree; -P, for build.py is ours here."""
    source = tmp_path_factory.mktemp("source") / "cramsheet"
    kept = shutil.ignore_patterns(".*", "__pycache__", "output", "content", "bench", "dist")
    shutil.copytree(ROOT, source, ignore=kept)
    shutil.copyfile(ROOT / ".gitignore", source / ".gitignore")
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-P", "-m", "build", "--no-isolation", "--wheel", "-o", str(out)]
    done = subprocess.run(
        [*command, str(source)], capture_output=True, text=True, cwd=out, env=_plain()
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (it,) = out.glob("*.whl")
    return it


def _plain() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def test_it_holds_every_template_style_starter_and_word(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    shipped = {name.partition("_assets/")[2] for name in names if "/_assets/" in name}
    here = {
        path.relative_to(ROOT).as_posix()
        for folder in ("templates", "styles")
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    }
    assert len(here) > 40
    assert shipped == here
    assert {"templates/new/exam.yaml", "templates/words/de.toml", "styles/base.css"} <= shipped


def test_it_holds_every_module_and_nothing_of_the_workshop(wheel: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if "_assets" not in name}
    here = (path for path in (ROOT / "cramsheet").rglob("*.*") if path.suffix in KEPT)
    modules = {path.relative_to(ROOT).as_posix() for path in here}
    inside = {name for name in names if name.startswith("cramsheet/")}
    assert inside == modules
    assert all(".dist-info/" in name for name in names - inside)
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_it_says_what_the_command_is(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [it for it in archive.namelist() if it.endswith("entry_points.txt")]
        assert "cramsheet = cramsheet.desk.begin:run" in archive.read(name).decode()


def test_it_says_what_it_is_made_of(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [it for it in archive.namelist() if "/sboms/" in it]
        assert name.endswith(".dist-info/sboms/parts.cdx.json")
        assert archive.read(name) == (ROOT / "parts.cdx.json").read_bytes()


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel alone, that borrows the libraries of the running one.

    A wheel of pure Python is installed by unpacking it; bare systems have no pip to ask.
    """
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder)
    it = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    asked = "import site; print(site.getsitepackages()[0])"
    packages = Path(_said([str(it), "-c", asked], folder).strip())
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    borrowed = [path for path in sys.path if path.endswith("-packages")]
    assert ROOT not in map(Path, borrowed)
    (packages / "borrowed.pth").write_text("\n".join(borrowed) + "\n", "utf-8")
    return it


def _said(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, env=_plain(), capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_makes_and_prints_a_pack_away_from_the_checkout(python: Path, tmp_path: Path) -> None:
    for words in (["new", "demo"], []):
        _said([str(python), "-m", "cramsheet", *words], tmp_path)
    made = sorted((tmp_path / "output" / "demo").glob("*.pdf"))
    assert [path.name for path in made] == [
        f"demo-{kind}-a4.pdf" for kind in ("booklet", "key", "notes", "sheet")
    ]
    assert all(read(path.read_bytes()).count for path in made)


def test_it_runs_its_own_copy(python: Path, tmp_path: Path) -> None:
    code = "import cramsheet.page.shop as it; print(it.__file__); print(it.BUILT_IN)"
    module, built_in = _said([str(python), "-c", code], tmp_path).splitlines()
    assert not Path(module).is_relative_to(ROOT)
    assert Path(built_in) == Path(module).parents[1] / "_assets"
