"""Objects of a PDF by number, put together from those of other files, and written out.

A forme is what a printer locks the type of a page in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import groupby
from typing import Any

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

_HEAD = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"


@dataclass
class Forme:
    """Numbers begin at `size`; what an object of another file needs comes along with it, once."""

    size: int = 1
    objects: dict[int, PdfObject] = field(default_factory=dict)
    _moved: dict[tuple[int, int], int] = field(default_factory=dict)

    def add(self, it: PdfObject) -> IndirectObject:
        self.objects[self.size] = it
        self.size += 1
        return link(self.size - 1)

    def bring(self, it: Any) -> Any:
        """An object of another file, and everything behind its links."""
        match it:
            case IndirectObject():
                key = id(it.pdf), it.idnum
                if key not in self._moved:
                    self._moved[key] = self.add(NumberObject(0)).idnum  # for links that lead back
                    self.objects[self._moved[key]] = self.bring(it.get_object())
                return link(self._moved[key])
            case ArrayObject():
                return ArrayObject(map(self.bring, it))
            case StreamObject():
                return stream(it._data, {name: self.bring(it.raw_get(name)) for name in it})
            case DictionaryObject():
                return DictionaryObject({name: self.bring(it.raw_get(name)) for name in it})
            case _:
                return it

    def whole(self, root: IndirectObject, info: IndirectObject) -> bytes:
        """A file of these objects."""
        body, offsets = self._written(len(_HEAD))
        start = len(_HEAD) + len(body)
        rows = b"".join(b"%010d 00000 n \n" % offsets[number] for number in range(1, self.size))
        trailer, end = BytesIO(), b"\nstartxref\n%d\n%%%%EOF\n" % start
        dictionary(Size=NumberObject(self.size), Root=root, Info=info).write_to_stream(trailer)
        table = b"xref\n0 %d\n0000000000 65535 f \n" % self.size + rows
        return b"".join((_HEAD, body, table, b"trailer\n", trailer.getvalue(), end))

    def appended(self, data: bytes, before: int, trailer: DictionaryObject) -> bytes:
        """What to write after a file so that it holds these objects; its own table of objects is
        at `before`."""
        body, offsets = self._written(len(data))
        start = offsets[self.size] = len(data) + len(body)
        numbers = [number for run in _runs(sorted(offsets)) for number in run]
        rows = [b"\1" + place.to_bytes(4, "big") + b"\0\0" for _, place in sorted(offsets.items())]
        told = dictionary(
            Type=NameObject("/XRef"),
            Size=NumberObject(self.size + 1),
            W=ArrayObject(map(NumberObject, (1, 4, 2))),
            Index=ArrayObject(map(NumberObject, numbers)),
            Prev=NumberObject(before),
            **{name: trailer.raw_get(f"/{name}") for name in ("Root", "Info")},
        )
        table = _object(self.size, stream(b"".join(rows), told))
        return body + table + b"startxref\n%d\n%%%%EOF\n" % start

    def _written(self, start: int) -> tuple[bytes, dict[int, int]]:
        """The objects, and where each stands in a file in which they begin at `start`."""
        parts, offsets, place = list[bytes](), dict[int, int](), start
        for number, it in sorted(self.objects.items()):
            offsets[number] = place
            parts.append(_object(number, it))
            place += len(parts[-1])
        return b"".join(parts), offsets


def link(number: int) -> IndirectObject:
    return IndirectObject(number, 0, None)


def dictionary(**entries: PdfObject) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{name}"): it for name, it in entries.items()})


def stream(data: bytes, entries: DictionaryObject | dict[Any, Any] | None = None) -> StreamObject:
    """Bytes as they are, compressed if the entries say so."""
    made = StreamObject()
    made._data = data
    made.update(entries or {})
    return made


def _object(number: int, it: PdfObject) -> bytes:
    out = BytesIO()
    out.write(b"%d 0 obj\n" % number)
    it.write_to_stream(out)
    out.write(b"\nendobj\n")
    return out.getvalue()


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and the length of each run without a gap."""
    for _, run in groupby(enumerate(numbers), key=lambda it: it[1] - it[0]):
        found = [number for _, number in run]
        yield found[0], len(found)
