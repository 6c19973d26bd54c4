"""What the notes tell of their own history: a chapter for each day on which they were changed."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Chapter:
    """A day and what was said of it, what it changed in a line, and each change: how, and of what.
    All in the language of the exam."""

    day: str
    subject: str
    told: str
    rows: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        return "\n".join((self.day, self.subject, self.told, *map("".join, self.rows)))

    def through(self, change: Callable[[str], str]) -> "Chapter":
        """With every text changed."""
        rows = tuple((change(way), change(name)) for way, name in self.rows)
        return Chapter(self.day, change(self.subject), change(self.told), rows)
