"""The command `cramsheet`, and what `python3 build.py` runs in its environment."""

import argparse
import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from cramsheet import __version__
from cramsheet.problems import Exit, Mistakes

if TYPE_CHECKING:
    from cramsheet.pack.pack import Pack

_ABOUT = "Cheat sheets, study notes, question booklets and answer keys from YAML facts."
_BUILD = "build"
_SIZES = (4.0, 24.0)  # pt
_GARBAGE = 100_000  # new objects after which Python looks for garbage; it begins with 700


def run() -> NoReturn:
    """The command: `main`, and out at once. Python would first free millions of objects one by
    one, which takes a fifteenth of a build."""
    code = main()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # nobody reads it any more
            stream.flush()
    os._exit(code)


def main(argv: Sequence[str] | None = None) -> int:
    words = list(sys.argv[1:] if argv is None else argv)
    args = _parser().parse_args(_with_command(words))
    work: Callable[[argparse.Namespace], None] = args.work
    try:
        with _little_garbage():
            work(args)
    except Mistakes as error:
        print(error, file=sys.stderr)
        _sum_up(error)
        return error.exit
    except KeyboardInterrupt:
        print("\nstopped; the output is as it was", file=sys.stderr)
        return Exit.STOPPED
    return Exit.DONE


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

    _add_build(_command(commands, _BUILD, _build, "print documents into output/<exam>/"))
    it = _command(commands, "check", _check, "find every mistake, print nothing on paper")
    _exam(it)
    _fonts(it)
    it = _command(commands, "new", _new, "make a small pack to start from")
    it.add_argument("name", metavar="EXAM", help="its folder in content/, such as driving-theory")
    _command(commands, "schema", _schema, "write the JSON Schemas for editors to content/.schema/")
    _command(commands, "list", _list, "show packs, kinds of document and papers")
    return parser


def _add_build(it: argparse.ArgumentParser) -> None:
    add = it.add_argument
    kinds = "sheet, notes, booklet, key (default: all)"
    papers = "a4, letter, a5; a4-portrait, a5-landscape, ... (default: as exam.yaml says)"
    day = "the date printed, as 2026-11-21 (default: the newest content)"
    add("--only", default="", metavar="KINDS", help=kinds)
    _exam(it)
    add("--paper", default="", metavar="PAPERS", help=papers)
    pages = "exactly so many pages of the sheet, or auto; sheet=2,notes=30 for several kinds"
    add("--pages", type=_per_kind, default={}, metavar="N", help=pages)
    columns = "columns of the sheet, or auto; sheet=4,booklet=1 for several kinds"
    add("--columns", type=_per_kind, default={}, metavar="N", help=columns)
    add("--large-print", action="store_true", help="nothing smaller than 9 pt")
    add("--floor", type=_points, metavar="PT", help="the smallest type (default: 6.5, large 9)")
    add("--tell-left-out", action="store_true", help="name at the foot what did not fit")
    add("--afresh", action="store_true", help="forget how it was set the last time")
    add("--format", default="pdf", metavar="FORMATS", help="pdf, html (default: pdf)")
    add("--edition", type=_day, metavar="DAY", help=day)
    add("--output", type=Path, metavar="FOLDER", help="where to (default: output/ of the project)")
    add(
        "--plain", action="store_true", help="let WeasyPrint break the columns, to compare (slower)"
    )
    _fonts(it)
    add("--quiet", action="store_true", help="no progress and no table")


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    work: Callable[[argparse.Namespace], None],
    about: str,
) -> argparse.ArgumentParser:
    it = commands.add_parser(name, help=about, description=about[0].upper() + about[1:] + ".")
    it.add_argument(
        "--project", type=Path, default=Path(), metavar="FOLDER",
        help="the folder that holds content/ (default: this one)",
    )  # fmt: skip
    it.set_defaults(work=work)
    return it


def _exam(it: argparse.ArgumentParser) -> None:
    it.add_argument("--exam", default="", metavar="EXAMS", help="packs by name (default: all)")


def _fonts(it: argparse.ArgumentParser) -> None:
    it.add_argument(
        "--font", dest="fonts", type=Path, action="append", default=[], metavar="FILE",
        help="a font for letters that ours lack, such as Japanese; may be given again",
    )  # fmt: skip


