"""`cramsheet mark`: answers read, marked, and their results written side by side."""

import argparse
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from pathlib import Path

from cramsheet import door, shelf
from cramsheet.caps import Caps
from cramsheet.desk.allowing import caps
from cramsheet.desk.diary import add
from cramsheet.desk.handing import prepare, publish
from cramsheet.desk.owned import truthful
from cramsheet.pack.pack import Pack
from cramsheet.pack.source import Source
from cramsheet.page.dressing import Handout
from cramsheet.page.shop import Shop
from cramsheet.page.words import Words
from cramsheet.plan.papers import paper
from cramsheet.plan.record import PaperRecord, path_of
from cramsheet.problems import Mark, Mistakes, Problem, choose_one, mistake
from cramsheet.study.answers import TRUTHS, Given
from cramsheet.study.filled import LARGEST, Filled, given, read_filled
from cramsheet.study.history import seen
from cramsheet.study.letters import from_letters
from cramsheet.study.lists import from_table, from_yaml
from cramsheet.study.report import MARGINS, NAME, Report
from cramsheet.study.results import Results, mark_all, total
from cramsheet.study.tables import people_table, questions_table

_TYPED = {".csv": from_table, ".tsv": from_table, ".yaml": from_yaml}
_LARGE = ("a4", "letter")  # papers for a report; an exam may be printed on cards
_LETTERS = "--letters"


def mark(args: argparse.Namespace) -> None:
    project = args.project.resolve()
    output = args.output or project / "output"
    prepare(output)
    files = _read_all(args.files)
    sheets = [_sheet(path, data) for path, data in files if path.suffix == ".pdf"]
    record = _record(args, output, sheets)
    allowed = caps(args)
    pack = _pack(project / "content", record, allowed)
    shop = Shop.open(project, args.fonts)
    if not files and args.letters is None:
        hint = "name filled PDF forms, .csv or .yaml files, or type the answers: --letters"
        raise mistake("there are no answers to mark", hint=hint)
    answers = chain(_from_words(args, record), _from_files(files, sheets, record, allowed))
    results = mark_all(answers, record, pack.exam.marking, args.as_given, _truths(pack, shop))
    name = stem(results)
    made = {
        f"{record.exam}/{name}.pdf": None if args.no_report else _report(args, results, pack, shop),
        f"{record.exam}/{name}.csv": people_table(results),
        f"{record.exam}/{name}-questions.csv": questions_table(results),
        f"{record.exam}/{name}.json": results.to_json().encode(),
    }
    with truthful(output, made):
        publish(output, made, args.overwrite)
        if len(results.sittings) == 1 and not args.no_history:
            add(record.exam, seen(results, date.today().isoformat()))
    if not args.quiet:
        print("\n".join((*_table(results), *(path for path, data in made.items() if data))))


def _report(args: argparse.Namespace, results: Results, pack: Pack, shop: Shop) -> bytes:
    from cramsheet.press.engine import Engine  # WeasyPrint is slow to import
    from cramsheet.study.leaves import print_report

    usual = pack.exam.paper if pack.exam.paper in _LARGE else _LARGE[0]
    size = paper(args.paper or usual, "portrait")
    report = Report(results, Handout(NAME, pack, shop, size, MARGINS, args.look, args.ink))
    with Engine() as engine:
        return print_report(report, stem(results), engine).data


def stem(results: Results) -> str:
    """Of the files: a sitting alone has its form and its name in them."""
    record = results.record
    name = f"{record.exam}-results-{_in_a_name(record.seed)}"
    if len(results.sittings) > 1:
        return name
    (sitting,) = results.sittings
    who = _in_a_name(sitting.name.casefold())[:40]
    return f"{name}-{_in_a_name(sitting.form)}" + (f"-{who}" if who else "")


def _in_a_name(text: str) -> str:
    """What a file name takes of it."""
    return re.sub(r"\W+", "-", text).strip("-_")


def _read_all(paths: Iterable[Path]) -> list[tuple[Path, bytes]]:
    """Every file, or every problem in any (Mistakes)."""
    files: dict[Path, bytes] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            files[path] = _read(path)
        except Mistakes as error:
            problems += error.problems
        except OSError as error:
            what = f"cannot be read: {error.strerror}"
            problems.append(Problem(what, Mark(str(path)), "name a file that is there"))
    if problems:
        raise Mistakes(problems)
    return list(files.items())


