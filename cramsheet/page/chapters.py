"""What the notes tell of their own history: a chapter for each day on which they were changed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Chapter:
    """A day and what was said of it, what it changed in a line, and each change: how, and of what.
    All in the language of the exam."""

    day: str
    subject: str
    told: str
    rows: tuple[tuple[str, str], ...] = ()
