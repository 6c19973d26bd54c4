"""Whether the parts of a pack have the weights of the exam."""

from collections import Counter
from collections.abc import Iterator, Mapping

from cramsheet.edit.copy import Copy, Finding, found
from cramsheet.pack.fields import count

_QUESTIONS, _FACTS, _PRIORITIES = 3.0, 8.0, 10.0  # percentage points that make no difference
_USUAL = {"must": 25, "should": 45, "could": 30}  # per cent


def off_weight(copy: Copy) -> Iterator[Finding]:
    rows = {domain.row.id: domain for domain in copy.pack.domains}
    weights = {name: domain.row.weight for name, domain in rows.items()}
    asked = {n: sum(len(item.singles()) for item in d.items) for n, d in rows.items()}
    facts = {n: sum(len(topic.entries) for topic in d.topics) for n, d in rows.items()}
    for what, have, most in (("question", asked, _QUESTIONS), ("fact", facts, _FACTS)):
        for number, name in enumerate(rows):
            if off := _off(have, weights, name, most):
                mark = copy.place("blueprint", "domains", number, "weight")
                share = f"{100 * have[name] / sum(have.values()):.0f} %"
                message = f'"{rows[name].row.title}" has {share} of the {what}s, and weighs '
                yield found(f"{message}{weights[name]:g} %", mark, _remedy(off, what))


def priorities(copy: Copy) -> Iterator[Finding]:
    have: Mapping[str, int] = Counter(entry.fact.priority for entry in copy.pack.entries())
    for name, usual in _USUAL.items():
        if off := _off(have, _USUAL, name, _PRIORITIES):
            share = f"{100 * have.get(name, 0) / sum(have.values()):.0f} %"
            message = f'{share} of the facts are "{name}"; about {usual} % is a good share'
            hint = f'make {-off} more "{name}"' if off < 0 else f"give {off} another priority"
            yield found(message, copy.place("blueprint"), hint)


def _off(have: Mapping[str, int], weights: Mapping[str, float], name: str, most: float) -> int:
    """How many are too many, or lack; 0 where it is within bounds, or by less than one."""
    total = sum(have.values())
    wanted = weights[name] / 100 * total
    over = have.get(name, 0) - wanted
    return round(over) if total and abs(over) / total * 100 > most and abs(over) >= 1 else 0


def _remedy(off: int, what: str) -> str:
    if off < 0:
        return f"write about {count(-off, what)} more for it"
    return f"it has {count(off, what)} too many: write some for other domains"
