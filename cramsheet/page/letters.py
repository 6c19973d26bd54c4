"""Which characters of a plan no font of ours has, and where they were written."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from cramsheet.pack.fields import Written
from cramsheet.pack.found import Found
from cramsheet.page import maths
from cramsheet.page.borrowed import Borrowed
from cramsheet.page.fonts import EVERYWHERE, FACES, font_bytes
from cramsheet.page.scripts import script_of, spoken
from cramsheet.plan.plan import Plan
from cramsheet.problems import Mark, Problem

_NOT_PRINTED = {
    "id",
    "tex",
    "source",
    "tags",
    "picture",
    "teaches",
    "task",
    "language",
    "lint",
    "allow",
}
_OTHER_WORDS = "write it in other words; our fonts hold Latin, Greek, Cyrillic and common signs"


def unprintable(plan: Plan, more: Sequence[Borrowed] = ()) -> Iterator[Problem]:
    """Problems for such characters of each fact and question; letters of one script are one."""
    known = _known().union(*(font.letters for font in more))
    language = plan.exam.language
    if not _lacking(frozenset().union(*map(_letters, _written(plan))), known):
        return
    for mark, text in _texts(plan):
        told = set[str]()
        for letter in sorted(lacking(text, known), key=lambda it: (not it.isalnum(), it)):
            hint = advice(letter, language)
            if hint == _OTHER_WORDS or hint not in told:
                name = f'"{letter}" (U+{ord(letter):04X})'
                yield Problem(f"no font has the character {name}", mark, hint)
            told.add(hint)


def advice(letter: str, language: str = "") -> str:
    """What an author can do about a character that no font has."""
    if script := script_of(letter):
        name = spoken(script, language)
        return f"install a font for {name}, such as {script.package}, or name one: --font FILE"
    return _OTHER_WORDS


def lacking(text: str, known: frozenset[int] | None = None) -> frozenset[str]:
    """The characters that our own fonts, or those known, do not have."""
    return _lacking(frozenset(text), _known() if known is None else known)


def legible(text: str, more: Sequence[Borrowed] = ()) -> str:
    """With "…" for what no font has: of texts that nobody wrote for this page."""
    known = _known().union(*(font.letters for font in more))
    lost = _lacking(frozenset(text), known)
    return re.sub(f"[{re.escape(''.join(sorted(lost)))}]+", "…", text) if lost else text


def _lacking(letters: Iterable[str], codes: frozenset[int]) -> frozenset[str]:
    return frozenset(it for it in letters if ord(it) not in codes and not it.isspace())


def printed(plan: Plan) -> str:
    """All text of facts, questions, the exam and its domains, shown or left out."""
    titles = [topic.title for section in plan.sections for topic in section.topics]
    facts = [_said(entry.fact) for entry in plan.entries.values()]
    asked = [_said(question.asked) for part in plan.sections for question in part.questions]
    cases = [_said(group.case) for part in plan.sections for group in part.groups if group.case]
    sources = [entry.source or "" for entry in plan.entries.values()]
    return "".join([_words(plan.exam), *titles, *facts, *sources, *asked, *cases])


def unreadable(plan: Plan) -> Iterator[Problem]:
    """A problem for each formula inside a sentence that is no LaTeX."""
    hint = "LaTeX mathematics such as $\\sqrt{n}$; a dollar sign of its own is written \\$"
    for mark, text in _texts(plan):
        for tex, error in maths.unreadable(text) if "$" in text else ():
            what = ": ".join(filter(None, (f'the formula "{tex}" cannot be read', error)))
            yield Problem(what, mark, hint)


def _written(plan: Plan) -> Iterator[Written]:
    for section in plan.sections:
        for topic in section.topics:
            yield from (entry.fact for entry in topic.entries)
        yield from (question.asked for question in section.questions)


def _texts(plan: Plan) -> Iterator[tuple[Mark, str]]:
    for section in plan.sections:
        for topic in section.topics:
            for entry in topic.entries:
                yield entry.mark, _said(entry.fact)
        for question in section.questions:
            yield question.mark, _said(question.asked)


_said: Found[object, str] = Found(lambda value: _words(value))
_letters: Found[object, frozenset[str]] = Found(lambda value: frozenset(_said(value)))


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
    """The letters of a script that the font of signs has one or two of are not ours: の, ا."""
    import uharfbuzz

    return frozenset(
        code
        for face in FACES
        if face.family in EVERYWHERE
        for code in uharfbuzz.Face(font_bytes(face.name)).unicodes
        if face.family != "CramSigns" or not script_of(chr(code))
    )
