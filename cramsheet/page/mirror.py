"""A drawing turned round for a language that runs from right to left: what leads on leads left.

Places are turned, letters are not.
"""

import re

_ELEMENT = re.compile(r"<(?:rect|line|polyline|text)\b[^>]*>")
_ANCHORS = {"start": "end", "end": "start", "middle": "middle"}


def mirrored(svg: str) -> str:
    """The drawing with its left at its right; one with other elements stays as it is."""
    box = re.search(r'viewBox="0 0 ([\d.]+) ', svg)
    known = {"svg", "rect", "line", "polyline", "text"}
    if not box or set(re.findall(r"<([a-zA-Z]\w*)", svg)) - known:
        return svg
    wide = float(box[1])
    return _ELEMENT.sub(lambda element: _turned(element[0], wide), svg)


def _turned(element: str, wide: float) -> str:
    taken = re.search(r' width="([\d.]+)"', element)
    own = float(taken[1]) if taken else 0.0  # a box begins at its other side
    element = re.sub(
        r' (x[12]?)="(-?[\d.]+)"',
        lambda place: f' {place[1]}="{wide - own - float(place[2]):.2f}"',
        element,
    )
    element = re.sub(
        r"(-?[\d.]+),(-?[\d.]+)",
        lambda point: f"{wide - float(point[1]):.2f},{point[2]}",
        element,
    )
    return re.sub(r'text-anchor="(\w+)"', lambda it: f'text-anchor="{_ANCHORS[it[1]]}"', element)
