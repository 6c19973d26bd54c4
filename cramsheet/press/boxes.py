"""What WeasyPrint's boxes hold once they are laid out: words, where they stand, sizes and colours.

Written for WeasyPrint 70 (`weasyprint>=70,<71`), as `weasy` is.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from weasyprint.document import Page
from weasyprint.draw.color import get_color
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

WHITE = "#ffffff"
EVERYWHERE = (-1e9, 1e9)
_BESIDE = 2.0  # px that words may stand out of their ground
_WORD = 4  # letters
_SPACE = 0.2  # em at least; one that does not break a line stays at its end
_ROOM = 0.6  # em at least, of a box to tick or a line to write on
_SEEN = 0.5  # how opaque its line is at least
_LIGHT = 0.98  # a line that is as light as that is none
_SLACK = 0.6  # px that anything may stand out
_LINE_SLACK = 2.0  # px that a mark beside a line may stand above or below its block


def spilled(block: Any, page: Page) -> bool:
    """Whether a text or a picture of a block leaves its column or stands over its neighbours."""
    top = block.border_box_y() - _LINE_SLACK
    bottom = block.border_box_y() + block.border_height() + block.margin_bottom + _LINE_SLACK
    return any(
        left < -_SLACK or upper < top or right > page.width + _SLACK or lower > bottom
        for left, upper, right, lower in _marks(block)
    )


# All colours that a ground has, a gradient several, and from where to where it reaches across.
Ground = tuple[tuple[str, ...], tuple[float, float]]


def inks(
    box: Any, grounds: tuple[Ground, ...] = (((WHITE,), EVERYWHERE),), seen: float = 1.0
) -> Iterator[tuple[str, str]]:
    """The colour of the words in a box and the colour they stand on, as "#rrggbb"; of words that
    stand out of their ground also what is below that. `seen` is how opaque they are."""
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    if isinstance(box, boxes.TextBox) and box.text.strip():
        left, right = box.position_x, box.position_x + box.margin_width()
        colour = get_color(box.style, "color")
        for hues, (begin, end) in reversed(grounds):
            yield from ((_hex(colour, hue, seen), hue) for hue in hues)
            if left > begin - _BESIDE and right < end + _BESIDE:
                break
    if children := getattr(box, "children", ()):
        seen *= box.style["opacity"]
        if laid := _laid_on(box.style, grounds[-1][0], seen):
            left = box.border_box_x()
            grounds = (*grounds, (laid, (left, left + box.border_width())))
        for child in children:
            yield from inks(child, grounds, seen)


def _laid_on(style: Any, hues: tuple[str, ...], seen: float) -> tuple[str, ...]:
    """The colours of a box that has a ground of its own, on others."""
    colour = get_color(style, "background_color")
    found = tuple(_hex(colour, hue, seen) for hue in hues) if colour.alpha else ()
    for _, image in style["background_image"]:
        for stop in getattr(image, "colors", ()):
            found += tuple(_hex(stop, hue, seen) for hue in (found or hues))
    return found


def frame_inks(page: Page) -> Iterator[tuple[str, str]]:
    return inks(page._page_box)


def _hex(colour: Any, ground: str, seen: float = 1.0) -> str:
    """As it looks on its ground."""
    alpha = colour.alpha * seen
    if not alpha:
        return ground
    return _mixed(tuple(colour.to("srgb").coordinates), alpha, ground)


@lru_cache(maxsize=4096)
def _mixed(colour: tuple[float, ...], alpha: float, ground: str) -> str:
    under = (int(ground[at : at + 2], 16) / 255 for at in (1, 3, 5))
    mixed = (part * alpha + below * (1 - alpha) for part, below in zip(colour, under, strict=True))
    return "#" + "".join(f"{round(255 * min(1, max(0, part))):02x}" for part in mixed)


def smallest_type(box: Any) -> float:
    """The size in pt of the smallest words in a box, those drawn in figures too; marks of one or
    two letters do not count."""
    sizes = [text.style["font_size"] for text in _texts(box) if len(text.text.strip()) >= _WORD]
    sizes += _drawn_sizes(box)
    return float(min(sizes, default=1e9)) * 72 / 96


def _drawn_sizes(box: Any) -> Iterator[float]:
    """Of figures, which tell the size of their smallest words as a share of their width."""
    for it in _boxes(box):
        if isinstance(it, boxes.ReplacedBox) and (told := it.element.get("data-smallest")):
            yield float(told) * it.width


def _texts(box: Any) -> Iterator[Any]:
    return (it for it in _boxes(box) if isinstance(it, boxes.TextBox))


def _marks(box: Any) -> Iterator[tuple[float, float, float, float]]:
    """The rectangle of each text and picture."""
    return map(_rectangle, _marked(box))


def lowest(box: Any) -> float:
    """Where the last text or picture of a box ends, in px of its page."""
    return max(low for _, _, _, low in _marks(box))


def _marked(box: Any) -> Iterator[Any]:
    """Each text and picture."""
    for it in _boxes(box):
        written = isinstance(it, boxes.TextBox) and it.text.strip()
        if written or isinstance(it, boxes.ReplacedBox):
            yield it


def _rectangle(box: Any) -> tuple[float, float, float, float]:
    """Of a text its line (the margins of a text box are half the leading), of a picture itself."""
    if isinstance(box, boxes.TextBox):
        left, top = box.position_x, box.position_y
        unseen = _SPACE * box.style["font_size"] if box.text.endswith("\u00a0") else 0.0
        return left, top, left + box.margin_width() - unseen, top + box.margin_height()
    left, top = box.border_box_x(), box.border_box_y()
    return left, top, left + box.border_width(), top + box.border_height()


def lines(box: Any) -> tuple[tuple[float, str], ...]:
    """The words of a block by the height in px at which they stand below its top; not the numbers
    of gaps."""
    found: dict[float, list[str]] = {}
    for text in _texts(box):
        if not _is_number(text):
            found.setdefault(round(text.position_y + text.baseline - box.position_y), []).append(
                text.text
            )
    return tuple((down, "".join(words).replace(" ", "")) for down, words in found.items())


def gaps_in(box: Any) -> Iterator[Any]:
    """The first part of each gap."""
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    children = getattr(box, "children", ())
    if "gap" in (box.element.get("class", "").split() if box.element is not None else ()):
        if any(isinstance(it, AbsolutePlaceholder) for it in children):
            yield box
        return
    for child in children:
        yield from gaps_in(child)


def _is_number(text: Any) -> bool:
    return text.element is not None and "gap-n" in text.element.get("class", "").split()


def words_on(page: Page) -> list[tuple[str, tuple[float, float, float, float]]]:
    """Each text that can be seen on a page, or "picture", and its rectangle: left, top, right and
    bottom in px from the corner between the margins. What stands in the margins is not among
    them."""
    sheet = page._page_box
    left, top = sheet.content_box_x(), sheet.content_box_y()
    return [
        (getattr(box, "text", "picture"), (x - left, y - top, right - left, low - top))
        for root in sheet.children
        if root.element_tag == "html"
        for box in _marked(root)
        if box.style["visibility"] == "visible"
        for x, y, right, low in [_rectangle(box)]
    ]


def between_margins(page: Page) -> Any:
    """The box of all that does not stand in the margins."""
    (root,) = (it for it in page._page_box.children if it.element_tag == "html")
    return root


def between(page: Page) -> tuple[float, float]:
    """Width and height between the margins, in px."""
    return page._page_box.width, page._page_box.height


def standing_boxes(page: Page) -> Iterator[tuple[str, Any]]:
    """What elements of a page say that they are, in `data-stands`, and their boxes."""
    drawn = boxes.TextBox | boxes.LineBox  # parts of one
    found = (it for it in _boxes(page._page_box) if not isinstance(it, drawn))
    return ((name, box) for box in found if (name := _stands(box)))


def inputs(box: Any) -> int:
    """How many fields of a form are in a box."""
    return sum(it.element_tag == "input" for it in _boxes(box))


def _stands(box: Any) -> str:
    element = box.element
    return (
        "" if element is None or box.element_tag != element.tag else element.get("data-stands", "")
    )


def _boxes(box: Any) -> list[Any]:
    """All in a box, itself first, as they are read."""
    found, waiting = [], [box]
    while waiting:
        it = waiting.pop()
        if isinstance(it, AbsolutePlaceholder):
            it = it._box
        found.append(it)
        waiting.extend(reversed(getattr(it, "children", ())))
    return found


def smallest_on(page: Page) -> float:
    return smallest_type(page._page_box)


def is_room(box: Any) -> bool:
    """Whether a box is there for a pen: nothing printed in it, and a line below."""
    style = box.style
    if not isinstance(box, boxes.ParentBox) or not getattr(box, "border_bottom_width", 0):
        return False
    if isinstance(box, boxes.TableCellBox):  # its lines are those of the table
        return False
    line = get_color(style, "border_bottom_color")
    seen = line.alpha >= _SEEN and min(line.to("srgb").coordinates) < _LIGHT
    if not seen or style["visibility"] != "visible" or style["opacity"] < _SEEN:
        return False
    return box.border_width() >= _ROOM * style["font_size"] and not any(map(_printed, box.children))


def _printed(box: Any) -> bool:
    """Whether words or pictures are in a box."""
    if isinstance(box, boxes.TextBox):
        return bool(box.text.strip())
    return isinstance(box, boxes.ReplacedBox) or any(map(_printed, getattr(box, "children", ())))
