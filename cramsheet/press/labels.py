"""What the frames of a document say: which domains stand on which page, and what was left out."""

from collections.abc import Callable, Mapping, Sequence

from cramsheet.page.advances import cut_to, text_width
from cramsheet.page.edges import Domain
from cramsheet.page.markup import plain, short
from cramsheet.page.sheets import ColumnHead, Sheet
from cramsheet.plan.areas import column_head
from cramsheet.plan.budget import coarse_rank, why_left_out
from cramsheet.plan.plan import Plan
from cramsheet.plan.sections import Section
from cramsheet.press.setting import Setting

_ROUNDING = 0.01
_BOLD = 1.08  # widths are measured in regular type, and heads are semibold


Heads = Mapping[int, tuple[float, tuple[ColumnHead, ...]]]


def sheets(
    plan: Plan,
    pages: Mapping[str, Sequence[int]],
    total: int,
    told: tuple[str, ...],
    heads: Heads,
    beyond: float = 0.0,
) -> list[Sheet]:
    """One for each page, from the pages on which each element stands."""
    on: dict[int, list[Domain]] = {}
    for section in plan.sections if plan.kind.running_heads else ():
        for page in sorted({page for name in section.element_ids() for page in pages[name]}):
            on.setdefault(page, []).append(_domain(section, page, pages))
    return [
        Sheet(n, total, tuple(on.get(n, ())), n == 1, told if n == total else (), head, top, beyond)
        for n in range(1, total + 1)
        for top, head in [heads.get(n, (None, ()))]
    ]


def column_heads(setting: Setting, corner: Callable[[int], tuple[int, int, float, float]]) -> Heads:
    """For each page of a sheet where its columns begin, and the heads of those that begin inside a
    topic, if they have room. Of pages that fold, where they begin. `corner` tells page, column,
    left and top of each column in mm."""
    plan = setting.plan
    topics = {
        f"fact-{entry.id}": (section.number, topic.title)
        for section in plan.sections
        for topic in section.topics
        for entry in topic.entries
    }
    room = column_head(plan.kind)
    found: dict[int, tuple[float, tuple[ColumnHead, ...]]] = {}
    for number, placed in setting.tops() if plan.kind.floats or plan.kind.folds else ():
        page, _, left, top = corner(number)
        before = found.get(page, (top, ()))[1]
        known = topics.get(placed[0][0].name) if plan.kind.floats else None
        titled = page == 1 and plan.area.paper.card  # the title stands too close
        if known and not titled and top - room >= plan.area.white[0] - _ROUNDING:
            width = plan.area.column * setting.scale
            before = (*before, _head(left, top - room, width, *known, plan))
        found[page] = (top, before)
    return found


def _head(left: float, top: float, width: float, domain: int, topic: str, plan: Plan) -> ColumnHead:
    """A topic that is longer than its column is wide is cut."""
    em = width * 72 / 25.4 / plan.kind.running_size / _BOLD - text_width(f"{domain} · ")
    words = plain(topic)
    long = text_width(words) * plan.look.wide > em
    told = cut_to(words, em / plan.look.wide) if long else topic
    return ColumnHead(left, top, width, domain, told, long)


def _domain(section: Section, page: int, pages: Mapping[str, Sequence[int]]) -> Domain:
    begins = page in pages.get(f"domain-{section.row.id}", ())
    return Domain(section.number, section.row.title, begins)


def names_of(plan: Plan, left_out: Sequence[str]) -> tuple[str, ...]:
    """Of the facts that were left out, the most important first."""
    rank = coarse_rank(plan)
    names = sorted(left_out, key=lambda name: rank[name], reverse=True)
    return tuple(plain(short(plan.entries[name.removeprefix("fact-")].fact)) for name in names)


def left_out_of(whole: Plan, names: Sequence[str]) -> str:
    """The list of what did not fit and why, in the order of the pack; empty when all did."""
    if not names:
        return ""
    why = why_left_out(whole, names)
    facts = {f"fact-{entry.id}": entry for entry in whole.entries.values()}
    lines = [
        f"{facts[name].mark}\t{why[name]}\t{facts[name].id}\t{plain(short(facts[name].fact))}"
        for name in names
    ]
    head = f"{len(lines)} of {whole.count} facts are not on this sheet: file, why, id, fact"
    return "\n".join([head, *lines, ""])
