"""Proofreading: does everything planned stand on paper, once and whole, in our fonts alone?"""

from collections.abc import Iterator
from itertools import chain, pairwise

from cramsheet.page.borrowed import FAMILY
from cramsheet.page.fonts import FACES
from cramsheet.page.sight import contrast as contrast_of
from cramsheet.plan.plan import Plan
from cramsheet.press.engine import Written
from cramsheet.press.press import Pages, Place
from cramsheet.problems import Mistakes, Problem

_ROUNDING = 0.02  # pt
_TOUCHING = 0.01  # mm


def prove(pages: Pages, plan: Plan, contrast: float = 0.0) -> None:
    """Raises Mistakes that name every fact or question which did not reach the paper whole, or
    whose words have less than so much contrast with their ground."""
    marks = plan.marks()
    problems = [
        Problem(f"{message} on {plan.name}", marks[name], hint)
        for name in plan.ids()
        for message, hint in (*_faults(name, pages), *_too_small(name, pages, plan))
    ]
    problems += [
        Problem(f"{message} on {plan.name}", hint=hint)
        for message, hint in _too_faint(pages, contrast)
    ]
    if problems:
        raise Mistakes(problems)


def prove_fonts(written: Written, plan: Plan) -> None:
    """Raises Mistakes when a font of the machine got into the file."""
    ours = {face.family for face in FACES}
    foreign = [
        families
        for families in written.families
        for family in families.split(",")
        if family not in ours and not family.startswith(f"{FAMILY}-")
    ]
    if foreign:
        message = f"{plan.name} holds fonts that are not ours: {', '.join(foreign)}"
        hint = f"styles may use {', '.join(sorted(ours))}"
        raise Mistakes([Problem(message, hint=hint)])


def _faults(name: str, pages: Pages) -> Iterator[tuple[str, str]]:
    kind, _, own = name.partition("-")
    parts = pages.places.get(name, ())
    if not parts:
        yield f'{kind} "{own}" does not stand', "its template must print an element with its id"
    elif len(parts) > 1 and not (name in pages.split and _in_order(parts)):
        yield f'{kind} "{own}" stands twice', "ids must be unique in a template"
    if name in pages.spilled:
        hint = "a word, table or picture is too wide: shorten it, or give the table fewer columns"
        yield f'{kind} "{own}" does not stay inside its column', hint


def _too_small(name: str, pages: Pages, plan: Plan) -> Iterator[tuple[str, str]]:
    kind, _, own = name.partition("-")
    size, floor = pages.smallest.get(name, plan.kind.floor), plan.kind.floor
    if size < floor - _ROUNDING:
        hint = f"set it larger in its style, or allow it: --floor {int(size * 10) / 10:g}"
        yield f'{kind} "{own}" holds words of {size:.1f} pt, less than {floor:g}', hint


def _too_faint(pages: Pages, least: float) -> Iterator[tuple[str, str]]:
    for colour, ground in sorted(set(chain(*pages.inks.values()))):
        if (found := contrast_of(colour, ground)) < least:
            faint = f"words in {colour} stand on {ground}: their contrast is {found:.1f}"
            yield f"{faint}, less than {least:g}", "choose a darker colour in the look or the ink"


def _in_order(parts: tuple[Place, ...]) -> bool:
    """Whether parts follow each other down a column and into the next."""
    ends = [
        ((it.page, it.column, it.top + _TOUCHING), (it.page, it.column, it.bottom)) for it in parts
    ]
    return all(one[1] <= two[0] for one, two in pairwise(ends))
