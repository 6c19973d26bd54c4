"""A module that is called seldom is imported then, and by nobody else is it missed."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cramsheet.page.later import later

SELDOM = """\
class Cutter:
    def __init__(self, by):
        self.by = by

def double(n):
    return 2 * n
"""
OFTEN = """\
import seldom
from seldom import double

def cut():
    return seldom.Cutter(by=double(2))
"""


@pytest.fixture(autouse=True)
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "seldom.py").write_text(SELDOM)
    (tmp_path / "often.py").write_text(OFTEN)
    monkeypatch.syspath_prepend(tmp_path)
    yield
    for name in ("seldom", "often"):
        sys.modules.pop(name, None)


def test_it_is_imported_when_it_is_called() -> None:
    with later("seldom"):
        import often  # type: ignore[import-not-found]
    assert "seldom" not in sys.modules
    made = often.cut()
    import seldom  # type: ignore[import-not-found]

    assert isinstance(made, seldom.Cutter)
    assert made.by == 4


def test_others_import_the_real_one() -> None:
    with later("seldom"):
        import often  # noqa: F401
    from seldom import double

    assert double.__module__ == "seldom"


def test_one_that_is_there_stays() -> None:
    import seldom

    with later("seldom"):
        import often
        import seldom as same
    assert sys.modules["seldom"] is seldom is same
    assert often.double is seldom.double


def test_an_error_leaves_nothing_behind() -> None:
    def broken() -> None:
        with later("seldom"):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    assert "seldom" not in sys.modules
