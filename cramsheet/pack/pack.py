"""One exam: its blueprint, its facts by domain and topic, its questions by domain."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from pydantic import BaseModel

from cramsheet.pack import facts, questions
from cramsheet.pack.exam import DomainRow, Exam
from cramsheet.pack.facts import Common, FactsFile, Figure, TopicFile
from cramsheet.pack.ids import slug
from cramsheet.pack.questions import Asked, Case, QuestionsFile
from cramsheet.pack.source import Source
from cramsheet.pack.tree import Node, parse
from cramsheet.pack.verdict import validate
from cramsheet.problems import Mark, Mistakes, Problem, did_you_mean

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


@dataclass(frozen=True)
class Entry:
    """A fact with its name and its place; source and date may come from its topic."""

    id: str
    fact: Common
    mark: Mark
    source: str | None
    verified: date | None


@dataclass(frozen=True)
class Topic:
    title: str
    task: str | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Item:
    """A question with its name and its place; the questions of a case are its parts."""

    id: str
    asked: Asked
    mark: Mark
    parts: tuple["Item", ...] = ()

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
    if reading.problems:
        raise Mistakes(reading.problems)
    assert pack is not None
    return pack


class _Reading:
    """Reads file by file; a file with mistakes does not hide those of the next."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.names: dict[str, Mark] = {}

    def pack(self) -> Pack | None:
        exam = self._exam()
        fact_files = list(self._files(self.folder.facts, FactsFile, facts.KINDS))
        question_files = list(self._files(self.folder.questions, QuestionsFile, questions.KINDS))
        domains = {row.id: row for row in exam[0].blueprint.domains} if exam else None
        topics = [
            (file.domain, topic)
            for file, node in fact_files
            for topic in self._topics(file, node, domains)
        ]
        items = [
            (file.domain, item)
            for file, node in question_files
            for item in self._items(file, node, domains)
        ]
        complete = len(fact_files) == len(self.folder.facts)
        self._references(
            [item for _, item in items], {e.id for _, t in topics for e in t.entries}, complete
        )
        if not self.folder.facts and exam:
            self.problems.append(
                Problem(
                    f'no facts in "{self.folder.name}"',
                    exam[1].mark,
                    "add a file such as 1-first-domain.yaml",
                )
            )
        if exam is None:
            return None
        return Pack(
            self.folder.name,
            exam[0],
            tuple(
                Domain(
                    row,
                    tuple(topic for name, topic in topics if name == row.id),
                    tuple(item for name, item in items if name == row.id),
                )
                for row in exam[0].blueprint.domains
            ),
            self.folder.pictures,
        )

    def _exam(self) -> tuple[Exam, Node] | None:
        if self.folder.exam is None:
            hint = "it names the exam and its domains; `cramsheet new` makes one to look at"
            self.problems.append(
                Problem("exam.yaml is missing", Mark(self.folder.path or self.folder.name), hint)
            )
            return None
        return next(self._files((self.folder.exam,), Exam, {}), None)

    def _files(
        self, sources: Iterable[Source], model: type[Model], kinds: Mapping[str, type[BaseModel]]
    ) -> Iterator[tuple[Model, Node]]:
        for source in sources:
            try:
                node = parse(source)
                yield validate(model, node, kinds), node
            except Mistakes as error:
                self.problems.extend(error.problems)

    def _topics(
        self, file: FactsFile, node: Node, domains: Mapping[str, DomainRow] | None
    ) -> Iterator[Topic]:
        self._known_domain(file.domain, node, domains)
        for index, topic in enumerate(file.topics):
            place = node.at(("topics", index))
            self._known_task(topic.task, place, file.domain, domains)
            entries = tuple(
                self._entry(fact, place.at(("facts", number)), topic)
                for number, fact in enumerate(topic.facts)
            )
            yield Topic(topic.topic, topic.task, entries)

    def _entry(self, fact: Common, node: Node, topic: TopicFile) -> Entry:
        name = fact.id or slug(fact.subject, fact.whole_subject)
        self._claim(name, node, "fact")
        if isinstance(fact, Figure) and fact.picture:
            self._known_picture(fact.picture, node.at(("picture",)))
        source, verified = fact.source or topic.source, fact.verified
        if fact.source is None:
            verified = verified or topic.verified
        return Entry(name, fact, node.mark, source, verified)

    def _items(
        self, file: QuestionsFile, node: Node, domains: Mapping[str, DomainRow] | None
    ) -> Iterator[Item]:
        self._known_domain(file.domain, node, domains)
        for index, asked in enumerate(file.questions):
            yield self._item(asked, node.at(("questions", index)), file.domain, domains)

    def _item(
        self, asked: Asked, node: Node, domain: str, domains: Mapping[str, DomainRow] | None
    ) -> Item:
        name = asked.id or slug(asked.subject, whole=False)
        self._claim(name, node, "question")
        self._known_task(asked.task, node, domain, domains)
        parts = asked.questions if isinstance(asked, Case) else ()
        return Item(
            name,
            asked,
            node.mark,
            tuple(
                self._item(part, node.at(("questions", index)), domain, domains)
                for index, part in enumerate(parts)
            ),
        )

    def _claim(self, name: str, node: Node, what: str) -> None:
        """Ids of facts and of questions are two families; within one each is unique."""
        key, mark = f"{what} {name}", node.keys.get("id", node.mark)
        if first := self.names.get(key):
            message = f'two {what}s are called "{name}"'
            hint = f"the other is at {first}; give one of them an id of its own"
            self.problems.append(Problem(message, mark, hint))
        self.names.setdefault(key, mark)

    def _known_domain(self, name: str, node: Node, domains: Mapping[str, DomainRow] | None) -> None:
        if domains is not None and name not in domains:
            mark = node.at(("domain",)).mark
            message = f'exam.yaml has no domain "{name}"'
            self.problems.append(Problem(message, mark, did_you_mean(name, domains)))

    def _known_task(
        self, task: str | None, node: Node, domain: str, domains: Mapping[str, DomainRow] | None
    ) -> None:
        row = (domains or {}).get(domain)
        if task is not None and row and task not in row.tasks:
            message = f'domain "{domain}" has no task "{task}"'
            hint = did_you_mean(task, row.tasks) or "list the tasks in exam.yaml, or remove it"
            self.problems.append(Problem(message, node.at(("task",)).mark, hint))

    def _known_picture(self, picture: str, node: Node) -> None:
        if picture not in self.folder.pictures:
            hint = did_you_mean(picture, self.folder.pictures) or "put it into figures/"
            self.problems.append(Problem(f'no picture "{picture}"', node.mark, hint))

    def _references(self, items: Iterable[Item], known: set[str], complete: bool) -> None:
        """Each fact that a question teaches exists; unsure while a fact file is unreadable."""
        if not complete:
            return
        for item in items:
            for part in (item, *item.parts):
                for name in part.asked.teaches:
                    if name not in known:
                        self.problems.append(self._unknown_fact(part, name, known))

    def _unknown_fact(self, item: Item, name: str, known: set[str]) -> Problem:
        hint = did_you_mean(name, sorted(known))
        if hint.startswith("known:"):
            hint = "a fact's id is its `id:`, or its subject in-lower-case-with-hyphens"
        return Problem(f'question "{item.id}" teaches "{name}", which is no fact', item.mark, hint)
