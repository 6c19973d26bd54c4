"""Which pages have to be printed again, and one PDF with just those."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

from cramsheet.edition.record import Document


@dataclass(frozen=True)
class Reprint:
    """Of a document: the pages that are not in the old print, of how many, and those to print; and
    how many sheets of the old print are too many."""

    name: str
    changed: tuple[int, ...]
    total: int
    printed: tuple[int, ...]  # with their backs; 0 is a white page
    gone: int = 0
    known: bool = True  # whether the old edition has this document

    @property
    def told(self) -> str:
        if not self.known:
            return f"{self.name}: all of it, {self.total} pages, for it is not in the old edition"
        sheets = "sheet" if self.gone == 1 else f"{self.gone} sheets"
        less = f"; take out the last {sheets}" if self.gone else ""
        return f"{self.name}: {self._pages} of {self.total}{less}"

    @property
    def _pages(self) -> str:
        if not self.changed:
            return "no page"
        return f"{'page' if len(self.changed) == 1 else 'pages'} {runs(self.changed)}"


def reprint(name: str, old: Document | None, new: Document, one_sided: bool = False) -> Reprint:
    """A page is the old one when it shows what that showed, at the same number. On both sides of a
    sheet, a page that changes brings its back, and one whose back is gone gets a white one."""
    before = [stamp.code for stamp in old.pages] if old else []
    now = [stamp.code for stamp in new.pages]
    changed = [n for n, code in enumerate(now, 1) if before[n - 1 : n] != [code]]
    if one_sided:
        less = max(0, len(before) - len(now))
        return Reprint(name, tuple(changed), len(now), tuple(changed), less, old is not None)
    stale = [len(now)] * (len(now) % 2 and len(before) > len(now))  # on the back of the last page
    less = max(0, -(-len(before) // 2) - -(-len(now) // 2))
    pages = tuple(_with_backs([*changed, *stale], len(now)))
    return Reprint(name, tuple(changed), len(now), pages, less, old is not None)


def _with_backs(changed: Iterable[int], total: int) -> Iterable[int]:
    for front in sorted({page - (page - 1) % 2 for page in changed}):
        yield front
        yield front + 1 if front < total else 0


def runs(pages: Sequence[int]) -> str:
    """1, 3-5, 9"""
    found: list[list[int]] = []
    for page in pages:
        if found and page == found[-1][1] + 1:
            found[-1][1] = page
        else:
            found.append([page, page])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in found)


def pages_of(reprints: Iterable[tuple[Reprint, bytes, int]]) -> bytes:
    """One file with the pages of several documents or copies; empty when there are none. Each comes
    with a file and with how many pages stand before it there."""
    from pypdf import PdfReader, PdfWriter

    out = PdfWriter()
    readers: dict[int, PdfReader] = {}  # a file for all copies of a document is read once
    for it, data, before in reprints:
        if it.printed and id(data) not in readers:
            readers[id(data)] = PdfReader(BytesIO(data))
        for page in it.printed:
            if page:
                out.add_page(readers[id(data)].pages[before + page - 1])
            else:
                out.add_blank_page()
    if not out.pages:
        return b""
    out.metadata = None
    file = BytesIO()
    out.write(file)
    return file.getvalue()
