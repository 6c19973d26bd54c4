"""A question as it is put on paper: numbered, its options shuffled and lettered."""

from collections.abc import Mapping
from dataclasses import dataclass

from cramsheet.pack.pack import Item
from cramsheet.pack.questions import Choice, Claim, FillIn, Match, Order, Right, names_in
from cramsheet.plan.shuffle import out_of_order, shuffled
from cramsheet.problems import Mark

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Option:
    letter: str
    text: str
    right: bool = True
    why: str = ""


@dataclass(frozen=True)
class Question:
    """`kind` names its template; `answer` is the short form a marker looks for."""

    number: int
    id: str
    kind: str
    asked: Choice | Claim | FillIn | Match | Order
    mark: Mark
    answer: tuple[str, ...]
    options: tuple[Option, ...] = ()  # of a choice, the right sides of a match, the steps
    lefts: tuple[str, ...] = ()  # of a match

    @property
    def rights(self) -> int:
        return sum(option.right for option in self.options)

    @property
    def teaches(self) -> tuple[str, ...]:
        return self.asked.teaches

    @property
    def why(self) -> str:
        return "" if isinstance(self.asked, Choice) else self.asked.why


def put(item: Item, number: int, seed: str = "") -> Question:
    """The question of an item (not of a case: of its parts); the seed and its id shuffle it."""
    asked, seed = item.asked, f"{seed}\0{item.id}" if seed else item.id
    match asked:
        case Choice():
            options = _lettered_options(asked, seed)
            answer = tuple(option.letter for option in options if option.right)
            return Question(number, item.id, asked.kind, asked, item.mark, answer, options)
        case Claim():
            return Question(number, item.id, asked.kind, asked, item.mark, (asked.truth,))
        case FillIn():
            answer = tuple(" / ".join(accepted) for accepted in asked.blanks)
            return Question(number, item.id, asked.kind, asked, item.mark, answer)
        case Match():
            return _put_match(item, asked, number, seed)
        case Order():
            options = _lettered(out_of_order(asked.items, seed))
            answer = tuple(_letter_of(text, options) for text in asked.items)
            return Question(number, item.id, asked.kind, asked, item.mark, answer, options)
    raise AssertionError(asked)


def _put_match(item: Item, asked: Match, number: int, seed: str) -> Question:
    rights = shuffled((*asked.pairs.values(), *asked.extra), seed, str)
    options, lefts = _lettered(rights), tuple(asked.pairs)
    answer = tuple(
        f"{index}{_letter_of(asked.pairs[left], options)}" for index, left in enumerate(lefts, 1)
    )
    return Question(number, item.id, asked.kind, asked, item.mark, answer, options, lefts)


def _lettered_options(asked: Choice, seed: str) -> tuple[Option, ...]:
    mixed = shuffled(asked.options, seed, lambda option: option.text)
    mixed = tuple(sorted(mixed, key=lambda option: option.pin == "last"))
    letter_of = {o.name: letter for letter, o in zip(LETTERS, mixed, strict=False) if o.name}
    return tuple(
        Option(letter, option.text, isinstance(option, Right), _with_letters(option.why, letter_of))
        for letter, option in zip(LETTERS, mixed, strict=False)
    )


def _with_letters(why: str, letter_of: Mapping[str, str]) -> str:
    """Options that a reason names, by the letters that they have here."""
    for name in names_in(why) if letter_of else ():
        why = why.replace(f"{{{name}}}", letter_of[name])
    return why


def _lettered(texts: tuple[str, ...]) -> tuple[Option, ...]:
    return tuple(Option(letter, text) for letter, text in zip(LETTERS, texts, strict=False))


def _letter_of(text: str, options: tuple[Option, ...]) -> str:
    return next(option.letter for option in options if option.text == text)
