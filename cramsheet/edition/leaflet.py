"""The change sheet: each change with its old and its new wording, for whoever has the old pages."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from cramsheet.edition.changes import Change, Way
from cramsheet.edition.rows import Joints, Row, in_language, joints, rows
from cramsheet.edition.since import Since
from cramsheet.edition.wording import in_words
from cramsheet.pack.content import Content
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
_UNTOLD = (Way.CORRECTED, Way.RENAMED)  # the first has a place of its own; nobody sees ids


@dataclass(frozen=True)
class Told:
    """A change: how, what about it means something else, what was wrong, and its texts."""

    ways: tuple[str, ...]
    meaning: tuple[str, ...]
    number: int  # of its domain
    wrong: str
    rows: tuple[Row, ...]


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

    @property
    def joints(self) -> Joints:
        return joints(self.words("colon"), self.words("arrow"))

    @property
    def changes(self) -> list[Change]:
        """Those that a reader sees."""
        return [it for it in self.since.changes.all if {*it.ways} != {Way.RENAMED}]

    # what the template asks for

    @property
    def from_to(self) -> tuple[str, str]:
        changes = self.since.changes
        return self._edition(changes.old), self._edition(changes.new)

    def _edition(self, content: Content) -> str:
        day = [self.words.day(content.edition)] if content.edition else []
        return " · ".join([*day, *content.digests])

    @cached_property
    def corrected(self) -> list[Told]:
        return self._told(it for it in self.changes if Way.CORRECTED in it.ways)

    @cached_property
    def removed(self) -> list[Told]:
        return self._told(it for it in self.changes if Way.REMOVED in it.ways)

    @cached_property
    def domains(self) -> list[tuple[int, str, list[Told]]]:
        """Number, title and changes of each that has some, without those told elsewhere."""
        found = []
        for number, (name, title) in enumerate(self.since.new.domains.items(), 1):
            here = [it for it in self.changes if it.thing.domain == name and _usual(it)]
            if here:
                found.append((number, title, self._told(here)))
        return found

    def _told(self, changes: Iterable[Change]) -> list[Told]:
        numbers = {name: n for n, name in enumerate(self.since.new.domains, 1)}
        return [
            Told(
                tuple(self.words(f"change_{way}") for way in it.ways if way not in _UNTOLD),
                tuple(self.words(f"change_of_{what}".replace(" ", "_")) for what in it.meaning),
                numbers.get(it.thing.domain, 0),
                in_words(it.corrects),
                tuple(rows(it, self.joints, in_language(self.words))),
            )
            for it in changes
        ]


def _usual(change: Change) -> bool:
    return not {Way.CORRECTED, Way.REMOVED} & set(change.ways)
