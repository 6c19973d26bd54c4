"""Acronyms that are used and never explained."""

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from cramsheet.edit.copy import Copy, Finding, found, grouped
from cramsheet.pack.facts import Mnemonic, Term
from cramsheet.pack.pack import Entry

# PCA, TF-IDF, EC2, AUCs; not A4, and no part of a name such as MLS-C01 or DynamoDB
_ACRONYM = re.compile(
    r"(?<![\w.-])([A-Z][A-Z0-9&]*[A-Z][A-Z0-9]*(?:-[A-Z]{2,}[0-9]*)*)s?(?![\w-]*\w)"
)
_INSIDE = re.compile(r"\(([^()]+)\)")


def unexplained(copy: Copy) -> Iterator[Finding]:
    exam = copy.pack.exam
    codes = re.split(r"\W", " ".join((exam.code, *exam.successor)))
    known = {*_known(), *exam.lint.known, *codes, *_explained(copy)}
    for it in copy.passages:
        for name in dict.fromkeys(_ACRONYM.findall(it.prose)):
            if name not in known and not known.issuperset(name.split("-")):
                hint = f'write it out once, as "words ({name})", or add a term; if everybody '
                hint += f"knows it, exam.yaml can say lint: {{known: [{name}]}}"
                yield found(f'"{name}" is never explained', it.mark, hint, it.owner, name)


def _explained(copy: Copy) -> Iterator[str]:
    for owner, passages in grouped(copy.passages):
        if isinstance(owner, Entry):
            yield from _named(owner)
        for it in passages:
            yield from _beside_brackets(it.said)
        yield from _spelled_out(" | ".join(it.said for it in passages))


def _named(entry: Entry) -> Iterator[str]:
    """What is the subject of a term, or what it was called."""
    fact = entry.fact
    subject = fact.subject if isinstance(fact, Term | Mnemonic) else ""
    yield from _ACRONYM.findall(f"{subject} | {fact.formerly or ''}")


def _beside_brackets(text: str) -> Iterator[str]:
    """words (PCA), PCA (words)"""
    for it in _INSIDE.finditer(text):
        before = text[: it.start()].rstrip()
        inside = re.split(r"[,;:]", it[1])[0].strip()
        if _ACRONYM.fullmatch(inside) and before:
            yield inside.removesuffix("s")
        last = before.rsplit(maxsplit=1)[-1:]
        if last and (name := _ACRONYM.fullmatch(last[0])) and re.search(r"[a-z]", it[1]):
            yield name[1]


def _spelled_out(text: str) -> Iterator[str]:
    """Those whose letters begin the words of the same fact or question, one after the other."""
    words = re.findall(r"[^\W\d_]+", text)
    initials = "".join(word[0] for word in words).upper()
    for name in set(_ACRONYM.findall(text)):
        letters = re.sub(r"[^A-Z]", "", name)
        if any(
            not any(word.isupper() and len(word) > 1 for word in words[at : at + len(letters)])
            for at in range(len(initials))
            if initials.startswith(letters, at)
        ):
            yield name


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    """Acronyms that every reader knows."""
    text = files(__package__).joinpath("known.txt").read_text("utf-8")
    lines = (line.partition("#")[0] for line in text.splitlines())
    return frozenset(word for line in lines for word in line.split())
