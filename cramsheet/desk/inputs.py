"""What a build reads, and what its order means: what `manifest` has to know."""

import argparse
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from cramsheet.desk import sources
from cramsheet.desk.allowing import caps
from cramsheet.desk.manifest import (
    FOLDER,
    PROGRAM,
    Manifest,
    again,
    alike,
    forget_old,
    keep,
    kept,
    name_of,
    surroundings,
)
from cramsheet.desk.ordering import named_files
from cramsheet.desk.seen import CONTENTS, NAMES, PACKS, TIMES, Seen, digest, digest_of_text, look

Files = Mapping[str, bytes | tuple[bytes, ...] | None]

_NO_WISHES = (
    *("work", "first", "walled", "typed", "quiet", "output", "project", "jobs", "no_cache"),
    *("allowed", "report_with_content", "overwrite"),
)
_RECIPE = "requirements.txt"  # beside the program: what `build.py` makes the environment from


def nothing_to_do(args: argparse.Namespace) -> str | None:
    """What to say when the documents are there, ordered in other words; None when they are not."""
    output = _output(args)
    if not (found := alike(str(output), _meaning(args))):
        return None
    mine = Manifest(found.meaning, _said(args, found.made), found.read, found.made)
    keep(str(output / FOLDER / name_of(args.typed)), mine)
    return mine.said


def inputs(args: argparse.Namespace) -> list[Seen]:
    """All that the build is going to read, as it is now; what was noted the last time and nobody
    has touched is not read for it."""
    noted = kept(str(_output(args) / FOLDER / name_of(args.typed)))
    known = {(it.counts, it.path): it for it in noted.read} if noted else {}
    wanted = dict.fromkeys(_read(args))
    return [known[it].again() if it in known else look(*it) for it in wanted]


def notes(args: argparse.Namespace, read: Sequence[Seen], files: Files) -> dict[str, bytes]:
    """The manifest, by its path, of files that were made; none if what was `read` has changed."""
    if not (now := again(read)):
        return {}
    output = _output(args)
    forget_old(str(output))
    made = [_made(str(output / name), data) for name, data in files.items() if data is not None]
    manifest = Manifest(_meaning(args), _said(args, made), now, made)
    return {f"{FOLDER}/{name_of(args.typed)}": bytes(manifest)}


def _made(path: str, data: bytes | tuple[bytes, ...]) -> Seen:
    value = digest(*(data if isinstance(data, tuple) else (data,)))
    return Seen(CONTENTS, value, "", path)


def _said(args: argparse.Namespace, made: Sequence[Seen]) -> str:
    if args.quiet:
        return ""
    count = sum(it.path.endswith((".pdf", ".html")) for it in made)
    are = "document is as it was" if count == 1 else "documents are as they were"
    return f"nothing has changed: {count} {are} in {_output(args)}"


def _meaning(args: argparse.Namespace) -> str:
    wishes = {name: value for name, value in vars(args).items() if name not in _NO_WISHES}
    places = [args.project.resolve(), _output(args), *(it.absolute() for it in named_files(args))]
    # How long a build may take does not change what it prints; what it may read can.
    wishes["allowed"] = caps(args).of_packs
    if (since := wishes.get("since")) and Path(since).exists():
        wishes["since"] = Path(since).absolute()
    told = sorted((name, str(value)) for name, value in wishes.items())
    return digest_of_text(repr((surroundings(), told, [*map(str, places)])))


def _output(args: argparse.Namespace) -> Path:
    output: Path = args.output or args.project.resolve() / "output"
    return output.absolute()


def _read(args: argparse.Namespace) -> Iterator[tuple[str, str]]:
    """What counts, and of which path."""
    from cramsheet.page.installed import usual_folders
    from cramsheet.page.shop import BUILT_IN

    project = args.project.resolve()
    own = (root / name for root in (project, BUILT_IN) for name in ("templates", "styles"))
    named = (path.absolute() for path in named_files(args))
    recipe = Path(PROGRAM).parent / _RECIPE
    yield from _packs(args, project / "content")
    yield from _earlier(args, project)
    for path in (*own, Path(PROGRAM), recipe, *named):
        yield CONTENTS, str(path)
    for folder in usual_folders():
        yield TIMES, str(folder.absolute())
    for name in sys.path:
        yield NAMES, os.path.abspath(name)  # noqa: PTH100


def _earlier(args: argparse.Namespace, project: Path) -> Iterator[tuple[str, str]]:
    """The old edition, and what git would say of it."""
    since = getattr(args, "since", "")
    if since:
        yield from sources.counting(since)
    if getattr(args, "past", 0) or (since and not Path(since).exists()):
        from cramsheet.desk.fetched import heeded

        yield from ((CONTENTS, path) for path in heeded(project))


def _packs(args: argparse.Namespace, content: Path) -> Iterator[tuple[str, str]]:
    """Those that were asked for; all when one of them is not there. Each for itself: its folder may
    be a link, nothing in it is followed."""
    there = sorted(os.listdir(content) if content.is_dir() else ())  # noqa: PTH208
    asked = {name.strip() for name in args.exam.split(",") if name.strip()}
    if not asked or not asked <= set(there):
        yield PACKS, str(content)
        asked = {name for name in there if name[0] not in "._"}
    for name in sorted(asked):
        yield CONTENTS, str(content / name)
