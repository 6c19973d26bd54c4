"""One name written in several ways; the rarer is the suspect."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from cramsheet.edit.copy import Copy, Finding, Passage, found

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_ENDS = re.compile(r"(?:^|[.:;!?|(]\s*|[\"“„«]\s*)$")  # what follows begins a sentence


def variants(copy: Copy) -> Iterator[Finding]:
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    uses: dict[str, list[Passage]] = defaultdict(list)
    for it in copy.passages:
        for form in _forms(it.prose):
            forms[_key(form)][form] += 1
            uses[form].append(it)
    for counted in forms.values():
        if len(counted) > 1:
            yield from _suspects(counted, uses)


def _suspects(forms: Counter[str], uses: dict[str, list[Passage]]) -> Iterator[Finding]:
    names = [form for form in forms if _telling(form)]
    if not names:
        return
    usual = max(forms, key=lambda form: forms[form])
    for form in forms:
        if form != usual and _differ(form, usual):
            message = f'"{form}" is written "{usual}" elsewhere'
            for it in uses[form]:
                times = f"({forms[usual]} to {forms[form]})"
                yield found(f"{message} {times}", it.mark, f'write "{usual}"', it.owner)


def _forms(text: str) -> Iterator[str]:
    """Words, and two in capitals beside each other: SageMaker, scikit-learn, Sage Maker.

    The capital that begins a sentence is no part of a name, unless there is another one.
    """
    before: re.Match[str] | None = None
    for it in _WORD.finditer(text):
        word = it[0]
        if _ENDS.search(text[: it.start()]) and word[1:] == word[1:].lower():
            word = word[:1].lower() + word[1:]
        yield word
        if before and text[before.end() : it.start()] == " " and it[0][0].isupper():
            if before[0][0].isupper():
                yield f"{before[0]} {it[0]}"
        before = it


def _key(form: str) -> str:
    return re.sub(r"[- ]", "", form).casefold()


def _telling(form: str) -> bool:
    """Whether a form has more of a shape than a capital letter: SageMaker, TF-IDF."""
    return "-" in form or bool(re.search(r"[a-z][A-Z]|[A-Z]{2}[a-z]", form))


def _differ(form: str, usual: str) -> bool:
    return True
