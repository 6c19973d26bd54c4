"""Imports WeasyPrint without work that it does while it is imported and that no document of ours
needs: 0.15 s of CPU and 12 MB. Whatever is left out is there when it is asked for."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from cramsheet.page.later import later

_DECLARATIONS = Path(__file__).with_name("declarations.json")
# WeasyPrint cuts fonts by them where HarfBuzz cannot; ours have no axes that are left to pin.
_LATER = ("fontTools.subset", "fontTools.varLib.instancer")


@contextmanager
def sparing() -> Iterator[None]:
    with later(*_LATER), _declared():
        yield


@contextmanager
def _declared() -> Iterator[None]:
    """cffi reads WeasyPrint's C declarations by a parser in Python; what comes out is written down
    here, by `tests.press.declaring`. Only on Linux: elsewhere cffi has to look for libraries."""
    if sys.platform != "linux":
        yield
        return
    import cffi

    original = cffi.FFI

    class Declared:
        """What is declared to it decides what it becomes."""

        def cdef(self, source: str) -> None:
            if ready := _ready(source):
                names = (name for name in dir(ready) if not name.startswith("__"))
                vars(self).update({name: getattr(ready, name) for name in names})
            else:
                self.__class__ = original
                original.__init__(self)
                original.cdef(self, source)

    cffi.FFI = Declared
    try:
        yield
    finally:
        cffi.FFI = original


def _ready(source: str) -> Any:
    """None for declarations of another WeasyPrint than the one that is known."""
    known = json.loads(_DECLARATIONS.read_text("ascii"))
    if known["source"] != sha256(source.encode()).hexdigest():
        return None
    from _cffi_backend import FFI

    return FFI("declarations", **{name: _given(it) for name, it in known["values"].items()})


def _given(value: Any) -> Any:
    """As cffi wants it: bytes for letters, tuples for lists."""
    if isinstance(value, str):
        return value.encode("latin-1")
    return tuple(map(_given, value)) if isinstance(value, list) else value
