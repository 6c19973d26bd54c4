"""What `press.sparing` knows of WeasyPrint's C declarations: what cffi makes of them when it is
asked for a module, as data.

After a change of WeasyPrint's version `python -m tests.press.declaring` writes it anew.
"""

import ast
import json
import sys
from contextlib import redirect_stdout
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import cffi

from tests.making import ROOT

FILE = ROOT / "cramsheet" / "press" / "declarations.json"


def text() -> str:
    return json.dumps(_made(_source()), indent=1) + "\n"


def _source() -> str:
    """What WeasyPrint declares, without importing it, for that needs the libraries."""
    (folder,) = (path for path in sys.path if (Path(path) / "weasyprint" / "text").is_dir())
    module = ast.parse((Path(folder) / "weasyprint" / "text" / "ffi.py").read_text("utf-8"))
    calls = (it for it in ast.walk(module) if isinstance(it, ast.Call))
    (text,) = (ast.literal_eval(it.args[0]) for it in calls if "ffi.cdef" in ast.unparse(it.func))
    return str(text)


def _made(declared: str) -> dict[str, Any]:
    """The arguments of the call that cffi would write into a module."""
    maker = cffi.FFI()
    maker.cdef(declared)
    maker.set_source("declarations", None)
    with TemporaryDirectory() as folder, redirect_stdout(sys.stderr):  # it says what it does
        path = Path(folder) / "declarations.py"
        maker.emit_python_code(str(path))
        module = ast.parse(path.read_text("ascii"))
    (call,) = (it for it in ast.walk(module) if isinstance(it, ast.Call))
    values = {str(it.arg): ast.literal_eval(it.value) for it in call.keywords}
    return {"source": sha256(declared.encode()).hexdigest(), "values": _plain(values)}


def _plain(value: Any) -> Any:
    """As JSON can hold it: letters for bytes, lists for tuples."""
    if isinstance(value, bytes):
        return value.decode("latin-1")
    if isinstance(value, tuple):
        return [_plain(it) for it in value]
    return {name: _plain(it) for name, it in value.items()} if isinstance(value, dict) else value


if __name__ == "__main__":
    FILE.write_text(text(), "ascii")
