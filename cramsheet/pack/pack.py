"""One exam: its blueprint, its facts by domain and topic, its questions by domain."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TypeVar

from pydantic import BaseModel

from cramsheet.caps import USUAL, Caps, allow
from cramsheet.pack import facts, questions
from cramsheet.pack.exam import DomainRow, Exam
from cramsheet.pack.facts import Common, FactsFile, TopicFile
from cramsheet.pack.questions import Asked, Case, QuestionsFile
from cramsheet.pack.register import Register
from cramsheet.pack.source import Source, first_of
from cramsheet.pack.tree import Node
from cramsheet.pack.trees import known_tree
from cramsheet.pack.verdict import validate
from cramsheet.problems import Mark, Mistakes, Problem, mistake

_KINDS: Mapping[str, type[BaseModel]] = {**facts.KINDS, **questions.KINDS}
_HOMES = {  # the key that tells a file apart: where such a file belongs
    "blueprint": "exam.yaml",
    "topics": Common.home,
    "questions": Asked.home,
}

NOWHERE = Node("", Mark(""))

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Folder:
    """The files of a pack as they lie on disk; pictures by file name."""

    name: str
    exam: Source | None
    facts: tuple[Source, ...]
    questions: tuple[Source, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    path: str = ""  # as a person would name it
    caps: Caps = USUAL
    refused: Mapping[str, Problem] = field(default_factory=dict)  # pictures that were not read


@dataclass(frozen=True)
class Entry:
    """A fact with its name and its place; source and date may come from its topic."""

    id: str
    fact: Common
    mark: Mark
    source: str | None
    verified: date | None
    node: Node = field(compare=False, repr=False)  # as it was written


@dataclass(frozen=True)
class Topic:
    title: str
    task: str | None
    entries: tuple[Entry, ...]
    number: int = 0  # in its domain; a plan gives it
    node: Node = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True)
class Item:
    """A question with its name and its place; the questions of a case are its parts."""

    id: str
    asked: Asked
    mark: Mark
    parts: tuple["Item", ...] = ()
    node: Node = field(default=NOWHERE, compare=False, repr=False)

    def singles(self) -> tuple["Item", ...]:
        """What is numbered on paper: the parts of a case, or the question itself."""
        return self.parts or (self,)


@dataclass(frozen=True)
class Domain:
    row: DomainRow
    topics: tuple[Topic, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Pack:
    name: str
    exam: Exam
    domains: tuple[Domain, ...]  # in the order of the blueprint
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    node: Node = field(default=NOWHERE, compare=False, repr=False)  # exam.yaml
    caps: Caps = USUAL

    def entries(self) -> Iterator[Entry]:
        for domain in self.domains:
            for topic in domain.topics:
                yield from topic.entries

    def singles(self) -> Iterator[Item]:
        for domain in self.domains:
            for item in domain.items:
                yield from item.singles()

    @property
    def edition(self) -> date | None:
        """The date of the content: as written, or the day a fact was last verified."""
        days = [entry.verified for entry in self.entries() if entry.verified]
        return self.exam.edition or max(days, default=None)


def read_pack(folder: Folder) -> Pack:
    """All of an exam, or every problem in all of its files (Mistakes)."""
    reading = _Reading(folder)
    pack = reading.pack()
    if reading.problems or pack is None:
        raise Mistakes(reading.problems)
    return pack


class _Reading:
    """Reads file by file; a file with mistakes does not hide those of the next."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.problems: list[Problem] = []

    def pack(self) -> Pack | None:
        exam, root = self._exam()
        names = Register(exam, self.folder.pictures, self.folder.refused)
        fact_files = self._files(self.folder.facts, FactsFile)
        question_files = self._files(self.folder.questions, QuestionsFile)
        topics = [
            (file.domain, topic)
            for file, node in fact_files
            for topic in _topics(file, node, names)
        ]
        items = [
            (file.domain, item)
            for file, node in question_files
            for item in _items(file, node, names)
        ]
        self.problems += first_of(names.problems)
        self.problems += names.unnamed()
        if len(fact_files) == len(self.folder.facts):  # unsure while one cannot be read
            self.problems += first_of(names.unknown_facts())
        self._caps(len(names.facts) + len(names.questions))
        if exam is None:
            return None
        domains = tuple(
            Domain(
                row,
                tuple(topic for name, topic in topics if name == row.id),
                tuple(item for name, item in items if name == row.id),
            )
            for row in exam.blueprint.domains
        )
        return Pack(self.folder.name, exam, domains, self.folder.pictures, root, self.folder.caps)

    def _exam(self) -> tuple[Exam | None, Node]:
        if self.folder.exam is None:
            hint = "write one that names the exam and its domains; `cramsheet new` makes a pack"
            self.problems.append(Problem("exam.yaml is missing", self._mark(), hint))
            return None, NOWHERE
        read = self._files((self.folder.exam,), Exam)
        return read[0] if read else (None, NOWHERE)

    def _files(self, sources: Iterable[Source], model: type[Model]) -> list[tuple[Model, Node]]:
        """Those that can be read; what is wrong with the others is kept."""
        read = []
        for source in sources:
            try:
                read.append(_file(source, model))
            except Mistakes as error:
                self.problems += error.problems
        return read

    def _caps(self, things: int) -> None:
        if self.folder.exam and not self.folder.facts:
            hint = "add a file beside exam.yaml, such as 1-first-domain.yaml"
            self.problems.append(Problem("the pack has no facts", self._mark(), hint))
        if things > (most := self.folder.caps.facts):  # 3,000 take half a minute of layout
            message = f"{things:,} facts and questions; {most:,} is the most"
            hint = f"make two packs of it, {allow('facts', things)}"
            self.problems.append(Problem(message, self._mark(), hint))

    def _mark(self) -> Mark:
        return Mark(self.folder.path or self.folder.name)


