"""The rules in one table, and what their findings come to when authors allow some."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from cramsheet.edit import (
    acronyms,
    balance,
    guessing,
    lengths,
    options,
    sources,
    spelling,
    teaching,
    twins,
    variants,
)
from cramsheet.edit.copy import Copy, Finding, Owner
from cramsheet.pack.allowing import RuleName
from cramsheet.pack.pack import Entry, Pack
from cramsheet.problems import Mark, Problem

Rule = Callable[[Copy], Iterator[Finding]]
Place = tuple[str, Mark]  # a rule, and the fact or question that allows it

RULES: Mapping[RuleName, Rule] = {
    "long": lengths.too_long,
    "twin": twins.twins,
    "contradiction": twins.contradictions,
    "acronym": acronyms.unexplained,
    "source": sources.unsourced,
    "stale": sources.stale,
    "untaught": teaching.untaught,
    "uncovered": teaching.uncovered,
    "few": teaching.few,
    "letters": guessing.letters,
    "longest": guessing.longest,
    "claims": guessing.claims,
    "weight": balance.off_weight,
    "priority": balance.priorities,
    "variant": variants.variants,
    "spelling": spelling.misspelled,
    "above": options.all_of_the_above,
    "reason": options.reasons,
}
NEEDLESS = "allow"  # what is said of an allowance that allows nothing


@dataclass(frozen=True)
class Note:
    rule: str
    problem: Problem

    def __str__(self) -> str:
        it = self.problem
        return f"{it.mark}: note: {it.message} [{self.rule}]\n  hint: {it.hint}"


def lint(pack: Pack, today: date | None = None) -> list[Note]:
    """What an editor finds, by place; `today` is the day from which sources grow old, otherwise
    that of the edition."""
    copy = Copy(pack, today)
    used = set[Place]()
    notes = [note for name, rule in RULES.items() for note in _left(name, rule(copy), copy, used)]
    notes += _needless(copy, used)
    return sorted(notes, key=lambda note: (note.problem.mark or Mark(""), note.rule))


def _left(name: RuleName, found: Iterator[Finding], copy: Copy, used: set[Place]) -> Iterator[Note]:
    """What nobody allows; `used` learns which allowances were needed."""
    told = set[str]()
    for it in found:
        if it.owner and name in _allowed(it.owner):
            used.add((name, it.owner.mark))
        elif name in copy.pack.exam.lint.allow:
            used.add((name, copy.pack.node.mark))
        elif not it.once or it.once not in told:
            told.add(it.once)
            yield Note(name, it.problem)


def _allowed(owner: Owner) -> Collection[RuleName]:
    return owner.fact.allow if isinstance(owner, Entry) else owner.asked.allow


def _needless(copy: Copy, used: set[Place]) -> Iterator[Note]:
    pack = copy.pack
    items = [item for domain in pack.domains for item in domain.items]
    asked = [one for item in items for one in (item, *item.parts)]
    those: list[Owner] = [*pack.entries(), *asked]
    owners = [(it.node, it.mark, _allowed(it)) for it in those]
    exam = (pack.node.at(("lint",)), pack.node.mark, pack.exam.lint.allow)
    for node, mark, allowed in (exam, *owners):
        for number, name in enumerate(allowed):
            if (name, mark) not in used:
                place = node.at(("allow", number)).mark
                message = f'"{name}" is allowed, but there is nothing to allow'
                yield Note(NEEDLESS, Problem(message, place, "remove it"))
