"""Rectangles on a page: left, top, right and bottom in px."""

from typing import Any

Rectangle = tuple[float, float, float, float]

SLACK = 1.0  # px


def inside(area: Rectangle, clip: Rectangle) -> bool:
    return (
        area[0] > clip[0] - SLACK
        and area[1] > clip[1] - SLACK
        and area[2] < clip[2] + SLACK
        and area[3] < clip[3] + SLACK
    )


def turned(area: Rectangle, matrix: Any) -> Rectangle:
    if not matrix:
        return area
    corners = [matrix.transform_point(x, y) for x in area[::2] for y in area[1::2]]
    across, down = zip(*corners, strict=True)
    return min(across), min(down), max(across), max(down)


def common(one: Rectangle | None, other: Rectangle) -> Rectangle:
    if one is None:
        return other
    return (
        max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])
    )  # fmt: skip


def clipped(box: Any, sides: Any) -> Rectangle:
    top, right, bottom, left = (None if it == "auto" else it for it in sides)
    x, y = box.border_box_x(), box.border_box_y()
    return (
        x + (left or 0),
        y + (top or 0),
        x + (box.border_width() if right is None else right),
        y + (box.border_height() if bottom is None else bottom),
    )


def sides(x: float, y: float, width: float, height: float) -> Rectangle:
    return x, y, x + width, y + height
