"""How much ink a document takes."""

from hashlib import sha256

from cramsheet.cellar.keeping import kept
from cramsheet.page.pictures import inked
from cramsheet.press.pictures import AT_A_TIME

_DOTS = 1.0  # for each point: 72 dpi, enough for a mean


def coverage(data: bytes) -> float:
    """The share of the paper that ink covers, the mean of all pages: the sum of what a printer lays
    that makes grey of black alone and colours of the rest; 0.05 is a page of text."""
    key = sha256(data).digest()
    return kept("inks", float, key, lambda: _covered(data))


def _covered(data: bytes) -> float:
    import pypdfium2

    with AT_A_TIME:
        document = pypdfium2.PdfDocument(data)
        try:
            pages = [inked(page.render(scale=_DOTS).to_pil()) for page in document]
        finally:
            document.close()
    return sum(pages) / len(pages)
