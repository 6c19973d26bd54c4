"""`cramsheet weak`: the sheet of what one does not know yet."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from cramsheet import pipeline, shelf
from cramsheet.desk.allowing import caps
from cramsheet.desk.diary import folder, forget, known
from cramsheet.desk.printing import print_all
from cramsheet.door import named_text
from cramsheet.pack.pack import Pack
from cramsheet.page.shop import Shop
from cramsheet.plan.mock import Leaning
from cramsheet.plan.plan import Order
from cramsheet.problems import Mark, Mistakes, choose_one, mistake
from cramsheet.study.history import Seen, seen
from cramsheet.study.results import results_of
from cramsheet.study.weak import Weak, behind, leaning

_NAMED = 8
_NO_HISTORY = "no history of sittings to go by"
_MARK_FIRST = "mark some answers first, or name the results of a sitting"


def weak(args: argparse.Namespace) -> None:
    if args.forget:
        forget_all(args)
        return
    project = args.project.resolve()
    print_all(_orders(args), Shop.open(project, args.fonts), args)


def _orders(args: argparse.Namespace) -> list[tuple[Pack, Order]]:
    """One sheet, of the results named, or else for each exam that has a history."""
    content = args.project.resolve() / "content"
    names = pipeline.choose(args.exam, shelf.exams(content), "exam")
    found = sittings_of(args.results) if args.results else {}
    if args.results and names:
        raise mistake("results belong to their exam", hint="leave out --exam, or the results")
    if not args.results:
        found = {name: known(name) for name in names or shelf.exams(content)}
    made = []
    for exam, sittings in found.items():
        mine = _of(args.name, sittings)
        if mine:
            made.append(_order(args, content, exam, mine))
    if not made:
        raise mistake(_NO_HISTORY, hint=_MARK_FIRST)
    return made


def sittings_of(paths: Sequence[Path]) -> dict[str, tuple[Seen, ...]]:
    """By exam; raises Mistakes for what holds no results."""
    found: dict[str, tuple[Seen, ...]] = {}
    for path in paths:
        try:
            text = named_text(path)
        except (Mistakes, UnicodeDecodeError) as error:
            hint = "name the file <exam>-results-<seed>.json that `cramsheet mark` wrote"
            raise mistake("the results cannot be read", Mark(str(path)), hint) from error
        results = results_of(text, str(path))
        exam = results.record.exam
        found[exam] = (*found.get(exam, ()), *seen(results))
    return found


def leaning_of(paths: Sequence[Path] | None, pack: Pack) -> Leaning | None:
    """By some results, or by the history when none are named; raises Mistakes for those of another
    exam."""
    if paths is None:
        return None
    found = sittings_of(paths) if paths else {pack.name: known(pack.name)}
    for exam in found:
        if exam != pack.name:
            what = f'the results are of the exam "{exam}", which is not printed'
            raise mistake(what, hint=f"name results of {pack.name}")
    if not found[pack.name]:
        raise mistake(_NO_HISTORY, hint=_MARK_FIRST)
    return leaning(found[pack.name], pack)


def forget_all(args: argparse.Namespace) -> None:
    """Delete the history of the exams named, or of all."""
    names = [part.strip() for part in args.exam.split(",") if part.strip()]
    names = names or sorted(path.stem for path in folder().glob("*.json"))
    gone = [name for name in names if forget(name)]
    print(f"forgotten: {', '.join(gone)}" if gone else "there was nothing to forget")


def _of(name: str, sittings: Sequence[Seen]) -> tuple[Seen, ...]:
    if not name:
        return tuple(sittings)
    mine = tuple(one for one in sittings if one.name.casefold() == name.casefold())
    if sittings and not mine:
        names = list(dict.fromkeys(one.name for one in sittings))[:_NAMED]
        raise mistake(f'nobody called "{name}" sat this', hint=choose_one(names))
    return mine


def _order(
    args: argparse.Namespace, content: Path, exam: str, sittings: Sequence[Seen]
) -> tuple[Pack, Order]:
    if exam not in shelf.exams(content):
        hint = "go to the folder that holds it in content/, or name that folder: --project"
        raise mistake(f'no pack "{exam}" in {content}', hint=hint)
    (pack,) = shelf.load_all(content, [exam], Path.cwd(), caps(args))
    found = behind(sittings, pack)
    if not found.facts:
        what = "nothing was missed" if not found.untaught else "the missed questions teach no fact"
        raise mistake(f"{what}: there is nothing to print", hint="sit another mock exam")
    _tell(found)
    order = Order("weak", args.paper, pages=args.pages, facts=found.facts)
    return pack, replace(order, tells=args.pages is not None)


def _tell(found: Weak) -> None:
    if found.untaught:
        names = ", ".join(found.untaught[:_NAMED])
        more = len(found.untaught) - _NAMED
        names += f" and {more} more" if more > 0 else ""
        print(f"missed, but teaching no fact of the pack: {names}", file=sys.stderr)
