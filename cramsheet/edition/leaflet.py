"""The change sheet: each change with its old and its new wording, for whoever has the old pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from markupsafe import Markup

from cramsheet.edition.between import COME, GONE, SAME, pieces
from cramsheet.edition.changes import CORRECTS, Change, Text, Way
from cramsheet.edition.since import Since
from cramsheet.edition.wording import in_words
from cramsheet.pack.content import BETWEEN, IS, Content
from cramsheet.pack.pack import Pack
from cramsheet.page.borrowed import borrowed
from cramsheet.page.letters import lacking
from cramsheet.page.palette import Palette
from cramsheet.page.shop import Shop
from cramsheet.page.words import Words
from cramsheet.plan.kinds import KINDS, Kind
from cramsheet.plan.papers import Paper

KIND = replace(KINDS["key"], name="changes", size=9.4)
SIZES = (9.4, 8.6, 7.8, 7.0)  # pt; the largest in which all is on one page
_SILENT = (CORRECTS, "status", "formerly")


@dataclass(frozen=True)
class Line:
    """A text before and after, as far as there was or is one; what differs is marked."""

    old: Markup
    new: Markup


@dataclass(frozen=True)
class Told:
    """A change: how, what about it means something else, what was wrong, and its texts."""

    ways: tuple[str, ...]
    meaning: tuple[str, ...]
    number: int  # of its domain
    wrong: str
    lines: tuple[Line, ...]


@dataclass
class Leaflet:
    """What the template of the change sheet asks for."""

    since: Since
    pack: Pack
    shop: Shop
    paper: Paper
    look: str = "modern"
    ink: str = "colour"
    size: float = SIZES[0]

    def __post_init__(self) -> None:
        self.language = self.pack.exam.language
        self.words = Words.of(self.language, self.shop)
        things = (it for change in self.since.changes.all for it in (change.old, change.new) if it)
        said = "".join(it.text for it in things) + self.words.all_said()
        self.more = borrowed(lacking(said), self.language, self.shop.case)

    @property
    def kind(self) -> Kind:
        return replace(KIND, size=self.size)

    def palette(self) -> Palette:
        names = ("base", f"look/{self.look}", f"ink/{self.ink}")
        return Palette.of([self.shop.style(name) for name in names])

    # what the template asks for

    @property
    def from_to(self) -> tuple[str, str]:
        changes = self.since.changes
        return self._edition(changes.old), self._edition(changes.new)

    def _edition(self, content: Content) -> str:
        day = [self.words.day(content.edition)] if content.edition else []
        return " · ".join([*day, content.digest])

    @cached_property
    def corrected(self) -> list[Told]:
        return self._told(it for it in self.since.changes.all if Way.CORRECTED in it.ways)

    @cached_property
    def removed(self) -> list[Told]:
        return self._told(it for it in self.since.changes.all if Way.REMOVED in it.ways)

    @cached_property
    def domains(self) -> list[tuple[int, str, list[Told]]]:
        """Number, title and changes of each that has some, without those told elsewhere."""
        found = []
        for number, (name, title) in enumerate(self.since.new.domains.items(), 1):
            here = [it for it in self.since.changes.all if it.thing.domain == name and _usual(it)]
            if here:
                found.append((number, title, self._told(here)))
        return found

    def _told(self, changes: Iterable[Change]) -> list[Told]:
        numbers = {name: n for n, name in enumerate(self.since.new.domains, 1)}
        return [
            Told(
                tuple(self.words(f"change_{way}") for way in it.ways if way != Way.CORRECTED),
                tuple(self.words(f"change_of_{what}".replace(" ", "_")) for what in it.meaning),
                numbers.get(it.thing.domain, 0),
                in_words(it.corrects),
                tuple(_lines(it)),
            )
            for it in changes
        ]


def _usual(change: Change) -> bool:
    return not {Way.CORRECTED, Way.REMOVED} & set(change.ways)


def _lines(change: Change) -> Iterable[Line]:
    """A thing that came or went in full; of one that differs what differs, below its name."""
    if change.old is None or change.new is None:
        words = _shown(change.thing.words.items())
        for text in words:
            yield Line(Markup(), text) if change.new else Line(text, Markup())
        return
    first = next(iter(change.new.words.items()))
    texts = [it for it in change.texts if it.place.split(BETWEEN)[0] not in _SILENT]
    if first[0] not in {it.place for it in texts}:
        name = Markup.escape(in_words(first[1]))
        yield Line(name, name)
    yield from map(_line, texts)


def _shown(words: Iterable[tuple[str, str]]) -> Sequence[Markup]:
    """Options with a tick or a cross, without the reasons."""
    texts = dict(words)
    found = []
    for place, text in texts.items():
        key, last = place.split(BETWEEN)[0], place.rpartition(BETWEEN)[2]
        if key in _SILENT or last in ("why", IS):
            continue
        truth = texts.get(f"{place}{BETWEEN}{IS}", "")
        sign = {"right": "✓ ", "wrong": "✗ "}.get(truth, "")
        found.append(Markup.escape(sign + in_words(text)))
    return found


def _line(text: Text) -> Line:
    old, new = in_words(text.old or ""), in_words(text.new or "")
    sides: dict[str, list[Markup]] = {GONE: [], COME: []}
    for way, words in pieces(old, new):
        for side in (GONE, COME) if way == SAME else (way,):
            mark = Markup("{}") if way == SAME else _MARKS[way]
            sides[side].append(mark.format(words))
    return Line(Markup().join(sides[GONE]), Markup().join(sides[COME]))


_MARKS = {GONE: Markup("<s>{}</s>"), COME: Markup("<b>{}</b>")}
