"""Who says so, and how long ago that was looked up."""

import re
from collections.abc import Iterator
from datetime import date

from cramsheet.edit.copy import Copy, Finding, found, grouped
from cramsheet.pack.facts import Code, Common, Figure, Formula, Limit
from cramsheet.pack.pack import Entry

_NUMBER = re.compile(r"(?<![\w.-])(?![01]\b(?![.,]\d))\d+(?:[.,]\d+)*")  # 0 and 1 are ends
_PRODUCT = re.compile(r"\b[A-Z]?[a-z]+[A-Z]\w*|\b[A-Z]{2,}[a-z]{2,}\w*")  # SageMaker, XGBoost
_NAMES = re.compile(r"\b[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,})+\b")  # Data Catalog; not in German
_LOOK = 'look it up again, and write the day after "verified"'
_SWEEPING = {  # words that one exception proves wrong
    "ar": r"أبدا|أبدًا|فقط|لا يمكن",
    "de": r"\b(?:nie|niemals|nur|unmöglich)\b",
    "en": r"\b(?:never|only|cannot|can't)\b",
    "es": r"\b(?:nunca|jamás|s[oó]lo|solamente|únicamente)\b",
    "fr": r"\b(?:jamais|seulement|uniquement)\b",
    "ja": "決して|のみ|だけ|できない|できません",
    "pt": r"\b(?:nunca|jamais|só|somente|apenas)\b",
}


def unsourced(copy: Copy) -> Iterator[Finding]:
    """What can be wrong needs somebody who says so."""
    sweeping = re.compile(_SWEEPING.get(copy.language, r"(?!)"), re.IGNORECASE)
    for owner, passages in grouped(copy.facts):
        assert isinstance(owner, Entry)
        if owner.source or _proves_itself(owner.fact):
            continue
        text = " | ".join(it.prose for it in passages)
        what = "a limit" if isinstance(owner.fact, Limit) else ""
        names = _PRODUCT.search(text) or (copy.language != "de" and _NAMES.search(text))
        if told := _NUMBER.search(text) or sweeping.search(text) or names:
            what = what or f'a fact with "{told[0]}"'
        if what:
            hint = 'add "source: ..." and "verified: ..." here or to the topic, or write '
            yield found(f"{what} has no source", owner.mark, f'{hint}"source: unverified"', owner)


def stale(copy: Copy) -> Iterator[Finding]:
    today, most = copy.today or copy.pack.edition, copy.pack.exam.lint.days
    for domain in copy.pack.domains:
        for topic in domain.topics:
            for entry in topic.entries:
                if today and entry.verified and (today - entry.verified).days > most:
                    home = entry.node if entry.fact.verified else topic.node
                    mark = home.place(("verified",))
                    yield found(_age(entry.verified, today, copy), mark, _LOOK, entry, str(mark))


def _proves_itself(fact: Common) -> bool:
    """Code runs; formulas, and what is drawn from numbers, can be computed again."""
    drawn = isinstance(fact, Figure) and (fact.plot or fact.matrix or fact.box)
    return isinstance(fact, Formula | Code) or bool(drawn)


def _age(day: date, today: date, copy: Copy) -> str:
    of = "today" if copy.today else "this edition"
    return f"the source was looked at on {day}, {(today - day).days} days before {of}"
