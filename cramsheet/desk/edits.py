"""Which facts and questions say something else than before."""

from collections.abc import Mapping

from cramsheet.pack.pack import Pack


def edited(before: Pack | None, after: Pack) -> frozenset[str]:
    """By element id; a fact that is new counts, one that is gone does not."""
    if before is None:
        return frozenset()
    old, new = _said(before), _said(after)
    return frozenset(name for name, words in new.items() if old.get(name) != words)


def _said(pack: Pack) -> Mapping[str, object]:
    """What each says; where it stands in its file does not matter."""
    facts = {
        f"fact-{it.id}": (it.fact, it.source, it.verified, _picture(pack, it.fact))
        for it in pack.entries()
    }
    asked = {
        f"question-{it.id}": (it.asked, _picture(pack, it.asked), _story(row.asked))
        for domain in pack.domains
        for row in domain.items
        for it in row.singles()
    }
    return {**facts, **asked}


def _picture(pack: Pack, thing: object) -> bytes | None:
    """What is in the file that it shows."""
    return pack.pictures.get(str(getattr(thing, "picture", None)))


def _story(asked: object) -> object:
    """Of a case, which its questions stand below."""
    return getattr(asked, "case", None), getattr(asked, "story", None)
