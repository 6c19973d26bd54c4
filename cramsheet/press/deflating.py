"""How the streams of a file are packed: what was packed before is known.

pydyf packs as hard as it can, which takes a third of the time in which a file is written for 2 % of
its size; and the fonts of a document are seldom others than a moment ago.
"""

import zlib
from hashlib import blake2b
from types import SimpleNamespace

import pydyf

from cramsheet.press.store import Store

_LEVEL = 6
_QUICK, _HUGE = 3, 120_000  # bytes: a record of all that a document says packs well in any way
_LARGE = 2_000  # bytes; less is packed as quickly as it is looked up

_known: Store[bytes, bytes] = Store(200)


def teach() -> None:
    """Once or more often: the outcome is the same."""
    pydyf.zlib = SimpleNamespace(compressobj=_Packer)


class _Packer:
    """As much of zlib's as pydyf asks for: all at once, then the end."""

    def __init__(self, level: int) -> None:
        pass

    def compress(self, data: bytes) -> bytes:
        if len(data) < _LARGE:
            return zlib.compress(data, _LEVEL)
        key = blake2b(data, digest_size=20).digest()
        packed = _known.get(key)
        if packed is None:
            packed = zlib.compress(data, _QUICK if len(data) > _HUGE else _LEVEL)
            _known.put(key, packed)
        return packed

    def flush(self) -> bytes:
        return b""
