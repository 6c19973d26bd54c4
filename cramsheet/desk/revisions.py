"""`cramsheet diff`: two editions, wherever they are, and what has changed between them."""

import argparse
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cramsheet.desk import fetched, sources
from cramsheet.desk.allowing import caps
from cramsheet.desk.printing import exam
from cramsheet.problems import Exit, Mistakes, Problem, mistake

if TYPE_CHECKING:
    from cramsheet.edition.changes import Changes
    from cramsheet.edition.record import Edition
    from cramsheet.pack.content import Content

_FORMATS = ("text", "markdown", "json")
_WHAT = "an edition record, a PDF of ours, an output folder, a folder of content, or a revision"


def add_diff(it: argparse.ArgumentParser) -> None:
    it.add_argument("old", metavar="OLD", help=f"{_WHAT} of git")
    new = "the same (default: the content of the project)"
    it.add_argument("new", nargs="?", default="", metavar="NEW", help=new)
    exam(it)
    it.add_argument("--format", choices=_FORMATS, default="text", help="default: text")


def diff(args: argparse.Namespace) -> Exit:
    """1 when anything has changed."""
    from cramsheet.edition.changes import changes

    project = args.project.resolve()
    old, new = editions(args.old, args), editions(args.new or str(project), args)
    names = _common(args, old, new)
    found = [changes(old[name].content, new[name].content) for name in names]
    print(_told(found, args.format))
    if not args.exam and min(len(old), len(new)) > 1:
        _tell_strays({"old": {*old} - {*new}, "new": {*new} - {*old}})
    return Exit.FOUND if any(found) else Exit.DONE


def _tell_strays(strays: Mapping[str, set[str]]) -> None:
    for which, names in strays.items():
        for name in sorted(names):
            print(f"{name} is only in the {which} edition", file=sys.stderr)


def editions(what: str, args: argparse.Namespace) -> "dict[str, Edition]":
    """By exam; raises Mistakes."""
    from cramsheet.edition.finding import editions_in

    path = Path(what)
    if path.is_file():
        return editions_in(path)
    if not path.is_dir():
        return _of_a_revision(what, args)
    content = sources.content_in(path)
    if content is None:
        return editions_in(path)
    if (path / sources.EXAM).is_file():
        folder = path.resolve()
        return _written(folder.parent, [folder.name], args)
    names = [it.parent.name for it in sorted(content.glob(f"*/{sources.EXAM}"))]
    if not names:
        raise mistake(f"there is no edition in {what}", hint=f"name {_WHAT} of git")
    return _written(content, names, args)


def _of_a_revision(what: str, args: argparse.Namespace) -> "dict[str, Edition]":
    project = args.project.resolve()
    commit = fetched.commit_named(what, project)
    if commit is None:
        why = fetched.why_none(project)
        told = f", and {why}" if why else ""
        raise mistake(f'there is no file or folder "{what}"{told or ", and no such revision"}',
                      hint=f"name {_WHAT} of git")  # fmt: skip
    with fetched.content_at(commit, project) as content:
        names = [it.parent.name for it in sorted(content.glob(f"*/{sources.EXAM}"))]
        try:
            return _written(content, names, args, content.parent)
        except Mistakes as error:
            raise Mistakes([_then(it, what) for it in error.problems]) from error


def _then(problem: Problem, revision: str) -> Problem:
    """Where it stood, as git names a file of a revision."""
    mark = problem.mark
    path = f"{revision}, {mark.path}" if mark else ""
    return replace(problem, mark=replace(mark, path=path)) if mark else problem


def _written(
    content: Path, names: list[str], args: argparse.Namespace, here: Path | None = None
) -> "dict[str, Edition]":
    """Of packs in a folder."""
    from cramsheet.edition.finding import edition_of
    from cramsheet.shelf import load_all

    packs = load_all(content, names, here or Path.cwd(), caps(args))
    return {pack.name: edition_of(pack) for pack in packs}


def _common(
    args: argparse.Namespace, old: "dict[str, Edition]", new: "dict[str, Edition]"
) -> list[str]:
    """The exams that both have, of those that were asked for."""
    from cramsheet import pipeline

    asked = pipeline.choose(args.exam, sorted({*old, *new}), "exam")
    both = [name for name in new if name in old and (not asked or name in asked)]
    if not both:
        there = f"{', '.join(old) or 'none'} and {', '.join(new) or 'none'}"
        raise mistake("the two have no exam in common", hint=f"they hold {there}")
    for name in both:
        _comparable(old[name].content, new[name].content)
    return both


def _comparable(old: "Content", new: "Content") -> None:
    """A sheet carries facts, a booklet questions; raises Mistakes for one of each."""
    from cramsheet.pack.content import ALL

    if ALL not in (old.holds, new.holds) and old.holds != new.holds:
        message = f"the one carries {old.holds} alone, the other {new.holds}"
        raise mistake(message, hint="name the edition record beside one of them")


def _told(found: "list[Changes]", format: str) -> str:
    from cramsheet.edition.plain import as_json
    from cramsheet.edition.telling import COLOUR, PLAIN, markdown, told

    if format == "json":
        return as_json(found)
    if format == "markdown":
        return "\n".join(map(markdown, found)).rstrip()
    hand = COLOUR if sys.stdout.isatty() else PLAIN
    return "\n\n".join(told(it, hand) for it in found)
