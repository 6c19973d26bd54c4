"""How long a group takes to mark: `python -m bench.group [people]`.

Prints form A and B of a mock exam of mls-c01, fills in the answer sheets of simulated people as a
PDF reader would, and times what `cramsheet mark` does with them, in CPU seconds (medians).
"""

import csv
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO, StringIO
from pathlib import Path
from random import Random
from statistics import median

from pypdf import PdfWriter

from cramsheet.pack.exam import Marking
from cramsheet.pack.pack import Pack
from cramsheet.pack.source import Source
from cramsheet.page.dressing import Handout
from cramsheet.page.shop import Shop
from cramsheet.pipeline import build
from cramsheet.plan.asking import LETTERS
from cramsheet.plan.mock import Form, forms
from cramsheet.plan.papers import paper
from cramsheet.plan.plan import Order, make_plan
from cramsheet.plan.record import Asked, FormRecord, PaperRecord, record_of
from cramsheet.press.engine import Engine
from cramsheet.shelf import load_all
from cramsheet.study.filled import given, read_filled
from cramsheet.study.leaves import print_report
from cramsheet.study.lists import from_table
from cramsheet.study.report import MARGINS, NAME, Report
from cramsheet.study.results import Results, mark_all

ROOT = Path(__file__).parents[1]
_TIMES = 5
_LEAST, _MOST = 0.35, 0.95  # of the questions, that the weakest and the best know


def main() -> int:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    shop = Shop.open(ROOT)
    (pack,) = load_all(ROOT / "content", ["mls-c01"], ROOT)
    made = forms(pack, "7", "AB")
    record, sheets = record_of_forms(pack, made), printed_sheets(pack, made, shop)
    answers = list(simulated(record, people))
    pdfs = [filled(sheets[letter], name, said) for letter, name, said in answers]
    table = Source("group.csv", _table(answers).encode())
    print(f"{people} people, 65 questions, medians of {_TIMES}, CPU seconds")
    read = _timed(lambda: marked(pdfs, record))
    print(f"  filled sheets read and marked {read:.2f}")
    typed = _timed(lambda: mark_all(list(from_table(table, record)), record, Marking()))
    print(f"  a typed table read and marked {typed:.2f}")
    results = marked(pdfs, record)
    with Engine() as engine:
        report = Report(results, Handout(NAME, pack, shop, paper("a4", "portrait"), MARGINS))
        whole = _timed(lambda: print_report(report, "results", engine), 1)
    print(f"  the report of {report.count} pages {whole:.2f}")
    return 0


def _timed(work: Callable[[], object], times: int = _TIMES) -> float:
    found = []
    for _ in range(times):
        started = time.process_time()
        work()
        found.append(time.process_time() - started)
    return median(found)


def record_of_forms(pack: Pack, made: Sequence[Form]) -> PaperRecord:
    return record_of([make_plan(pack, Order("mock", form=form)) for form in made])


def printed_sheets(pack: Pack, made: Sequence[Form], shop: Shop) -> dict[str, bytes]:
    orders = [(pack, Order("answers", form=form)) for form in made]
    found = build(orders, shop, lambda _: None)
    return {form.letter: it.data for form, it in zip(made, found, strict=True)}


Said = Mapping[int, Sequence[str]]  # the parts of each answer, by number of the question


def simulated(record: PaperRecord, people: int) -> Iterator[tuple[str, str, Said]]:
    """Form, name and answers of people of whom each knows a little more than the one before."""
    random = Random(7)
    for number in range(people):
        letter = list(record.forms)[number % len(record.forms)]
        known = _LEAST + (_MOST - _LEAST) * number / max(people - 1, 1)
        form: FormRecord = record.forms[letter]
        said = {it.n: _answer(it, random.random() < known, random) for it in form.questions}
        yield letter, f"Person {number + 1}", said


def _answer(question: Asked, known: bool, random: Random) -> Sequence[str]:
    right = list(question.answer) or [texts[0] for texts in question.accepted]
    parts = [part[-1] for part in right] if question.kind == "match" else right
    if known:
        return parts
    match question.kind:
        case "claim":
            return [random.choice(("true", "false"))]
        case "fill":
            return ["?" for _ in parts]
        case "question":
            return random.sample(LETTERS[: question.options], question.choose)
    return random.sample(parts, len(parts))


def filled(sheet: bytes, name: str, said: Said) -> bytes:
    """An answer sheet as a PDF reader saves it."""
    writer = PdfWriter(clone_from=BytesIO(sheet))
    fields = set(writer.get_fields() or {})
    values = {"name": name}
    for n, parts in said.items():
        if f"q{n}" in fields:
            values[f"q{n}"] = f"/{parts[0]}"
        elif f"q{n}-1" in fields:
            values |= {f"q{n}-{index}": part for index, part in enumerate(parts, 1)}
        else:
            values |= {f"q{n}-{part}": "/on" for part in parts}
    for page in writer.pages:
        writer.update_page_form_field_values(page, values, auto_regenerate=False)
    data = BytesIO()
    writer.write(data)
    return data.getvalue()


def _table(answers: Sequence[tuple[str, str, Said]]) -> str:
    text = StringIO()
    rows = csv.writer(text)
    rows.writerow(["name", "form", *sorted(answers[0][2])])
    for letter, name, said in answers:
        texts = (said[n] for n in sorted(said))
        rows.writerow(
            [name, letter, *(("|" if " " in "".join(it) else "").join(it) for it in texts)]
        )
    return text.getvalue()


def marked(pdfs: Sequence[bytes], record: PaperRecord) -> Results:
    sheets = [read_filled(f"{number}.pdf", data) for number, data in enumerate(pdfs)]
    return mark_all([given(it, record, it.name) for it in sheets], record, Marking())


if __name__ == "__main__":
    sys.exit(main())
