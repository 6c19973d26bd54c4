"""The history of a pack: what each commit changed, the newest first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cramsheet.edition.changes import Change, Changes, Way, changes
from cramsheet.edition.telling import name
from cramsheet.pack.content import Content
from cramsheet.page.chapters import Chapter
from cramsheet.page.words import Words

_ROWS = 15  # of a day on a page of the notes


@dataclass(frozen=True)
class State:
    """A pack on one day. `wrong` is why it cannot be read, where this program cannot."""

    day: str  # 2026-11-21
    subject: str
    content: Content | None
    wrong: str = ""


@dataclass(frozen=True)
class Day:
    """What came with a state: of the first one all, of one that cannot be read nobody knows."""

    state: State
    changes: Changes | None = None

    @property
    def counts(self) -> tuple[int, int]:
        """Facts and questions."""
        things = self.state.content.things.values() if self.state.content else ()
        asked = sum(it.asked for it in things)
        return len(things) - asked, asked


def days(states: Sequence[State], most: int) -> list[Day]:
    """From states, the newest first; one more than `most` is only there to be compared with.
    Those that say what was said before are left out."""
    found = []
    for number, state in enumerate(states[:most]):
        before = next((it.content for it in states[number + 1 :] if it.content), None)
        if state.content is None or before is None:
            found.append(Day(state))
        elif told := changes(before, state.content):
            found.append(Day(state, told))
    return found


def chapters(found: Iterable[Day], words: Words) -> tuple[Chapter, ...]:
    """For a page of the notes."""
    return tuple(_chapter(it, words) for it in found if _is_seen(it))


def _is_seen(it: Day) -> bool:
    """Another id is nothing to a reader."""
    return not it.changes or set(it.changes.counts) != {Way.RENAMED}


def _chapter(it: Day, words: Words) -> Chapter:
    state, told = it.state, it.changes
    day = words.day(date.fromisoformat(state.day))
    if told is None:
        facts, asked = it.counts
        begins = words("history_begins", facts=facts, questions=asked)
        return Chapter(day, state.subject, begins if state.content else words("history_unread"))
    ways = ((way, count) for way, count in told.counts.items() if way != Way.RENAMED)
    counts = " · ".join(f"{count} {words(f'change_{way}')}" for way, count in ways)
    return Chapter(day, state.subject, counts, tuple(_rows(told.all, words)))


def _rows(found: Sequence[Change], words: Words) -> Iterator[tuple[str, str]]:
    seen = [(it, [way for way in it.ways if way != Way.RENAMED]) for it in found]
    seen = [(it, ways) for it, ways in seen if ways]
    for it, ways in seen[:_ROWS]:
        of = [words(f"change_of_{what}".replace(" ", "_")) for what in it.meaning]
        yield " · ".join([*(words(f"change_{way}") for way in ways), *of]), name(it)
    if len(seen) > _ROWS:
        yield "…", words("history_more", count=len(seen) - _ROWS)
