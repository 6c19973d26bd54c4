"""The rules of docs/architecture.md about who may import what, checked."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.making import ROOT

PACKAGE = ROOT / "cramsheet"
# A room imports only from rooms above it; `pipeline` is a module among them.
ORDER = (
    "problems",
    "guard",
    "caps",
    "door",
    "cellar",
    "pack",
    "plan",
    "edit",
    "page",
    "press",
    "bindery",
    "study",
    "edition",
    "shelf",
    "printed",
    "line",
    "crew",
    "pipeline",
    "desk",
)
HOME = {
    "yaml": "pack",
    "pydantic": "pack",
    "pydantic_core": "pack",
    "spellchecker": "edit",
    "jinja2": "page",
    "markupsafe": "page",
    "markdown": "page",
    "segno": "page",
    "ziamath": "page",
    "latex2mathml": "page",
    "pygments": "page",
    "PIL": "page",
    "tinycss2": "page",
    "fontTools": "page",
    "fontpkg": "page",
    "uharfbuzz": "page",
    "weasyprint": "press",
    "pydyf": "press",
    "cffi": "press",
    "_cffi_backend": "press",
    "pyphen": "press",
    "pypdfium2": "press",
    "pypdf": "bindery",
    "argparse": "desk",
    "watchfiles": "desk",
}
SECOND_HOMES = {
    ("pypdf", "study"),  # which reads filled forms; bindery writes files
    ("pypdf", "edition"),  # which reads what a file carries
    ("pydantic", "cellar"),  # which reads and writes what is kept; pack checks what authors write
    ("pydantic_core", "cellar"),
}
HEAVY = (
    "weasyprint",
    "pydantic",
    "jinja2",
    "yaml",
    "spellchecker",
    "markdown",
    "ziamath",
    "PIL",
    "fontTools",
    "uharfbuzz",
    "watchfiles",
)
LONGEST = 300  # lines


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if "_assets" not in path.parts)


def name(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imports(path: Path) -> Iterator[str]:
    """Everything that is imported anywhere in a module, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            if node.module == "cramsheet":
                yield from (f"cramsheet.{alias.name}" for alias in node.names)
            else:
                yield str(node.module)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_every_room_is_known_and_none_is_empty() -> None:
    rooms = {room(path) for path in modules() if not path.name.startswith("__")}
    assert rooms == set(ORDER)
    assert len(modules()) > 40
    assert all((PACKAGE / it).is_dir() or (PACKAGE / f"{it}.py").is_file() for it in ORDER)


@pytest.mark.parametrize("path", modules(), ids=name)
def test_a_room_imports_only_from_rooms_above_it(path: Path) -> None:
    if path.parent == PACKAGE and path.name in ("__init__.py", "__main__.py"):
        return
    own = room(path)
    below = ORDER[ORDER.index(own) + 1 :]
    wrong = [
        it
        for it in imports(path)
        if it.startswith("cramsheet.") and it.split(".")[1] in below
    ]  # fmt: skip
    assert wrong == []


def test_each_library_has_one_home() -> None:
    seen = {(it.partition(".")[0], room(path)) for path in modules() for it in imports(path)}
    homes = {(library, where) for library, where in seen if library in HOME}
    assert homes <= set(HOME.items()) | SECOND_HOMES
    assert {library for library, _ in homes} == set(HOME)


def test_no_library_is_without_a_home() -> None:
    seen = {it.partition(".")[0] for path in modules() for it in imports(path)}
    assert seen - set(sys.stdlib_module_names) - set(HOME) == {"cramsheet"}


@pytest.mark.parametrize(
    ("library", "only"),
    [
        (
            "weasyprint",
            {
                "press.boxes",
                "press.composing",
                "press.engine",
                "press.fragment",
                "press.joining",
                "press.lettering",
                "press.lines",
                "press.pristine",
                "press.seeing",
                "press.tagging",
                "press.weasy",
            },
        ),
        ("yaml", None),
        ("jinja2", {"page.rendering"}),
    ],
)
def test_private_parts_stay_in_one_module(library: str, only: set[str] | None) -> None:
    where = {
        name(path)
        for path in modules()
        if library in {it.partition(".")[0] for it in imports(path)}
    }
    assert where
    assert only is None or where == only


@pytest.mark.parametrize("path", modules(), ids=name)
def test_no_module_is_too_long(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", modules(), ids=name)
def test_every_module_says_what_it_is(path: Path) -> None:
    if path.name != "__main__.py":
        assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


@pytest.mark.parametrize("module", ["cramsheet.desk.cli", "cramsheet.desk.ready", "cramsheet"])
def test_nothing_heavy_is_imported_at_the_start(module: str) -> None:
    code = f"import sys, {module}; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = {it.partition(".")[0] for it in done.stdout.split()}
    assert "cramsheet" in loaded
    assert loaded & set(HEAVY) == set()


def test_only_the_press_sees_weasyprint_and_only_when_it_is_used() -> None:
    code = "import sys, cramsheet.pipeline, cramsheet.page.writing; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not [
        it for it in done.stdout.split() if it.partition(".")[0] in ("weasyprint", "ziamath")
    ]
