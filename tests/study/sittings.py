"""A paper with a question of every kind, and answer sheets of it filled in as a person would."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from io import BytesIO

from pypdf import PdfWriter

from cramsheet.pack.pack import Pack
from cramsheet.pipeline import build
from cramsheet.plan.asking import LETTERS
from cramsheet.plan.mock import Form
from cramsheet.plan.plan import Order, make_plan
from cramsheet.plan.record import Asked, FormRecord, PaperRecord, record_of
from tests.making import SHOP, pack_from

FILES = {
    "exam.yaml": """
code: DEMO-1
title: Demo
blueprint:
  domains:
    - {id: one, title: First domain, weight: 60, tasks: {"1.1": Do, "1.2": Undo}}
    - {id: two, title: Second domain, weight: 40}
""",
    "1.yaml": """
domain: one
topics:
  - topic: Stores
    facts:
      - {term: Bucket, means: holds objects, id: bucket}
      - {term: Disk, means: holds blocks, id: disk}
      - {fact: Never asked, id: never}
      - compare: Bucket or disk?
        id: which-store
        columns: [holds]
        rows: {Bucket: [objects], Disk: [blocks]}
  - topic: Nets
    facts:
      - {term: Net, means: joins both, id: net}
""",
    "2.yaml": """
domain: two
topics:
  - topic: Numbers
    facts:
      - {limit: Days, value: "365", id: days, priority: must}
      - {fact: Five is odd, id: five}
""",
    "questions/1.yaml": """
domain: one
questions:
  - question: Which one?
    id: q-one
    task: "1.1"
    teaches: [bucket]
    options:
      - {right: first, why: it is}
      - {wrong: second, why: it is not}
      - {wrong: third, why: it is not}
      - {wrong: fourth, why: it is not}
  - question: Which two?
    id: q-two
    task: "1.2"
    teaches: [disk, bucket]
    options:
      - {right: first, why: it is}
      - {wrong: second, why: it is not}
      - {right: third, why: it is}
      - {wrong: fourth, why: it is not}
      - {wrong: fifth, why: it is not}
  - {claim: It is so., id: q-claim, is: false, why: it is not}
""",
    "questions/2.yaml": """
domain: two
questions:
  - {fill: "Take ___ or ___.", id: q-fill, blanks: [[five, "5"], "1,5 GB"], why: so,
     teaches: [five]}
  - {match: Pair., id: q-match, pairs: {left: right, up: down, in: out}, extra: [over], why: so}
  - {order: Sort., id: q-order, items: [one, two, three], why: so, teaches: [days]}
""",
}
PACK = pack_from(FILES)
FORM = Form("A", "7", tuple(PACK.singles()))
OTHER = Form("B", "7", FORM.items[::-1], frozenset({"q-claim"}))


def recorded(pack: Pack, *forms: Form) -> PaperRecord:
    return record_of([make_plan(pack, Order("mock", form=form)) for form in forms])


RECORD = recorded(PACK, FORM, OTHER)


def right(question: Asked) -> str:
    """As somebody would type it."""
    if question.kind == "fill":
        return "|".join(texts[0] for texts in question.accepted)
    return ("" if question.kind in ("question", "order") else " ").join(question.answer)


def wrong(question: Asked) -> str:
    """A possible answer that is wrong in every part."""
    match question.kind:
        case "claim":
            return "true" if question.answer == ("false",) else "false"
        case "fill":
            return "|".join("?" for _ in question.accepted)
        case "order":
            return "".join(question.answer[1:] + question.answer[:1])
        case "match":
            letters = [pair[-1] for pair in question.answer]
            return "".join(letters[1:] + letters[:1])
    others = [it for it in LETTERS[: question.options] if it not in question.answer]
    return "".join(others[: question.choose])


def filled(
    record: PaperRecord,
    letter: str,
    name: str,
    answers: Mapping[int, str],
    printed: bytes | None = None,
) -> bytes:
    """The answer sheet, one of ours or another, with what a person clicked and typed in a PDF
    reader."""
    asked = {question.n: question for question in record.forms[letter].questions}
    values = {"name": name}
    for n, text in answers.items():
        values |= _values(asked[n], text)
    writer = PdfWriter(clone_from=BytesIO(printed or sheet(letter)))
    for page in writer.pages:
        writer.update_page_form_field_values(page, values, auto_regenerate=False)
    data = BytesIO()
    writer.write(data)
    return data.getvalue()


def _values(question: Asked, text: str) -> dict[str, str]:
    n = question.n
    if question.kind == "question" and question.choose > 1:
        return {f"q{n}-{letter}": "/on" for letter in text}
    if question.kind in ("question", "claim"):
        return {f"q{n}": f"/{text}"} if text else {}
    parts = text.split("|") if question.kind == "fill" else list(text.replace(" ", ""))
    if question.kind == "match":
        parts = [part for part in parts if not part.isdecimal()]
    return {f"q{n}-{index}": part for index, part in enumerate(parts, 1)}


@lru_cache
def sheet(letter: str) -> bytes:
    """The answer sheet as it is printed."""
    form = {"A": FORM, "B": OTHER}[letter]
    (printed,) = build([(PACK, Order("answers", form=form))], SHOP, lambda _: None)
    return printed.data


@lru_cache(maxsize=8)
def blank(code: str, questions: Sequence[Asked]) -> bytes:
    """A plain sheet with the fields of an answer sheet, of whatever code."""
    from cramsheet.press.libraries import libraries

    with libraries():
        from weasyprint import HTML
    inputs = "".join(f"<p>{_inputs(question)}</p>" for question in questions)
    head = f'<input name="form" value="{code}"><input name="name">'
    return bytes(HTML(string=f"<form>{head}{inputs}</form>").write_pdf(pdf_forms=True))


def _inputs(question: Asked) -> str:
    n, letters = question.n, LETTERS[: question.options]
    match question.kind:
        case "question" if question.choose > 1:
            return "".join(f'<input type="checkbox" name="q{n}-{it}">' for it in letters)
        case "question":
            return "".join(f'<input type="radio" name="q{n}" value="{it}">' for it in letters)
        case "claim":
            return "".join(
                f'<input type="radio" name="q{n}" value="{it}">' for it in ("true", "false")
            )
    return "".join(f'<input name="q{n}-{index}">' for index in range(1, question.choose + 1))


def form_of(letter: str = "A") -> FormRecord:
    return RECORD.forms[letter]
