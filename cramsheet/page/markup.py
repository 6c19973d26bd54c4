"""The Markdown an author may use inside a fact: emphasis, code, links. HTML stays text."""

import re
from functools import lru_cache
from xml.etree.ElementTree import Element

import markdown
from markdown.inlinepatterns import LINK_RE, LinkInlineProcessor
from markupsafe import Markup

from cramsheet.pack.facts import Common

# Only between numbers that are no date, no version and no part of a name (MLS-C01, 2026-11-21).
_RANGE = re.compile(r"(?<![\w.-])(\d[\d.,]*)-(\d[\d.,]*)(?![\w-])")
_SIGNS = ((re.compile(r" - "), " – "), (re.compile(r"(?<=\d)(?<!\b0)x(?=\d)"), "×"))  # not 0x1F
_FEW = 7  # words that are enough to find a sentence again
_UNIT = re.compile(r"(?<=\d) (?=(?:%|[kKMGTP]i?B|ms|s|min|h|GB/s|MB/s|USD|mm|km|kg|m)\b|%)")
# What Markdown may change; most cells of tables hold none of it.
_MARKED = re.compile(r"""[*_`\[\]<>&\\"'|#~^]|\.\.|://|^\s|\s$|  |\n\s""")
_WEB = ("http://", "https://", "mailto:")  # where a link may lead
_QUOTES = {
    "de": {"left-double-quote": "„", "right-double-quote": "“"},
    "fr": {"left-double-quote": "« ", "right-double-quote": " »"},
}


@lru_cache(maxsize=20_000)
def inline(text: str, language: str = "en") -> Markup:
    """One line's worth: no paragraph around it."""
    if not _MARKED.search(text):
        return Markup(" ".join(_signs(text).split("\n")))
    html = _markdown(language).reset().convert(typeset(text))
    return Markup(html.removeprefix("<p>").removesuffix("</p>").replace("\n", " "))


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """The words alone, for alternative texts and outlines."""
    return Markup(inline(text)).striptags()


def stem(text: str) -> tuple[str, str]:
    """A question as its story and the question proper: its last sentence, if it is one of many."""
    head, mark, tail = text.strip().rpartition(". ")
    if mark and tail[-1:] in "?？؟" and not tail[:1].islower():  # "e.g. this" goes on
        return f"{head}.", tail
    return "", text


def short(fact: Common) -> str:
    """A name for a fact: its subject, or of a whole sentence the bold word or the beginning."""
    if fact.whole_subject:
        return fact.subject
    if bold := re.match(r"\*\*(.+?)\*\*", fact.subject):
        return bold[1]
    words = fact.subject.split()
    return fact.subject if len(words) <= _FEW else f"{' '.join(words[:_FEW])} …"


@lru_cache(maxsize=4096)
def typeset(text: str) -> str:
    """Dashes, times and spaces before units, outside code and addresses."""
    parts = re.split(r"(`[^`]*`|\]\([^)]*\)|https?://\S+)", text)
    return "".join(part if index % 2 else _signs(part) for index, part in enumerate(parts))


def _signs(text: str) -> str:
    text = _RANGE.sub(r"\1–\2", text)
    for pattern, sign in _SIGNS:
        text = pattern.sub(sign, text)
    return _UNIT.sub("\u202f", text)


@lru_cache(maxsize=8)
def _markdown(language: str) -> markdown.Markdown:
    quotes = _QUOTES.get(language.split("-")[0], {})
    converter = markdown.Markdown(
        output_format="html",
        extensions=["smarty"],
        extension_configs={"smarty": {"smart_dashes": False, "substitutions": quotes}},
    )
    converter.preprocessors.deregister("html_block")
    converter.inlinePatterns.register(_WebLink(LINK_RE, converter), "link", 160)
    for pattern in ("html", "automail", "image_link", "image_reference", "short_image_ref"):
        converter.inlinePatterns.deregister(pattern)
    for block in (
        "hashheader", "setextheader", "olist", "ulist", "quote", "hr", "code", "indent",
        "reference",
    ):  # fmt: skip
        converter.parser.blockprocessors.deregister(block)
    return converter


class _WebLink(LinkInlineProcessor):
    """A link that leads elsewhere than to the web or to mail stays text."""

    def handleMatch(  # type: ignore[override]  # its stub says less than it does
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str | None, int | None, int | None]:
        link, start, end = super().handleMatch(m, data)
        if isinstance(link, Element) and not link.get("href", "").startswith(_WEB):
            return None, None, None
        return link, start, end
