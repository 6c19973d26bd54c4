"""Change bars: what is new or says something else has a bar beside it, and a small mark on top.

The bar of what is new is whole and has a plus, that of what has changed is broken and has a
triangle: no colour tells them apart.
"""

from collections.abc import Iterator

from cramsheet.page.sheets import NEW
from cramsheet.press.fragment import Fragment, Tags
from cramsheet.press.weasy import PX

NEAR, AWAY = 1.0 * PX, 1.6 * PX  # px, from the middle of the bar to the text: of a sheet, of others
_WIDE = 0.45 * PX
_MARK = 1.3 * PX  # the mark, high and wide
_DASH, _GAP = 1.1 * PX, 0.7 * PX
_NO_TAGS = Tags(b"", (), (), (), ())


def bar(way: str, height: float, scale: float) -> Fragment:
    """Beside a block so many px high on paper; its origin is where the middle of the bar begins."""
    shapes = _plus() if way == NEW else _triangle()
    drawn = (*shapes, *_strokes(way, max(height, _MARK)))
    lines = ["0 g", *drawn]  # no ink has less than black
    # An artifact: what a bar says, the change sheet says in words.
    art = f"/Artifact BMC\nq\n{1 / scale:.6f} 0 0 {1 / scale:.6f} 0 0 cm\n"
    data = art + "\n".join(lines) + "\nQ\nEMC"
    return Fragment(data.encode(), 0, (), (), (), _NO_TAGS, (), (), (), (0.0, 0.0))


def _strokes(way: str, height: float) -> Iterator[str]:
    top = _MARK + 0.35 * PX
    if way == NEW:
        yield _box(-_WIDE / 2, top, _WIDE, max(0.0, height - top))
        return
    while top < height:
        yield _box(-_WIDE / 2, top, _WIDE, min(_DASH, height - top))
        top += _DASH + _GAP


def _plus() -> Iterator[str]:
    arm = _MARK / 3.2
    yield _box(-arm / 2, 0, arm, _MARK)
    yield _box(-_MARK / 2, (_MARK - arm) / 2, _MARK, arm)


def _triangle() -> Iterator[str]:
    half = _MARK / 2
    yield f"{-half:.3f} {_MARK:.3f} m {half:.3f} {_MARK:.3f} l 0 0 l h f"


def _box(left: float, top: float, width: float, height: float) -> str:
    return f"{left:.3f} {top:.3f} {width:.3f} {height:.3f} re f"
