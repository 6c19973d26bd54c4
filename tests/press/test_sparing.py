"""WeasyPrint imported without what nobody needs: it is the same WeasyPrint."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cramsheet.press import sparing
from tests.making import ROOT
from tests.press import declaring

linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere cffi parses")

# Imports WeasyPrint as the press does; tells what else that imported, and what it declares.
IMPORTED = """
import json, sys
from cramsheet.press import engine, sparing
{before}
engine.import_all()
loaded = sorted(sys.modules)
from weasyprint.text import ffi
from weasyprint.text.ffi import pango
import cffi
points = pango.pango_units_to_double(ffi.ffi.new("int *", 2048)[0])
kind = type(cffi.FFI()).__module__
subset = __import__("weasyprint.pdf.fonts").pdf.fonts.subset.Options(hinting=False).hinting
print(json.dumps([loaded, type(ffi.ffi).__name__, points, kind, subset]))
"""


def imported(before: str = "") -> tuple[set[str], str]:
    """The modules, and the class that declarations are held by."""
    done = subprocess.run(
        [sys.executable, "-c", IMPORTED.format(before=before)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    loaded, held, *works = json.loads(done.stdout)
    assert works == [2.0, "cffi.api", False]
    return set(loaded), held


@linux
def test_no_c_is_parsed_and_no_fallback_imported() -> None:
    loaded, held = imported()
    assert held == "Declared"
    assert "weasyprint" in loaded
    assert not loaded & {"pycparser", "cffi.cparser", "fontTools.subset", "fontTools.varLib"}


@linux
def test_declarations_of_another_weasyprint_are_parsed(tmp_path: Path) -> None:
    other = {**json.loads(declaring.FILE.read_text("ascii")), "source": "other"}
    (tmp_path / "other.json").write_text(json.dumps(other))
    path = str(tmp_path / "other.json")
    loaded, held = imported(f"from pathlib import Path; sparing._DECLARATIONS = Path({path!r})")
    assert held == "FFI"
    assert "pycparser" in loaded


def test_where_libraries_have_other_names_cffi_looks_for_them() -> None:
    _, held = imported("import sys; sparing.sys = type('', (), {'platform': 'darwin'})")
    assert held == "FFI"


def test_the_declarations_are_those_of_the_weasyprint_that_is_installed() -> None:
    """If not: type `python -m tests.press.declaring`."""
    assert declaring.text() == declaring.FILE.read_text("ascii")


def test_cffi_is_given_back() -> None:
    import cffi

    before = cffi.FFI

    def broken() -> None:
        with sparing.sparing():
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    assert cffi.FFI is before
