"""What a worker and the desk say to each other: a line of JSON, then bytes whose lengths it tells.

Nothing that arrives is run, and nothing is believed before it is looked at.
"""

import json
import os
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

_HEAD = 8 << 20  # bytes of a line at most
_AT_ONCE = 1 << 20  # bytes
_LENGTHS = "lengths"
_WIDE = 1031  # fcntl, F_SETPIPE_SZ


class Garbled(Exception):
    """What arrives is not what a worker says."""


class Late(Exception):
    """The time is over."""


class TooMuch(Exception):
    """More bytes than may come."""


class Gone(Exception):
    """Nobody holds the other end."""


@dataclass(frozen=True)
class Said:
    head: Mapping[str, Any]
    parts: tuple[bytes, ...] = ()


@dataclass
class Wire:
    """`until` is the time on the monotonic clock when waiting ends, None for never; `most` the
    bytes that may still come beside the lines."""

    incoming: int
    outgoing: int
    until: float | None = None
    most: int | None = None
    _come: bytearray = field(default_factory=bytearray)

    def say(self, head: Mapping[str, Any], parts: Sequence[bytes] = ()) -> None:
        line = json.dumps({**head, _LENGTHS: [len(it) for it in parts]} if parts else {**head})
        self._write(line.encode() + b"\n")
        for part in parts:
            self._write(part)

    def hear(self) -> Said:
        """Raises Gone, Late, TooMuch or Garbled."""
        head = _read(self._line())
        lengths = head.get(_LENGTHS, [])
        if not isinstance(lengths, list) or not all(type(it) is int and it >= 0 for it in lengths):
            raise Garbled("lengths")
        if self.most is not None:
            self.most -= sum(lengths)
            if self.most < 0:
                raise TooMuch
        return Said(head, tuple(self._take(length) for length in lengths))

    def close(self) -> None:
        for end in {self.incoming, self.outgoing}:
            os.close(end)

    def _write(self, data: bytes) -> None:
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[os.write(self.outgoing, rest[:_AT_ONCE]) :]
        except OSError as error:
            raise Gone from error

    def _line(self) -> bytes:
        end = self._come.find(b"\n")
        while end < 0:
            seen = len(self._come)
            if seen > _HEAD:
                raise Garbled("a line without an end")
            self._come += self._more(_AT_ONCE)
            end = self._come.find(b"\n", seen)
        line = bytes(self._come[:end])
        del self._come[: end + 1]
        return line

    def _take(self, length: int) -> bytes:
        first = bytes(self._come[:length])
        del self._come[: len(first)]
        pieces, left = [first], length - len(first)
        while left:
            pieces.append(self._more(min(left, _AT_ONCE)))
            left -= len(pieces[-1])
        return b"".join(pieces)

    def _more(self, most: int) -> bytes:
        if self.until is not None and not _comes(self.incoming, self.until):
            raise Late
        try:
            data = os.read(self.incoming, most)
        except OSError as error:
            raise Gone from error
        if not data:
            raise Gone
        return data


def pipe() -> tuple[int, int]:
    """Its ends for reading and writing; wide, where a pipe can be."""
    ends = os.pipe()
    if sys.platform == "linux":
        from fcntl import fcntl

        with suppress(OSError):  # a person may have only so many bytes of pipes
            fcntl(ends[1], _WIDE, _AT_ONCE)
    return ends


def _comes(end: int, until: float) -> bool:
    """Whether something can be read before that time. Windows cannot be asked, and waits."""
    if os.name == "nt":
        return True
    import select

    asked = select.poll()
    asked.register(end, select.POLLIN)
    return bool(asked.poll(max(0.0, until - time.monotonic()) * 1000))


def _read(line: bytes) -> Mapping[str, Any]:
    try:
        head = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Garbled("no JSON") from error
    if not isinstance(head, dict):
        raise Garbled("no object")
    return head
