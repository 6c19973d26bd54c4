"""How many pages a document may take, and which facts go first when they do not fit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from cramsheet.pack.pack import Topic
from cramsheet.plan.kinds import CEILING, FLOOR
from cramsheet.plan.plan import Plan
from cramsheet.plan.sections import Group

_RANKS = {"could": 0, "should": 1}


@dataclass(frozen=True)
class Budget:
    """Exactly so many pages, in type no smaller and no larger than these (pt, as printed)."""

    pages: int
    floor: float = FLOOR
    ceiling: float = CEILING


def coarse_rank(plan: Plan) -> dict[str, tuple[int, int]]:
    """How important each fact or question is: its priority, and how many questions teach it."""
    ranks = {
        f"fact-{entry.id}": (
            _RANKS.get(entry.fact.priority, len(_RANKS)),
            plan.asked.get(entry.id, 0),
        )
        for entry in plan.entries.values()
    }
    return {name: ranks.get(name, (len(_RANKS), 0)) for name in plan.ids()}


def by_importance(plan: Plan, heights: Mapping[str, float]) -> list[str]:
    """Element ids of the facts that may go, least important first; `must` never is among them.

    First `could`, then `should`; within these the facts that fewest questions teach, and those of
    domains that take more of the paper than their weight.
    """
    over = _overweight(plan, heights)
    order = [
        (
            (
                _RANKS[entry.fact.priority],
                plan.asked.get(entry.id, 0),
                -over[section.number],
                -index,
            ),
            entry.id,
        )
        for section in plan.sections
        for index, entry in enumerate(e for topic in section.topics for e in topic.entries)
        if entry.fact.priority in _RANKS
    ]
    return [f"fact-{name}" for _, name in sorted(order)]


def why_left_out(plan: Plan, names: Iterable[str]) -> dict[str, str]:
    """The reason for each fact, in a few words."""
    number = {name: section.number for section in plan.sections for name in section.element_ids()}
    domains = {section.number: section.row.title for section in plan.sections}
    entries = {f"fact-{entry.id}": entry for entry in plan.entries.values()}
    found = {}
    for name in names:
        asked = plan.asked.get(entries[name].id, 0)
        taught = f"{asked} question{'' if asked == 1 else 's'} teach{'es' if asked == 1 else ''} it"
        priority = entries[name].fact.priority
        found[name] = f"{priority}, {taught}, {domains[number[name]]}"
    return found


def _overweight(plan: Plan, heights: Mapping[str, float]) -> dict[int, float]:
    """Each domain's share of the height, over its weight in the blueprint."""
    taken = {
        section.number: sum(heights.get(name, 0.0) for name in section.element_ids())
        for section in plan.sections
    }
    total = sum(taken.values()) or 1.0
    return {
        section.number: taken[section.number] / total / (section.row.weight / 100)
        for section in plan.sections
    }


def without(plan: Plan, going: Iterable[str]) -> Plan:
    """The plan without some facts or questions (element ids); what is left empty goes, too."""
    gone = set(going)
    sections = []
    for section in plan.sections:
        topics = tuple(topic for topic in (_less(t, gone) for t in section.topics) if topic.entries)
        groups = tuple(
            group for group in (_fewer(g, gone) for g in section.groups) if group.questions
        )
        if topics or groups:
            sections.append(replace(section, topics=topics, groups=groups))
    return replace(plan, sections=tuple(sections))


def _fewer(group: Group, gone: set[str]) -> Group:
    questions = tuple(q for q in group.questions if f"question-{q.id}" not in gone)
    return replace(group, questions=questions)


def _less(topic: Topic, gone: set[str]) -> Topic:
    entries = tuple(entry for entry in topic.entries if f"fact-{entry.id}" not in gone)
    return replace(topic, entries=entries)
