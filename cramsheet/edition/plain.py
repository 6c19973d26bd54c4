"""Changes for a program to read: JSON."""

import json
from collections.abc import Sequence
from typing import Any

from cramsheet.edition.between import pieces
from cramsheet.edition.changes import Change, Changes
from cramsheet.pack.content import Content, Thing


def as_json(found: Sequence[Changes]) -> str:
    """A list with an object for each exam."""
    return json.dumps([_changes(it) for it in found], indent=1, ensure_ascii=False)


def _changes(it: Changes) -> dict[str, Any]:
    return {
        "exam": it.new.exam,
        "old": _content(it.old),
        "new": _content(it.new),
        "counts": {str(way): n for way, n in it.counts.items()},
        "changes": [_change(change) for change in it.all],
    }


def _content(it: Content) -> dict[str, Any]:
    day = it.edition.isoformat() if it.edition else None
    return {
        "edition": day,
        "digest": it.digest,
        "printed": list(it.digests),
        "things": len(it.things),
    }


def _change(it: Change) -> dict[str, Any]:
    return {
        "ways": [str(way) for way in it.ways],
        "meaning": list(it.meaning),
        "corrects": it.corrects or None,
        "old": it.old and _thing(it.old),
        "new": it.new and _thing(it.new),
        "texts": [
            {
                "place": text.place,
                "old": text.old,
                "new": text.new,
                "words": [
                    [way or "same", words] for way, words in pieces(text.old or "", text.new or "")
                ],
            }
            for text in it.texts
        ],
    }


def _thing(it: Thing) -> dict[str, Any]:
    what = "question" if it.asked else "fact"
    return {"id": it.id, "what": what, "kind": it.kind, "domain": it.domain, "topic": it.topic}
