"""Which characters of a plan no font of ours has, and where they were written."""

from collections.abc import Iterator
from functools import lru_cache

from cramsheet.pack.fields import Written
from cramsheet.page import maths
from cramsheet.page.fonts import EVERYWHERE, FACES, font_bytes
from cramsheet.plan.plan import Plan
from cramsheet.problems import Mark, Problem

_NOT_PRINTED = {"id", "tex", "source", "tags", "picture", "teaches", "task", "language"}
_HINT = "write it in other words; our fonts hold Latin, Greek, Cyrillic and common signs"


def unprintable(plan: Plan) -> Iterator[Problem]:
    """A problem for each such character of each fact and question."""
    known = _known()
    for mark, text in _texts(plan):
        for letter in sorted(set(text)):
            if ord(letter) not in known and not letter.isspace():
                name = f'"{letter}" (U+{ord(letter):04X})'
                yield Problem(f"no font has the character {name}", mark, _HINT)


def unreadable(plan: Plan) -> Iterator[Problem]:
    """A problem for each formula inside a sentence that is no LaTeX."""
    hint = "LaTeX mathematics such as $\\sqrt{n}$; a dollar sign of its own is written \\$"
    for mark, text in _texts(plan):
        for tex, error in maths.unreadable(text):
            what = ": ".join(filter(None, (f'the formula "{tex}" cannot be read', error)))
            yield Problem(what, mark, hint)


def _texts(plan: Plan) -> Iterator[tuple[Mark, str]]:
    for section in plan.sections:
        for topic in section.topics:
            for entry in topic.entries:
                yield entry.mark, _words(entry.fact)
        for question in section.questions:
            yield question.mark, _words(question.asked)


def _words(value: object) -> str:
    """All text inside, keys of rows and pairs included."""
    match value:
        case str():
            return value
        case dict():
            return "\n".join(f"{key}\n{_words(inner)}" for key, inner in value.items())
        case list() | tuple():
            return "\n".join(map(_words, value))
        case Written():
            return "\n".join(_words(inner) for name, inner in value if name not in _NOT_PRINTED)
        case _:
            return ""


@lru_cache(maxsize=1)
def _known() -> frozenset[int]:
    import uharfbuzz

    return frozenset(
        code
        for face in FACES
        if face.family in EVERYWHERE
        for code in uharfbuzz.Face(font_bytes(face.name)).unicodes
    )
