"""Whether a PDF is whole, says what it must and nothing that it may not, and does nothing."""

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
from pypdf import PdfReader
from pypdf.generic import StreamObject

from cramsheet.edition.record import NAME, record_from
from tests.paper import letters

_CARRIES = ("/EmbeddedFile", "/EmbeddedFiles", "/AF")
_DOES = ("/JavaScript", "/JS", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE",
         "/RichMedia", "/Movie", "/Sound", "/AA")  # fmt: skip
_WEB = re.compile(r"(?:https?|mailto):", re.IGNORECASE)


def unsound(papers: Sequence[Path], words: Sequence[str], never: Sequence[str]) -> Iterator[str]:
    """What is wrong with papers that have to hold the words between them, and never the others."""
    said = ""
    for path in papers:
        data = path.read_bytes()
        try:
            yield from (f"{path.name}: {it}" for it in _does(data, never))
            said += _text(data)
        except Exception as error:  # whatever the readers stumble over
            yield f"{path.name} cannot be read: {type(error).__name__}: {error}"
    for word in words:
        if letters(word) not in said:
            yield f"{word!r} is not on paper"
    for word in never:
        if letters(word) in said:
            yield f"{word!r} is on paper"


def _text(data: bytes) -> str:
    """What a reader would see, by another library than wrote it; each page is drawn, too."""
    with pypdfium2.PdfDocument(data) as paper:
        assert len(paper) >= 1
        for page in paper:
            page.render(scale=0.2)
        return letters("".join(page.get_textpage().get_text_bounded() for page in paper))


def _does(data: bytes, never: Sequence[str]) -> Iterator[str]:
    reader = PdfReader(BytesIO(data), strict=True)
    size: Any = reader.trailer["/Size"]
    bad = _DOES if _carries_its_record(reader) else (*_DOES, *_CARRIES)
    for number in range(1, int(size)):
        it = reader.get_object(number)
        yield from _in(it, bad)
        if isinstance(it, StreamObject):
            held = bytes(it.get_data())
            yield from (f"a stream holds {word!r}" for word in never if word.encode() in held)


def _carries_its_record(reader: PdfReader) -> bool:
    """And no other file."""
    held = dict(reader.attachments)
    if list(held) != [NAME] or len(held[NAME]) != 1:
        return False
    return bool(record_from(held[NAME][0].decode("utf-8")).documents)


def _in(it: Any, bad: Sequence[str]) -> Iterator[str]:
    """What a value of the file does, and where its links lead."""
    if isinstance(it, dict):
        for key, value in it.items():
            if key in bad or (key in ("/S", "/Type", "/Subtype") and value in bad):
                yield f"{key} {value}"
            if key == "/URI" and not _WEB.match(str(value)):
                yield f"a link to {value}"
            if not hasattr(value, "idnum"):
                yield from _in(value, bad)
    elif isinstance(it, list):
        for value in it:
            if not hasattr(value, "idnum"):
                yield from _in(value, bad)
