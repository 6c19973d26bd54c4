"""Lists of two editions side by side: an entry that stands at another number is the same entry."""

from collections.abc import Mapping

from cramsheet.pack.content import BETWEEN
from cramsheet.plan.likeness import shared

_ALIKE = 0.4  # of the pairs of letters of two entries in common: one was reworded
_Entry = dict[str, str]  # texts by the rest of their place
_Lists = dict[str, dict[int, _Entry]]


def aligned(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """The old texts, by the places where their entries stand now; those of entries that have gone
    by "(3)", where they stood."""
    mine, theirs = _lists(old), _lists(new)
    moved = {
        name: _numbers(entries, theirs[name]) for name, entries in mine.items() if name in theirs
    }
    found = {}
    for place, text in old.items():
        name, number, rest = _taken_apart(place)
        if number is not None and name in moved:
            now = moved[name][number]
            told = f"({number})" if now is None else str(now)
            place = BETWEEN.join(filter(None, (name, told, rest)))
        found[place] = text
    return found


def _lists(words: Mapping[str, str]) -> _Lists:
    found: _Lists = {}
    for place, text in words.items():
        name, number, rest = _taken_apart(place)
        if number is not None:
            found.setdefault(name, {}).setdefault(number, {})[rest] = text
    return found


def _taken_apart(place: str) -> tuple[str, int | None, str]:
    """The list, the number of the entry, and where below it."""
    name, _, rest = place.partition(BETWEEN)
    number, _, below = rest.partition(BETWEEN)
    return (name, int(number), below) if number.isdecimal() else (place, None, "")


def _numbers(old: dict[int, _Entry], new: dict[int, _Entry]) -> dict[int, int | None]:
    """The new number of each old entry: of one that says the same, then of the likest."""
    found: dict[int, int | None] = {}
    left = dict(new)
    for before, entry in old.items():
        same = [now for now, it in left.items() if it.get("") == entry.get("")]
        if same:
            nearest = min(same, key=lambda now: abs(now - before))
            found[before] = nearest
            del left[nearest]
    pairs = [
        (-shared(entry.get("", ""), it.get("", "")), abs(now - before), before, now)
        for before, entry in old.items()
        if before not in found
        for now, it in left.items()
    ]
    for likeness, _, before, now in sorted(pairs):
        if before not in found and now in left and -likeness >= _ALIKE:
            found[before] = now
            del left[now]
    for before in old:  # where one has gone and one has come, at one number
        if before not in found:
            found[before] = before if before in left else None
            left.pop(before, None)
    return found
