"""`cramsheet history`: what each commit of git has changed in a pack, as Markdown."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cramsheet.desk import fetched
from cramsheet.desk.git import Commit
from cramsheet.desk.measures import number
from cramsheet.desk.printing import exam
from cramsheet.problems import Mistakes, mistake

if TYPE_CHECKING:
    from cramsheet.pack.content import Content


def add_history(it: argparse.ArgumentParser) -> None:
    exam(it)
    most = "so many commits, the newest (default: 20)"
    it.add_argument("--number", type=number, default=20, metavar="N", help=most)


def history(args: argparse.Namespace) -> None:
    from cramsheet import pipeline, shelf

    project = args.project.resolve()
    known = shelf.exams(project / "content")
    names = pipeline.choose(args.exam, known, "exam") or known
    pages = ["\n".join(_history(project, name, args.number)) for name in names]
    if not any(pages):
        hint = "it is made of git; `cramsheet diff` compares editions without it"
        raise mistake("the content has no history", hint=hint)
    print("\n\n".join(filter(None, pages)))


def _history(project: Path, name: str, most: int) -> Iterator[str]:
    """Of a pack: a heading a commit that changed what it says, and below what."""
    from cramsheet.edition.changes import changes
    from cramsheet.edition.telling import listed, summed

    commits = commits_of(project, f"content/{name}")[: most + 1]
    states = [(it, _content(it, name, project)) for it in commits]
    if states:
        yield f"# {name}"
    for (commit, new), (_, old) in zip(states, [*states[1:], (None, None)], strict=True):
        if isinstance(new, str):
            yield f"\n## {commit.day}: {commit.subject}\n\n{new}"
        elif isinstance(old, str) or old is None:
            yield f"\n## {commit.day}: {commit.subject}\n\n{len(new.things)} facts and questions"
        elif found := changes(old, new):
            yield f"\n## {commit.day}: {commit.subject}\n\n{summed(found)}\n"
            yield from listed(found)


def _content(commit: Commit, name: str, project: Path) -> "Content | str":
    """What is wrong with it, where this program cannot read it."""
    from cramsheet.pack.content import content_of
    from cramsheet.shelf import load_all

    try:
        with content_at(commit.name, project) as folder:
            (pack,) = load_all(folder, [name], folder.parent)
            return content_of(pack)
    except Mistakes as error:
        return f"not read: {error.problems[0].message}"
