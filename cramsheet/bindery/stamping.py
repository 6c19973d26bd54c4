"""A finished PDF with a name on every page: appended to its bytes, of which none is changed.

So tags, links, outline and title stay, and a copy costs no more than a few objects of its own. A
stamp is drawn before the page's own words, and is an artifact as the page number beside it is:
nobody hears it between two facts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    StreamObject,
)

from cramsheet.bindery.forme import Forme, dictionary, stream

FORM = "/CramForm"  # in the resources of a page


@dataclass(frozen=True)
class Stamps:
    """A file with a page for each person and place; `places` of them are one person's."""

    data: bytes
    places: int

    @cached_property
    def _pages(self) -> list[Any]:
        return list(PdfReader(BytesIO(self.data)).pages)

    @property
    def people(self) -> int:
        return len(self._pages) // self.places

    def forms(self, person: int, forme: Forme) -> list[IndirectObject]:
        """What is to be drawn, for each place."""
        first = person * self.places
        return [forme.add(_form(page, forme)) for page in self._pages[first : first + self.places]]


def _form(page: Any, forme: Forme) -> StreamObject:
    content = page["/Contents"]
    own = {name: content.raw_get(name) for name in content if name != "/Length"}
    told = dictionary(
        Type=NameObject("/XObject"),
        Subtype=NameObject("/Form"),
        BBox=ArrayObject(map(FloatObject, page.mediabox)),
        Resources=forme.bring(page.raw_get("/Resources")),
    )
    return stream(content._data, {**own, **told})


def drawing(place: int) -> StreamObject:
    """Content of a page that draws the stamp for a place."""
    return stream(f"/Artifact BMC q {FORM}{place} Do Q EMC\n".encode())


def with_forms(resources: Any, forms: Sequence[IndirectObject]) -> DictionaryObject:
    """The resources of a page, and what is drawn besides, by its number."""
    known = resources.get("/XObject", DictionaryObject())
    drawn = {name: known.raw_get(name) for name in known}
    drawn |= {NameObject(f"{FORM}{place}"): form for place, form in enumerate(forms)}
    own = {name: resources.raw_get(name) for name in resources}
    return DictionaryObject({**own, NameObject("/XObject"): DictionaryObject(drawn)})


def stamped(data: bytes, stamps: Stamps, places: Sequence[int]) -> Iterator[tuple[bytes, bytes]]:
    """A copy for each person: the document, and what comes after it. `places` tells which stamp a
    page takes."""
    reader = PdfReader(BytesIO(data))
    trailer: Any = reader.trailer
    size, before = int(trailer["/Size"]), _table(data)
    pages: list[Any] = list(reader.pages)
    for person in range(stamps.people):
        forme = Forme(size)
        forms = stamps.forms(person, forme)
        draw = [forme.add(drawing(place)) for place in range(stamps.places)]
        shared: dict[int, IndirectObject] = {}  # pages have their resources in common
        for page, place in zip(pages, places, strict=True):
            resources = page["/Resources"]
            if id(resources) not in shared:
                shared[id(resources)] = forme.add(with_forms(resources, forms))
            new = {name: page.raw_get(name) for name in page}
            new[NameObject("/Contents")] = ArrayObject([draw[place], page.raw_get("/Contents")])
            new[NameObject("/Resources")] = shared[id(resources)]
            forme.objects[page.indirect_reference.idnum] = DictionaryObject(new)
        yield data, forme.appended(data, before, trailer)


def _table(data: bytes) -> int:
    """Where a file says that its table of objects is."""
    return int(data[data.rindex(b"startxref") :].split()[1])
