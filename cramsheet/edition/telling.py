"""Changes for a person to read: on a terminal, and as Markdown."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from cramsheet.edition.between import COME, GONE, pieces
from cramsheet.edition.changes import Change, Changes, Text, Way
from cramsheet.edition.wording import in_words
from cramsheet.pack.content import BETWEEN, Content
from cramsheet.pack.fields import count
from cramsheet.problems import shortened

_EXACT = ("tex", "lines")  # no prose
_WORDS = 8  # of a text that is told to know a thing by
_FIRST = ("status", "formerly", "corrects", "why")  # no name of a thing


@dataclass(frozen=True)
class Hand:
    """How words are set off: what has gone, what has come, and a heading."""

    gone: Callable[[str], str]
    come: Callable[[str], str]
    head: Callable[[str], str]
    strong: Callable[[str], str]


PLAIN = Hand("[-{}-]".format, "{{+{}+}}".format, str, str)
COLOUR = Hand(
    "\x1b[31m[-{}-]\x1b[0m".format,
    "\x1b[32m{{+{}+}}\x1b[0m".format,
    "\x1b[1m{}\x1b[0m".format,
    "\x1b[1m{}\x1b[0m".format,
)
MARKDOWN = Hand("~~{}~~".format, "**{}**".format, "## {}".format, "**{}**".format)


def told(changes: Changes, hand: Hand = PLAIN) -> str:
    """For a terminal."""
    lines = [_title(changes), summed(changes)]
    for domain, found in changes.by_domain().items():
        lines += ["", hand.head(domain)]
        lines += [line for it in found for line in _lines(it, hand, changes, "  ")]
    return "\n".join(lines)


def markdown(changes: Changes) -> str:
    lines = [f"# {_title(changes)}", "", summed(changes)]
    for domain, found in changes.by_domain().items():
        lines += ["", MARKDOWN.head(domain), "", *_items(found, changes)]
    return "\n".join(lines) + "\n"


def listed(changes: Changes) -> Iterator[str]:
    """Markdown, without headings."""
    return _items(changes.all, changes)


def _items(found: Iterable[Change], changes: Changes) -> Iterator[str]:
    for it in found:
        first, *rest = _lines(it, MARKDOWN, changes, "")
        yield f"- {first}"
        yield from (f"  - {line.strip()}" for line in rest)


def _title(changes: Changes) -> str:
    old, new = changes.old, changes.new
    return f"{new.code}: from {edition(old)} to {edition(new)}"


def edition(content: Content) -> str:
    """As it stands in the footers of sheet and booklet."""
    day = content.edition.isoformat() if content.edition else "undated"
    if len(content.digests) < 2:
        return " ".join([day, *content.digests])
    facts, questions = content.digests
    return f"{day} (facts {facts}, questions {questions})"


def summed(changes: Changes) -> str:
    if not changes:
        return "nothing has changed"
    facts = sum(not it.thing.asked for it in changes.all)
    both = [count(facts, "fact"), count(len(changes.all) - facts, "question")]
    what = " and ".join(it for it in both if not it.startswith("0 "))
    ways = ", ".join(f"{n} {way}" for way, n in changes.counts.items())
    return f"{what}: {ways}"


def _lines(change: Change, hand: Hand, changes: Changes, left: str) -> Iterator[str]:
    ways = ", ".join(change.ways)
    meaning = f" ({', '.join(change.meaning)})" if change.meaning else ""
    yield f"{left}{hand.strong(ways + meaning)}: {name(change)}"
    if change.corrects:
        yield f"{left}  was wrong: {change.corrects}"
    if Way.MOVED in change.ways and change.old and change.new:
        titles = {**changes.old.domains, **changes.new.domains}
        yield f"{left}  from {titles[change.old.domain]} to {titles[change.new.domain]}"
    if Way.RENAMED in change.ways and change.old and change.new:
        yield f"{left}  id {hand.gone(change.old.id)} {hand.come(change.new.id)}"
    yield from (
        f"{left}  {text.place}: {between(text, hand)}"
        for text in change.texts
        if text.place != "corrects"
    )
    if change.old is None or change.new is None:
        here = hand.come if change.new else hand.gone
        for place, words in change.thing.words.items():
            if place != "corrects":
                yield f"{left}  {place}: {here(_said(place, words))}"


def between(text: Text, hand: Hand) -> str:
    set_off = {GONE: hand.gone, COME: hand.come}
    old, new = _said(text.place, text.old or ""), _said(text.place, text.new or "")
    found = [_around(words, set_off[way]) if way else words for way, words in pieces(old, new)]
    return "".join(found).strip()


def _around(words: str, hand: Callable[[str], str]) -> str:
    """A space after the words, outside, whether or not they ended a line."""
    bare = words.rstrip()
    return f"{hand(bare)} " if bare else words


def name(change: Change) -> str:
    """By which a person knows it: its first words."""
    thing = change.thing
    first = next((it for place, it in thing.words.items() if _says(place)), thing.id)
    words = in_words(first).split()
    cut = shortened(" ".join(words[:_WORDS]))
    more = len(words) > _WORDS or cut.endswith("...")
    return f"{cut.rstrip('.').rstrip(',;: ')}..." if more else cut


def _says(place: str) -> bool:
    return place.split(BETWEEN)[0] not in _FIRST


def _said(place: str, text: str) -> str:
    return " ".join((text if place in _EXACT else in_words(text)).split())
