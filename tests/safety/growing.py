"""Good packs that nobody would write, for hypothesis, and what has to be read on their paper.

Each word comes with the letters that it has to leave behind: what is expected is not worked out by
the program.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

from cramsheet.pack.pack import Pack
from tests.making import EXAM, pack_from
from tests.safety.losing import picture

_TABLE = yaml.safe_load((Path(__file__).parent / "words.yaml").read_text("utf-8"))
WORDS = [*((word, word) for word in _TABLE["plain"]), *_TABLE["marked"].items()]
_FACTS = ("fact", "term", "list", "steps", "compare", "limit", "when", "trap", "code", "figure")


@dataclass(frozen=True)
class Said:
    """A text as it is written, and as it is read."""

    written: str
    read: str


@dataclass(frozen=True)
class Grown:
    """A fact or a question: what stands in the file, what is to be read, and its pictures."""

    written: dict[str, Any]
    read: tuple[str, ...]
    pictures: int = 0

    @property
    def kind(self) -> str:
        return next(iter(self.written))


@st.composite
def said(draw: st.DrawFn, most: int = 9) -> Said:
    # letters first, so that no text is made of signs alone
    chosen = [("word", "word"), *draw(st.lists(st.sampled_from(WORDS), max_size=most))]
    chosen += [("end", "end")] * draw(st.booleans())
    written, read = zip(*chosen, strict=True)
    return Said(" ".join(written), " ".join(read))


def _made(kind: str, parts: dict[str, Said | list[Said]], pictures: int = 0, **more: Any) -> Grown:
    texts = [it for part in parts.values() for it in (part if isinstance(part, list) else [part])]
    file = {
        key: [it.written for it in part] if isinstance(part, list) else part.written
        for key, part in parts.items()
    }
    return Grown({**file, **more}, tuple(it.read for it in texts), pictures)


def _many(least: int, most: int, words: int = 5) -> st.SearchStrategy[list[Said]]:
    return st.lists(said(words), min_size=least, max_size=most, unique_by=lambda it: it.read)


@st.composite
def fact(draw: st.DrawFn) -> Grown:
    text, short = (draw(said()) for _ in "ab")
    match draw(st.sampled_from(_FACTS)):
        case "fact":
            return _made("fact", {"fact": text})
        case "term":
            return _made("term", {"term": short, "means": text})
        case "list":
            return _made("list", {"list": short, "items": draw(_many(2, 6))})
        case "steps":
            return _made("steps", {"steps": short, "items": draw(_many(2, 6))})
        case "compare":
            columns = draw(_many(1, 4, 2))
            names = draw(_many(1, 4, 2))
            rows = [[draw(said(3)) for _ in columns] for _ in names]
            read = [short, *columns]
            for name, row in zip(names, rows, strict=True):
                read += [name, *row]
            table = {n.written: [it.written for it in r] for n, r in zip(names, rows, strict=True)}
            file = {
                "compare": short.written,
                "columns": [it.written for it in columns],
                "rows": table,
            }
            return Grown(file, tuple(it.read for it in read))
        case "limit":
            return _made("limit", {"limit": short, "value": draw(said(1)), "note": text})
        case "when":
            return _made("when", {"when": text, "choose": short, "not": draw(said(3))})
        case "trap":
            return _made("trap", {"trap": text, "truth": short})
        case "code":
            line = text.written  # one: in JSON, as the file is, a second needs an escape
            return Grown({"code": short.written, "lines": line}, (short.read, line))
    alt = {"alt": "a picture", "picture": "red.png"}
    return Grown({"figure": short.written, **alt}, (short.read,), 1)


@st.composite
def question(draw: st.DrawFn) -> Grown:
    text, why = draw(said()), draw(said(4))
    match draw(st.sampled_from(["question", "claim", "match", "order"])):
        case "question":
            options = draw(_many(2, 12))
            right = draw(st.integers(1, len(options) - 1))
            listed = [
                {"right" if n < right else "wrong": it.written, "why": why.written}
                for n, it in enumerate(options)
            ]
            read = (*(it.read for it in options),)
            return Grown({"question": text.written, "options": listed}, read)
        case "claim":
            return Grown({"claim": text.written, "is": True, "why": why.written}, (text.read,))
        case "match":
            lefts, rights = draw(_many(2, 2)), draw(_many(2, 2))
            pairs = {a.written: b.written for a, b in zip(lefts, rights, strict=True)}
            read = (text.read, *(it.read for it in (*lefts, *rights)))
            return Grown({"match": text.written, "pairs": pairs, "why": why.written}, read)
    items = draw(_many(2, 6))
    file = {"order": text.written, "items": [it.written for it in items], "why": why.written}
    return Grown(file, (text.read, *(it.read for it in items)))


@dataclass(frozen=True)
class Garden:
    """A pack, its facts and questions."""

    pack: Pack = field(repr=False)
    facts: tuple[Grown, ...]
    questions: tuple[Grown, ...]


@st.composite
def packs(draw: st.DrawFn, facts: int = 8, questions: int = 4) -> Garden:
    shown = draw(st.lists(fact(), min_size=1, max_size=facts))
    asked = draw(st.lists(question(), min_size=1, max_size=questions))
    listed = [{**it.written, "id": f"f{n}"} for n, it in enumerate(shown)]
    put = [{**it.written, "id": f"q{n}"} for n, it in enumerate(asked)]
    topics = {"domain": "demo", "topics": [{"topic": draw(said(3)).written, "facts": listed}]}
    files = {"exam.yaml": EXAM, "1.yaml": _yaml(topics)}
    files["questions/1.yaml"] = _yaml({"domain": "demo", "questions": put})
    pack = pack_from(files, {"red.png": picture()})
    return Garden(pack, tuple(shown), tuple(asked))


def _yaml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
