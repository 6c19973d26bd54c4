"""What the facts and questions of a pack say, as plain texts that another day can be compared with.

Nothing here hangs on the order of keys, on YAML or on how a text is quoted: what says the same has
the same digest.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from hashlib import sha256

from cramsheet.pack.found import Found
from cramsheet.pack.pack import Entry, Item, Pack
from cramsheet.pack.tree import Node

# What stands on no page as an author's word, or only says where a fact is from.
_SILENT = frozenset(
    {"id", "tags", "allow", "source", "verified", "teaches", "task", "difficulty", "priority"}
)
_DIGITS, _SHORT = 12, 6
_KNOWN = 20_000  # texts of things that need not be looked up again, as long as their files live
BETWEEN = " › "
ALL, FACTS, QUESTIONS = "all", "facts", "questions"
OPTIONS, TRUTHS, IS = "options", ("right", "wrong"), "is"


@dataclass(frozen=True)
class Thing:
    """A fact or a question. `words` are its texts by what they stand under, as an author would look
    for them: "means", "items › 3", "options › 2 › why"."""

    id: str
    kind: str
    domain: str
    topic: str
    words: Mapping[str, str]
    asked: bool = False  # a question
    named: bool = True  # by its author, not by its first words
    told: str = ""  # its digest, where its words are not

    @cached_property
    def digest(self) -> str:
        """Of what it says, whatever it is called and wherever it stands."""
        told = (f"{key}\0{text}" for key, text in sorted(self.words.items()))
        return self.told or _digest(self.kind, *told)

    @cached_property
    def text(self) -> str:
        return "\n".join(self.words.values())

    @property
    def element(self) -> str:
        """The id of the element that it is on a page."""
        return f"{'question' if self.asked else 'fact'}-{self.id}"


@dataclass(frozen=True)
class Content:
    """A pack on one day: its facts and questions by element id, in the order of the pack."""

    exam: str
    code: str
    title: str
    edition: date | None
    domains: Mapping[str, str]  # titles by id
    things: Mapping[str, Thing] = field(default_factory=dict)
    holds: str = ALL

    @cached_property
    def digest(self) -> str:
        """Short, of all that it says."""
        return self.digest_of(self.things)

    @property
    def digests(self) -> tuple[str, ...]:
        """Of its facts and of its questions, if it has some, as documents tell them."""
        kinds = (
            [name for name, it in self.things.items() if it.asked == asked] for asked in (0, 1)
        )
        return tuple(self.digest_of(names) for names in kinds if names)

    def only(self, holds: str) -> "Content":
        """Facts alone, or questions."""
        if holds in (ALL, self.holds):
            return self
        kept = {n: it for n, it in self.things.items() if it.asked == (holds == QUESTIONS)}
        return replace(self, things=kept, holds=holds)

    def untold(self) -> "Content":
        """Without words, which hold the answers."""
        things = {n: replace(it, words={}, told=it.digest) for n, it in self.things.items()}
        return replace(self, things=things)

    def digest_of(self, names: Iterable[str]) -> str:
        """Short, of some of its things by element id."""
        told = (f"{name}\0{self.things[name].digest}" for name in sorted(names))
        return _digest(*told)[:_SHORT]


def content_of(pack: Pack) -> Content:
    return _contents(pack)


def _content(pack: Pack) -> Content:
    things: dict[str, Thing] = {}
    for domain in pack.domains:
        for topic in domain.topics:
            for entry in topic.entries:
                it = _fact(entry, domain.row.id, topic.title)
                things[it.element] = it
        for item in domain.items:
            for it in _questions(item, domain.row.id):
                things[it.element] = it
    titles = {domain.row.id: domain.row.title for domain in pack.domains}
    exam = pack.exam
    return Content(pack.name, exam.code, exam.title, pack.edition, titles, things)


_contents: Found[Pack, Content] = Found(_content, 2)  # every document of a build asks


class _Written:
    """A part of a file, which is the same only as itself: its file is read once."""

    def __init__(self, node: Node) -> None:
        self.node = node

    def __hash__(self) -> int:
        return id(self.node)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Written) and self.node is other.node


def _fact(entry: Entry, domain: str, topic: str) -> Thing:
    fact = entry.fact
    return _thing(
        _Written(entry.node), entry.id, fact.kind, domain, topic, False, fact.id is not None
    )


@lru_cache(maxsize=_KNOWN)
def _thing(
    written: _Written, id: str, kind: str, domain: str, topic: str, asked: bool, named: bool
) -> Thing:
    return Thing(id, kind, domain, topic, _words(written.node, kind), asked, named)


def _questions(item: Item, domain: str) -> Iterator[Thing]:
    """A case, then its questions."""
    asked = item.asked
    yield _thing(_Written(item.node), item.id, asked.kind, domain, "", True, asked.id is not None)
    for part in item.parts:
        yield from _questions(part, domain)


def _words(node: Node, kind: str) -> dict[str, str]:
    """Texts by place, as they were written; what is as it is when nobody writes it is left out."""
    if not isinstance(node.value, Mapping):  # a bare fact
        return dict(_flat(node, (kind,)))
    silent = _SILENT | ({"questions"} if kind == "case" else set())
    told = {key: child for key, child in node.value.items() if key not in silent}
    return {
        place: text
        for key, child in told.items()
        for place, text in _flat(child, (key,))
        if (place, text) != ("status", "current")
    }


def _flat(node: Node, place: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if isinstance(node.value, str):
        yield BETWEEN.join(place), node.value.strip()
    elif isinstance(node.value, Mapping):
        for key, child in node.value.items():
            if place[0] == OPTIONS and key in TRUTHS:
                yield BETWEEN.join(place), str(child.value).strip()
                yield BETWEEN.join((*place, IS)), key
            else:
                yield from _flat(child, (*place, key))
    else:
        for number, child in enumerate(node.value, 1):
            yield from _flat(child, (*place, str(number)))


def _digest(*texts: str) -> str:
    return sha256("\1".join(texts).encode()).hexdigest()[:_DIGITS]
