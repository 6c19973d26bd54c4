"""A size and columns for a sheet before anything is laid out, from a model of line counts."""

from dataclasses import replace

from cramsheet.page.estimate import pieces
from cramsheet.plan.areas import LINE, Area, characters, column_choices
from cramsheet.plan.budget import Budget
from cramsheet.plan.floating import largest_scale
from cramsheet.plan.packing import Strip
from cramsheet.plan.plan import Plan
from cramsheet.press.weasy import PX

_STEP = 0.02  # pt
_NEAR = 0.12  # pt: so far the square of the size foretells heights well enough
_GUESSES = 5  # for one size
_RAGGED = 0.1  # of half the highest block: what is white at the foot of a column, about
_ENDLESS = 500  # pages
_FEW = 170  # blocks: where one more or less in a column tells


def proposed(plan: Plan, budget: Budget, head: float) -> tuple[Area, float]:
    """The columns in which lines are easily read and type is largest, and its size in pt; kinds
    that are no sheets begin with their own. `head` is the height of the title in px."""
    kind = plan.kind
    if not kind.floats:
        return plan.area, min(max(kind.size, budget.floor), budget.ceiling)
    size = size_in(plan, budget, head, kind.size)
    if plan.columns_chosen:
        return plan.area, size
    found = [(size, plan.area)]
    found += [
        (size_in(replace(plan, area=area), budget, head, size), area)
        for area in column_choices(kind, plan.area)
        if area != plan.area and _easy(area, size, 0.95)
    ]
    easy = [it for it in found if _easy(it[1], it[0])]
    size, area = max(easy or found, key=lambda it: it[0])
    return area, size


def size_in(plan: Plan, budget: Budget, head: float, guess: float) -> float:
    """The largest size in the plan's area at which the model's blocks fit, in steps of 0.02 pt."""
    if not plan.kind.floats:
        return plan.kind.size
    size = min(max(guess, budget.floor), budget.ceiling)
    for _ in range(_GUESSES):
        before, scale = size, _scale(_strip(plan, size), plan, size, head, budget.pages)
        size = min(max(size * scale**0.5, budget.floor), budget.ceiling)
        if abs(size - before) < _NEAR:  # heights go with the square of the size
            break
    return int(size / _STEP + 1e-6) * _STEP if size > budget.floor else size


def fewest_in(plan: Plan, head: float) -> int:
    """The fewest pages on which the model's blocks stand at the size of the kind."""
    pages, size = 1, plan.kind.size
    strip = _strip(plan, size)
    while _scale(strip, plan, size, head, pages) < 1 and pages < _ENDLESS:
        pages += 1
    return pages


def capacities(area: Area, head: float, foot: float, pages: int) -> list[float]:
    """The heights of all columns in px; `head` and `foot` are taken of the first and last page."""
    full, count = area.height * PX, area.columns
    room = [full] * (count * pages)
    room[:count] = [height - head for height in room[:count]]
    return [*room[:-count], *(height - foot for height in room[-count:])]


def _strip(plan: Plan, size: float) -> Strip:
    """The model's blocks at that size."""
    return Strip(pieces(replace(plan, kind=replace(plan.kind, size=size))))


def _scale(strip: Strip, plan: Plan, size: float, head: float, pages: int) -> float:
    """The scale at which the model's blocks take as much of the columns as packing can fill: of few
    blocks found by packing them, of many about the same share."""
    em = size * 96 / 72
    room = [height / em for height in capacities(plan.area, head, 0.0, pages)]
    split = strip.highest > min(room)  # then it comes in parts
    if len(strip.pieces) < _FEW and not split:
        return largest_scale(strip, room)[0]
    loss = min(strip.highest, min(room)) / 2 * len(room) * _RAGGED
    return (sum(room) - loss) / strip.height


def _easy(area: Area, size: float, slack: float = 1.0) -> bool:
    """Whether lines are as long as is easily read, or nearly."""
    return LINE[0] * slack <= characters(area.column, size) <= LINE[1] / slack