def _per_kind(text: str) -> dict[str, int]:
    """A number for the sheet, or one for each kind; "auto" is 0."""
    from cramsheet.plan.kinds import KINDS

    found = {}
    for part in text.split(","):
        kind, _, number = part.strip().rpartition("=")
        auto = number == "auto"
        good = auto or (number.isdecimal() and 1 <= int(number) <= 100)
        if kind not in ("", *KINDS) or not good:
            raise argparse.ArgumentTypeError(
                f'"{part}" is not understood; write 2, auto, or {"=2,".join(KINDS)}=2'
            )
        found[kind or "sheet"] = 0 if auto else int(number)
    return found


def _points(text: str) -> float:
    try:
        size = float(text)
    except ValueError:
        size = 0.0
    if not _SIZES[0] <= size <= _SIZES[1]:
        least, most = _SIZES
        message = f'"{text}" is no size of type; write a number from {least:g} to {most:g}'
        raise argparse.ArgumentTypeError(message)
    return size


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f'"{text}" is not a date; write 2026-11-21') from error


def _build(args: argparse.Namespace) -> None:
    from cramsheet import pipeline
    from cramsheet.desk.commit import Records, alone, commit, prepare
    from cramsheet.desk.progress import Progress, table
    from cramsheet.page.shop import Shop
    from cramsheet.plan.kinds import KINDS

    project = args.project.resolve()
    job = pipeline.Job(
        kinds=pipeline.choose(args.only, KINDS, "kind of document") or tuple(KINDS),
        papers=tuple(dict.fromkeys(word.strip() for word in args.paper.split(","))),
        formats=pipeline.choose(args.format, pipeline.FORMATS, "format") or ("pdf",),
        edition=args.edition,
        pages=args.pages,
        columns=args.columns,
        large=args.large_print,
        floor=args.floor,
        tells=args.tell_left_out,
        plain=args.plain,
    )
    packs = _packs(args, project)
    output = args.output or project / "output"
    prepare(output)
    orders = job.orders(packs)
    progress = Progress(len(orders), args.quiet)
    try:
        before = _nothing if args.afresh else Records(output)
        printed = pipeline.build(orders, Shop.open(project, args.fonts), progress, before)
    finally:
        progress.close()
    with alone(output):
        commit(output, {path: data for it in printed for path, data in it.files().items()})
    if not args.quiet:
        print(table(printed))


def _nothing(path: str) -> str:
    return ""


def _check(args: argparse.Namespace) -> None:
    from cramsheet import pipeline
    from cramsheet.page.shop import Shop

    project = args.project.resolve()
    packs = _packs(args, project)
    pipeline.check(packs, Shop.open(project, args.fonts))
    for pack in packs:
        print(f"{pack.name}: {_counts(pack)}, no mistake")


def _counts(pack: "Pack") -> str:
    from cramsheet.pack.fields import count

    facts, questions = sum(1 for _ in pack.entries()), sum(1 for _ in pack.singles())
    return f"{count(facts, 'fact')}, {count(questions, 'question')}"


def _packs(args: argparse.Namespace, project: Path) -> "list[Pack]":
    from cramsheet import pipeline, shelf

    content = project / "content"
    known = shelf.exams(content)
    names = pipeline.choose(args.exam, known, "exam") or known
    return shelf.load_all(content, names, Path.cwd())


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
    from cramsheet import shelf
    from cramsheet.plan.kinds import KINDS
    from cramsheet.plan.papers import SIZES

    project = args.project.resolve()
    content = project / "content"
    print("packs")
    for pack in shelf.load_all(content, shelf.exams(content), Path.cwd()):
        exam = pack.exam
        print(f"  {pack.name}: {exam.code}, {exam.title} ({exam.status}), {_counts(pack)}")
    print("kinds of document")
    for kind in KINDS.values():
        print(f"  {kind.name}: {kind.about}")
    print("papers, each also as NAME-portrait or NAME-landscape")
    for name, (width, height) in SIZES.items():
        print(f"  {name}: {width:g} x {height:g} mm")
