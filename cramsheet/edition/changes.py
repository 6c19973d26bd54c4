"""Two editions -> what is new, what says something else, what says it otherwise."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from cramsheet.edition.aligning import aligned
from cramsheet.edition.likeness import matched
from cramsheet.edition.meaning import ORDER, meant
from cramsheet.pack.content import Content, Thing


class Way(StrEnum):
    """How a fact or question differs; it may do so in several ways at once."""

    CORRECTED = "corrected"  # its author says what was wrong
    NEW = "new"
    CHANGED = "changed"  # in what it means: a number, a limit, which option is right, its status
    REWORDED = "reworded"
    MOVED = "moved"  # to another domain
    RENAMED = "renamed"  # its id, by its author
    REMOVED = "removed"


UNTOLD = ("its words were not kept",)
CORRECTS = "corrects"  # the key under which an author says what was wrong


@dataclass(frozen=True)
class Text:
    """What stood in one place, and what stands there; None for nothing."""

    place: str
    old: str | None
    new: str | None


@dataclass(frozen=True)
class Change:
    """A fact or question before and after. `meaning` names what about it means something else."""

    old: Thing | None
    new: Thing | None
    ways: tuple[Way, ...]
    meaning: tuple[str, ...] = ()
    texts: tuple[Text, ...] = ()

    @property
    def thing(self) -> Thing:
        thing = self.new or self.old
        assert thing is not None
        return thing

    @property
    def corrects(self) -> str:
        """What was wrong in the old edition, in the author's words."""
        return self.new.words.get(CORRECTS, "") if self.new and Way.CORRECTED in self.ways else ""


@dataclass(frozen=True)
class Changes:
    """All that differs between two editions of a pack, corrections first, removed things last."""

    old: Content
    new: Content
    all: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.all)

    @cached_property
    def counts(self) -> Mapping[Way, int]:
        return {way: n for way in Way if (n := sum(way in it.ways for it in self.all))}

    @cached_property
    def by_element(self) -> Mapping[str, Change]:
        """Of what stands in the new edition."""
        return {it.new.element: it for it in self.all if it.new}

    def by_domain(self) -> dict[str, tuple[Change, ...]]:
        """By the title of the domain, in the order of the new edition, then the old one's."""
        titles = {**self.old.domains, **self.new.domains}
        order = [*self.new.domains, *(it for it in self.old.domains if it not in self.new.domains)]
        found = {
            titles[name]: tuple(it for it in self.all if it.thing.domain == name) for name in order
        }
        return {title: changes for title, changes in found.items() if changes}


def changes(old: Content, new: Content) -> Changes:
    """Where one of them holds only facts, or only questions, of those."""
    old, new = old.only(new.holds), new.only(old.holds)
    pairs = matched(old.things, new.things)
    gone = set(pairs.values())
    found = [_change(old.things.get(pairs.get(name, "")), it) for name, it in new.things.items()]
    found += [
        Change(it, None, (Way.REMOVED,)) for name, it in old.things.items() if name not in gone
    ]
    some = [it for it in found if it.ways]
    return Changes(old, new, tuple(sorted(some, key=_rank)))


def _rank(change: Change) -> int:
    """Corrections first, removed things last; the others as they stand in the pack."""
    return (Way.REMOVED in change.ways) - (Way.CORRECTED in change.ways)


def _change(old: Thing | None, new: Thing) -> Change:
    if old is None:
        return Change(None, new, (Way.CORRECTED, Way.NEW) if CORRECTS in new.words else (Way.NEW,))
    if not old.words or not new.words:  # a booklet does not tell its answers
        ways = [Way.CHANGED] * (old.digest != new.digest)
        return Change(old, new, (*ways, *_moved(old, new)), UNTOLD if ways else ())
    meaning = meant(old, new) if old.digest != new.digest else ()
    texts = tuple(_texts(old, new, in_order=ORDER in meaning))
    return Change(old, new, tuple(_ways(old, new, texts, meaning)), meaning, texts)


def _ways(
    old: Thing, new: Thing, texts: tuple[Text, ...], meaning: tuple[str, ...]
) -> Iterator[Way]:
    if new.words.get(CORRECTS, "") not in ("", old.words.get(CORRECTS)):
        yield Way.CORRECTED
    if meaning:
        yield Way.CHANGED
    elif any(it.place != CORRECTS for it in texts):
        yield Way.REWORDED
    yield from _moved(old, new)


def _moved(old: Thing, new: Thing) -> Iterator[Way]:
    if old.domain != new.domain:
        yield Way.MOVED
    if old.id != new.id and old.named and new.named:
        yield Way.RENAMED


def _texts(old: Thing, new: Thing, in_order: bool) -> Iterator[Text]:
    """Entries of lists are compared with what they were, unless their order is what has changed."""
    earlier = old.words if in_order else aligned(old.words, new.words)
    for place in dict.fromkeys((*new.words, *earlier)):
        before, after = earlier.get(place), new.words.get(place)
        if before != after:
            yield Text(place, before, after)
