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

_MAIN = "<main>"
_TAG = re.compile(
    r"<article\b.*?</article>|<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)\b[^>]*>", re.DOTALL
)
_ID = re.compile(r'<article\b[^>]*?\sid="([^"]*)"')
_VOID = {"br", "col", "hr", "img", "input", "link", "meta", "wbr"}

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SELECTORS = re.compile(r"(?:^|[{};])([^{};@]+)\{")
_AROUND = re.compile(r"[+~]|(?<!:):(?:nth|first|last|only|has|empty)")
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


def articles(html: Html) -> list[Article]:
    """The articles of a document and their keys, but for those that its styles may set otherwise
    because of what stands beside them."""
    moved = frozenset[str]().union(*(set_by_surroundings(style.text) for style in html.styles))
    if ANYTHING in moved:
        return []
    heads = re.compile("|".join(f"<{tag}\\b" for tag in sorted(moved)) or "(?!)")
    return [it for it in _articles(html) if not heads.search(html.text, it.begin, it.end)]


def _articles(html: Html) -> Iterator[Article]:
    begin = html.text.index(_MAIN)
    base = blake2b(html.text[:begin].encode(), digest_size=20)
    for style in html.styles:
        base.update(b"\0" + style.text.encode())
    around: list[str] = []
    for tag in _TAG.finditer(html.text, begin, html.text.rindex("</main>")):
        if tag["name"] is None:
            if name := _ID.match(tag[0]):
                key = base.copy()
                key.update("\0".join(("", *around, tag[0])).encode())
                yield Article(name[1], key.digest(), *tag.span())
        elif tag["end"]:
            around.pop()
        elif tag["name"] not in _VOID:
            around.append(tag[0])


def without(html: Html, known: Sequence[Article]) -> tuple[Html, dict[str, list[str]]]:
    """The document without the articles that are known: an empty one stands for those that follow
    each other. Which ones each stands for, by their ids."""
    text, stands, at, last = [], dict[str, list[str]](), 0, ""
    for article in known:
        between = html.text[at : article.begin]
        if not last or between.strip():
            last = article.id
            between += f'<article id="{last}"></article>'
        text.append(between)
        stands.setdefault(last, []).append(article.id)
        at = article.end
    return Html("".join((*text, html.text[at:])), html.styles), stands


@lru_cache(maxsize=64)
def set_by_surroundings(css: str) -> frozenset[str]:
    """The headings that rules set by what stands beside them or beside what holds them: headings
    are always laid out where they stand. ANYTHING when a rule may do so to a fact."""
    css = _COMMENT.sub("", css)
    if any(word in css for word in _COUNTING):
        return frozenset({ANYTHING})
    selectors = [it for found in _SELECTORS.finditer(css) for it in found[1].split(",")]
    return frozenset(_subject(selector) for selector in selectors if _around(selector))


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
        if element is None or element[1] in _OUTSIDE:
            return True
    return False
