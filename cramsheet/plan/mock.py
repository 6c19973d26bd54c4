"""Mock exams: as many questions as the blueprint says, drawn by the weights of its domains.

Which are drawn and where they stand follows from hashes of the seed and the questions' ids: the
same seed gives the same paper, in whatever order files and questions lie in the pack.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor

from cramsheet.pack.fields import count
from cramsheet.pack.pack import Domain, Item, Pack
from cramsheet.plan.shuffle import shuffled
from cramsheet.problems import Mistakes, Problem, mistake

_SOONER = 1 / 3  # of its turn, a question that the paper leans on
MOST_FORMS = 26  # each has a letter


@dataclass(frozen=True)
class Form:
    """One paper: its questions in the order of print, those of a case together; `unscored` are the
    ids of those that a real exam would only try out, and that nobody can tell from the others."""

    letter: str
    seed: str
    items: tuple[Item, ...]
    unscored: frozenset[str] = frozenset()
    practice: bool = False  # no exam: drawn by what somebody wants to train

    @property
    def paper(self) -> str:
        """What the files of all its forms are called by."""
        return f"practice-{self.seed}" if self.practice else self.seed

    @property
    def code(self) -> str:
        """As it is printed on every page."""
        return f"{self.letter}-{self.seed}"

    @property
    def shuffle(self) -> str:
        """The seed for the options of its questions."""
        return f"{self.seed}\0{self.letter}"

    def singles(self) -> tuple[Item, ...]:
        return tuple(single for item in self.items for single in item.singles())


@dataclass(frozen=True)
class Leaning:
    """What a form leans on: weights of domains by id, in place of those of the blueprint, and facts
    by id; questions about these are drawn sooner than their turn."""

    weights: Mapping[str, float]
    facts: frozenset[str] = frozenset()


def forms(
    pack: Pack,
    seed: str,
    letters: Sequence[str],
    total: int | None = None,
    again: bool = False,
    leaning: Leaning | None = None,
) -> tuple[Form, ...]:
    """One form for each letter. No question stands in two of them, unless `again` allows it.

    Raises Mistakes that name the domains with too few questions, and how many are missing.
    """
    wanted = total or _asked(pack)
    lean = leaning or Leaning({domain.row.id: domain.row.weight for domain in pack.domains})
    weights = [lean.weights[domain.row.id] for domain in pack.domains]
    needs = shares(wanted, weights)
    counted = _counted(pack, needs, weights)
    _enough(pack.domains, needs, 1 if again else len(letters))
    pools = [_dealt(domain, seed, lean.facts) for domain in pack.domains]
    made = []
    for letter in letters:
        drawn = []
        for index, need in enumerate(needs):
            drawing, rest = hand(pools[index], need, pack.domains[index].row.title)
            if again:
                rest = _dealt(pack.domains[index], f"{seed}\0{letter}", lean.facts)
            pools[index] = rest
            drawn.append(drawing)
        made.append(_form(letter, seed, drawn, counted))
    return tuple(made)


def shares(total: int, weights: Sequence[float]) -> tuple[int, ...]:
    """A whole number for each weight, by largest remainders; of equal ones the first gets more."""
    exact = [total * weight / sum(weights) for weight in weights]
    whole = [floor(share + 1e-9) for share in exact]
    by_rest = sorted(range(len(weights)), key=lambda index: whole[index] - exact[index])
    for index in by_rest[: total - sum(whole)]:
        whole[index] += 1
    return tuple(whole)


def _asked(pack: Pack) -> int:
    if number := pack.exam.blueprint.questions:
        return number
    hint = 'write "questions:" into the blueprint, or ask for a number with --questions'
    raise mistake(f"{pack.name}: nobody says how many questions the exam has", hint=hint)


def _enough(domains: Sequence[Domain], needs: Sequence[int], forms: int) -> None:
    problems = []
    for domain, need in zip(domains, needs, strict=True):
        have, wanted = _size(domain.items), need * forms
        if have < wanted:
            asked = f"{forms} forms of {need} need" if forms > 1 else "a form needs"
            missing = wanted - have
            fewer = "ask for fewer forms or --questions, or allow --again"
            problems.append(
                Problem(
                    f"{domain.row.title} has {count(have, 'question')}, {asked} {wanted}:"
                    f" {missing} {'is' if missing == 1 else 'are'} missing",
                    hint=f"write more, {fewer if forms > 1 else 'or ask for fewer --questions'}",
                )
            )
    if problems:
        raise Mistakes(problems)


def _dealt(domain: Domain, seed: str, facts: frozenset[str]) -> list[Item]:
    """All questions of a domain in an order that looks random, its tasks taking turns; those about
    some facts sooner."""
    mixed = shuffled(domain.items, seed, lambda item: item.id)
    of_task = Counter(item.singles()[0].asked.task for item in mixed)
    seen: Counter[str | None] = Counter()
    turns = {}
    for item in mixed:
        task = item.singles()[0].asked.task
        taught = {name for single in item.singles() for name in single.asked.teaches}
        sooner = _SOONER if taught & facts else 1.0
        turns[item.id] = (seen[task] + 0.5) / of_task[task] * sooner
        seen[task] += 1
    return sorted(mixed, key=lambda item: turns[item.id])


def hand(pool: Sequence[Item], need: int, where: str) -> tuple[list[Item], list[Item]]:
    """Exactly so many questions from the top, and the rest. A case that is too large for what is
    lacking waits for the next form; where only cases are left, single questions make room.

    Raises Mistakes that name `where` when there are too few of these.
    """
    drawn: list[Item] = []
    rest: list[Item] = []
    for item in pool:
        fits = _size([*drawn, item]) <= need
        (drawn if fits else rest).append(item)
    while lack := need - _size(drawn):
        case = min(rest, key=lambda item: len(item.singles()))
        given = _singles_of(drawn, surplus := len(case.singles()) - lack)
        if len(given) < surplus:
            hint = "write some single questions, or ask for another number of questions"
            raise mistake(
                f"{where}: cases alone do not make up {count(need, 'question')}", hint=hint
            )
        rest = [*given, *(item for item in rest if item is not case)]
        drawn = [*(item for item in drawn if item not in given), case]
    return drawn, rest


def _singles_of(hand: Sequence[Item], number: int) -> list[Item]:
    """The last single questions of a hand, as many as there are."""
    return [item for item in hand if not item.parts][-number:] if number else []


def _form(letter: str, seed: str, drawn: Sequence[Sequence[Item]], counted: Sequence[int]) -> Form:
    """`counted` tells how many questions of each domain count; the others are only tried out."""
    ordered = shuffled((item for hand in drawn for item in hand), f"{seed}\0{letter}", _name)
    unscored: set[str] = set()
    for hand, number in zip(drawn, counted, strict=True):
        singles = [single for item in hand for single in item.singles()]
        mixed = shuffled(singles, f"{seed}\0{letter}\0unscored", _name)
        unscored |= {item.id for item in mixed[number:]}
    return Form(letter, seed, ordered, frozenset(unscored))


def _counted(pack: Pack, needs: Sequence[int], weights: Sequence[float]) -> Sequence[int]:
    """All, but in a whole exam as many less, by the same weights, as the blueprint tries out."""
    blueprint = pack.exam.blueprint
    if not blueprint.unscored or sum(needs) != blueprint.questions:
        return needs
    return shares(sum(needs) - blueprint.unscored, weights)


def _name(item: Item) -> str:
    return item.id


def _size(items: Sequence[Item]) -> int:
    return sum(len(item.singles()) for item in items)
