"""Where an edition is read from: a record, a PDF of ours, or a folder of either."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from cramsheet.edition.record import NAME, Edition, record_from
from cramsheet.pack.content import content_of
from cramsheet.pack.pack import Pack
from cramsheet.problems import Mark, Mistakes, mistake

LARGEST = 64 << 20  # bytes, of a record or of a PDF
_PDF = b"%PDF-"


def editions_in(path: Path) -> dict[str, Edition]:
    """By exam; raises Mistakes. For a record, a PDF and a folder with records."""
    files = [path] if path.is_file() else list(_records(path))
    found = [_read(file) for file in files]
    return {it.content.exam: it for it in found}


def has_records(folder: Path) -> bool:
    return any(_records(folder))


def edition_of(pack: Pack) -> Edition:
    return Edition(content_of(pack))


def _records(folder: Path) -> Iterator[Path]:
    """Of an output folder, or of one exam in it."""
    return (file for file in sorted((*folder.glob(NAME), *folder.glob(f"*/{NAME}"))))


def _read(file: Path) -> Edition:
    try:
        if file.stat().st_size > LARGEST:
            raise mistake(f"the file is larger than {LARGEST >> 20} MiB", Mark(str(file)))
        data = file.read_bytes()
    except OSError as error:
        raise mistake(f"cannot be read: {error.strerror}", Mark(str(file))) from error
    if data.startswith(_PDF):
        return _attached(data, str(file))
    try:
        return record_from(data.decode("utf-8"), str(file))
    except UnicodeDecodeError as error:
        hint = f"name the {NAME} beside the documents, or a PDF of ours"
        raise mistake("this is no edition record", Mark(str(file)), hint) from error


def _attached(data: bytes, path: str) -> Edition:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        found = PdfReader(BytesIO(data)).attachments.get(NAME, [])
        text = found[0].decode("utf-8") if found else ""
    except Mistakes:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError,
            RecursionError, OSError, NotImplementedError) as error:  # fmt: skip
        raise mistake("the PDF is damaged", Mark(path), "name another copy of it") from error
    if not text:
        message = "the PDF carries no edition record"
        raise mistake(message, Mark(path), "name a PDF of ours as it came from the build")
    return record_from(text, path)
