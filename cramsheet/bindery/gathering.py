"""All copies of a group in one file for the copy shop, one after another, to be found by name.

It is for paper: pages are shared between copies, so that the file stays small, and tags, links and
fields, which cannot be shared, are left out. What fields show is drawn.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from cramsheet.bindery.forme import Forme, dictionary, stream
from cramsheet.bindery.stamping import FORM, Stamps, drawing, with_forms


@dataclass(frozen=True)
class Bundle:
    """One copy: what its bookmark says, the document, whose stamp it takes, and on which page
    which."""

    title: str
    data: bytes
    stamps: Stamps
    person: int
    places: Sequence[int]


def gathered(bundles: Sequence[Bundle], both_sides: bool) -> bytes:
    """It has the title of the first. Where it will be printed on both sides of a leaf, each copy
    begins on a leaf of its own."""
    forme = Forme()
    pages = forme.add(NumberObject(0))
    kids, firsts = list[IndirectObject](), list[tuple[str, IndirectObject]]()
    readers = {data: PdfReader(BytesIO(data)) for data in {it.data for it in bundles}}
    for bundle in bundles:
        reader = readers[bundle.data]
        own = list(_pages(bundle, reader, forme, pages))
        if both_sides and len(own) % 2:
            own.append(_blank(own[-1], pages))
        links = [forme.add(page) for page in own]
        kids += links
        firsts.append((bundle.title, links[0]))
    count = NumberObject(len(kids))
    forme.objects[pages.idnum] = dictionary(
        Type=NameObject("/Pages"), Kids=ArrayObject(kids), Count=count
    )
    first = readers[bundles[0].data]
    catalog = _catalog(first, pages, _outline(firsts, forme))
    return forme.whole(forme.add(catalog), forme.bring(first.trailer.raw_get("/Info")))


def _catalog(first: PdfReader, pages: IndirectObject, outline: IndirectObject) -> DictionaryObject:
    root: Any = first.trailer["/Root"]
    return dictionary(
        Type=NameObject("/Catalog"),
        Pages=pages,
        Outlines=outline,
        PageMode=NameObject("/UseOutlines"),
        Lang=TextStringObject(root.get("/Lang", "")),
        ViewerPreferences=dictionary(DisplayDocTitle=BooleanObject(True)),
    )


def _pages(
    bundle: Bundle, reader: PdfReader, forme: Forme, parent: IndirectObject
) -> Iterator[DictionaryObject]:
    forms = bundle.stamps.forms(bundle.person, forme)
    draw = [forme.add(drawing(place)) for place in range(bundle.stamps.places)]
    shared: dict[int, IndirectObject] = {}
    for page, place in zip(reader.pages, bundle.places, strict=True):
        own: Any = page["/Resources"]
        content, fields = [forme.bring(page.raw_get("/Contents"))], list(_shown(page))
        if fields:
            made = with_forms(forme.bring(own), [*forms, *(forme.bring(it) for _, it in fields)])
            resources = forme.add(made)
            content = [*_alone(content, forme), forme.add(_drawn(fields, len(forms)))]
        else:
            if id(own) not in shared:
                shared[id(own)] = forme.add(with_forms(forme.bring(own), forms))
            resources = shared[id(own)]
        yield dictionary(
            Type=NameObject("/Page"),
            Parent=parent,
            MediaBox=ArrayObject(page.mediabox),
            Contents=ArrayObject([draw[place], *content]),
            Resources=resources,
        )


def _alone(content: Sequence[IndirectObject], forme: Forme) -> list[IndirectObject]:
    """Content that leaves the page's own measure as it was."""
    return [forme.add(stream(b"q\n")), *content, forme.add(stream(b"\nQ\n"))]


def _blank(page: DictionaryObject, parent: IndirectObject) -> DictionaryObject:
    box = page.raw_get("/MediaBox")
    kind = NameObject("/Page")
    return dictionary(Type=kind, Parent=parent, MediaBox=box, Resources=DictionaryObject())


def _shown(page: Any) -> Iterator[tuple[bytes, IndirectObject]]:
    """What the fields of a form show, and where."""
    for note in page.get("/Annots", ()):
        it = note.get_object()
        look = it.get("/AP", DictionaryObject()).get_object()
        if it["/Subtype"] != "/Widget" or "/N" not in look:
            continue
        link, shown = look.raw_get("/N"), look["/N"]
        if not isinstance(shown, StreamObject):  # one for each state
            if (state := it.get("/AS", "/Off")) not in shown:
                continue
            link, shown = shown.raw_get(state), shown[state]
        one, two, three, four = map(float, it["/Rect"])  # any two corners
        left, right, low, high = *sorted((one, three)), *sorted((two, four))
        x, y, x_end, y_end = map(float, shown.get("/BBox", (0, 0, right - left, high - low)))
        wide, tall = (right - left) / (x_end - x or 1), (high - low) / (y_end - y or 1)
        place = (wide, 0, 0, tall, left - x * wide, low - y * tall)
        yield " ".join(f"{number:.4f}" for number in place).encode(), link


def _drawn(fields: Sequence[tuple[bytes, IndirectObject]], first: int) -> StreamObject:
    """Content that draws fields; `first` is the number that the first goes by among the forms."""
    lines = [
        b"q %s cm %s%d Do Q\n" % (place, FORM.encode(), number)
        for number, (place, _) in enumerate(fields, first)
    ]
    return stream(b"".join(lines))


def _outline(firsts: Sequence[tuple[str, IndirectObject]], forme: Forme) -> IndirectObject:
    """A bookmark for each copy."""
    outline = forme.add(NumberObject(0))
    marks = [forme.add(NumberObject(0)) for _ in firsts]
    for at, (title, page) in enumerate(firsts):
        around = {"Prev": marks[at - 1]} if at else {}
        around |= {"Next": marks[at + 1]} if at + 1 < len(marks) else {}
        goal = ArrayObject([page, NameObject("/Fit")])
        forme.objects[marks[at].idnum] = dictionary(
            Title=TextStringObject(title), Parent=outline, Dest=goal, **around
        )
    count = NumberObject(len(marks))
    forme.objects[outline.idnum] = dictionary(First=marks[0], Last=marks[-1], Count=count)
    return outline
