"""An old edition, as a new one is set and marked against it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from cramsheet.edition.changes import Changes, Way, changes
from cramsheet.edition.record import Document, Edition
from cramsheet.pack.content import Content
from cramsheet.page.sheets import CHANGED, NEW

_SEEN = {Way.CORRECTED, Way.CHANGED, Way.REWORDED, Way.MOVED}  # another id is not


@dataclass(frozen=True)
class Since:
    old: Edition
    new: Content

    def document(self, name: str) -> Document | None:
        return self.old.documents.get(name)

    @cached_property
    def changes(self) -> Changes:
        return changes(self.old.content, self.new)

    @cached_property
    def bars(self) -> Mapping[str, str]:
        """By element id."""
        return {
            name: NEW if Way.NEW in it.ways else CHANGED
            for name, it in self.changes.by_element.items()
            if Way.NEW in it.ways or _SEEN & set(it.ways)
        }
