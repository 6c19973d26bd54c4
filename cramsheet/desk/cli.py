"""The command `cramsheet`, and what `python3 build.py` runs in its environment."""

import argparse
import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cramsheet import __version__
from cramsheet.desk.caching import add_cache, cache, kept, no_cache
from cramsheet.desk.editions import add_current, add_since, current
from cramsheet.desk.grouping import copies
from cramsheet.desk.historical import add_history, history
from cramsheet.desk.measures import binding, day_of, margin, number, per_kind, points, port, seed
from cramsheet.desk.printing import add_poll, exam, fonts, jobs, packs_of, print_all
from cramsheet.desk.revisions import add_diff, diff
from cramsheet.desk.studying import add_mark, add_weak
from cramsheet.desk.wishes import add_mock, add_practice
from cramsheet.problems import Exit, Mistakes

if TYPE_CHECKING:
    from cramsheet.plan.generating import Lot

_ABOUT = "Cheat sheets, study notes, question booklets and answer keys from YAML facts."
_BUILD = "build"
_GARBAGE = 100_000  # new objects after which Python looks for garbage; it begins with 700


def main(words: Sequence[str]) -> int:
    args = _parser().parse_args(_with_command(list(words)))
    args.typed = tuple(words)
    work: Callable[[argparse.Namespace], Exit | None] = args.work
    try:
        with _little_garbage(), kept(args):
            return work(args) or Exit.DONE
    except Mistakes as error:
        print(error, file=sys.stderr)
        _sum_up(error)
        return error.exit
    except KeyboardInterrupt:
        print("\nstopped; the output is as it was", file=sys.stderr)
        return Exit.STOPPED


