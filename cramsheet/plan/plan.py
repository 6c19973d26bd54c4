"""An order for a pack becomes a plan: what stands on which paper, in which order."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from cramsheet.caps import USUAL, Caps
from cramsheet.pack.content import Content, content_of
from cramsheet.pack.exam import Exam
from cramsheet.pack.pack import Domain, Entry, Pack
from cramsheet.plan.areas import AS_USUAL, Area, Margins, area_of
from cramsheet.plan.generating import Lot, generated, of_domains
from cramsheet.plan.kinds import KINDS, Kind, in_large_print, with_floor
from cramsheet.plan.looks import DEFAULT_INK, MODERN, Look
from cramsheet.plan.mock import Form
from cramsheet.plan.papers import Paper, paper
from cramsheet.plan.sections import Section, mixed, only, sections
from cramsheet.plan.sittings import SITTING, WEAK, of_a_form
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
    form: Form | None = None  # of a mock exam: these questions, in this order
    facts: tuple[str, ...] = ()  # these alone, most wanted first in each domain; none: all
    named: bool = False  # feet have room for the name of a person
    feet: bool = False  # answers to gaps stand at the foot, where the sheet below has room for them
    lot: Lot | None = None  # generated questions, instead of those of the pack


@dataclass(frozen=True)
class Plan:
    pack: str
    exam: Exam
    kind: Kind
    area: Area
    edition: date | None
    sections: tuple[Section, ...]
    entries: Mapping[str, Entry]  # every fact of the pack, shown here or not
    asked: Mapping[str, int]  # fact id -> how many questions teach it, or how wanted it is
    pictures: Mapping[str, bytes]
    columns_chosen: bool = False  # by a person: the fit keeps them
    look: Look = MODERN
    ink: str = DEFAULT_INK
    form: Form | None = None
    named: bool = False
    feet: bool = False
    seed: str = ""  # of generated questions
    domains: Mapping[str, int] = field(default_factory=dict)  # question id -> number of its domain
    caps: Caps = USUAL
    digest: str = ""  # of all that it could show, in the words of the pack

    @property
    def called(self) -> str:
        """Its kind, as the words of a language have it."""
        if self.seed:
            return f"{self.kind.name}_generated"
        practice = self.form is not None and self.form.practice
        return "practice" if practice and self.kind.name == "mock" else self.kind.name

    @property
    def _called(self) -> tuple[str, ...]:
        """Its kind and its form, as the names of its files have them."""
        if self.form is None:
            made = ["generated", self.seed] * bool(self.seed) + ["foot"] * self.feet
            return (self.kind.name, *made)
        if self.called == "practice":
            return ("practice", self.form.seed)
        letter = () if self.form.practice else (self.form.letter,)
        return (self.kind.name, self.form.paper, *letter)

    @property
    def name(self) -> str:
        """Of its files: what is not as usual is said."""
        look = [self.look.name] * (self.look.name != MODERN.name)
        large = ["large"] * (self.kind.large and not self.look.large)
        ink = [self.ink] * (self.ink != DEFAULT_INK)
        words = (self.pack, *self._called, *look, *large, *ink, self.area.paper.name)
        return "-".join(filter(None, words))

    @property
    def common_name(self) -> str:
        """What the names of the forms of a mock exam have in common."""
        return replace(self, form=self.form and replace(self.form, letter="")).name

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
    known = {WEAK.name: WEAK} if order.facts else KINDS
    if order.form:
        known = {**KINDS, **SITTING}
    if order.kind not in known:
        message = f'no kind of document "{order.kind}"'
        raise mistake(message, hint=did_you_mean(order.kind, known))
    kind = known[order.kind]
    return kind if order.form is None else of_a_form(kind)


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
    domains = _domains(pack, order)
    asked = Counter(name for item in pack.singles() for name in item.asked.teaches)
    if order.facts:
        asked = Counter({name: len(order.facts) - n for n, name in enumerate(order.facts)})
    area = area_of(kind, chosen, order.columns, order.margins)
    digest = _digest(content_of(pack), kind, order)
    area = replace(area, mirrored=pack.exam.right_to_left)  # it is bound on the other side
    shown = [mixed(order.form)] if order.form else sections(domains, kind)
    return Plan(
        pack.name,
        pack.exam,
        kind,
        area,
        order.edition or pack.edition,
        tuple(shown),
        {entry.id: entry for entry in pack.entries()},
        asked,
        pack.pictures,
        order.columns is not None,
        order.look,
        order.ink,
        order.form,
        order.named,
        order.feet,
        order.lot.seed if order.lot else "",
        domains_of(pack),
        pack.caps,
        digest,
    )


def _digest(content: Content, kind: Kind, order: Order) -> str:
    """Of the facts or the questions; of some, of those."""
    if order.form:
        return content.digest_of(f"question-{it.id}" for it in order.form.singles())
    if order.facts:
        return content.digest_of(f"fact-{name}" for name in order.facts)
    asked = kind.asks and order.lot is None  # generated questions are made of facts
    return content.digest_of(name for name, it in content.things.items() if it.asked == asked)


def _domains(pack: Pack, order: Order) -> tuple[Domain, ...]:
    """With what the order wants of them: all, some facts alone, or generated questions."""
    if order.facts:
        return only(pack.domains, order.facts)
    if lot := order.lot:
        made = of_domains(pack, generated(pack, lot.seed, lot.number))
        return tuple(replace(it, items=made.get(it.row.id, ())) for it in pack.domains)
    return pack.domains


def domains_of(pack: Pack) -> dict[str, int]:
    """For each question, by id, the number of its domain in the blueprint."""
    return {
        single.id: number
        for number, domain in enumerate(pack.domains, 1)
        for item in domain.items
        for single in item.singles()
    }
