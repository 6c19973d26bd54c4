"""What a plan promises: the texts and pictures that each of its parts has to show on paper.

Asked of the plan alone. Neither templates nor styles are looked at, for they may forget something.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from markupsafe import Markup

from cramsheet.pack.facts import Code, Common, Figure, Formula
from cramsheet.pack.fields import Path
from cramsheet.pack.pack import Entry
from cramsheet.pack.questions import BLANK, Choice, Claim, FillIn, Match, Order
from cramsheet.page.markup import inline, short
from cramsheet.page.torn import torn
from cramsheet.page.words import Words
from cramsheet.plan.asking import Question
from cramsheet.plan.plan import Plan
from cramsheet.plan.sections import Group, Section

_UNSAID = {*Common.model_fields, "tex", "say", "alt", "language", *Figure.ways}
# What lines, hyphenation and languages may set otherwise: spaces, dashes, quotes, signs unseen.
_LOOSE = re.compile(
    "[\\s\u00ad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\\-\u2010-\u2015\u2212\"'\u2018-\u201f\u00ab\u00bb\u2039\u203a\u300c-\u300f]+"
)
_TELLING = 10  # letters of a text that hardly stands anywhere by chance
_UNCOUNTED = frozenset(filter(_LOOSE.match, map(chr, range(0x10000))))


@dataclass(frozen=True)
class Text:
    """A text that has to stand, as `bare` has it, and as it was written; `path` leads to it in
    the file. What is `listed` stands once."""

    bare: str
    written: str
    path: Path = ()
    listed: bool = False


@dataclass(frozen=True)
class Promise:
    """What one fact, question or heading has to show; `rooms` are boxes to tick and lines to write
    on."""

    texts: tuple[Text, ...]
    pictures: int = 0
    rooms: int = 0
    links: tuple[str, ...] = ()


@lru_cache(maxsize=20_000)
def bare(text: str) -> str:
    """What is left of a text when spaces, dashes, quotes and capitals do not count, nor the dots of
    those of Turkish."""
    return _LOOSE.sub("", text).casefold().replace("\u0307", "").replace("\u0131", "i")


def of_plan(plan: Plan, words: Words) -> Iterator[tuple[str, Promise]]:
    """By element id: every fact, question, heading and story."""
    for section in plan.sections:
        yield from _headings(section, plan)
        for topic in section.topics:
            for entry in topic.entries:
                yield f"fact-{entry.id}", of_fact(entry, plan, words)
        for group in section.groups:
            yield from _case(group, plan)
            for question in group.questions:
                yield f"question-{question.id}", of_question(question, plan, words)


def of_fact(entry: Entry, plan: Plan, words: Words) -> Promise:
    fact, language = entry.fact, plan.exam.language
    asked = [_text(path, text, language, fact) for path, text in _written(fact)]
    asked[1:1] = _former(fact, words)
    links: tuple[str, ...] = ()
    if plan.kind.name == "notes" and entry.source and entry.source != "unverified":
        if entry.source.startswith("http"):
            links = (entry.source,)
        else:
            asked.append(_text(("source",), entry.source, language))
    drawn = isinstance(fact, Figure | Formula) + _formulas(asked, language)
    return Promise(tuple(asked), drawn, links=links)


def _written(fact: Common) -> Iterator[tuple[Path, str]]:
    """Each text of a fact that is printed, and the path to it."""
    for name, key in _printed(type(fact)):
        if value := getattr(fact, name):
            yield from _within((key,), value)


@cache
def _printed(kind: type[Common]) -> tuple[tuple[str, str], ...]:
    """The fields of a kind of fact that are printed, and what authors call them."""
    fields = kind.model_fields.items()
    return tuple((name, field.alias or name) for name, field in fields if name not in _UNSAID)


def _within(path: Path, value: object) -> Iterator[tuple[tuple[str | int, ...], str]]:
    match value:
        case str():
            yield path, value
        case tuple():
            for index, part in enumerate(value):
                yield from _within((*path, index), part)
        case dict():
            for key, part in value.items():
                yield (*path, key), str(key)
                yield from _within((*path, key), part)


def _former(fact: Common, words: Words) -> Iterator[Text]:
    if fact.formerly:
        yield Text(bare(fact.formerly), fact.formerly, ("formerly",))
    if said := {"closed": "closed", "retired": "retired_fact"}.get(fact.status):
        yield Text(bare(words(said)), words(said), ("status",))


def _text(path: Path, text: str, language: str, fact: object = None) -> Text:
    if isinstance(fact, Code) and path == ("lines",):
        return Text(bare(text), text, path)
    return Text(_set(text, language), text, path)


@lru_cache(maxsize=20_000)
def _set(text: str, language: str) -> str:
    """As it is set; formulas are pictures."""
    html = str(inline(text, language))
    if "data-tex" in html:
        html = re.sub(r"<span data-tex=.*?</span>", "", html, flags=re.DOTALL)
    return bare(str(Markup(html).striptags()) if "<" in html or "&" in html else html)


def _formulas(texts: list[Text], language: str) -> int:
    return sum(
        str(inline(text.written, language)).count("data-tex")
        for text in texts
        if "$" in text.written and text.path != ("lines",)
    )


def of_question(question: Question, plan: Plan, words: Words) -> Promise:
    language = plan.exam.language
    said = _answered if plan.kind.answers else _put
    texts = [Text(bare(str(question.number)), str(question.number))]
    for before, text, listed in said(question, words):
        whole = f"{before} {text}".strip()
        texts.append(Text(bare(before) + _set(text, language), whole, (), listed))
    if plan.kind.answers:
        for name in question.teaches:
            name = short(plan.entries[name].fact)
            texts.append(Text(_set(name, language), name))
    rooms = 0 if plan.kind.answers else _rooms(question)
    return Promise(tuple(texts), _formulas(texts, language), rooms)


def _rooms(question: Question) -> int:
    match question.asked:
        case Choice() | Order():
            return len(question.options)
        case Claim():
            return 2
        case FillIn():
            return question.asked.fill.count(BLANK)
        case Match():
            return len(question.lefts)


def _put(question: Question, words: Words) -> Iterator[tuple[str, str, bool]]:
    """What is asked: what stands before a text, the text, whether it is one of several."""
    match question.asked:
        case Choice():
            yield "", question.asked.question, False
            if question.rights > 1:
                yield "", words("choose", count=words.number(question.rights)), False
        case Claim():
            yield "", words("true_or_false"), False
            yield "", question.asked.claim, False
            yield from (("", words(truth), False) for truth in ("true", "false"))
        case FillIn():
            yield "", words("fill_in"), False
            for part in question.asked.fill.split(BLANK):
                yield "", part, False
        case Match():
            yield "", question.asked.match, False
            for index, left in enumerate(question.lefts, 1):
                yield str(index), left, True
        case Order():
            yield "", question.asked.order, False
    for option in question.options:
        yield option.letter, option.text, True


def _answered(question: Question, words: Words) -> Iterator[tuple[str, str, bool]]:
    """What is right, and why."""
    if isinstance(question.asked, Choice):
        for letter in question.answer:
            yield letter, "", False
        for option in sorted(question.options, key=lambda it: not it.right):
            if option.right:
                yield "", option.text, False
            yield "" if option.right else option.letter, option.why, not option.right
        return
    for answer in question.answer:
        yield "", words(answer) if isinstance(question.asked, Claim) else answer, False
    yield "", question.why, False


def _headings(section: Section, plan: Plan) -> Iterator[tuple[str, Promise]]:
    language = plan.exam.language
    if not plan.form:
        title = f"{section.number}"
        texts = Text(title, title), _text((), section.row.title, language)
        yield f"domain-{section.row.id}", Promise(texts)
    for topic in section.topics:
        yield section.topic_id(topic), Promise((_text(("topic",), topic.title, language),))


def _case(group: Group, plan: Plan) -> Iterator[tuple[str, Promise]]:
    if group.case and not plan.kind.answers:
        language = plan.exam.language
        texts = [_text(("case",), group.case.case, language)]
        texts.append(_text(("story",), group.case.story, language))
        first = group.questions[0].id
        yield f"case-{first}", Promise(tuple(texts), _formulas(texts, language))


def of_contents(plan: Plan, pages: Mapping[str, int]) -> Iterator[Text]:
    """Each line of a list of contents, with its page."""
    language = plan.exam.language
    for section in plan.sections:
        titles = [(f"domain-{section.row.id}", section.row.title)]
        titles += [(section.topic_id(topic), topic.title) for topic in section.topics]
        for name, title in titles:
            yield Text(f"{_set(title, language)}{pages[name]}", f"{title} {pages[name]}")


def missing(texts: tuple[Text, ...], words: str, parts: int = 1) -> list[Text]:
    """Those that do not stand among the words of a block, which are bare; in the order of the
    plan, or else in any. Of a block in so many parts a cell may be torn into as many."""
    at = 0
    for text in texts:
        at = words.find(text.bare, at)
        if at < 0:
            break
        at += len(text.bare)
    else:
        return []
    lost, whole = [], words
    for text in sorted(texts, key=lambda it: -len(it.bare)):
        rest = words.replace(text.bare, "\0", 1)
        if text.bare and rest == words and not torn(text.bare, whole, parts):
            lost.append(text)
        words = rest
    return [text for text in texts if text in lost]


def joined(texts: tuple[Text, ...], words: str) -> list[Text]:
    """Those that touch the one before them, as no two words may; of a block that says them in the
    order of the plan, its words as they are read."""
    whole, at, last, found = bare(words), 0, -1, []
    places: list[int] = []
    for text in texts:
        at = whole.find(text.bare, at)
        if at < 0:
            return []
        if at == last and text.bare and _in_word(whole[at - 1]) and _in_word(text.bare[0]):
            places = places or [it for it, letter in enumerate(words) if letter not in _UNCOUNTED]
            if len(places) != len(whole):  # a capital that is two small letters
                return []
            if places[at] - places[at - 1] == 1:
                found.append(text)
        at = last = at + len(text.bare)
    return found


def _in_word(letter: str) -> bool:
    return letter.isalnum() and letter < "\u2e80"  # from there on no spaces are written


def repeated(texts: tuple[Text, ...], words: str) -> list[Text]:
    """What stands more often than it was listed. The end of a word and the next one may read like
    a short text ("end word" holds "D word"), so short ones are not counted."""
    apart, together = (between.join(it.bare for it in texts) for between in ("\0", ""))
    return [
        it
        for it in texts
        if it.listed
        and len(it.bare) >= _TELLING
        and words.count(it.bare) > max(apart.count(it.bare), together.count(it.bare))
    ]
