"""What was printed, as a record beside the documents: content, pages, and where each thing stands.

Small, sorted JSON with a checksum; what is no record of ours, or a damaged one, is refused.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Any

from cramsheet.pack.content import Content, Thing
from cramsheet.page.sheets import Stamp
from cramsheet.problems import Mark, Mistakes, mistake

NAME = "edition.json"  # beside the documents of an exam, and inside each
VERSION = 1
_FORM = "cramsheet edition"
_AGAIN = "print the documents again, or name another old edition"

Rectangle = tuple[float, float, float, float]  # left, top, right, bottom in mm


@dataclass(frozen=True)
class Document:
    """A document: what was ordered, its pages, and where each fact or question stands by element
    id, on which page. `layout` is how it was set, as `plan.keeping` tells it; `stays` what of that
    is as in the edition that it was made against, in words."""

    order: Mapping[str, str]
    pages: tuple[Stamp, ...]
    places: Mapping[str, tuple[tuple[int, Rectangle], ...]]
    layout: str = ""
    stays: str = ""


@dataclass(frozen=True)
class Old:
    """A page that is not what it was: of which document, its number, and its edition then."""

    document: str
    page: int
    edition: str


@dataclass(frozen=True)
class Edition:
    """A pack on one day, and the documents that were made of it, by file name without its end; of
    a folder of content there are none. `earlier` are pages of before, by their codes."""

    content: Content
    documents: Mapping[str, Document] = field(default_factory=dict)
    earlier: Mapping[str, Old] = field(default_factory=dict)

    def to_json(self) -> str:
        """Sorted, a thing or a document a line."""
        lines = [f'"{key}": {value}' for key, value in sorted(_lines(self).items())]
        body = "{\n" + ",\n".join(lines)
        return f'{body},\n"sum": "{_sum(body)}"\n}}\n'


def record_from(text: str, path: str = "") -> Edition:
    """Raises Mistakes for a damaged record, one that is none of ours, and a newer one."""
    mark = Mark(path) if path else None
    try:
        known = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise mistake("the edition record cannot be read", mark, _AGAIN) from error
    if not isinstance(known, dict) or known.get("form") != _FORM:
        raise mistake("this is no edition record", mark, f"name the {NAME} beside the documents")
    if known.get("version") != VERSION:
        raise _of_another_version(known.get("version"), mark)
    body = text.replace("\r\n", "\n").rpartition(',\n"sum"')[0]
    if known.get("sum") != _sum(body):
        raise mistake("the edition record is damaged, or was changed by hand", mark, _AGAIN)
    try:
        return _edition(known)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise mistake("the edition record is damaged", mark, _AGAIN) from error


def _of_another_version(version: object, mark: Mark | None) -> Mistakes:
    message = f"the edition record is of version {version}, this program reads {VERSION}"
    return mistake(message, mark, "use the newest cramsheet, or print the documents again")


def _sum(body: str) -> str:
    return sha256(body.encode()).hexdigest()[:16]


def _lines(it: Edition) -> dict[str, str]:
    content = it.content
    plain = {
        "form": _FORM,
        "version": VERSION,
        "exam": content.exam,
        "code": content.code,
        "title": content.title,
        "edition": content.edition and content.edition.isoformat(),
        "digest": content.digest,
        "domains": [[name, title] for name, title in content.domains.items()],
        "order": list(content.things),
        "holds": content.holds,
    }
    things = {name: _written(thing) for name, thing in content.things.items()}
    documents = {name: _json(_plain_document(found)) for name, found in it.documents.items()}
    earlier = {code: _json([*vars(old).values()]) for code, old in it.earlier.items()}
    whole = {
        "things": _object(things),
        "documents": _object(documents),
        "earlier": _object(earlier),
    }
    return {**{key: _json(value) for key, value in plain.items()}, **whole}


_json = json.JSONEncoder(sort_keys=True, ensure_ascii=False).encode


def _object(lines: Mapping[str, str]) -> str:
    return "{\n" + ",\n".join(f"{_json(name)}: {lines[name]}" for name in sorted(lines)) + "\n}"


class _Same:
    """A thing that is the same only as itself."""

    def __init__(self, thing: Thing) -> None:
        self.thing = thing

    def __hash__(self) -> int:
        return id(self.thing)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.thing is other.thing


def _written(thing: Thing) -> str:
    return _written_once(_Same(thing))


@lru_cache(maxsize=20_000)
def _written_once(same: _Same) -> str:
    return _json(_plain_thing(same.thing))


def _plain_thing(it: Thing) -> dict[str, Any]:
    """Its words keep their order, which sorted keys would lose."""
    more = {"asked": True} if it.asked else {}
    more |= {} if it.named else {"unnamed": True}
    words = [[place, text] for place, text in it.words.items()]
    where = {"domain": it.domain, "topic": it.topic}
    return {"id": it.id, "kind": it.kind, "digest": it.digest, "words": words, **where, **more}


def _plain_document(it: Document) -> dict[str, Any]:
    return {
        "order": dict(it.order),
        "pages": [[stamp.code, stamp.edition] for stamp in it.pages],
        "places": {
            name: [[page, *(round(side, 1) for side in area)] for page, area in parts]
            for name, parts in it.places.items()
        },
        "layout": json.loads(it.layout) if it.layout else None,
    } | ({"stays": it.stays} if it.stays else {})


def _edition(known: Mapping[str, Any]) -> Edition:
    things = {name: _thing(known["things"][name]) for name in known["order"]}
    day = known["edition"]
    content = Content(
        _text(known["exam"]),
        _text(known["code"]),
        _text(known["title"]),
        date.fromisoformat(day) if day else None,
        {_text(name): _text(title) for name, title in known["domains"]},
        things,
        _text(known["holds"]),
    )
    documents = {name: _document(it) for name, it in known["documents"].items()}
    earlier = {
        _text(code): Old(_text(name), int(page), _text(edition))
        for code, (name, page, edition) in known["earlier"].items()
    }
    return Edition(content, documents, earlier)


def _thing(it: Mapping[str, Any]) -> Thing:
    words = {_text(place): _text(text) for place, text in it["words"]}
    asked, named = bool(it.get("asked")), not it.get("unnamed")
    return Thing(
        _text(it["id"]), _text(it["kind"]), _text(it["domain"]), _text(it["topic"]), words, asked,
        named, "" if words else _text(it["digest"]),
    )  # fmt: skip


def _document(it: Mapping[str, Any]) -> Document:
    places = {
        _text(name): tuple((int(part[0]), _rectangle(part[1:])) for part in parts)
        for name, parts in it["places"].items()
    }
    order = {_text(key): _text(value) for key, value in it["order"].items()}
    pages = tuple(Stamp(_text(code), _text(edition)) for code, edition in it["pages"])
    layout = json.dumps(it["layout"]) if it["layout"] else ""
    return Document(order, pages, places, layout, _text(it.get("stays", "")))


def _rectangle(sides: Any) -> Rectangle:
    left, top, right, bottom = map(float, sides)
    return left, top, right, bottom


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f'"{value}" is no text')
    return value
