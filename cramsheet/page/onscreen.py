"""Proofreading of the edition for screens: what its HTML says, whatever a browser makes of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from cramsheet.page.promised import Promise, bare, missing, repeated
from cramsheet.plan.plan import Plan
from cramsheet.problems import Mistakes, Problem, shortened

_VOID = {"br", "col", "hr", "img", "input", "link", "meta", "wbr"}
_APART = {"script", "style", "title"}  # no words of the text
_HINT = "look at its template"


@dataclass
class _Said:
    words: list[str] = field(default_factory=list)
    pictures: int = 0
    links: set[str] = field(default_factory=set)


class _Reader(HTMLParser):
    """Collects what stands in each element that has an id."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[_Said]] = {}
        self._open: list[tuple[str, _Said | None]] = []  # of an id or not
        self._unsaid = 0  # elements around that say nothing, as numbers of gaps

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        for said in self._around():
            said.pictures += tag == "img" or (tag == "svg" and not self._within("svg"))
            said.links |= {told["href"]} if "href" in told else set()
        if tag in _VOID:
            return
        new = _Said() if "id" in told and not self._within("svg") else None
        if new:
            self.found.setdefault(told["id"], []).append(new)
        quiet = tag in _APART or "gap-n" in told.get("class", "").split()
        self._unsaid += bool(quiet or self._unsaid)
        self._open.append((tag, new))

    def handle_endtag(self, tag: str) -> None:
        while self._within(tag):
            self._unsaid -= bool(self._unsaid)
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        for said in self._around() if not self._unsaid else ():
            said.words.append(data)

    def _around(self) -> Iterator[_Said]:
        return (said for _, said in self._open if said)

    def _within(self, tag: str) -> bool:
        return any(name == tag for name, _ in self._open)


def prove_edition(text: str, plan: Plan, promised: Iterable[tuple[str, Promise]]) -> None:
    """Raises Mistakes where the HTML lacks a fact, a question, or what these have to say."""
    reader = _Reader()
    reader.feed(text)
    marks = plan.marks()
    problems = [
        Problem(f"{told} in {plan.kind.name}.html", marks.get(name), _HINT)
        for name, promise in promised
        for told in _lacking(name, reader.found.get(name, []), promise)
    ]
    if problems:
        raise Mistakes(dict.fromkeys(problems))


def _lacking(name: str, found: list[_Said], promise: Promise) -> Iterator[str]:
    if len(found) != 1:
        yield f'"{name}" does not stand once'
        return
    (said,) = found
    words = bare("".join(said.words))
    for it in missing(promise.texts, words):
        yield f'"{name}" lacks the words "{shortened(it.written, 60)}"'
    for it in repeated(promise.texts, words):
        yield f'"{name}" says "{shortened(it.written, 60)}" more than once'
    if said.pictures < promise.pictures:
        yield f'"{name}" shows {said.pictures} of {promise.pictures} pictures and formulas'
    for address in promise.links:
        if address not in said.links:
            yield f'"{name}" has no link to {shortened(address, 60)}'
