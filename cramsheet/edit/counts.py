"""How much there is of what."""

from collections import Counter
from collections.abc import Iterator, Sequence
from unicodedata import combining, east_asian_width

from cramsheet.edit.copy import Copy
from cramsheet.edit.guessing import by_chance, share_of_longest, singles
from cramsheet.pack.facts import Priority
from cramsheet.pack.pack import Pack

_PRIORITIES: tuple[Priority, ...] = ("must", "should", "could")


def counts(pack: Pack) -> str:
    """A table for the desk."""
    blocks = [_facts(pack), _kinds(pack)]
    if any(pack.singles()):
        blocks += [_questions(pack), _guesses(pack)]
    return "\n\n".join("\n".join(block) for block in blocks)


def _facts(pack: Pack) -> list[str]:
    rows = []
    for domain in pack.domains:
        have = Counter(e.fact.priority for topic in domain.topics for e in topic.entries)
        rows.append((domain.row.title, [have[name] for name in _PRIORITIES]))
    return list(_table("facts", _PRIORITIES, rows))


def _kinds(pack: Pack) -> list[str]:
    kinds = list(dict.fromkeys(entry.fact.kind for entry in pack.entries()))
    by_kind = Counter((entry.fact.kind, entry.fact.priority) for entry in pack.entries())
    rows = [(kind, [by_kind[kind, name] for name in _PRIORITIES]) for kind in sorted(kinds)]
    return list(_table("kinds of fact", _PRIORITIES, rows))


def _questions(pack: Pack) -> list[str]:
    kinds = sorted({item.asked.kind for item in pack.singles()})
    rows = []
    for domain in pack.domains:
        have: Counter[tuple[str, str]] = Counter()
        for item in domain.items:
            for one in item.singles():
                have[one.asked.task or item.asked.task or "no task", one.asked.kind] += 1
        for task in sorted({task for task, _ in have}):
            title = f"{domain.row.title}, {task}"
            rows.append((title, [have[task, kind] for kind in kinds]))
    return list(_table("questions", kinds, rows))


def _guesses(pack: Pack) -> list[str]:
    copy = Copy(pack)
    longest = f"the right option alone is the longest   {100 * share_of_longest(copy):5.1f} %"
    guessed = f"right answers that guessing gives       {100 * by_chance(copy):5.1f} %"
    return [longest, guessed] if singles(copy) else [guessed]


def _table(
    title: str, heads: Sequence[str], rows: Sequence[tuple[str, Sequence[int]]]
) -> Iterator[str]:
    """With sums, and the share of each row."""
    whole = sum(sum(numbers) for _, numbers in rows)
    sums = [sum(column) for column in zip(*(numbers for _, numbers in rows), strict=True)]
    width = max(_width(name) for name, _ in (*rows, (title, ())))
    yield _filled(title, width) + "".join(f" {head:>8}" for head in (*heads, "all", "share"))
    for name, numbers in (*rows, ("all", sums)):
        cells = "".join(f" {number:8}" for number in (*numbers, sum(numbers)))
        share = 100 * sum(numbers) / whole if whole else 0
        yield f"{_filled(name, width)}{cells} {share:6.0f} %"


def _filled(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _width(text: str) -> int:
    """In columns of a terminal: Japanese letters take two, marks on a letter none."""
    wide = sum(east_asian_width(letter) in "WF" for letter in text)
    return len(text) + wide - sum(map(bool, map(combining, text)))
