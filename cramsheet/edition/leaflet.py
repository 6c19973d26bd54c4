"""The change sheet: each change with its old and its new wording, for whoever has the old pages."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from cramsheet.edition.changes import Change, Way
from cramsheet.edition.rows import Joints, Row, in_language, joints, rows
from cramsheet.edition.since import Since
from cramsheet.edition.wording import in_words
from cramsheet.pack.content import Content
from cramsheet.page.dressing import Handout

NAME, MARGINS = "changes", "14mm 14mm 13mm"
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
    handout: Handout

    def __post_init__(self) -> None:
        self.words = self.handout.words
        things = (it for change in self.since.changes.all for it in (change.old, change.new) if it)
        self.fonts = self.handout.fonts("".join(it.text for it in things))

    @property
    def joints(self) -> Joints:
        return joints(self.words("colon"), self.words("arrow"))

    @property
    def changes(self) -> list[Change]:
        """Those that a reader sees."""
        return [it for it in self.since.changes.all if {*it.ways} != {Way.RENAMED}]

    def said(self) -> Iterator[str]:
        """What has to stand on paper."""
        for it in self._told(self.changes):
            yield from (
                "".join(text for _, text in said) for row in it.rows for said in (row.old, row.new)
            )
            yield it.wrong

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
