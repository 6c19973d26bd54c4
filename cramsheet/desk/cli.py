"""The command `cramsheet`, and what `python3 build.py` runs in its environment."""

import argparse
import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cramsheet import __version__
from cramsheet.desk.allowing import allow, caps
from cramsheet.desk.building import add_build
from cramsheet.desk.caching import add_cache, cache, kept, no_cache
from cramsheet.desk.doctor import add_doctor, doctor
from cramsheet.desk.editions import add_current, add_since, current
from cramsheet.desk.historical import add_history, add_past, history
from cramsheet.desk.measures import day_of, number, port, seed
from cramsheet.desk.printing import add_poll, exam, fonts, jobs, packs_of, print_all, unchanged
from cramsheet.desk.revisions import add_diff, diff
from cramsheet.desk.stopping import stoppable
from cramsheet.desk.studying import add_mark, add_weak
from cramsheet.desk.wishes import add_mock, add_practice
from cramsheet.problems import Exit, Mistakes

if TYPE_CHECKING:
    from cramsheet.plan.generating import Lot

_ABOUT = "Cheat sheets, study notes, question booklets and answer keys from YAML facts."
_BUILD = "build"
_REPORT = "if the program has a bug, its report may quote the pack"
_GARBAGE = 100_000  # new objects after which Python looks for garbage; it begins with 700


def begun(args: argparse.Namespace) -> bool:
    """Whether there is nothing more to do."""
    first: Callable[[argparse.Namespace], bool] | None = args.first
    return first(args) if first else False


def here(args: argparse.Namespace) -> Exit:
    """A command from its beginning, in this process."""
    return Exit.DONE if begun(args) else perform(args)


def perform(args: argparse.Namespace) -> Exit:
    """The work of a command, in this process."""
    work: Callable[[argparse.Namespace], Exit | None] = args.work
    with kept(args):
        return work(args) or Exit.DONE


def main(words: Sequence[str], perform: Callable[[argparse.Namespace], Exit] = here) -> int:
    """A command, from its words to its exit code; `perform` has its work done."""
    args = read(words)
    try:
        with _little_garbage(), stoppable():
            return perform(args)
    except Mistakes as error:
        print(error, file=sys.stderr)
        _sum_up(error)
        return error.exit
    except KeyboardInterrupt as stop:
        print(f"\nstopped; {str(stop) or 'the output is as it was'}", file=sys.stderr)
        return Exit.STOPPED


def read(words: Sequence[str]) -> argparse.Namespace:
    """What was typed; ends the program when it is no command."""
    args = _parser().parse_args(_with_command(list(words)))
    args.typed = tuple(words)
    return args


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
    it.set_defaults(first=unchanged, usual="")
    add_build(it)
    _editions(it)
    jobs(it)
    about = "build again whenever a file is saved"
    it = _command(commands, "watch", _watch, about, False)
    add_build(it)
    _editions(it)
    add_poll(it)
    about = "watch, and show the pages in a browser"
    it = _command(commands, "preview", _preview, about, False)
    add_build(it)
    _editions(it)
    add_poll(it)
    it.add_argument("--port", type=port, default=0, metavar="N", help="default: a free one")
    it.add_argument("--no-open", action="store_true", help="print the address, open no browser")
    it = _command(commands, "generate", _generate, "print questions made of the facts, and a key")
    it.set_defaults(first=unchanged, usual="booklet,key")
    it.add_argument("--seed", type=seed, default="1", metavar="S", help="same seed, same questions")
    it.add_argument("--number", type=number, default=30, metavar="N", help="how many (default: 30)")
    add_build(it)
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
    it = _command(commands, "new", _new, "make a small pack to start from", False, False)
    it.add_argument("name", metavar="EXAM", help="its folder in content/, such as driving-theory")
    about = "show what builds keep for the next ones, or clear it"
    add_cache(_command(commands, "cache", cache, about, False, False))
    about = "show which walls stand here, versions, fonts, and what is missing"
    add_doctor(_command(commands, "doctor", doctor, about, False, False))
    about = "write the JSON Schemas for editors to content/.schema/"
    _command(commands, "schema", _schema, about, False, False)
    _command(commands, "list", _list, "show packs, kinds of document and papers")
    return parser


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    work: Callable[[argparse.Namespace], Exit | None],
    about: str,
    walled: bool = True,
    reads: bool = True,
) -> argparse.ArgumentParser:
    it = commands.add_parser(name, help=about, description=about[0].upper() + about[1:] + ".")
    it.add_argument(
        "--project", type=Path, default=Path(), metavar="FOLDER",
        help="the folder that holds content/ (default: this one)",
    )  # fmt: skip
    it.add_argument("--report-with-content", action="store_true", help=_REPORT)
    if reads:
        allow(it)
    it.set_defaults(work=work, first=None, walled=walled)
    return it


def _editions(it: argparse.ArgumentParser) -> None:
    """What compares a pack with what it was; questions that are generated have no past."""
    add_since(it)
    add_past(it)


def _generate(args: argparse.Namespace) -> None:
    from cramsheet.plan.generating import Lot

    _build(args, Lot(args.seed, args.number))


def _build(args: argparse.Namespace, lot: "Lot | None" = None) -> None:
    from cramsheet.desk.inputs import inputs

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

    show(args.project.resolve() / "content", caps(args))
