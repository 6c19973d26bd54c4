"""The Markdown an author may use inside a fact: emphasis, code, links. HTML stays text."""

import re
from collections.abc import Sequence
from functools import lru_cache
from unicodedata import bidirectional
from xml.etree.ElementTree import Element

import markdown
from markdown.inlinepatterns import (
    LINK_RE,
    InlineProcessor,
    LinkInlineProcessor,
)
from markdown.util import AtomicString
from markupsafe import Markup

from cramsheet.pack.exam import RIGHT_TO_LEFT
from cramsheet.pack.facts import Common
from cramsheet.page.glue import counted, glued, with_minus
from cramsheet.page.places import MATHS, Place
from cramsheet.page.scripts import beside_wide

# Only between numbers that are no date, no version and no part of a name (MLS-C01, 2026-11-21).
_RANGE = re.compile(r"(?<![\w.-])(\d[\d.,]*)-(\d[\d.,]*)(?![\w-])")
_SIGNS = ((re.compile(r" - "), " – "), (re.compile(r"(?<=\d)(?<!\b0)x(?=\d)"), "×"))  # not 0x1F
_FEW = 7  # words that are enough to find a sentence again
_UNIT = re.compile(r"(?<=\d) (?=(?:%|[kKMGTP]i?B|ms|s|min|h|GB/s|MB/s|USD|mm|km|kg|m)\b|%)")
# What Markdown may change; most cells of tables hold none of it.
_MARKED = re.compile(r"""[*_`$\[\]<>&\\"'|#~^]|\.\.|://|^\s|\s$|  |\n\s""")
# Signs for others while Markdown is read, which would print "&lt;" as "<" and __init__ as a bold
# "init"; no pack holds them.
_AND, _UNDER = "\x01", "\x04\x04"
_WEB = ("http://", "https://", "mailto:")  # where a link may lead
# Python-Markdown looks for the end of every bracket, sign by sign: of 20,000 it would for minutes.
_LINK = re.compile(rf"\[(?:[^\[\]]|\[[^\[\]]*\])*\]\(\s*<?(?:{'|'.join(_WEB)})")
_BARE = r"<(https?://[^<>\s]*)>"  # an address that is shown
_LONGEST_LINK = 2_500  # characters of an address
_QUOTES = {
    "ar": "«»",
    "cs": "„“",
    "de": "„“",
    "el": "«»",
    "es": "«»",
    "fa": "«»",
    "fr": ("«\u202f", "\u202f»"),
    "it": "«»",
    "ja": "「」",
    "pl": "„”",
    "pt-PT": "«»",
    "ru": "«»",
    "uk": "«»",
    "zh-Hant": "「」",
    "zh-TW": "「」",
}  # by language, or by language and country; elsewhere as in English
_PAIRED = ("ar", "fa", "ja", "ur", "zh")  # letters may touch both quotes: they are counted off
# A thin space before these, in French; a colon inside a word or a time is none of them.
_FRENCH = (
    (re.compile(r"(?<![ \u00a0])[ \u00a0]+(?=[;!?»]|:(?!\S))"), "\u202f"),
    (re.compile(r"(?<=[^\s;:!?])(?=[;!?]+(?:[\s*_»)\]]|$)|:(?:[\s*_]|$)|»)"), "\u202f"),
    (re.compile(r"«[ \u00a0]*(?!\u202f)"), "«\u202f"),
)
# Held together by marks in a text that runs from right to left: 20 °C.
_MEASURE = re.compile(
    r"\d{4}-\d\d-\d\d|(?:(?<!\w)[+−-])?\d[\d.,–]*[ \u202f]?[°µA-Za-z][°/²³A-Za-z]*"
)
_FOREIGN = r"\[([^\]\[]+)\]\{([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\}"  # [Feuerwehr]{de}


@lru_cache(maxsize=20_000)
def inline(text: str, language: str = "en") -> Markup:
    """One line's worth: no paragraph around it."""
    if not _MARKED.search(text):
        return Markup(glued(_signs(text.replace("\n", " "), language)))
    text = text.replace("\n", " ")
    text = typeset(text.replace("&", _AND).replace("__", _UNDER), language, together=True)
    html = _markdown(language).reset().convert(text)
    html = html.replace(_AND, "&amp;").replace(_UNDER, "__")
    return Markup(html.removeprefix("<p>").removesuffix("</p>").replace("\n", " "))


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """The words alone, for alternative texts and outlines."""
    return Markup(inline(text)).striptags()


def stem(text: str) -> tuple[str, str]:
    """A question as its story and the question proper: its last sentence, if it is one of many."""
    for sign in (". ", "。"):
        head, mark, tail = text.strip().rpartition(sign)
        if mark and tail[-1:] in "?？؟" and not tail[:1].islower():  # "e.g. this" goes on
            if any(head.count(sign) % 2 and tail.count(sign) % 2 for sign in "*`$"):
                return "", text  # the marks of words in both parts would be printed
            return f"{head}{sign.strip()}", tail
    return "", text