def _read(path: Path) -> bytes:
    if path.suffix not in (".pdf", *_TYPED):
        hint = "name filled answer sheets as .pdf, or lists of answers as .csv or .yaml"
        raise mistake(f'no answers are read from "{path.name}"', Mark(str(path)), hint)
    if path.is_file() and path.stat().st_size > LARGEST:
        hint = "name the answer sheet, not a scan of it"
        raise mistake(f"the file is larger than {LARGEST >> 20} MiB", Mark(str(path)), hint)
    return door.named(path, Mark(str(path)), LARGEST)


def _sheet(path: Path, data: bytes) -> Filled | Mistakes:
    """A filled sheet, or what is wrong with it."""
    try:
        return read_filled(str(path), data)
    except Mistakes as error:
        return error


def _record(
    args: argparse.Namespace, output: Path, sheets: Sequence[Filled | Mistakes]
) -> PaperRecord:
    """As named, or the one that the first sheet names, or the only one there is. Raises Mistakes
    when no sheet can be read."""
    filled = [sheet for sheet in sheets if isinstance(sheet, Filled)]
    if args.record:
        path = args.record
    elif filled:
        path = output / path_of(filled[0].exam, filled[0].seed)
    elif sheets:
        bad = (sheet for sheet in sheets if isinstance(sheet, Mistakes))
        raise Mistakes(problem for error in bad for problem in error.problems)
    else:
        found = sorted(output.glob("*/mock-*.json"))
        if len(found) != 1:
            what = "several papers were printed" if found else "no paper was printed here"
            names = choose_one([str(it) for it in found[:8]], "name its record: --record")
            raise mistake(what, hint=names or "print one with `cramsheet mock`, or name --record")
        (path,) = found
    try:
        text = door.named_text(path)
    except (Mistakes, UnicodeDecodeError) as error:
        hint = "it is written beside the paper; name it with --record"
        raise mistake(f"the record of the paper is not to be read: {path}", hint=hint) from error
    return PaperRecord.from_json(text, str(path))


def _pack(content: Path, record: PaperRecord, caps: Caps) -> Pack:
    """The pack as it is now: its language, and what answers earn that are right in part."""
    if record.exam not in shelf.exams(content):
        hint = "go to the folder that holds it in content/, or name that folder: --project"
        raise mistake(f'no pack "{record.exam}" in {content}', hint=hint)
    (pack,) = shelf.load_all(content, [record.exam], Path.cwd(), caps)
    return pack


def _from_files(
    files: Sequence[tuple[Path, bytes]],
    sheets: Sequence[Filled | Mistakes],
    record: PaperRecord,
    caps: Caps,
) -> Iterator[Given]:
    """Raises Mistakes with every problem of every file, once the sound answers are given."""
    problems: list[Problem] = []
    left = iter(sheets)
    for path, data in files:
        try:
            if path.suffix == ".pdf":
                sheet = next(left)
                if isinstance(sheet, Mistakes):
                    raise sheet
                yield given(sheet, record, sheet.name or path.stem)
            else:
                yield from _TYPED[path.suffix](Source(str(path), data, caps), record)
        except Mistakes as error:
            problems += error.problems
    if problems:
        raise Mistakes(problems)


def _from_words(args: argparse.Namespace, record: PaperRecord) -> Iterator[Given]:
    if args.letters is None:
        return
    form = (args.form or (next(iter(record.forms)) if len(record.forms) == 1 else "")).upper()
    if form not in record.forms:
        what = f'no form "{form}" in mock-{record.seed}' if form else "which form was answered?"
        raise mistake(what, hint=choose_one(record.forms, "write --form"))
    yield from_letters(args.letters, form, args.name, record, Mark(_LETTERS))


def _truths(pack: Pack, shop: Shop) -> dict[str, str]:
    """The words for true and false that may be typed: ours, and those of the pack's language."""
    words = Words.of(pack.exam.language, shop)
    return {**TRUTHS, **{words(truth).casefold(): truth for truth in ("true", "false")}}


def _table(results: Results) -> Iterator[str]:
    """A line for each person."""
    width = max(len(sitting.name) for sitting in results.sittings)
    for sitting in results.sittings:
        tally = total(sitting)
        missing = sum(answer.missing for answer in sitting.answers)
        impossible = sum(answer.impossible for answer in sitting.answers)
        said = f"{missing} without an answer" * bool(missing)
        said += ", " * bool(missing and impossible) + f"{impossible} impossible" * bool(impossible)
        points = f"{tally.points:g} / {tally.of}"
        line = f"{sitting.name:{width}}  {sitting.form}  {points:>9}  {tally.share:4.0%}  {said}"
        yield line.rstrip()
