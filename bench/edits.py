"""Random edits of a pack, as authors make them: a word, a number, a fact more, a question less.

The same seed gives the same edits for ever.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bench.packs import Dice, random_folder
from cramsheet.pack.pack import Folder, Pack, read_pack
from cramsheet.pack.source import Source
from cramsheet.problems import Mistakes

Files = dict[str, Any]  # what each file holds, by path
Spot = tuple[Any, Any]  # a list or a mapping, and where in it

_PROSE = {
    "fact", "means", "truth", "trap", "when", "choose", "not", "note", "items", "question", "right",
    "wrong", "why", "claim",
}  # fmt: skip
_ASKED, _OPTIONS = {"question", "claim"}, {"right", "wrong"}
_WORD = re.compile(r"(?<![\w*`$\[{/.-])[a-zäöüß]{4,}(?![\w*`$\]}/-])")
_NUMBER = re.compile(r"(?<![\w.,])\d{1,4}(?![\w.,])")
_MARKED = re.compile(r"[`$\\<{]")  # where a letter more or less may mean something
_TRIES = 200


@dataclass(frozen=True)
class Edit:
    """What was done, to the element of which id, and the pack after it; `numbered` when questions
    after it have other numbers."""

    kind: str
    element: str
    pack: Pack
    numbered: bool = False


def files_of(folder: Folder) -> Files:
    assert folder.exam
    sources = [folder.exam, *folder.facts, *folder.questions]
    return {it.path: yaml.safe_load(it.data) for it in sources}


def files_in(path: Path) -> Files:
    """Of a pack on disk."""
    return {
        str(it.relative_to(path)): yaml.safe_load(it.read_text("utf-8"))
        for it in sorted(path.rglob("*.yaml"))
    }


def random_files(seed: int, facts: int, questions: int) -> Files:
    return files_of(random_folder(seed, facts, questions))


def pack_of_files(files: Files, name: str = "edited") -> Pack:
    """Raises Mistakes."""
    sources = {it: _source(it, content) for it, content in files.items()}
    exam = sources.pop("exam.yaml")
    asked = [it for path, it in sources.items() if path.startswith("questions")]
    facts = [it for path, it in sources.items() if not path.startswith("questions")]
    return read_pack(Folder(name, exam, tuple(facts), tuple(asked)))


def _source(name: str, content: object) -> Source:
    text = yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)
    return Source(name, text.encode())


class _Dumper(yaml.SafeDumper):
    """Without the escapes that packs refuse: code stands in blocks."""


_Dumper.add_representer(
    str,
    lambda it, text: it.represent_scalar(
        "tag:yaml.org,2002:str", text, style="|" if "\n" in text else None
    ),
)


def edited(files: Files, kind: str, seed: int) -> Edit:
    """An edit of a kind of `EDITS`; what a pack would not bear is rolled again."""
    for tried in range(_TRIES):
        dice = Dice(f"edit {seed} {kind} {tried}")
        mine = json.loads(json.dumps(files, default=str))
        element = EDITS[kind](mine, dice)
        try:
            pack = pack_of_files(mine) if element else None
        except Mistakes:
            continue
        if element and pack:
            return Edit(kind, element, pack, kind in NUMBERED)
    raise ValueError(f"no {kind} in {_TRIES} tries")


def _entries(files: Files) -> list[tuple[list[Any], int]]:
    """Where each fact stands that has an id."""
    return [
        (topic["facts"], index)
        for name, it in files.items()
        if not name.startswith("questions") and name != "exam.yaml"
        for topic in it["topics"]
        for index, fact in enumerate(topic["facts"])
        if isinstance(fact, dict) and "id" in fact
    ]


def _questions(files: Files) -> list[tuple[list[Any], int]]:
    return [
        (it["questions"], index)
        for name, it in files.items()
        if name.startswith("questions")
        for index, question in enumerate(it["questions"])
        if "id" in question
    ]


def _texts(it: Any, keys: set[str], under: str = "") -> Iterator[Spot]:
    """Where texts stand that are read as prose."""
    pairs = it.items() if isinstance(it, dict) else enumerate(it)
    for key, value in pairs:
        name = str(key) if isinstance(it, dict) else under
        if isinstance(value, dict | list):
            yield from _texts(value, keys, name)
        elif isinstance(value, str) and name in keys and not _MARKED.search(value):
            yield it, key


def _chosen(things: list[Any], dice: Dice) -> Any:
    return things[dice.below(len(things))] if things else None


def _fact(files: Files, dice: Dice) -> Any:
    lot, index = _chosen(_entries(files), dice)
    return lot[index]


def _question(files: Files, dice: Dice) -> Any:
    lot, index = _chosen(_questions(files), dice)
    return lot[index]


def _word_in(it: Any, keys: set[str], dice: Dice, more: bool) -> bool:
    """A word becomes another one of the thing as long as it, or comes once more."""
    spot = _chosen(list(_texts(it, keys)), dice)
    words = [word for a, b in _texts(it, _PROSE) for word in _WORD.findall(a[b])]
    here = list(_WORD.finditer(spot[0][spot[1]])) if spot else []
    if not here:
        return False
    found, text = _chosen(here, dice), spot[0][spot[1]]
    alike = [it for it in words if abs(len(it) - len(found[0])) < 2 and it != found[0]]
    new = _chosen(words, dice) if more else _chosen(alike, dice)
    if not new:
        return False
    said = f"{found[0]} {new}" if more else new
    spot[0][spot[1]] = text[: found.start()] + said + text[found.end() :]
    return True


def _word(files: Files, dice: Dice) -> str:
    it = _fact(files, dice)
    return f"fact-{it['id']}" if _word_in(it, _PROSE, dice, more=False) else ""


def _added(files: Files, dice: Dice) -> str:
    it = _fact(files, dice)
    return f"fact-{it['id']}" if _word_in(it, _PROSE, dice, more=True) else ""


def _sentence(files: Files, dice: Dice) -> str:
    """As much again as another text."""
    it = _fact(files, dice)
    spot, more = (_chosen(list(_texts(a, _PROSE)), dice) for a in (it, _fact(files, dice)))
    if not spot or not more:
        return ""
    spot[0][spot[1]] += f"; {more[0][more[1]]}"
    return f"fact-{it['id']}"


def _number(files: Files, dice: Dice) -> str:
    it = _fact(files, dice)
    spot = _chosen([(a, b) for a, b in _texts(it, {"value"}) if _NUMBER.search(a[b])], dice)
    if not spot:
        return ""
    number = str(1 + dice.below(9999))
    spot[0][spot[1]] = _NUMBER.sub(number, spot[0][spot[1]], count=1)
    return f"fact-{it['id']}"


def _term(files: Files, dice: Dice) -> str:
    it = _fact(files, dice)
    word = _chosen(it.get("term", "").split(), dice)
    if not word or not word.isalpha():
        return ""
    it["term"] = it["term"].replace(word, word[1:] + word[0], 1)
    return f"fact-{it['id']}"


def _once_more(
    kind: str, place: tuple[list[Any], int], one: Any, keys: set[str], dice: Dice
) -> str:
    """One that there is, written once more in other words."""
    it = {**json.loads(json.dumps(one)), "id": "a-new-one"}
    _word_in(it, keys, dice, more=False)
    lot, index = place
    lot.insert(index, it)
    return f"{kind}-a-new-one"


def _fact_more(files: Files, dice: Dice) -> str:
    place = _chosen(_entries(files), dice)
    return _once_more("fact", place, _fact(files, dice), _PROSE, dice)


def _fact_less(files: Files, dice: Dice) -> str:
    lot, index = _chosen(_entries(files), dice)
    return f"fact-{lot.pop(index)['id']}" if len(lot) > 1 else ""


def _question_word(files: Files, dice: Dice) -> str:
    it = _question(files, dice)
    more = bool(dice.below(2))
    return f"question-{it['id']}" if _word_in(it, _ASKED, dice, more) else ""


def _option(files: Files, dice: Dice) -> str:
    it = _question(files, dice)
    more = bool(dice.below(2))
    return f"question-{it['id']}" if _word_in(it, _OPTIONS, dice, more) else ""


def _question_more(files: Files, dice: Dice) -> str:
    place = _chosen(_questions(files), dice)
    return _once_more("question", place, _question(files, dice), _ASKED, dice)


def _question_less(files: Files, dice: Dice) -> str:
    lot, index = _chosen(_questions(files), dice)
    return f"question-{lot.pop(index)['id']}" if len(lot) > 1 else ""


EDITS: Mapping[str, Callable[[Files, Dice], str]] = {
    "one word for another": _word,
    "a word more": _added,
    "a sentence more": _sentence,
    "another number": _number,
    "another term": _term,
    "a fact more": _fact_more,
    "a fact less": _fact_less,
    "words of a question": _question_word,
    "words of an option": _option,
    "a question more": _question_more,
    "a question less": _question_less,
}
NUMBERED = {"a question more", "a question less"}
OF_FACTS = tuple(list(EDITS)[:7])
OF_QUESTIONS = tuple(list(EDITS)[7:])
