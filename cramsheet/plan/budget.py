"""How many pages a document may take, and which facts go first when they do not fit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from cramsheet.pack.pack import Topic
from cramsheet.plan.plan import Plan

FLOOR, CEILING = 6.5, 9.0  # pt, as printed

_RANKS = {"could": 0, "should": 1}


@dataclass(frozen=True)
class Budget:
    """Exactly so many pages, in type no smaller and no larger than these (pt)."""

    pages: int
    floor: float = FLOOR
    ceiling: float = CEILING


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
    """The plan without some facts (element ids); topics and domains left empty go, too."""
    gone = set(going)
    sections = []
    for section in plan.sections:
        topics = tuple(topic for topic in (_less(t, gone) for t in section.topics) if topic.entries)
        if topics:
            sections.append(replace(section, topics=topics))
    return replace(plan, sections=tuple(sections))


def _less(topic: Topic, gone: set[str]) -> Topic:
    entries = tuple(entry for entry in topic.entries if f"fact-{entry.id}" not in gone)
    return replace(topic, entries=entries)
