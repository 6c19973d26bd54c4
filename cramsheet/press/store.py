"""Blocks that were laid out before, by what they are made of.

A block is laid out alone: nothing counts but its own text, the elements around it and the styles.
Where styles look at what stands beside a block nothing is kept.
"""

import re
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from typing import Generic, TypeVar

from cramsheet.page.writing import Html

K = TypeVar("K")
T = TypeVar("T")

_MAIN, _END = "<main>", "</main>"
_TAG = re.compile(
    r"<article\b.*?</article>|<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)\b[^>]*>", re.DOTALL
)
_ID = re.compile(r'<article\b[^>]*?\sid="([^"]*)"')
_NAME_OF = re.compile(r"<([a-z0-9]+)")
_VOID = {"br", "col", "hr", "img", "input", "link", "meta", "wbr"}

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SELECTORS = re.compile(r"(?:^|[{};])([^{};@]+)\{")
_AROUND = re.compile(r"[+~]|(?<!:):(?:nth|first|last|only|empty)")
_HAS = re.compile(r"([^\s>+~]*):has\(([^()]*)")  # what, and what stands in it or beside it
_TYPE = re.compile(r"[\s>+~]*([a-z][a-z0-9]*)")
_OUTSIDE = {"article", "section", "main", "div", "nav", "body", "html", "header"}
_COUNTING = ("counter", "target-")
ANYTHING = "*"

Key = bytes


@dataclass
class Store(Generic[K, T]):
    """At most so many; what nobody has wanted for longest goes first."""

    most: int = 12_000
    kept: OrderedDict[K, T] = field(default_factory=OrderedDict)

    def get(self, key: K) -> T | None:
        if key in self.kept:
            self.kept.move_to_end(key)
        return self.kept.get(key)

    def put(self, key: K, thing: T) -> None:
        self.kept[key] = thing
        while len(self.kept) > self.most:
            self.kept.popitem(last=False)


@dataclass(frozen=True)
class Article:
    id: str
    key: Key
    begin: int  # in the text
    end: int
    around: tuple[str, ...]  # the tags of the elements it stands in


@dataclass(frozen=True)
class Skeleton:
    """A document seen as articles that may be known, and all else, which has one key."""

    html: Html
    articles: tuple[Article, ...]
    key: Key

    def only(self, wanted: Sequence[Article]) -> Html:
        """The document with some of its articles, and nothing else."""
        text = self.html.text
        parts = [text[: text.index(_MAIN) + len(_MAIN)]]
        for it in wanted:
            parts += [*it.around[1:], text[it.begin : it.end]]
            parts += [f"</{_NAME_OF.match(tag)[1]}>" for tag in it.around[:0:-1]]  # type: ignore[index]
        return Html("".join((*parts, text[text.rindex(_END) :])), self.html.styles)

    def without(self, known: Sequence[Article]) -> Html:
        """The document with some articles empty: headings may look at their classes."""
        text, parts, at = self.html.text, list[str](), 0
        for it in known:
            parts += [text[at : text.index(">", it.begin) + 1], "</article>"]
            at = it.end
        return Html("".join((*parts, text[at:])), self.html.styles)


def skeleton(html: Html) -> Skeleton:
    """Without the articles that its styles may set otherwise because of what stands beside them."""
    moved = frozenset[str]().union(*(set_by_surroundings(style.text) for style in html.styles))
    base = blake2b(html.text[: html.text.index(_MAIN)].encode(), digest_size=20)
    for style in html.styles:
        base.update(b"\0" + style.text.encode())
    found: tuple[Article, ...] = ()
    if ANYTHING not in moved:
        heads = re.compile("|".join(f"<{tag}\\b" for tag in sorted(moved)) or "(?!)")
        every = _articles(html.text, base)
        found = tuple(it for it in every if not heads.search(html.text, it.begin, it.end))
    rest = Skeleton(html, found, b"").without(found).text
    base.update(rest.encode())
    return Skeleton(html, found, base.digest())


def _articles(text: str, base: "blake2b") -> Iterator[Article]:
    around: list[str] = []
    for tag in _TAG.finditer(text, text.index(_MAIN), text.rindex(_END)):
        if tag["name"] is None:
            if name := _ID.match(tag[0]):
                key = base.copy()
                key.update("\0".join(("", *around, tag[0])).encode())
                yield Article(name[1], key.digest(), *tag.span(), tuple(around))
        elif tag["end"]:
            around.pop()
        elif tag["name"] not in _VOID:
            around.append(tag[0])


@lru_cache(maxsize=64)
def set_by_surroundings(css: str) -> frozenset[str]:
    """The headings that rules set by what stands beside them or beside what holds them: headings
    are always laid out where they stand. ANYTHING when a rule may do so to a fact."""
    css = _COMMENT.sub("", css)
    if any(word in css for word in _COUNTING):
        return frozenset({ANYTHING})
    selectors = [it for found in _SELECTORS.finditer(css) for it in found[1].split(",")]
    if any(map(_looks_in, selectors)):
        return frozenset({ANYTHING})
    return frozenset(_subject(selector) for selector in selectors if _around(selector))


def _looks_in(selector: str) -> bool:
    """Whether it asks what is in something that may hold articles, or beside something."""
    return any(
        "+" in asked or "~" in asked or _outside(_TYPE.match(what))
        for what, asked in _HAS.findall(selector)
    )


def _outside(element: re.Match[str] | None) -> bool:
    """Whether it may be an article, or hold one."""
    return element is None or element[1] in _OUTSIDE


def _subject(selector: str) -> str:
    heading = re.search(r"[\s>+~](h[1-6])[^\s>+~]*\s*$", selector)
    return heading[1] if heading else ANYTHING


def _around(selector: str) -> bool:
    """Whether it asks for neighbours of what is, or may hold, an article."""
    flat = re.sub(r":(?:not|is|where)\(([^()]*)\)", r"\1", selector)
    flat = re.sub(r"\([^()]*\)", "", flat)
    for found in _AROUND.finditer(flat):
        if found[0] in "+~":
            element = _TYPE.match(flat, found.start())
        else:  # the compound that the condition belongs to
            begin = max(flat.rfind(c, 0, found.start()) for c in " >+~\n") + 1
            element = _TYPE.match(flat, begin)
        if _outside(element):
            return True
    return False
