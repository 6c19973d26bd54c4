"""Words that no dictionary has."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from itertools import filterfalse
from typing import TYPE_CHECKING
from unicodedata import normalize

from cramsheet.edit.copy import Copy, Finding, Passage, found
from cramsheet.pack.facts import Term

if TYPE_CHECKING:
    from spellchecker import SpellChecker

# Of the library's dictionaries the Spanish one lacks every plural and most verbs (22 of 99 words of
# our own documents; of the others 9 at most, French none); four smaller ones nobody has tried.
_DICTIONARIES = {"ar", "de", "en", "fr", "it", "nl", "pt"}
# English is American there.
_BRITISH = ("en-AU", "en-GB", "en-IE", "en-NZ", "en-ZA")
_COMPOUND = ("de", "nl")
_ELIDED = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|dell|nell|all|un)[’'](?=\w)", re.I)
_WORD = re.compile(r"(?<![\w@#/.\\-])[^\W\d_]+(?:[’'][^\W\d_]+)*(?![\w@]|[./]\w)")
_SHORTEST = 3  # letters; shorter ones are symbols as often as words
_INSIDE = re.compile(r"(?<=[\w,;] )[^\W\d_]+")  # not at the beginning of a sentence
_A_NAME = 3  # times that an unknown word with a capital stands inside sentences to be a name
_SHOWN = 2


def misspelled(copy: Copy) -> Iterator[Finding]:
    if unread(copy):
        return
    spell, own = _dictionary(copy.language), _own(copy)
    words = [(it, word) for it in copy.passages for word in _words(it)]
    names = Counter(name for it in copy.passages for name in _INSIDE.findall(it.prose))
    near: dict[str, list[str]] = {}
    for it, word in words:
        low = word.lower()
        named = word[0].isupper() and names[word] >= _A_NAME
        if named or low in own or _right(low, spell, copy.language):
            continue
        if low not in near:
            near[low] = _near(low, spell)
        if near[low] or not word[0].isupper() or copy.language in _COMPOUND:
            hint = _hint(word, near[low])
            yield found(f'"{word}" is in no dictionary', it.mark, hint, it.owner, low)


def unread(copy: Copy) -> str:
    """Why spelling is not looked at; empty when it is."""
    language = copy.pack.exam.language
    if language in _BRITISH or copy.language not in _DICTIONARIES:
        return f'spelling was not looked at: there is no dictionary for "{language}"'
    return ""


def _own(copy: Copy) -> set[str]:
    """Words that the pack says are right, and those that it explains."""
    lint = copy.pack.exam.lint
    terms = [entry.fact.term for entry in copy.pack.entries() if isinstance(entry.fact, Term)]
    text = " ".join((*lint.words, *lint.known, *terms))
    return {word.casefold() for word in re.findall(r"[^\W\d_]+", text)}


def _words(it: Passage) -> Iterator[str]:
    """Without those that have inner capitals; the parts of hyphened ones."""
    if it.key == "mnemonic":  # is no word, or another one
        return
    text = normalize("NFC", "".join(filterfalse(_is_vowel_sign, it.prose)))
    for part in re.split(r"(?<=\w)[-‑–](?=\w)", text):
        for word in _WORD.findall(part):
            bare = re.sub(r"[’']s?$", "", _ELIDED.sub("", word)).replace("’", "'")
            letters = bare.replace("'", "")
            if len(bare) >= _SHORTEST and letters.isalpha() and bare[1:] == bare[1:].lower():
                yield bare


def _is_vowel_sign(letter: str) -> bool:
    """Arabic is mostly written without."""
    return "\u064b" <= letter <= "\u0652" or letter == "\u0640"


def _right(word: str, spell: "SpellChecker", language: str) -> bool:
    if word in spell or word in _newer(language):
        return True
    if language == "ar" and len(word) > _SHORTEST:  # "and", "by", "its" are one with the word
        ends = [word[1:]] * (word[0] in "وفبلك") + [word.removesuffix(it) for it in ("ه", "ها")]
        return any(it != word and _right(it, spell, language) for it in ends)
    return language in _COMPOUND and _composed(word, spell)


def _composed(word: str, spell: "SpellChecker", least: int = 3) -> bool:
    """Whether words of the dictionary make it up, joined as German does: Vorfahrt-s-schild."""
    for at in range(least, len(word) - least + 1):
        if word[:at] in spell:
            rest = word[at:]
            tails = [rest, *(rest[len(s) :] for s in ("s", "n", "en", "es") if rest.startswith(s))]
            if any(t in spell or (len(t) > 5 and _composed(t, spell)) for t in tails if len(t) > 2):
                return True
    return False


def _near(word: str, spell: "SpellChecker") -> list[str]:
    """Words that a slip of one letter away was meant for, the most usual first."""
    known = spell.known(spell.edit_distance_1(word))
    return sorted(known, key=lambda it: (-spell[it], it))[:_SHOWN]


def _hint(word: str, near: list[str]) -> str:
    keep = f"if it is right, add it in exam.yaml to lint: {{words: [{word}]}}"
    return f"did you mean {' or '.join(near)}? {keep}" if near else f"{keep}; put code in backticks"


@lru_cache(maxsize=2)
def _dictionary(language: str) -> "SpellChecker":
    from spellchecker import SpellChecker

    return SpellChecker(language, distance=1)


@lru_cache(maxsize=2)
def _newer(language: str) -> frozenset[str]:
    """Words that are younger than the dictionary."""
    path = files(__package__).joinpath(f"words-{language}.txt")
    return frozenset(path.read_text("utf-8").split()) if path.is_file() else frozenset()
