"""What styles draw over, under and around words."""

from collections.abc import Iterator
from typing import Any

from cramsheet.press.rectangles import Rectangle

_THIN = 3.0  # px: an outline that is thicker hides what is below it


def edge_lines(box: Any, style: Any) -> Iterator[Rectangle]:
    """What is drawn above and below a box."""
    left, top, width = box.border_box_x(), box.border_box_y(), box.border_width()
    low = top + box.border_height()
    for side, line in (("top", top), ("bottom", low - box.border_bottom_width)):
        thick = getattr(box, f"border_{side}_width")
        if thick and style[f"border_{side}_color"] != "transparent":
            yield left, line, left + width, line + thick


def changes(style: Any, box: Any) -> bool:
    """Whether a box does anything to what is in it, or lies over other things."""
    return bool(
        style["overflow"] != "visible"
        or style["position"] != "static"
        or style["background_color"].alpha
        or style["opacity"] < 1
        or style["float"] != "none"
        or style["clip"]
        or box.transformation_matrix
        or odd_ground(style)
    )


def odd_ground(style: Any) -> str:
    """What makes it unknown what words stand on."""
    if any(kind == "url" for kind, *_ in style["background_image"]):
        return "stand on a picture"
    if style["outline_style"] != "none" and style["outline_width"] > _THIN:
        return "lie below an outline"
    if style["mask_border_source"][0] != "none" or style["border_image_source"][0] != "none":
        return "stand in a picture"
    if any(map(_covers, style["box_shadow"])):
        return "stand by a shadow"
    if style["text_decoration_thickness"] not in ("auto", "from-font"):
        return "are struck out" if "line-through" in style["text_decoration_line"] else ""
    return ""


def _covers(shadow: Any) -> bool:
    """Whether a shadow is more than an edge."""
    *reach, _, inset = shadow
    return bool(inset) or max(abs(getattr(it, "value", it)) for it in reach) > _THIN
