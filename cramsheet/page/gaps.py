"""Gaps in a sheet: words that keep their place and are not drawn, with a number in front."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from markupsafe import Markup, escape

from cramsheet.pack.pack import Entry
from cramsheet.page.advances import text_width
from cramsheet.page.scripts import beside_wide
from cramsheet.plan.recall import key_word, left_out, rarity

_NUMBER = 0.62 * text_width("000")  # em, of the words; see styles/blanks.css
_LONG = 100  # from here on numbers have three figures
_STRONG = re.compile(r"(?<=<strong>).+?(?=</strong>)")
_FIRST = re.compile(r"([^\s<>&]+) (?=\S)")
_SIGNS = re.compile(r"(?<=[^\W_])[.,;:،؛。、]$")  # behind a word that stands alone as an answer
_TAG = re.compile(r"(<[^>]*>)")


@dataclass
class Gaps:
    """Of one document; `first` is the number of the first gap of each fact. Where that is unknown
    they are numbered as they come. `found` is what was left out, by fact."""

    entries: Mapping[str, Entry]
    first: Mapping[str, int] = field(default_factory=dict)
    hides: bool = False
    whole: frozenset[str] = frozenset()  # ids of facts that have none
    screen: bool = False
    found: dict[str, list[Markup]] = field(default_factory=dict)

    def gap(self, html: str, entry: Entry, part: object = None) -> Markup:
        """A gap instead of a text, or of a part that is left out; short words that begin it stay,
        for the number stands there."""
        if not self._blanks(entry) or (part is not None and part not in self._left_out(entry)):
            return Markup(html)
        stays, rest = "", str(html)
        while (word := _FIRST.match(rest)) and text_width(word[1]) < _NUMBER:
            stays, rest = stays + word[0], rest[word.end() :]
        if not _has_room(rest):
            return Markup(html)
        return Markup(stays) + self._gap(rest, entry)

    def keys(self, html: str, entry: Entry) -> Markup:
        """Gaps instead of the bold words of a text; without any, instead of the rarest word."""
        if not self._blanks(entry):
            return Markup(html)
        if _STRONG.search(html):
            return Markup(_STRONG.sub(lambda it: str(self.gap(it[0], entry)), html))
        parts = _TAG.split(html)
        for word in filter(None, [key_word(Markup(html).striptags(), self._known)]):
            whole = re.compile(rf"[^\s<>]*(?<!\w){re.escape(str(escape(word)))}(?!\w)[^\s<>]*")
            for at, part in enumerate(parts[::2]):
                if found := whole.search(part):
                    gap = self.gap(found[0], entry)
                    parts[2 * at] = f"{part[: found.start()]}{gap}{part[found.end() :]}"
                    return Markup("".join(parts))
        return Markup(html)

    def _blanks(self, entry: Entry) -> bool:
        return self.hides and entry.id not in self.whole

    def _gap(self, html: str, entry: Entry) -> Markup:
        found = self.found.setdefault(entry.id, [])
        before = sum(map(len, self.found.values())) - len(found)
        number = self.first.get(entry.id, before + 1) + len(found)
        found.append(Markup(_SIGNS.sub("", html)))
        long = " long" if number >= _LONG else ""
        focus = ' tabindex="0"' if self.screen else ""
        return Markup(
            f'<span class="gap"{focus}><span class="gap-n{long}">{number}</span>'
            f'<span class="gone">{html}</span></span>'
        )

    @cached_property
    def _known(self) -> Mapping[str, int]:
        return rarity(str(entry.fact) for entry in self.entries.values())

    def _left_out(self, entry: Entry) -> frozenset[object]:
        return left_out(entry.fact, entry.id)


def numbered(pages: list[list[str]], found: Mapping[str, list[Markup]]) -> dict[str, int]:
    """The number of the first gap of each fact: they count from 1 on each page, as read."""
    first: dict[str, int] = {}
    for page in pages:
        number = 1
        for name in page:
            first[name] = number
            number += len(found.get(name, ()))
    return first


def answers(
    pages: list[list[str]], found: Mapping[str, list[Markup]]
) -> Iterator[list[tuple[int, Markup]]]:
    """What was left out on each page, with its number."""
    for page in pages:
        texts = [text for name in page for text in found.get(name, ())]
        yield list(enumerate(texts, 1))


def _has_room(html: str) -> bool:
    """Whether a number stands in front of where the first line may break."""
    if html.startswith("<img"):
        return True
    first = next(iter(beside_wide(plain_of(html).split(" ")[0])), "")
    return text_width(first) >= _NUMBER


def plain_of(html: str) -> str:
    return str(Markup(html).striptags())