def short(fact: Common) -> str:
    """A name for a fact: its subject, or of a whole sentence the bold word or the beginning."""
    if fact.whole_subject:
        return fact.subject
    if bold := re.match(r"\*\*(.+?)\*\*", fact.subject):
        return bold[1]
    words = fact.subject.split()
    if len(words) <= _FEW and len(beside_wide(fact.subject)) > 3 * _FEW:  # no spaces
        return f"{fact.subject[: 3 * _FEW]} …"
    return fact.subject if len(words) <= _FEW else f"{' '.join(words[:_FEW])} …"


def marks_of(language: str) -> str:
    """The signs that are put for an author's plain ones."""
    return "".join(_quotes(language))


def _quotes(language: str) -> Sequence[str]:
    return _QUOTES.get(language) or _QUOTES.get(language.split("-")[0]) or "“”"


def direction(text: str) -> str:
    """Which way a text runs by its letters; without any, from left to right."""
    return "rtl" if any(bidirectional(letter) in ("R", "AL") for letter in text) else "ltr"


@lru_cache(maxsize=4096)
def typeset(text: str, language: str = "en", together: bool = False) -> str:
    """Dashes, times, minus and spaces before units, outside code and addresses; and what must not
    be parted, if it is to stay `together`."""
    parts = re.split(rf"(`[^`]*`|\]\([^)]*\)|https?://\S+|{MATHS})", text)
    parts[::2] = [_signs(part, language) for part in parts[::2]]
    if together:
        parts[:-1:2] = [counted(part) for part in parts[:-1:2]]
        parts[-1] = glued(parts[-1])
    return "".join(parts)


def _signs(text: str, language: str) -> str:
    text = with_minus(_RANGE.sub(r"\1–\2", text))
    for pattern, sign in _SIGNS:
        text = pattern.sub(sign, text)
    own = language.split("-")[0]
    if own == "fr":
        for pattern, sign in _FRENCH:
            text = pattern.sub(sign, text)
    if own in _PAIRED:
        text = re.sub(r'"([^"]*)"', r"\1".join(_quotes(language)), text)
    text = _UNIT.sub("\u202f", text)
    return _MEASURE.sub("\u200e\\g<0>\u200e", text) if own in RIGHT_TO_LEFT else text


@lru_cache(maxsize=8)
def _markdown(language: str) -> markdown.Markdown:
    left, right = _quotes(language)
    quotes = {"left-double-quote": left, "right-double-quote": right}
    converter = markdown.Markdown(
        output_format="html",
        extensions=["smarty"],
        extension_configs={"smarty": {"smart_dashes": False, "substitutions": quotes}},
    )
    converter.preprocessors.deregister("html_block")
    converter.inlinePatterns.register(_WebLink(LINK_RE, converter), "link", 160)
    converter.inlinePatterns.register(_Address(_BARE, converter), "autolink", 120)
    converter.inlinePatterns.register(Place(MATHS, converter), "maths", 185)
    converter.inlinePatterns.register(_Foreign(_FOREIGN, converter), "foreign", 165)
    for pattern in (
        "html", "entity", "automail", "image_link", "image_reference", "short_image_ref",
        "reference", "short_reference",
    ):  # fmt: skip
        converter.inlinePatterns.deregister(pattern)
    for block in (
        "hashheader", "setextheader", "olist", "ulist", "quote", "hr", "code", "indent",
        "reference",
    ):  # fmt: skip
        converter.parser.blockprocessors.deregister(block)
    return converter


class _WebLink(LinkInlineProcessor):
    """A link that leads elsewhere than to the web or to mail stays text; so does one without words,
    or with a title, which nobody would see on paper."""

    def handleMatch(  # type: ignore[override]  # its stub says less than it does
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str | None, int | None, int | None]:
        found = _LINK.match(data, m.start(0))
        if found is None:
            return None, None, None
        link, start, end = super().handleMatch(m, data[: found.end() + _LONGEST_LINK])
        if isinstance(link, Element):
            prints = (link.text or "").strip() and not link.get("title")
            if not prints or not link.get("href", "").startswith(_WEB):
                return None, None, None
        return link, start, end


class _Address(InlineProcessor):
    def handleMatch(  # type: ignore[override]  # its stub says less than it does
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        link = Element("a", href=self.unescape(m[1]))
        link.text = AtomicString(m[1])
        return link, m.start(0), m.end(0)


class _Foreign(InlineProcessor):
    """Words of another language, in brackets with its tag behind them in braces."""

    def handleMatch(  # type: ignore[override]  # its stub says less than it does
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        span = Element("span", lang=m[2], dir=_direction(m[2]))
        span.text = m[1]
        return span, m.start(0), m.end(0)


def _direction(language: str) -> str:
    return "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"
