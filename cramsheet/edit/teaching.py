"""What is not asked for, or not often enough."""

from collections.abc import Iterator

from cramsheet.edit.copy import Copy, Finding, found
from cramsheet.pack.fields import count
from cramsheet.pack.pack import Item


def untaught(copy: Copy) -> Iterator[Finding]:
    """Facts that one must know; a pack without questions teaches by itself."""
    items = list(_items(copy))
    taught = {name for item in items for name in item.asked.teaches}
    for entry in copy.pack.entries() if items else ():
        if entry.fact.priority == "must" and entry.id not in taught:
            hint = f'write one with "teaches: [{entry.id}]", or lower the priority'
            mark = entry.node.place(("priority",))
            yield found("no question teaches this fact, which is a must", mark, hint, entry)


def uncovered(copy: Copy) -> Iterator[Finding]:
    covered = {
        (domain.row.id, task) for domain in copy.pack.domains for task in _tasks(domain.items)
    }
    for number, domain in enumerate(copy.pack.domains if any(_items(copy)) else ()):
        for task, title in domain.row.tasks.items():
            if (domain.row.id, task) not in covered:
                mark = copy.place("blueprint", "domains", number, "tasks", task)
                hint = f"write one with 'task: \"{task}\"'"
                yield found(f'no question covers task "{task}", {title}', mark, hint)


def few(copy: Copy) -> Iterator[Finding]:
    """Domains that cannot fill one mock exam."""
    whole = copy.pack.exam.blueprint.questions or 0
    for number, domain in enumerate(copy.pack.domains if any(_items(copy)) else ()):
        have = sum(len(item.singles()) for item in domain.items)
        need = round(whole * domain.row.weight / 100)
        if have < need:
            mark = copy.place("blueprint", "domains", number, "id")
            questions = count(have, "question")
            message = f'"{domain.row.title}" has {questions}; one mock exam needs {need}'
            yield found(message, mark, f"write {need - have} more")


def _items(copy: Copy) -> Iterator[Item]:
    """Cases and their parts, too: what a case teaches its parts teach."""
    for domain in copy.pack.domains:
        for item in domain.items:
            yield from (item, *item.parts)


def _tasks(items: tuple[Item, ...]) -> Iterator[str]:
    for item in items:
        yield from (one.asked.task for one in (item, *item.parts) if one.asked.task)
