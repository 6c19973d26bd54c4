"""A pack as an editor reads it: every text with its place, and the words in it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from cramsheet.pack.pack import Entry, Item, Pack
from cramsheet.pack.tree import Node
from cramsheet.problems import Mark, Problem

Owner = Entry | Item

# Keys of which the value is for the program, or is no language.
_SILENT = {
    *("id", "tex", "source", "verified", "tags", "picture", "teaches", "task", "language"),
    *("lines", "priority", "status", "allow", "is", "questions", "blanks"),
}
_NAMES = {  # below these, the author's own words stand before the colon
    *("rows", "pairs", "flow", "tree", "layers", "items"),
    *("curves", "dots", "bars", "marks", "spans", "shade", "box"),
}
_NUMBERS = {"curves", "dots", "bars", "spans", "shade", "box", "x-ticks", "y-ticks", "matrix"}

_CODE = re.compile(r"`[^`]*`")
_FORMULA = re.compile(  # as page/places.py finds it
    r"(?<![\\\w$])\$(?=[^\s$])(?:[^$\n]*[^\s$\\])?\$(?![\w$])"
)
_ADDRESS = re.compile(r"(?:https?://|mailto:|www\.)\S+|\b[\w.-]+@[\w.-]+")
_LINK = re.compile(r"\[([^\]\[]*)\]\([^)\s]*\)")
_FOREIGN = re.compile(r"\[[^\]\[]+\]\{[a-z]{2,3}(?:-[A-Za-z0-9]+)*\}")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")  # Thai, Japanese, Chinese
_PER_WORD = 2  # letters of a script without spaces


@dataclass(frozen=True)
class Passage:
    """One text: `key` is what it stands under, `owner` the fact or question that it belongs to."""

    text: str
    mark: Mark
    key: str
    owner: Owner | None = None

    @cached_property
    def said(self) -> str:
        """Without marks, addresses; code and formulas stay."""
        return re.sub(r"\*+|`", "", _ADDRESS.sub(" ", _LINK.sub(r"\1", self.text)))

    @cached_property
    def prose(self) -> str:
        """What is in the pack's language: without code, formulas and words of other languages."""
        text = self.text
        for pattern in (_CODE, _FORMULA, _FOREIGN):
            text = pattern.sub(" ", text)
        return re.sub(r"\*+", "", _ADDRESS.sub(" ", _LINK.sub(r"\1", text)))

    @property
    def length(self) -> int:
        """In words; a formula is one, and so are two letters where there are no spaces."""
        text = _FORMULA.sub(" x ", _LINK.sub(r"\1", self.text))
        letters = len(_UNSPACED.findall(text))
        rest = _UNSPACED.sub(" ", text).split()
        return sum(any(map(str.isalnum, word)) for word in rest) + letters // _PER_WORD


@dataclass(frozen=True)
class Finding:
    """What an editor would say, about which fact or question; of several with the same `once` the
    first is told."""

    problem: Problem
    owner: Owner | None = None
    once: str = ""


@dataclass(frozen=True)
class Copy:
    """A pack laid before an editor, and the day that counts as today."""

    pack: Pack
    today: date | None = None

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        return tuple(_passages(self.pack))

    @cached_property
    def facts(self) -> tuple[Passage, ...]:
        return tuple(it for it in self.passages if isinstance(it.owner, Entry))

    @cached_property
    def questions(self) -> tuple[Passage, ...]:
        return tuple(it for it in self.passages if isinstance(it.owner, Item))

    @property
    def language(self) -> str:
        return self.pack.exam.language.partition("-")[0]

    def place(self, *path: str | int) -> Mark:
        """In exam.yaml."""
        return self.pack.node.place(path)


def grouped(passages: Iterable[Passage]) -> list[tuple[Owner, list[Passage]]]:
    """Facts or questions with the texts that they are made of."""
    return [
        (owner, list(texts))
        for owner, texts in groupby(passages, lambda it: it.owner)
        if owner is not None
    ]


def found(
    message: str, mark: Mark, hint: str, owner: Owner | None = None, once: str = ""
) -> Finding:
    return Finding(Problem(message, mark, hint), owner, once)


def _passages(pack: Pack) -> Iterator[Passage]:
    for domain in pack.domains:
        for topic in domain.topics:
            yield Passage(topic.title, topic.node.at(("topic",)).mark, "topic")
            for entry in topic.entries:
                yield from _below(entry.node, entry.fact.kind, entry)
        for item in domain.items:
            for owner in (item, *item.parts):
                yield from _below(owner.node, owner.asked.kind, owner)
    for number, domain in enumerate(pack.domains):
        row = pack.node.at(("blueprint", "domains", number))
        yield Passage(domain.row.title, row.at(("title",)).mark, "title")
        for task, title in domain.row.tasks.items():
            yield Passage(title, row.at(("tasks", task)).mark, "task")


def _below(node: Node, key: str, owner: Owner, named: bool = False) -> Iterator[Passage]:
    """All texts of a fact or question in their order; `named` when keys are the author's words."""
    match node.value:
        case str() as text:
            yield Passage(text, node.mark, key, owner)
        case tuple() as children:
            for child in children:
                yield from _below(child, key, owner)
        case fields if named:
            for name, child in fields.items():
                yield Passage(name, node.keys[name], key, owner)
                if key not in _NUMBERS:
                    yield from _below(child, key, owner, key == "tree")
        case fields:
            for name, child in fields.items():
                if name not in _SILENT and (name not in _NUMBERS or name in _NAMES):
                    yield from _below(child, name, owner, name in _NAMES)
