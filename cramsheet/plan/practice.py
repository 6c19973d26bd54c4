"""A practice paper: questions drawn by what somebody wants to train, not by a blueprint."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cramsheet.pack.fields import count
from cramsheet.pack.pack import Item, Pack
from cramsheet.plan.mock import Form, hand
from cramsheet.plan.shuffle import shuffled
from cramsheet.problems import did_you_mean, mistake

LETTER = "P"
USUAL = 20  # questions, when nobody says


@dataclass(frozen=True)
class Wanted:
    """What questions have to be of; nothing means anything. One of each list is enough."""

    domains: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    difficulty: tuple[str, ...] = ()

    def __str__(self) -> str:
        told = {"domain": self.domains, "task": self.tasks, "tag": self.tags}
        told["difficulty"] = self.difficulty
        return ", ".join(f"{name} {' or '.join(words)}" for name, words in told.items() if words)


def practice(pack: Pack, seed: str, wanted: Wanted, number: int | None = None) -> Form:
    """As many questions as asked for, or as many as match, 20 at most.

    Raises Mistakes for words that the pack does not know, and when too little matches.
    """
    _known(pack, wanted)
    pool = list(_matching(pack, wanted))
    have = sum(len(item.singles()) for item in pool)
    need = min(USUAL, have) if number is None else number
    if not have or have < need:
        what = f"of {wanted}" if str(wanted) else f"in {pack.name}"
        if not have:
            raise mistake(
                f"there is no question {what}", hint="ask for something else, or for less"
            )
        message = f"there {'is' if have == 1 else 'are'} only {count(have, 'question')} {what}"
        raise mistake(f"{message}, not {need}", hint="ask for fewer with --number, or for less")
    drawn, _ = hand(shuffled(pool, f"{seed}\0{LETTER}", lambda item: item.id), need, pack.name)
    ordered = shuffled(drawn, f"{seed}\0{LETTER}\0order", lambda item: item.id)
    return Form(LETTER, seed, ordered, practice=True)


def _matching(pack: Pack, wanted: Wanted) -> Iterator[Item]:
    """A case matches when all its questions do; what it says of itself goes for them."""
    for domain in pack.domains:
        if not wanted.domains or domain.row.id in wanted.domains:
            yield from (
                item
                for item in domain.items
                if all(_matches(item, part, wanted) for part in item.singles())
            )


def _matches(item: Item, part: Item, wanted: Wanted) -> bool:
    whole, asked = item.asked, part.asked
    found = (
        (wanted.tasks, (asked.task or whole.task,)),
        (wanted.tags, (*asked.tags, *whole.tags)),
        (wanted.difficulty, (asked.difficulty or whole.difficulty,)),
    )
    return all(not words or set(words) & set(own) for words, own in found)


def _known(pack: Pack, wanted: Wanted) -> None:
    rows = pack.exam.blueprint.domains
    asked = [it.asked for domain in pack.domains for item in domain.items for it in _all(item)]
    _each("domain", wanted.domains, [row.id for row in rows])
    _each("task", wanted.tasks, [task for row in rows for task in row.tasks])
    _each("tag", wanted.tags, sorted({tag for it in asked for tag in it.tags}))
    _each("difficulty", wanted.difficulty, ("easy", "medium", "hard"))


def _all(item: Item) -> tuple[Item, ...]:
    return (item, *item.parts)


def _each(what: str, words: Iterable[str], known: Iterable[str]) -> None:
    names = list(map(str, known))
    for word in words:
        if word not in names:
            hint = did_you_mean(word, names) or f"no question of the pack has a {what}"
            raise mistake(f'no {what} "{word}"', hint=hint)
