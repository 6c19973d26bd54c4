"""A link as a QR code: as a picture of rectangles, small enough for the foot of a page."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from cramsheet.plan.areas import Area

_FINEST = 0.2  # mm, a module: five dots of a printer, and what a telephone still tells apart
_COARSEST = 0.33  # mm; more is of no use
_AWAY = 0.8  # mm, from the text above
BESIDE = 1.6  # mm, from the words beside it; with the paper around it is white enough

Matrix = tuple[tuple[bool, ...], ...]  # dark or not, by row


@dataclass(frozen=True)
class Code:
    """A QR code at the foot of a page: as an address of data, its side and how far it begins below
    the text, in mm."""

    picture: str
    side: float
    below: float = _AWAY


def code_in(link: str, area: Area) -> Code | None:
    """As large as the margin at the foot has room for; None where that is too little to be read."""
    dark = matrix(link)
    side = min(_COARSEST * len(dark), area.margin[2] - area.white[2] - _AWAY)
    return Code(_picture(dark), side) if side / len(dark) >= _FINEST else None


@lru_cache(maxsize=8)
def matrix(link: str) -> Matrix:
    """The smallest that holds it, without a border."""
    import segno

    found = segno.make_qr(link, error="l").matrix
    return tuple(tuple(bool(it) for it in row) for row in found)


def _picture(dark: Matrix) -> str:
    size, path = len(dark), "".join(_path(dark))
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
    svg += f'<path fill="#000" d="{path}"/></svg>'
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def _path(dark: Sequence[Sequence[bool]]) -> Iterator[str]:
    """A rectangle for each run of dark modules in a row."""
    for y, row in enumerate(dark):
        for is_dark, run in groupby(enumerate(row), key=lambda it: it[1]):
            columns = [x for x, _ in run]
            if is_dark:
                yield f"M{columns[0]} {y}h{len(columns)}v1h-{len(columns)}z"
