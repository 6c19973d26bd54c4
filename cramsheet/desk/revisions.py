"""`cramsheet diff`: two editions, wherever they are, and what has changed between them."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cramsheet.desk.git import commit_named, content_at
from cramsheet.desk.printing import exam
from cramsheet.problems import Exit, mistake

if TYPE_CHECKING:
    from cramsheet.edition.changes import Changes
    from cramsheet.edition.record import Edition

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
    old, new = editions(args.old, project), editions(args.new or str(project), project)
    names = _common(args, old, new)
    found = [changes(old[name].content, new[name].content) for name in names]
    print(_told(found, args.format))
    return Exit.FOUND if any(found) else Exit.DONE


def editions(what: str, project: Path) -> "dict[str, Edition]":
    """By exam; raises Mistakes."""
    from cramsheet.edition.finding import edition_of, editions_in, has_records
    from cramsheet.shelf import exams, load_all

    path = Path(what)
    if path.is_file():
        return editions_in(path)
    if path.is_dir():
        if (path / "exam.yaml").is_file():
            folder = path.resolve()
            (pack,) = load_all(folder.parent, [folder.name], Path.cwd())
            return {pack.name: edition_of(pack)}
        content = path / "content" if (path / "content").is_dir() else path
        if has_records(path) and content == path:
            return editions_in(path)
        packs = load_all(content, exams(content), Path.cwd())
        return {pack.name: edition_of(pack) for pack in packs}
    commit = commit_named(what, project)
    if commit is None:
        raise mistake(f'there is no "{what}"', hint=f"name {_WHAT} of git")
    with content_at(commit, project) as folder:
        packs = load_all(folder, exams(folder), folder.parent)
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
    return both


def _told(found: "list[Changes]", format: str) -> str:
    from cramsheet.edition.plain import as_json
    from cramsheet.edition.telling import COLOUR, PLAIN, markdown, told

    if format == "json":
        return as_json(found)
    if format == "markdown":
        return "\n".join(map(markdown, found)).rstrip()
    hand = COLOUR if sys.stdout.isatty() else PLAIN
    return "\n\n".join(told(it, hand) for it in found)
