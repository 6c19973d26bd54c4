"""What a reader sees of a block: not what its boxes hold but what is left of it once styles have
hidden, cut, covered and moved things.

Written for WeasyPrint 70 (`weasyprint>=70,<71`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from cramsheet.press.boxes import is_room
from cramsheet.press.covering import changes, edge_lines, odd_ground
from cramsheet.press.rectangles import (
    SLACK,
    Rectangle,
    clipped,
    common,
    inside,
    sides,
    turned,
)
from cramsheet.problems import mistake, shortened

_GONE = {"gone", "gap"}  # the words of a gap are not seen, and its number is none of them
_LEAST = 2.0 * 96 / 72  # px: 2 pt; what is smaller is not read at all
_ABOVE, _BELOW = 0.62, 0.12  # em around the baseline that a line needs for itself
_TOUCHING = 0.18  # em that lines may share
_ASIDE = 0.12  # em that words may share with those beside them
_SPACE = 0.2  # em, of a space
_JOINED = 0.05  # em: what is closer, where a space stands, looks like one word
_SHRUNK = 0.97  # of the size that a style says
_CLOSE = -0.1  # em by which letters may stand closer than they are made for
_CLOSE_WORDS = -0.14  # the same of words: a space has 0.2
_SMALL = 1.5  # px: a picture that is smaller is none
_REACH = 40  # texts after a text that are looked at, from the top down


@dataclass(frozen=True)
class Sight:
    """The words of a block as they are read, how many pictures it has and boxes and lines for a
    pen, and what is wrong."""

    words: str = ""
    pictures: int = 0
    rooms: int = 0
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Place:
    """What boxes around do to a thing: what they cut off, how they turn it."""

    clip: Rectangle | None = None
    matrix: Any = None
    raised: bool = False  # drawn after what does not leave the flow
    gone: bool = False
    known: tuple[int, ...] = ()  # the plates it lies on
    odd: str = ""  # what is drawn below the words, when it is no colour


@dataclass(frozen=True)
class Run:
    """A text or a picture, in px of the page."""

    name: str
    area: Rectangle  # all of it
    core: Rectangle  # what nothing else may touch
    em: float
    raised: bool
    on: tuple[int, ...]


@dataclass
class Eye:
    """Looks at the boxes of a block, or of a page."""

    runs: list[Run] = field(default_factory=list)
    plates: list[Run] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    pictures: int = 0
    rooms: set[int] = field(default_factory=set)  # elements: a line to write on may be broken
    faults: list[str] = field(default_factory=list)
    bounds: Rectangle | None = None  # what it may not leave
    edges: list[Run] | None = None  # lines around boxes, where they are looked at
    _right: float = 0.0  # where the last text ended
    _line: float = 0.0
    _spaced: bool = True  # since the last text

    def see(self, box: Any, place: _Place) -> None:
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.TextBox):
            if box.text.strip():
                self._text(box, place)
            else:
                self.said.append(" ")
                self._spaced = True
            return
        style = box.style
        if box.element is not None and (names := box.element.get("class")):
            if not _GONE.isdisjoint(names.split()):
                place = replace(place, gone=True)
            elif "gap-n" in names.split():
                return
        if box.element_tag == "input":  # readers of the file show what is in a field
            return
        if not isinstance(box, boxes.InlineBox):
            self.said.append("\n")
        if changes(style, box):
            place = self._placed(box, style, place)
        if isinstance(box, boxes.ReplacedBox):
            self._picture(box, style, place)
            return
        if is_room(box) and not place.gone and not _is_cut(box, place):
            self.rooms.add(id(box.element))
        if self.edges is not None and isinstance(box, boxes.BlockLevelBox):
            self.edges.extend(
                Run("", area, area, 0.0, False, ()) for area in edge_lines(box, style)
            )
        for child in getattr(box, "children", ()):
            self.see(child, place)
        if not isinstance(box, boxes.InlineBox):
            self.said.append("\n")

    def _placed(self, box: Any, style: Any, place: _Place) -> _Place:
        if box.transformation_matrix:
            matrix = box.transformation_matrix
            place = replace(place, matrix=matrix @ place.matrix if place.matrix else matrix)
            if not place.matrix.determinant:  # WeasyPrint draws nothing of it, and trips over that
                what = box.element.get("id") or box.element.get("class") or box.element_tag
                raise mistake(f'"{what}" is shrunk to nothing', hint="look at its style")
        if style["position"] != "static" or style["float"] != "none" or style["opacity"] < 1:
            under = style["z_index"] != "auto" and style["z_index"] < 0
            place = replace(place, raised=not under)
        if style["overflow"] != "visible" and not isinstance(box, boxes.PageBox):
            x, y = box.padding_box_x(), box.padding_box_y()
            inside = sides(x, y, box.padding_width(), box.padding_height())
            place = replace(place, clip=common(place.clip, turned(inside, place.matrix)))
        if style["clip"] and box.is_absolutely_positioned():
            place = replace(place, clip=common(place.clip, clipped(box, style["clip"])))
        if odd := odd_ground(style):
            place = replace(place, odd=odd)
        if style["background_color"].alpha and not place.gone:
            area = (box.border_box_x(), box.border_box_y(), box.border_width(), box.border_height())
            self._ground(box, turned(sides(*area), place.matrix), place)
            place = replace(place, known=(*place.known, len(self.plates) - 1))
        return place

    def _ground(self, box: Any, area: Rectangle, place: _Place) -> None:
        """Blocks of the flow and cells are drawn before words, all else may cover some."""
        flows = isinstance(box, boxes.BlockLevelBox | boxes.TableCellBox) and not place.raised
        self.plates.append(Run("", area, area, 0.0, not flows, place.known))
        if self.bounds and not inside(area, self.bounds):
            self.faults.append("the ground of something in it leaves its place")

    def _text(self, box: Any, place: _Place) -> None:
        style, text = box.style, box.text
        left, top, em = box.position_x, box.position_y, box.style["font_size"]
        width = box.margin_width()
        self._join(text, left, top + box.baseline, width, em, place)
        if place.gone:
            return
        if style["visibility"] != "visible":
            self._wrong(text, "are hidden")
            return
        if text[-1].isspace():
            width -= _SPACE * em
        base = top + box.baseline
        area = (left, base - _ABOVE * em, left + width, base + _BELOW * em)
        if place.matrix:
            area = turned(area, place.matrix)
            scale = abs(place.matrix.determinant) ** 0.5
            em *= scale
            if scale < _SHRUNK:
                self._wrong(text, f"are drawn at {scale:.2f} of their size")
            if self.bounds and not inside(area, self.bounds):
                self._wrong(text, "are moved out of their place")
        if em < _LEAST:
            self._wrong(text, f"have {em * 0.75:.1f} pt")
        if place.clip and not inside(area, place.clip):
            self._wrong(text, "are cut off")
        if place.odd:
            self._wrong(text, place.odd)
        self._close(text, style)
        if style["unicode_bidi"] in ("bidi-override", "isolate-override"):
            self._wrong(text, "are set in the order of another script")
        self.runs.append(Run(text, area, area, em, place.raised, place.known))

    def _join(
        self, text: str, left: float, line: float, width: float, em: float, place: _Place
    ) -> None:
        """A text follows another, with or without a space."""
        gap = left - self._right + _SPACE * em * text[0].isspace()
        same = abs(line - self._line) < _SPACE * em
        if not same or gap > _ASIDE * em:
            self.said.append(" ")
        elif (self._spaced or text[0].isspace()) and -em < gap < _JOINED * em and not place.gone:
            self._wrong(text, "are joined to those before them")
        self.said.append(text)
        self._spaced = text[-1].isspace()
        self._line, self._right = line, left + width - _SPACE * em * self._spaced

    def _close(self, text: str, style: Any) -> None:
        letters, words, em = style["letter_spacing"], style["word_spacing"], style["font_size"]
        if letters != "normal" and letters < _CLOSE * em:
            self._wrong(text, "have letters that stand on each other")
        if words < _CLOSE_WORDS * em and " " in text.strip():
            self._wrong(text, "have no spaces between them")

    def _picture(self, box: Any, style: Any, place: _Place) -> None:
        self.pictures += 1
        area = sides(box.content_box_x(), box.content_box_y(), box.width, box.height)
        area = turned(area, place.matrix)
        name = shortened(box.element.get("alt", "") if box.element is not None else "", 40)
        if place.gone:
            return
        small = min(area[2] - area[0], area[3] - area[1]) < _SMALL
        cropped = style["object_fit"] in ("cover", "none")
        for wrong, is_so in (
            ("is hidden", style["visibility"] != "visible" or style["opacity"] < 0.5),
            ("has no size", small),
            ("is cut off", (place.clip and not inside(area, place.clip)) or cropped),
        ):
            if is_so:
                self.faults.append(f'the picture "{name}" {wrong}')
        em = style["font_size"]
        core = (area[0], area[1] + 0.2 * em, area[2], area[3] - 0.2 * em)
        self.runs.append(Run(f"picture {name}", area, core, em, place.raised, place.known))

    def _wrong(self, text: str, what: str) -> None:
        self.faults.append(f'the words "{shortened(text.strip(), 40)}" {what}')

    def judge(self) -> None:
        """What stands on something else."""
        order = sorted(self.runs, key=lambda it: it.core[1])
        for index, one in enumerate(order):
            for other in order[index + 1 : index + 1 + _REACH]:
                if other.core[1] > one.core[3]:
                    break
                if _touch(one, other):
                    names = (shortened(it.name.strip(), 30) for it in (one, other))
                    self.faults.append('"{}" and "{}" stand on each other'.format(*names))
        for index, plate in enumerate(self.plates):
            if plate.raised:
                for run in self.runs:
                    if index not in run.on and _touch(run, plate, 0.1 * run.em):
                        self._wrong(run.name, "are covered")
        for edge in self.edges or ():
            for run in self.runs:
                if _touch(run, edge, 0.2):
                    self._wrong(run.name, "are struck by a line")

    def sight(self) -> Sight:
        words = " ".join("".join(self.said).split())
        return Sight(words, self.pictures, len(self.rooms), tuple(dict.fromkeys(self.faults)))


def look(box: Any, page: Any) -> Sight:
    """What is seen of a block that was laid out on a page as wide as a column."""
    top, low = box.border_box_y(), box.border_box_y() + box.border_height() + box.margin_bottom
    eye = Eye(bounds=(-SLACK, top - SLACK, page.width + SLACK, low + SLACK))
    eye.see(box, _Place())
    eye.judge()
    return eye.sight()


def words_of(box: Any) -> tuple[str, int]:
    """The words in a box as they are read, and how many boxes and lines for a pen."""
    eye = Eye()
    eye.see(box, _Place())
    return "".join(eye.said), len(eye.rooms)


def look_at_page(page: Any) -> tuple[Sight, Sequence[Run]]:
    """What is seen of a whole page, and where."""
    eye = Eye(edges=[])
    for child in page._page_box.children:
        eye.see(child, _Place())
    eye.judge()
    return eye.sight(), eye.runs


def _is_cut(box: Any, place: _Place) -> bool:
    area = sides(box.border_box_x(), box.border_box_y(), box.border_width(), box.border_height())
    return place.clip is not None and not inside(turned(area, place.matrix), place.clip)


def _touch(one: Run, other: Run, most: float | None = None) -> bool:
    """Whether they share more than a reader would forgive."""
    em = min(filter(None, (one.em, other.em)), default=1.0)
    across = min(one.core[2], other.core[2]) - max(one.core[0], other.core[0])
    down = min(one.core[3], other.core[3]) - max(one.core[1], other.core[1])
    least = _TOUCHING * em if most is None else most
    return across > max(_ASIDE * em, SLACK) and down > least
