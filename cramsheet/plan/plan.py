"""An order for a pack becomes a plan: what stands on which paper, in which order."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from cramsheet.pack.exam import DomainRow, Exam
from cramsheet.pack.pack import Domain, Entry, Item, Pack, Topic
from cramsheet.pack.questions import Case
from cramsheet.plan.areas import AS_USUAL, Area, Margins, area_of
from cramsheet.plan.asking import Question, put
from cramsheet.plan.generating import Lot, generated, of_domains
from cramsheet.plan.kinds import KINDS, Kind, in_large_print, with_floor
from cramsheet.plan.looks import DEFAULT_INK, MODERN, Look
from cramsheet.plan.papers import Paper, paper
from cramsheet.problems import Mark, did_you_mean, mistake


@dataclass(frozen=True)
class Order:
    """What was asked for; an empty paper means the one that exam.yaml names."""

    kind: str
    paper: str = ""
    format: str = "pdf"
    edition: date | None = None
    pages: int | None = None  # exactly so many; None: as many as the given size takes
    columns: int | None = None  # exactly so many; None: as the kind and the fit choose
    large: bool = False  # large print
    floor: float | None = None  # pt; None: the kind's, or 9 in large print
    tells: bool = False  # name at the foot what was left out
    plain: bool = False  # let WeasyPrint break the columns, to compare
    margins: Margins = AS_USUAL
    notes: "Order | None" = None  # the notes that an answer key points into
    look: Look = MODERN
    ink: str = DEFAULT_INK
    feet: bool = False  # answers to gaps stand at the foot, where the sheet below has room for them
    lot: Lot | None = None  # generated questions, instead of those of the pack


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


@dataclass(frozen=True)
class Plan:
    pack: str
    exam: Exam
    kind: Kind
    area: Area
    edition: date | None
    sections: tuple[Section, ...]
    entries: Mapping[str, Entry]  # every fact of the pack, shown here or not
    asked: Mapping[str, int]  # fact id -> how many questions teach it
    pictures: Mapping[str, bytes]
    columns_chosen: bool = False  # by a person: the fit keeps them
    look: Look = MODERN
    ink: str = DEFAULT_INK
    feet: bool = False
    seed: str = ""  # of generated questions

    @property
    def name(self) -> str:
        """Of its files: what is not as usual is said."""
        look = [self.look.name] * (self.look.name != MODERN.name)
        large = ["large"] * (self.kind.large and not self.look.large)
        ink = [self.ink] * (self.ink != DEFAULT_INK)
        paper = self.area.paper.name
        made = ["generated", self.seed] * bool(self.seed) + ["foot"] * self.feet
        return "-".join((self.pack, self.kind.name, *made, *look, *large, *ink, paper))

    @property
    def titled(self) -> str:
        """The name of its kind in the words of the documents."""
        return f"{self.kind.name}_generated" if self.seed else self.kind.name

    def left(self, column: int, page: int = 1) -> float:
        """The left edge of a column, from the left edge of the paper; columns count as read."""
        last = self.area.columns - 1
        return self.area.left(last - column if self.exam.right_to_left else column, page)

    def ids(self) -> Iterator[str]:
        """The element ids that have to stand on paper."""
        for section in self.sections:
            yield from section.element_ids()

    def marks(self) -> dict[str, Mark]:
        """Where each of them was written."""
        facts = {f"fact-{entry.id}": entry.mark for entry in self.entries.values()}
        asked = {f"question-{q.id}": q.mark for part in self.sections for q in part.questions}
        return facts | asked

    @property
    def count(self) -> int:
        return sum(1 for _ in self.ids())


def kind_of(order: Order) -> Kind:
    if order.kind not in KINDS:
        message = f'no kind of document "{order.kind}"'
        raise mistake(message, hint=did_you_mean(order.kind, KINDS))
    return KINDS[order.kind]


def paper_of(pack: Pack, order: Order) -> Paper:
    """The paper ordered, or what exam.yaml says for the kind, or for all kinds."""
    papers = {str(name): size for name, size in pack.exam.papers.items()}
    wanted = order.paper or papers.get(kind_of(order).settings) or pack.exam.paper
    return paper(wanted, kind_of(order).turn)


def shows(kind: Kind, pack: Pack) -> bool:
    """Whether a pack has what a kind of document shows."""
    if kind.asks:
        return any(pack.singles())
    return not kind.only or any(entry.fact.kind in kind.only for entry in pack.entries())


def make_plan(pack: Pack, order: Order) -> Plan:
    """Raises Mistakes when the order names a kind or a paper that does not exist."""
    kind, chosen = kind_of(order), paper_of(pack, order)
    if order.large or order.look.large:
        kind = in_large_print(kind)
    if order.floor:
        kind = with_floor(kind, order.floor)
    area = area_of(kind, chosen, order.columns, order.margins)
    area = replace(area, mirrored=pack.exam.right_to_left)  # it is bound on the other side
    domains = pack.domains
    if lot := order.lot:
        made = of_domains(pack, generated(pack, lot.seed, lot.number))
        domains = tuple(replace(it, items=made.get(it.row.id, ())) for it in domains)
    return Plan(
        pack.name,
        pack.exam,
        kind,
        area,
        order.edition or pack.edition,
        tuple(_sections(domains, kind)),
        {entry.id: entry for entry in pack.entries()},
        Counter(name for item in pack.singles() for name in item.asked.teaches),
        pack.pictures,
        order.columns is not None,
        order.look,
        order.ink,
        order.feet,
        order.lot.seed if order.lot else "",
    )


def _sections(domains: tuple[Domain, ...], kind: Kind) -> Iterator[Section]:
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


def _groups(items: tuple[Item, ...], first: int) -> Iterator[Group]:
    for item in items:
        singles = item.singles()
        questions = tuple(put(single, first + index) for index, single in enumerate(singles))
        first += len(questions)
        yield Group(questions, item.asked if isinstance(item.asked, Case) else None)