@lru_cache(maxsize=256)
def _file(source: Source, model: type[Model]) -> tuple[Model, Node]:
    """What stands in a file; one that was read before and is as it was is known."""
    node = known_tree(source)
    _at_home(node, model)
    return validate(model, node, _KINDS, source.caps), node


def _at_home(node: Node, model: type[BaseModel]) -> None:
    """A file of another kind is one mistake, not many."""
    for key, home in _HOMES.items():
        if key in node.keys and key not in model.model_fields:
            message = f'"{key}" does not belong here'
            raise mistake(message, node.keys[key], f"move it into {home}")


def _topics(file: FactsFile, node: Node, names: Register) -> Iterator[Topic]:
    names.domain(file.domain, node)
    for index, topic in enumerate(file.topics):
        place = node.at(("topics", index))
        names.task(topic.task, file.domain, place)
        entries = tuple(
            _entry(fact, place.at(("facts", number)), topic, names)
            for number, fact in enumerate(topic.facts)
        )
        yield Topic(topic.topic, topic.task, entries, node=place)


def _entry(fact: Common, node: Node, topic: TopicFile, names: Register) -> Entry:
    """A topic's date is that of its source; a fact with another source has its own, or none."""
    verified = fact.verified or (None if fact.source else topic.verified)
    source = fact.source or topic.source
    return Entry(names.fact(fact, node), fact, node.mark, source, verified, node)


def _items(file: QuestionsFile, node: Node, names: Register) -> Iterator[Item]:
    names.domain(file.domain, node)
    for index, asked in enumerate(file.questions):
        yield _item(asked, node.at(("questions", index)), file.domain, names)


def _item(asked: Asked, node: Node, domain: str, names: Register) -> Item:
    name = names.question(asked, domain, node)
    parts = tuple(
        _item(part, node.at(("questions", index)), domain, names)
        for index, part in enumerate(asked.questions if isinstance(asked, Case) else ())
    )
    return Item(name, asked, node.mark, parts, node)
