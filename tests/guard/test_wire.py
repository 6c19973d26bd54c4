"""What comes over a wire is looked at before it is believed."""

import os
import time
from collections.abc import Iterator

import pytest

from cramsheet.desk.attending import is_ours, shown
from cramsheet.guard.wire import Garbled, Gone, Late, TooMuch, Wire, pipe

Ends = tuple[Wire, int]


@pytest.fixture
def ends() -> Iterator[Ends]:
    """A wire, and where what it hears is written."""
    reading, writing = pipe()
    yield Wire(reading, writing), writing
    os.close(reading)


def test_what_is_said_is_heard(ends: Ends) -> None:
    wire, _ = ends
    parts = [b"", b"one\n", bytes(range(256)) * 40]
    wire.say({"do": "x", "text": "é\n"}, parts)
    wire.say({"do": "y"})
    said = wire.hear()
    assert (said.head["text"], list(said.parts)) == ("é\n", parts)
    assert wire.hear().head == {"do": "y"}


@pytest.mark.parametrize(
    "line",
    [
        b"no json\n",
        b"[1]\n",
        b'{"lengths": 3}\n',
        b'{"lengths": [-1]}\n',
        b'{"lengths": [true]}\n',
        b'{"lengths": [1.5]}\n',
        b"[" * 60_000 + b"\n",
        b"\xff\n",
    ],
)
def test_what_is_not_said_so_is_garbled(line: bytes, ends: Ends) -> None:
    wire, writing = ends
    os.write(writing, line)
    with pytest.raises(Garbled):
        wire.hear()


def test_nobody_waits_for_ever(ends: Ends) -> None:
    wire, writing = ends
    os.write(writing, b'{"lengths": [10]}\nabc')
    wire.until = time.monotonic() + 0.05
    with pytest.raises(Late):
        wire.hear()


def test_bytes_are_counted_before_they_come(ends: Ends) -> None:
    wire, writing = ends
    wire.most = 5
    wire.say({}, [b"abc"])
    assert wire.hear().parts == (b"abc",)
    os.write(writing, b'{"lengths": [3]}\n')
    with pytest.raises(TooMuch):
        wire.hear()


def test_an_end_that_is_gone_is_noticed(ends: Ends) -> None:
    wire, writing = ends
    os.close(writing)
    with pytest.raises(Gone):
        wire.hear()


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("exam/exam-sheet-a4.pdf", True),
        ("exam/.layout/exam-sheet-a4.json", True),
        ("exam/copies/exam-Zoë O’Neil.pdf", True),
        (".made/0123456789abcdef0123456789abcdef", True),
        ("/etc/cron.d/x.pdf", False),
        ("../x.pdf", False),
        ("exam/../../x.pdf", False),
        ("exam/./x.pdf", False),
        ("exam//x.pdf", False),
        ("exam\\x.pdf", False),
        ("C:x.pdf", False),
        ("exam/x\0.pdf", False),
        ("exam/x.sh", False),
        (".bashrc", False),
        (".made/x", False),
        ("a/b/c/d/e.pdf", False),
        (None, False),
    ],
)
def test_a_file_is_named_as_ours_are(name: object, ours: bool) -> None:
    assert is_ours(name) == ours


def test_a_terminal_gets_no_controls() -> None:
    assert (
        shown("\r\x1b[K█ 1/2 x\r\x1b]0;evil\x07") == "\r\x1b[K█ 1/2 x\\u000d\\u001b]0;evil\\u0007"
    )
    assert shown("a\tb\nc") == "a\tb\nc"
    assert shown("answer \u202e22") == "answer \\u202e22"
