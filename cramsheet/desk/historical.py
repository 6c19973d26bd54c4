"""`cramsheet history`: what each commit of git has changed in a pack, as Markdown, or for a page of
the notes."""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cramsheet.desk import fetched
from cramsheet.desk.allowing import caps
from cramsheet.desk.git import CONTENT, Commit
from cramsheet.desk.measures import number
from cramsheet.desk.printing import exam
from cramsheet.problems import Mistakes, mistake

if TYPE_CHECKING:
    from cramsheet.edition.past import Day, State

_LATEST = 20
_MOST = "so many commits, the newest (default: 20)"
_WITHOUT = "it is made of git; `cramsheet diff` compares editions without it"


def add_history(it: argparse.ArgumentParser) -> None:
    exam(it)
    it.add_argument(
        "--number", dest="past", type=number, default=_LATEST, metavar="N", help=_MOST
    )  # fmt: skip


def add_past(it: argparse.ArgumentParser) -> None:
    """For a page of the notes."""
    about = "a page at the end of the notes: what the newest N commits of git changed (usual: 20)"
    it.add_argument(
        "--history", dest="past", type=number, nargs="?", const=_LATEST, metavar="N", help=about
    )  # fmt: skip


def history(args: argparse.Namespace) -> None:
    from cramsheet import pipeline, shelf

    project = args.project.resolve()
    known = shelf.exams(project / "content")
    names = pipeline.choose(args.exam, known, "exam") or known
    pages = [(name, found) for name, found in pasts(args, names).items() if found]
    print("\n\n".join("\n".join(_markdown(name, found)) for name, found in pages))


def pasts(args: argparse.Namespace, names: Iterable[str]) -> "dict[str, list[Day]]":
    """Of each pack, as far back as was asked for; raises Mistakes where there is no git."""
    most = getattr(args, "past", None)
    if not most:
        return {}
    from cramsheet.edition.past import days

    project = args.project.resolve()
    if why := fetched.why_none(project):
        raise mistake(f"there is no history: {why}", hint=_WITHOUT)
    states = {name: list(_states(args, project, name, most)) for name in names}
    if not any(states.values()):
        message = "there is no history: no commit of git has a file of the content"
        raise mistake(message, hint="commit the content first")
    return {name: days(found, most) for name, found in states.items()}


def _states(args: argparse.Namespace, project: Path, name: str, most: int) -> "Iterator[State]":
    path = f"{CONTENT}/{name}"
    for commit in fetched.commits_of(project, path, most + 1):
        yield _state(args, commit, project, name)


def _state(args: argparse.Namespace, commit: Commit, project: Path, name: str) -> "State":
    from cramsheet.edition.past import State
    from cramsheet.pack.content import content_of
    from cramsheet.shelf import load_all

    try:
        with fetched.content_at(commit.name, project, f"{CONTENT}/{name}") as folder:
            (pack,) = load_all(folder, [name], folder.parent, caps(args))
            return State(commit.day, commit.subject, content_of(pack))
    except Mistakes as error:
        return State(commit.day, commit.subject, None, error.problems[0].message)


def _markdown(name: str, found: "Sequence[Day]") -> "Iterator[str]":
    """Of a pack: a heading a commit that changed what it says, and below what."""
    from cramsheet.edition.telling import listed, summed
    from cramsheet.pack.fields import count

    yield f"# {name}"
    for day in found:
        yield f"\n## {day.state.day}: {day.state.subject}\n"
        if day.changes:
            yield f"{summed(day.changes)}\n"
            yield from listed(day.changes)
        elif day.state.content:
            facts, asked = day.counts
            yield f"beginning: {count(facts, 'fact')} and {count(asked, 'question')}"
        else:
            yield f"not read, for it has a mistake: {day.state.wrong}"
