"""One name written in several ways; the rarer is the suspect."""

import re
from collections import defaultdict
from collections.abc import Iterator

from cramsheet.edit.copy import Copy, Finding, Passage, found
from cramsheet.pack.fields import count

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_PAIR = re.compile(r"(?=\b([A-Z][^\W_]* [A-Z][^\W_]*)\b)")
_BEGINS = ("", *'.:;!?|("“„«')  # before what begins a sentence
_SHAPED = re.compile(r"-|[^\W\d_A-Z][A-Z]|[A-Z]{2}[a-z]")  # more than a capital: TF-IDF, DynamoDB
_SHORTEST = 5  # letters of a name that is written without capitals: "map" is no mAP


def variants(copy: Copy) -> Iterator[Finding]:
    uses: dict[str, list[Passage]] = defaultdict(list)
    families: dict[str, set[str]] = defaultdict(set)
    for it in copy.passages:
        for form in _forms(it.prose):
            uses[form].append(it)
            families[_key(form)].add(form)
    for family in families.values():
        if len(family) > 1 and any(map(_SHAPED.search, family)):
            yield from _suspects({form: uses[form] for form in family})


def _suspects(uses: dict[str, list[Passage]]) -> Iterator[Finding]:
    """Of equals the one that comes first in the pack is usual."""
    usual = min(uses, key=lambda form: (-len(uses[form]), uses[form][0].mark))
    for form in sorted(uses):
        if form != usual and _same_name(form, usual):
            here, elsewhere = (count(len(uses[it]), "time") for it in (form, usual))
            message = f'"{form}" ({here}) is "{usual}" elsewhere ({elsewhere})'
            hint = f'write "{usual}", or put it in backticks if it is code'
            yield from (found(message, it.mark, hint, it.owner) for it in uses[form])


def _same_name(form: str, usual: str) -> bool:
    """Whether one was meant for the other: a word and a name may sound alike, as map and mAP."""
    if "-" in form + usual:
        return True
    if form.islower():
        return len(form) >= _SHORTEST
    return not usual.islower()


def _forms(text: str) -> Iterator[str]:
    """Words, and two in capitals beside each other: SageMaker, scikit-learn, Sage Maker.

    The capital that begins a sentence is no part of a name, unless there is another one.
    """
    for it in _WORD.finditer(text):
        word = it[0]
        if any(map(str.isalpha, word)):
            before = text[: it.start()].rstrip()[-1:]
            begins = before in _BEGINS and word[1:] == word[1:].lower()
            yield word[:1].lower() + word[1:] if begins else word
    yield from (it[1] for it in _PAIR.finditer(text))


def _key(form: str) -> str:
    return re.sub(r"[- ]", "", form).casefold()
