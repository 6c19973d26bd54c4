"""What somebody can tell from a question who knows nothing."""

from collections import Counter
from collections.abc import Iterator
from math import comb, perm, sqrt

from cramsheet.edit.copy import Copy, Finding, found
from cramsheet.pack.questions import Choice, Claim, FillIn, Match
from cramsheet.plan.asking import Question, put

_FEWEST = 4  # claims; of fewer, all may be true
_SHOWN = 5


def letters(copy: Copy) -> Iterator[Finding]:
    """Right options that gather at some letters, more than one fair shuffle in a thousand does."""
    asked = choices(copy)
    seen: Counter[str] = Counter(letter for it in asked for letter in it.answer)
    due: dict[str, float] = {}
    for it in asked:
        for option in it.options:
            due[option.letter] = due.get(option.letter, 0) + it.rights / len(it.options)
    off = sum((seen[letter] - due[letter]) ** 2 / due[letter] for letter in due)
    if len(due) > 1 and off > _bound(len(due) - 1):
        worst = max(due, key=lambda letter: seen[letter] - due[letter])
        told = ", ".join(f"{letter} {seen[letter]}" for letter in sorted(due))
        message = f"right options gather at {worst} ({told}); a fair shuffle has {due[worst]:.0f}"
        hint = f"give some questions with the answer {worst} another id: it decides the shuffle"
        yield found(message, copy.place("blueprint"), hint)


def longest(copy: Copy) -> Iterator[Finding]:
    """Right options that are alone the longest, by two standard deviations more than by chance."""
    single = singles(copy)
    chances = [1 / len(it.options) for it in single]
    telling = [it for it in single if _margin(it) > 0]
    bound = sum(chances) + 2 * sqrt(sum(chance * (1 - chance) for chance in chances))
    if len(telling) > bound:
        worst = sorted(telling, key=_margin, reverse=True)[:_SHOWN]
        share = f"{len(telling)} of {len(single)} questions"
        message = f"the right option is the longest in {share}; chance is {sum(chances):.0f}"
        hint = f"shorten it, or lengthen a wrong one, first in {', '.join(it.id for it in worst)}"
        yield found(message, copy.place("blueprint"), hint)


def claims(copy: Copy) -> Iterator[Finding]:
    asked = [it.asked for it in copy.pack.singles() if isinstance(it.asked, Claim)]
    true = sum(it.truth == "true" for it in asked)
    if len(asked) >= _FEWEST and abs(true - len(asked) / 2) >= sqrt(len(asked)):
        word = "true" if true > len(asked) / 2 else "false"
        message = f"{max(true, len(asked) - true)} of {len(asked)} claims are {word}"
        hint = "reword some, so that half of them are true"
        yield found(message, copy.place("blueprint"), hint)


def choices(copy: Copy) -> list[Question]:
    """Questions with options, as they will be printed."""
    return [put(item, 1) for item in copy.pack.singles() if isinstance(item.asked, Choice)]


def singles(copy: Copy) -> list[Question]:
    return [it for it in choices(copy) if it.rights == 1]


def share_of_longest(copy: Copy) -> float:
    """Of the questions with one right option those in which it is alone the longest."""
    single = singles(copy)
    return sum(_margin(it) > 0 for it in single) / len(single) if single else 0.0


def by_chance(copy: Copy) -> float:
    """The share of right answers that guessing gives on average; a part of one counts nothing."""
    chances = [_chance(put(item, 1)) for item in copy.pack.singles()]
    return sum(chances) / len(chances) if chances else 0.0


def _chance(it: Question) -> float:
    match it.asked:
        case Choice():
            return 1 / comb(len(it.options), it.rights)
        case Claim():
            return 1 / 2
        case FillIn():
            return 0.0
        case Match():
            return 1 / perm(len(it.options), len(it.lefts))
        case _:
            return 1 / perm(len(it.options))


def _margin(it: Question) -> int:
    """By how many letters the right option is longer than every other."""
    right = max(len(option.text) for option in it.options if option.right)
    return right - max(len(option.text) for option in it.options if not option.right)


def _bound(freedom: int, deviations: float = 3.09) -> float:
    """What chi square exceeds once in a thousand times (Wilson and Hilferty's approximation)."""
    small = 2 / (9 * freedom)
    return float(freedom * (1 - small + deviations * sqrt(small)) ** 3)
