"""What the frames of a document say: which domains stand on which page, and what was left out."""

from collections.abc import Mapping, Sequence

from cramsheet.page.edges import Domain
from cramsheet.page.markup import plain, short
from cramsheet.page.writing import Sheet
from cramsheet.plan.budget import coarse_rank
from cramsheet.plan.plan import Plan, Section


def sheets(
    plan: Plan, pages: Mapping[str, Sequence[int]], total: int, told: tuple[str, ...]
) -> list[Sheet]:
    """One for each page, from the pages on which each element stands."""
    on: dict[int, list[Domain]] = {}
    for section in plan.sections if plan.kind.running_heads else ():
        for page in sorted({page for name in section.element_ids() for page in pages[name]}):
            on.setdefault(page, []).append(_domain(section, page, pages))
    return [
        Sheet(n, total, tuple(on.get(n, ())), n == 1, told if n == total else ())
        for n in range(1, total + 1)
    ]


def _domain(section: Section, page: int, pages: Mapping[str, Sequence[int]]) -> Domain:
    begins = page in pages.get(f"domain-{section.row.id}", ())
    return Domain(section.number, section.row.title, begins)


def names_of(plan: Plan, left_out: Sequence[str]) -> tuple[str, ...]:
    """Of the facts that were left out, the most important first."""
    rank = coarse_rank(plan)
    names = sorted(left_out, key=lambda name: rank[name], reverse=True)
    return tuple(plain(short(plan.entries[name.removeprefix("fact-")].fact)) for name in names)
