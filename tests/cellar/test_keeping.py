"""Values come back from the cellar as what they were, or are made again."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from cramsheet.cellar.cellar import Cellar
from cramsheet.cellar.keeping import find, keep, keeping_in, kept, rest
from cramsheet.cellar.place import NAME


@dataclass(frozen=True)
class Part:
    name: str
    sides: tuple[float, ...]
    data: bytes = b""
    names: frozenset[str] = frozenset()


PART = Part("a\x00é\u2028", (0.1 + 0.2, 1e-300, 3), b"\x00<0005>\n", frozenset({"x", "y"}))


@pytest.fixture
def cellar(tmp_path: Path) -> Cellar:
    return Cellar(tmp_path, lambda: "a")


def made(thing: Part = PART, form: object = Part) -> tuple[object, bool]:
    """What is kept under a key, or made; and whether it was made."""
    calls: list[Part] = []

    def make() -> Part:
        calls.append(thing)
        return thing

    return kept("part", form, b"key", make), bool(calls)  # type: ignore[arg-type]


def test_what_was_made_once_is_made_no_more(cellar: Cellar) -> None:
    with keeping_in(cellar):
        assert made() == (PART, True)
    with keeping_in(Cellar(cellar.folder, lambda: "a")):
        assert made(Part("other", ())) == (PART, False)


def test_nothing_is_kept_unless_somebody_opens_a_cellar(cache_home: Path) -> None:
    assert made() == (PART, True)
    rest()
    assert made() == (PART, True)
    assert not cache_home.exists()


def test_outside_nothing_is_kept_any_more(cellar: Cellar) -> None:
    with keeping_in(cellar):
        made()
    assert made() == (PART, True)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[",
        b"{}",
        b"[1, 2]",
        b"null",
        b'{"name": 5, "sides": [], "data": "", "names": []}',
        b'{"name": "x", "sides": ["1"], "data": "", "names": []}',
        b'{"name": "x", "sides": 1, "data": "", "names": []}',
        b'{"name": "x", "sides": [], "data": null, "names": []}',
        b'{"name": "x", "sides": [], "data": "", "names": {"a": 1}}',
        b'{"name": "\xff", "sides": [], "data": "", "names": []}',
        b"[" * 100_000,
    ],
)
def test_another_type_with_a_right_sum_is_not_taken(data: bytes, cellar: Cellar) -> None:
    with keeping_in(cellar):
        cellar.put("part", b"key", data)
        rest()
        assert made() == (PART, True)
    with keeping_in(Cellar(cellar.folder, lambda: "a")):
        assert made(Part("other", ())) == (PART, False)


def test_what_was_not_taken_is_removed(cellar: Cellar) -> None:
    with keeping_in(cellar):
        cellar.put("part", b"key", b"{}")
        rest()
        assert find("part", Part, b"key") is None
    assert Cellar(cellar.folder, lambda: "a").get("part", b"key") is None


def test_what_json_cannot_hold_is_not_kept(cellar: Cellar) -> None:
    odd = Part("x", (), b"\xff\xfe")
    with keeping_in(cellar):
        assert made(odd) == (odd, True)
        assert made(odd) == (odd, True)
        keep("part", Part, b"key", Part("\ud800", ()))
        assert find("part", Part, b"key") is None


def test_a_mistake_is_raised_and_not_kept(cellar: Cellar) -> None:
    def wrong() -> Part:
        raise ValueError("mine")

    with keeping_in(cellar):
        with pytest.raises(ValueError, match="mine"):
            kept("part", Part, b"key", wrong)
        assert made() == (PART, True)


def test_the_program_is_asked_once_and_only_when_it_is_needed(tmp_path: Path) -> None:
    asked: list[str] = []

    def program() -> str:
        asked.append("")
        return "a"

    with keeping_in(Cellar(tmp_path / "kept", program)):
        assert not asked
        made()
        made()
        rest()
        made()
    assert len(asked) == 1
    assert (tmp_path / "kept" / NAME).is_file()
