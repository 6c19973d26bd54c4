"""What stands on a line of the change sheet: a limit beside its value, an option behind its tick;
each text as pieces, for what was and for what is."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from cramsheet.edition.between import COME, GONE, SAME, Piece, pieces
from cramsheet.edition.changes import CORRECTS, Change
from cramsheet.edition.wording import in_words
from cramsheet.pack.content import BETWEEN, IS, OPTIONS

_SILENT = (CORRECTS, "language", "flow", "plot", "tree", "scale", "box", "layers", "matrix")
_SAID = ("status", "formerly")  # in words of the language, where it differs
_ASIDE = ("why", "tex", "alt", "note", "picture")  # told where it differs, no part of the name
_LABEL = ""  # of a row or a pair
_SIGNS = {"right": "✓", "wrong": "✗"}
_FALSE, _TRUE = ("trap",), ("truth",)  # of a trap, what is not so and what is

Said = Callable[[str, str], str]  # a text of a place, as a reader gets it
Joints = Mapping[str, str]  # what stands before a text that follows another on its line


@dataclass(frozen=True)
class Row:
    """A line of the change sheet: what was, and what is."""

    old: tuple[Piece, ...]
    new: tuple[Piece, ...]


@dataclass
class _Line:
    """Texts by place, each with what joins it to the text before; first stands a label."""

    label: str = ""
    parts: list[tuple[str, str]] = field(default_factory=list)
    aside: bool = False


def joints(colon: str, arrow: str) -> Joints:
    return {
        **dict.fromkeys(("value", "means", "helps", "say"), colon),
        **dict.fromkeys(("choose", IS), f" {arrow} "),
        "unit": "\u202f",
        _LABEL: colon,
    }


def rows(change: Change, joints: Joints, said: Said) -> Iterator[Row]:
    """Of what came or went all of it; of what differs its first line and the lines that do."""
    old = {} if change.old is None else {**change.old.words}
    new = {} if change.new is None else {**change.new.words}
    differing = {text.place: (text.old, text.new) for text in change.texts}
    if old and new:
        old = {place: text for place, text in new.items() if place not in differing}
        old |= {place: text for place, (text, _) in differing.items() if text is not None}
    whole = change.old is None or change.new is None
    first = True
    for line in _lines(dict.fromkeys((*new, *old)), joints):
        here = [place for _, place in line.parts]
        differs = not whole and any(place in differing for place in here)
        if differs or (not line.aside and (first or whole)):
            yield _row(line, old, new, said)
        first = first and line.aside


def _lines(places: Iterable[str], joints: Joints) -> Iterator[_Line]:
    lines: dict[str, _Line] = {}
    for place in places:
        key, *below = place.split(BETWEEN)
        last = below[-1] if below else key
        if key in _SILENT or (below and last in ("name", "pin")):
            continue
        group, glue, label = place, "", ""
        if key == OPTIONS and last == IS:
            group = BETWEEN.join((key, *below[:-1]))
        elif key in ("rows", "pairs") and below:
            group = BETWEEN.join((key, below[0]))
            glue, label = " | ", f"{in_words(below[0])}{joints[_LABEL]}"
        elif not below and key in joints and lines:
            group, glue = next(iter(lines)), joints[key]
        aside = last in _ASIDE or key in (*_SAID, *_ASIDE)
        line = lines.setdefault(group, _Line(label, aside=aside))
        if key == OPTIONS and last == IS:  # the tick stands before the words
            line.parts = [("", place), *((" ", it) for _, it in line.parts)]
        else:
            line.parts.append((glue, place))
    yield from lines.values()


def _row(line: _Line, old: Mapping[str, str], new: Mapping[str, str], said: Said) -> Row:
    sides: dict[str, list[Piece]] = {GONE: [], COME: []}
    for glue, place in line.parts:
        was, now = (said(place, it[place]) if place in it else None for it in (old, new))
        for side, text in ((GONE, was), (COME, now)):
            if text is not None:
                sides[side].append((SAME, glue if sides[side] else line.label))
        if not (old and new):  # all of it came, or went: nothing has to be set off
            sides[GONE if old else COME].append((SAME, was or now or ""))
            continue
        for way, words in pieces(was or "", now or ""):
            for side in (GONE, COME) if way == SAME else (way,):
                sides[side] += _bare(way, words)
    return Row(tuple(sides[GONE]), tuple(sides[COME]))


def _bare(way: str, words: str) -> list[Piece]:
    """A space behind the words is not set off with them."""
    bare = words.rstrip()
    space = words[len(bare) :]
    if way == GONE and bare in _SIGNS.values():  # struck out it could be either
        way = SAME
    return [(way, bare), *([(SAME, space)] if space else [])]


def in_language(words: Callable[..., str]) -> Said:
    """`words` are those of the language of the exam."""
    status = {"retired": "retired_fact", "closed": "closed"}

    def said(place: str, text: str) -> str:
        key, last = place.split(BETWEEN)[0], place.rpartition(BETWEEN)[2]
        if key == OPTIONS and last == IS:
            return _SIGNS.get(text, text)
        if place == "status":
            return words(status[text]) if text in status else text
        if place == "formerly":
            return words("formerly", name=in_words(text))
        if place == IS:
            return words(text) if text in ("true", "false") else text
        if place == "not":
            return words("not") + words("colon") + in_words(text)
        sign = "✗ " * (place in _FALSE) + "✓ " * (place in _TRUE)
        return sign + (text if key in ("tex", "lines") else in_words(text))

    return said
