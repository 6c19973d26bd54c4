"""`cramsheet lint`: what a good editor finds, printed."""

from collections.abc import Iterable
from datetime import date

from cramsheet.edit.copy import Copy
from cramsheet.edit.counts import counts
from cramsheet.edit.lint import lint
from cramsheet.edit.spelling import unread
from cramsheet.pack.fields import count
from cramsheet.pack.pack import Pack
from cramsheet.problems import Exit


def edit(packs: Iterable[Pack], today: date | None, only_counts: bool) -> Exit:
    """Print findings and counts; whether there is something to do."""
    some = False
    for pack in packs:
        notes = [] if only_counts else lint(pack, today)
        some = some or bool(notes)
        for note in notes:
            print(note)
        if notes:
            print()
        print(f"{pack.name}: {pack.exam.title}\n\n{counts(pack)}\n")
        if not only_counts:
            print("\n".join(filter(None, (unread(Copy(pack)), _sum(len(notes))))))
    return Exit.FOUND if some else Exit.DONE


def _sum(findings: int) -> str:
    return count(findings, "finding") if findings else "nothing found"
