"""The parts of a document: domains with their topics, or with their questions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from cramsheet.pack.exam import DomainRow
from cramsheet.pack.pack import Domain, Item, Topic
from cramsheet.pack.questions import Case
from cramsheet.plan.asking import Question, put
from cramsheet.plan.kinds import Kind
from cramsheet.plan.mock import Form


@dataclass(frozen=True)
class Group:
    """Questions that stand together: one alone, or those of a case under its story."""

    questions: tuple[Question, ...]
    case: Case | None = None


@dataclass(frozen=True)
class Section:
    """One domain's share of a document."""

    number: int
    row: DomainRow
    topics: tuple[Topic, ...] = ()
    groups: tuple[Group, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for group in self.groups for question in group.questions)

    def topic_id(self, topic: Topic) -> str:
        """The element id of a topic's heading; stays as it is when facts are left out."""
        return f"topic-{self.number}-{topic.number}"

    def element_ids(self) -> Iterator[str]:
        for topic in self.topics:
            yield from (f"fact-{entry.id}" for entry in topic.entries)
        yield from (f"question-{question.id}" for question in self.questions)


def mixed(form: Form) -> Section:
    """The questions of all domains, as they stand on a form: one section without a heading."""
    row = DomainRow(id="form", title=form.code, weight=100, tasks={})
    return Section(1, row, groups=tuple(_groups(form.items, 1, form.shuffle)))


def sections(domains: tuple[Domain, ...], kind: Kind) -> Iterator[Section]:
    """Domains keep their number in the blueprint; those with nothing to show are left out."""
    first = 1
    for number, domain in enumerate(domains, 1):
        if not kind.asks:
            if topics := tuple(_shown(_merged(domain.topics), kind)):
                yield Section(number, domain.row, topics=topics)
            continue
        groups = tuple(_groups(domain.items, first))
        first += sum(len(group.questions) for group in groups)
        if groups:
            yield Section(number, domain.row, groups=groups)


def _merged(topics: tuple[Topic, ...]) -> tuple[Topic, ...]:
    """Topics of one title, from several files, are one."""
    merged: dict[str, Topic] = {}
    for topic in topics:
        if before := merged.get(topic.title):
            entries = before.entries + topic.entries
            topic = replace(topic, task=before.task or topic.task, entries=entries)
        merged[topic.title] = topic
    return tuple(replace(topic, number=n) for n, topic in enumerate(merged.values(), 1))


def _shown(topics: tuple[Topic, ...], kind: Kind) -> Iterator[Topic]:
    """With the kinds of fact that the document is made of."""
    for topic in topics:
        entries = tuple(it for it in topic.entries if not kind.only or it.fact.kind in kind.only)
        if entries:
            yield replace(topic, entries=entries)


def _groups(items: tuple[Item, ...], first: int, seed: str = "") -> Iterator[Group]:
    for item in items:
        singles = item.singles()
        questions = tuple(put(single, first + index, seed) for index, single in enumerate(singles))
        first += len(questions)
        yield Group(questions, item.asked if isinstance(item.asked, Case) else None)


def only(domains: tuple[Domain, ...], facts: tuple[str, ...]) -> tuple[Domain, ...]:
    """All domains with these facts alone; topics stand in the order of their first facts."""
    place = {name: index for index, name in enumerate(facts)}
    chosen = []
    for domain in domains:
        topics = (_chosen(topic, place) for topic in _merged(domain.topics))
        kept = [topic for topic in topics if topic.entries]
        kept.sort(key=lambda topic: place[topic.entries[0].id])
        chosen.append(replace(domain, topics=tuple(kept)))
    return tuple(chosen)


def _chosen(topic: Topic, place: Mapping[str, int]) -> Topic:
    entries = [entry for entry in topic.entries if entry.id in place]
    return replace(topic, entries=tuple(sorted(entries, key=lambda entry: place[entry.id])))