@contextmanager
def _little_garbage() -> Iterator[None]:
    """Imports and layout make millions of objects that live to the end: looking for garbage among
    them as often as Python does takes an eighth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(_GARBAGE, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _with_command(words: list[str]) -> list[str]:
    """`cramsheet --only sheet` builds; so does `cramsheet` alone."""
    if not words:
        return [_BUILD]
    if words[0].startswith("-") and words[0] not in ("-h", "--help", "--version"):
        return [_BUILD, *words]
    return words


def _sum_up(error: Mistakes) -> None:
    if len(error.problems) > 1:
        files = {problem.mark.path for problem in error.problems if problem.mark}
        where = f" in {len(files)} file{'s' if len(files) > 1 else ''}" if files else ""
        print(f"{len(error.problems)} problems{where}; nothing was written", file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="cramsheet", description=_ABOUT, epilog="Without a command it builds."
    )
    parser.add_argument("--version", action="version", version=f"cramsheet {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    it = _command(commands, _BUILD, _build, "print documents into output/<exam>/")
    _add_build(it)
    jobs(it)
    it = _command(commands, "watch", _watch, "build again whenever a file is saved")
    _add_build(it)
    add_poll(it)
    it = _command(commands, "preview", _preview, "watch, and show the pages in a browser")
    _add_build(it)
    add_poll(it)
    it.add_argument("--port", type=port, default=0, metavar="N", help="default: a free one")
    it.add_argument("--no-open", action="store_true", help="print the address, open no browser")
    it = _command(commands, "generate", _generate, "print questions made of the facts, and a key")
    it.add_argument("--seed", type=seed, default="1", metavar="S", help="same seed, same questions")
    it.add_argument("--number", type=number, default=30, metavar="N", help="how many (default: 30)")
    _add_build(it)
    jobs(it)
    it = _command(commands, "check", _check, "find every mistake, print nothing on paper")
    exam(it)
    fonts(it)
    no_cache(it)
    it = _command(commands, "lint", _lint, "find what a good editor finds, and count")
    exam(it)
    today = "the day from which sources grow old (default: that of the edition)"
    it.add_argument("--today", type=day_of, metavar="DAY", help=today)
    it.add_argument("--counts", action="store_true", help="print the counts alone")
    about = "print a mock exam: paper, answer sheet, keys, score card"
    add_mock(_command(commands, "mock", _mock, about))
    about = "print a paper to practise on, of one domain, task, tag or difficulty"
    add_practice(_command(commands, "practice", _practice, about))
    add_mark(_command(commands, "mark", _mark, "mark filled answer sheets or typed answers"))
    add_weak(_command(commands, "weak", _weak, "print a sheet of what was missed"))
    add_diff(_command(commands, "diff", diff, "tell what has changed between two editions"))
    about = "tell from the codes on printed pages whether they are still good"
    add_current(_command(commands, "current", current, about))
    about = "tell what each commit of git has changed in a pack, as Markdown"
    add_history(_command(commands, "history", history, about))
    it = _command(commands, "new", _new, "make a small pack to start from")
    it.add_argument("name", metavar="EXAM", help="its folder in content/, such as driving-theory")
    about = "show what builds keep for the next ones, or clear it"
    add_cache(_command(commands, "cache", cache, about))
    _command(commands, "schema", _schema, "write the JSON Schemas for editors to content/.schema/")
    _command(commands, "list", _list, "show packs, kinds of document and papers")
    return parser


def _add_build(it: argparse.ArgumentParser) -> None:
    add = it.add_argument
    kinds = "sheet, notes, booklet, key (default: these), blanks, ask"
    papers = "a4, letter, 3x5, ...; a5-landscape, ...; 120x180mm (default: as exam.yaml says)"
    white = "mm that stay white at each edge, 4 or more; or top,right,bottom,left"
    inner = "mm that the inner margin of notes, booklet and key has more"
    day = "the date printed, as 2026-11-21 (default: the newest content)"
    add("--only", default="", metavar="KINDS", help=kinds)
    exam(it)
    add("--paper", default="", metavar="PAPERS", help=papers)
    add("--margin", type=margin, metavar="MM", help=white)
    add("--binding", type=binding, metavar="MM", help=inner)
    pages = "exactly so many pages of the sheet, or auto; sheet=2,notes=30 for several kinds"
    add("--pages", type=per_kind, default={}, metavar="N", help=pages)
    columns = "columns of the sheet, or auto; sheet=4,booklet=1 for several kinds"
    add("--columns", type=per_kind, default={}, metavar="N", help=columns)
    add("--large-print", action="store_true", help="nothing smaller than 9 pt")
    add("--floor", type=points, metavar="PT", help="the smallest type (default: 6.5, large 9)")
    add("--tell-left-out", action="store_true", help="name at the foot what did not fit")
    places = ("back", "foot")
    add("--answers", choices=places, default="back", help="where blanks are told (default: back)")
    add("--afresh", action="store_true", help="forget how it was set the last time")
    add("--look", default="", metavar="LOOKS", help="modern, classic, compact, clear; or your own")
    add("--ink", default="", metavar="INKS", help="colour, grey, saver, black")
    add("--format", default="pdf", metavar="FORMATS", help="pdf, html (default: pdf)")
    add("--edition", type=day_of, metavar="DAY", help=day)
    add_since(it)
    add("--output", type=Path, metavar="FOLDER", help="where to (default: output/ of the project)")
    add(
        "--plain", action="store_true", help="let WeasyPrint break the columns, to compare (slower)"
    )
    fonts(it)
    copies(it)
    no_cache(it)
    add("--quiet", action="store_true", help="no progress and no table")


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    work: Callable[[argparse.Namespace], Exit | None],
    about: str,
) -> argparse.ArgumentParser:
    it = commands.add_parser(name, help=about, description=about[0].upper() + about[1:] + ".")
    it.add_argument(
        "--project", type=Path, default=Path(), metavar="FOLDER",
        help="the folder that holds content/ (default: this one)",
    )  # fmt: skip
    it.set_defaults(work=work)
    return it


def _generate(args: argparse.Namespace) -> None:
    from cramsheet.plan.generating import Lot

    args.only = args.only or "booklet,key"
    _build(args, Lot(args.seed, args.number))


def _build(args: argparse.Namespace, lot: "Lot | None" = None) -> None:
    from cramsheet.desk.inputs import inputs, nothing_to_do

    if (said := nothing_to_do(args)) is not None:
        print(said, end="\n" if said else "")
        return
    read = inputs(args)
    from cramsheet.desk.ordering import ordered
    from cramsheet.page.shop import Shop

    project = args.project.resolve()
    shop = Shop.open(project, args.fonts)
    job, group = ordered(args, shop, lot)
    print_all(job.orders(packs_of(args, project)), shop, args, group, read=read)


def _watch(args: argparse.Namespace) -> None:
    from cramsheet.desk.watch import watch

    watch(args)


def _preview(args: argparse.Namespace) -> None:
    from cramsheet.desk.watch import preview

    preview(args)


def _check(args: argparse.Namespace) -> None:
    from cramsheet import pipeline
    from cramsheet.desk.showing import counts
    from cramsheet.page.shop import Shop

    project = args.project.resolve()
    packs = packs_of(args, project)
    pipeline.check(packs, Shop.open(project, args.fonts))
    for pack in packs:
        print(f"{pack.name}: {counts(pack)}, no mistake")


def _lint(args: argparse.Namespace) -> Exit:
    from cramsheet.desk.editing import edit

    return edit(packs_of(args, args.project.resolve()), args.today, args.counts)


def _mock(args: argparse.Namespace) -> None:
    from cramsheet.desk.sitting import sit_mock

    sit_mock(args)


def _practice(args: argparse.Namespace) -> None:
    from cramsheet.desk.sitting import sit_practice

    sit_practice(args)


def _mark(args: argparse.Namespace) -> None:
    from cramsheet.desk.marking import mark

    mark(args)


def _weak(args: argparse.Namespace) -> None:
    from cramsheet.desk.weakness import weak

    weak(args)


def _new(args: argparse.Namespace) -> None:
    from cramsheet.desk.starting import start

    for path in start(args.project.resolve() / "content", args.name):
        print(path)
    print(f"now type: cramsheet --exam {args.name}")


def _schema(args: argparse.Namespace) -> None:
    from cramsheet.desk.starting import write_schemas

    for path in write_schemas(args.project.resolve() / "content"):
        print(path)


def _list(args: argparse.Namespace) -> None:
    from cramsheet.desk.showing import show

    show(args.project.resolve() / "content")
