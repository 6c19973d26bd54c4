"""The pages of a finished PDF as pictures for a screen."""

from functools import cached_property
from io import BytesIO
from threading import Lock
from typing import Any

_MM = 25.4 / 72
AT_A_TIME = Lock()  # PDFium serves one thread at a time, whatever the document


class Pictures:
    """Drawn when they are asked for. Any thread may ask."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    @cached_property
    def sizes(self) -> tuple[tuple[float, float], ...]:
        """Width and height of each page in mm."""
        with AT_A_TIME:
            return tuple((wide * _MM, high * _MM) for wide, high in map(_size, self._document))

    def bitmap(self, page: int, width: int) -> bytes:
        """A page, counted from 1, so many dots wide, as a BMP: it travels no further than this
        machine, and to pack it as a PNG takes longer than to draw it."""
        with AT_A_TIME:
            drawn = self._document[page - 1]
            picture = drawn.render(scale=width / drawn.get_width()).to_pil()
            drawn.close()
        file = BytesIO()
        picture.save(file, "BMP")
        return file.getvalue()

    def close(self) -> None:
        with AT_A_TIME:
            if document := self.__dict__.pop("_document", None):
                document.close()

    @cached_property
    def _document(self) -> Any:
        import pypdfium2

        return pypdfium2.PdfDocument(self._data)


def _size(page: Any) -> tuple[float, float]:
    return float(page.get_width()), float(page.get_height())
