"""An answer as it was given, read by the kind of its question: what it says, or why it cannot be.

A mistake of the person examined and a slip of the one who types look alike here; who calls decides.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cramsheet.pack.fields import count
from cramsheet.plan.asking import LETTERS
from cramsheet.plan.record import Asked
from cramsheet.problems import Mark, Problem, shortened

NONE = ("", "-")  # how an answer that was not given is written
BETWEEN = "|"  # stands between the texts of several blanks
LONGEST_NAME = 80  # letters of a person
TRUTHS: Mapping[str, str] = {"true": "true", "t": "true", "false": "false", "f": "false"}


@dataclass(frozen=True)
class Given:
    """What one person answered on one form: texts by number of question, each with its place.
    `typed`: by somebody who read it off paper, so that a slip is likelier than a mistake."""

    name: str
    form: str
    answers: Mapping[int, tuple[str, Mark]]
    mark: Mark
    typed: bool = True


@dataclass(frozen=True)
class Read:
    """The parts of an answer: letters, "true", texts of blanks, "1C"; empty when none was given.
    `wrong` says why it cannot be an answer to the question, with what to write instead."""

    parts: tuple[str, ...] = ()
    wrong: str = ""
    hint: str = ""

    def problem(self, n: int, mark: Mark) -> Problem:
        return Problem(f"question {n}: {self.wrong}", mark, self.hint)


def read(text: str, question: Asked, truths: Mapping[str, str] = TRUTHS) -> Read:
    """`truths` are the words for true and false that are understood, in small letters."""
    text = text.strip()
    if text in NONE:
        return Read()
    match question.kind:
        case "claim":
            return _claim(text, truths)
        case "fill":
            return _fill(text, question)
        case "match":
            return _match(text, question)
        case "order":
            return _letters(text, question, len(question.answer), in_order=True)
        case _:
            return _letters(text, question, question.choose)


def possible(question: Asked) -> str:
    """What can be answered, in signs that every language has; "" for texts and for a claim."""
    last = LETTERS[question.options - 1] if question.options else "A"
    match question.kind:
        case "claim" | "fill":
            return ""
        case "match":
            return f"1A-{len(question.answer)}{last}"
        case "order":
            return f"{len(question.answer)} × A-{last}"
        case _:
            times = f"{question.choose} × " if question.choose > 1 else ""
            return f"{times}A-{last}"


def written(parts: Sequence[str], kind: str) -> str:
    """An answer as it is shown; "-" when none was given."""
    between = {"fill": f" {BETWEEN} ", "match": " ", "claim": ""}.get(kind, "")
    return between.join(parts) if any(parts) else "-"


def _claim(text: str, truths: Mapping[str, str]) -> Read:
    if truth := truths.get(text.casefold()):
        return Read((truth,))
    wrong = f'"{shortened(text)}" is neither true nor false'
    return Read((text,), wrong, "write true or false, T or F, or - for no answer")


def _fill(text: str, question: Asked) -> Read:
    parts = tuple(part.strip() for part in text.split(BETWEEN))
    blanks = len(question.accepted)
    parts = tuple("" if part in NONE else part for part in parts)
    if len(parts) > blanks:
        wrong = f"{len(parts)} texts for {count(blanks, 'blank')}"
        return Read(parts, wrong, f'"{BETWEEN}" stands between the texts of two blanks alone')
    return Read(parts if any(parts) else ())


def _letters(text: str, question: Asked, most: int, in_order: bool = False) -> Read:
    """Letters with or without spaces and commas between them."""
    found = tuple(re.sub(r"[\s,;+&/]+", "", text).upper())
    last = LETTERS[question.options - 1]
    hint = f"write {'one' if most == 1 else most} of A to {last}, or - for no answer"
    for letter in found:
        if in_order and letter == "-":
            continue  # a step left open
        if not "A" <= letter <= last:
            return Read(found, f'there is no option "{letter}"', hint)
        if found.count(letter) > 1:
            return Read(found, f'"{shortened(text)}" names {letter} twice', "name it once")
    parts = found if in_order else tuple(sorted(found))
    if len(parts) > most:
        wrong = f'"{shortened(text)}" is {count(len(parts), "answer")}, and {most} can be right'
        return Read(parts, wrong, hint)
    return Read(parts)


def _match(text: str, question: Asked) -> Read:
    """ "1C 2A 3B", or "CAB" for all in turn; "C-B" leaves the second out."""
    lefts, last = len(question.answer), LETTERS[question.options - 1]
    hint = f"write a number from 1 to {lefts} and a letter from A to {last} for each, as 1C 2A"
    bare = re.sub(r"[\s,;]+", "", text).upper()
    if re.fullmatch(r"[A-Z-]+", bare):
        pairs = [(n, letter) for n, letter in enumerate(bare, 1) if letter != "-"]
    elif re.fullmatch(r"([0-9]{1,3}[A-Z])+", bare):
        pairs = [(int(n), letter) for n, letter in re.findall(r"(\d+)([A-Z])", bare)]
    else:
        return Read((text,), f'"{shortened(text)}" does not match anything', hint)
    parts = tuple(f"{n}{letter}" for n, letter in sorted(pairs))
    numbers = [n for n, _ in pairs]
    for n, letter in pairs:
        if not 1 <= n <= lefts:
            return Read(parts, f"there is no {n} to match", hint)
        if not "A" <= letter <= last:
            return Read(parts, f'there is no "{letter}" to match', hint)
        if numbers.count(n) > 1:
            return Read(parts, f"{n} is matched twice", "match it once")
    return Read(parts)
