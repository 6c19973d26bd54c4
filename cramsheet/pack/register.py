"""Names that lead from one file of a pack to another: domains, tasks, ids, pictures."""

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

from cramsheet.pack.exam import DomainRow, Exam
from cramsheet.pack.facts import Common, Figure
from cramsheet.pack.ids import slug
from cramsheet.pack.questions import Asked
from cramsheet.pack.source import MOST_PROBLEMS
from cramsheet.pack.tree import Node
from cramsheet.problems import Mark, Problem, closest, did_you_mean, shortened


class Register:
    """Names as they are met; what leads nowhere becomes a problem."""

    def __init__(
        self,
        exam: Exam | None,
        pictures: Collection[str],
        refused: Mapping[str, Problem] = MappingProxyType({}),
    ) -> None:
        """Without an exam its domains and tasks are not known, and not asked for. `refused` are
        pictures that were not read, and why."""
        self.exam = exam
        self.rows: Mapping[str, DomainRow] = (
            {row.id: row for row in exam.blueprint.domains} if exam else {}
        )
        self.pictures = pictures
        self.refused = dict(refused)
        self.blamed: set[str] = set()  # of those, the ones that a fact names
        self.facts: dict[str, Mark] = {}
        self.questions: dict[str, Mark] = {}
        self.taught: list[tuple[str, Mark]] = []
        self.problems: list[Problem] = []

    def domain(self, name: str, node: Node) -> None:
        if self.exam and name not in self.rows and not self._full:
            message = f'exam.yaml has no domain "{shortened(name)}"'
            self._add(message, node.at(("domain",)).mark, did_you_mean(name, self.rows))

    def task(self, name: str | None, domain: str, node: Node) -> None:
        row = self.rows.get(domain)
        if name is not None and row and name not in row.tasks and not self._full:
            message = f'domain "{domain}" has no task "{shortened(name)}"'
            hint = did_you_mean(name, row.tasks) or "list the tasks in exam.yaml, or remove it"
            self._add(message, node.at(("task",)).mark, hint)

    def fact(self, fact: Common, node: Node) -> str:
        """Its id."""
        name = fact.id or slug(fact.subject, fact.whole_subject)
        self._claim(name, self.facts, "facts", node)
        picture = fact.picture if isinstance(fact, Figure) else None
        if picture and picture not in self.pictures and not self._full:
            self._add(*self._lost(picture, node.at(("picture",)).mark))
        return name

    def _lost(self, picture: str, mark: Mark) -> tuple[str, Mark, str]:
        if why := self.refused.get(picture):
            self.blamed.add(picture)
            return f'picture "{shortened(picture)}": {why.message}', mark, why.hint
        close = closest(picture, self.pictures)
        hint = f'did you mean "{close}"?' if close else "put it into the folder figures"
        return f'no picture "{shortened(picture)}"', mark, hint

    def unnamed(self) -> Iterator[Problem]:
        """What is wrong with pictures that no fact names; to be asked when all facts are known."""
        return (it for name, it in self.refused.items() if name not in self.blamed)

    def question(self, asked: Asked, domain: str, node: Node) -> str:
        """Its id."""
        name = asked.id or slug(asked.subject, whole=False)
        self._claim(name, self.questions, "questions", node)
        self.task(asked.task, domain, node)
        for index, fact in enumerate(asked.teaches):
            self.taught.append((fact, node.at(("teaches", index)).mark))
        return name

    def unknown_facts(self) -> Iterator[Problem]:
        """What questions teach and no fact holds; to be asked when all facts are known."""
        for name, mark in self.taught:
            if name in self.facts:
                continue
            if close := closest(name, self.facts):
                hint = f'did you mean "{close}"?'
            elif name in self.questions:
                hint = "that is a question: name a fact"
            else:
                hint = "name the id of a fact, or its subject-in-lower-case-with-hyphens"
            yield Problem(f'no fact is called "{name}"', mark, hint)

    def _claim(self, name: str, known: dict[str, Mark], what: str, node: Node) -> None:
        """Ids of facts and of questions are two families; within one each is unique."""
        mark = node.keys.get("id", node.mark)
        if name in known and not self._full:
            hint = f"the other is at {known[name]}: give one an id of its own"
            self._add(f'two {what} are called "{shortened(name)}"', mark, hint)
        known.setdefault(name, mark)

    @property
    def _full(self) -> bool:
        """Nobody reads more, and to find what was meant takes time."""
        return len(self.problems) > MOST_PROBLEMS

    def _add(self, message: str, mark: Mark, hint: str) -> None:
        self.problems.append(Problem(message, mark, hint))
