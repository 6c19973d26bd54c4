"""The fields of an answer sheet that was filled in on a screen.

The sheet names itself in its field `form`, as exam/seed/letter/digest. pypdf raises whatever it
stumbles over in a damaged file, so all of that is one mistake here.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import chain, count
from typing import Any

from pypdf import PdfReader

from cramsheet.plan.record import Asked, PaperRecord
from cramsheet.problems import Mark, Mistakes, mistake, shortened
from cramsheet.study.answers import BETWEEN, LONGEST_NAME, Given

LARGEST = 20 << 20  # bytes
_FIELDS = 20_000  # of a form; an answer sheet has some hundred
_OFF = ("", "/Off", "Off")
_SAVE = "open the answer sheet in a PDF reader, fill it in and save it; do not print it to a file"


@dataclass(frozen=True)
class Filled:
    """A sheet read back: which it says it is, and what was written into its fields, by name."""

    exam: str
    seed: str
    form: str
    digest: str
    name: str
    fields: Mapping[str, str]
    mark: Mark


def read_filled(path: str, data: bytes) -> Filled:
    """Raises Mistakes for what is no answer sheet of ours."""
    mark = Mark(path)
    _looks_like_pdf(data, mark)
    fields = _fields(data, mark)
    if not fields:
        raise mistake("the PDF has no fields to fill in", mark, _SAVE)
    exam, seed, letter, digest, *more = (fields.get("form", "") + "///").split("/")
    words = all(re.fullmatch(r"[a-zA-Z0-9-]+", word) for word in (exam, seed, letter, digest))
    if not words or any(more):
        hint = "take the sheet <exam>-answers-<seed>-<form> that `cramsheet mock` printed"
        raise mistake("the form is not an answer sheet of cramsheet", mark, hint)
    name = shortened(fields.get("name", ""), LONGEST_NAME)
    return Filled(exam, seed, letter, digest, name, fields, mark)


def given(filled: Filled, record: PaperRecord, name: str) -> Given:
    """What was answered, once the sheet is one of those that the record knows; raises Mistakes."""
    mark = filled.mark
    if (filled.exam, filled.seed) != (record.exam, record.seed):
        ours, theirs = f"{record.exam}/{record.seed}", f"{filled.exam}/{filled.seed}"
        hint = "mark the papers of each seed alone, or name the record of this one: --record"
        raise mistake(f"the sheet belongs to {theirs}, the record to {ours}", mark, hint)
    form = record.forms.get(filled.form)
    if form is None:
        what = f'no form "{shortened(filled.form)}" in mock-{record.seed}'
        raise mistake(what, mark, f"the record knows {', '.join(record.forms)}")
    if filled.digest != form.digest:
        what = f"form {filled.form} was printed anew since: the sheet is of another paper"
        hint = f"name the record that was kept with it ({filled.digest}): --record FILE"
        raise mistake(what, mark, hint)
    answers = {q.n: (_answer(q, filled.fields), mark) for q in form.questions}
    if not any(text for text, _ in answers.values()):
        raise mistake("no question is answered in it", mark, _SAVE)
    return Given(name, filled.form, answers, mark, typed=False)


def _answer(question: Asked, fields: Mapping[str, str]) -> str:
    """As it would be typed."""
    n = question.n
    if question.kind in ("fill", "match", "order"):
        blanks = len(question.accepted if question.kind == "fill" else question.answer)
        parts = [
            fields.get(f"q{n}-{i}", "").replace(BETWEEN, " ").strip() for i in range(1, blanks + 1)
        ]
        if not any(parts):
            return ""
        between = BETWEEN if question.kind == "fill" else ""
        return between.join(part or "-" for part in parts)
    if f"q{n}" in fields:
        return fields[f"q{n}"]
    boxes = (name for name, value in fields.items() if name.startswith(f"q{n}-") and value)
    return "".join(sorted(name.rpartition("-")[2] for name in boxes))


def _looks_like_pdf(data: bytes, mark: Mark) -> None:
    if not data:
        raise mistake("the file is empty", mark, _SAVE)
    if len(data) > LARGEST:
        raise mistake(f"the file is larger than {LARGEST >> 20} MiB", mark, _SAVE)
    if b"%PDF-" not in data[:1024]:
        raise mistake("the file is no PDF", mark, "name filled answer sheets, .csv or .yaml files")


def _fields(data: bytes, mark: Mark) -> dict[str, str]:
    """pypdf mends what it can when it is not strict, but looks for every object before: that takes
    most of the time."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it speaks of what it mends
    try:
        return _fields_of(PdfReader(BytesIO(data), strict=True), mark)
    except Mistakes:
        raise
    except Exception:
        return _mended(data, mark)


def _mended(data: bytes, mark: Mark) -> dict[str, str]:
    try:
        return _fields_of(PdfReader(BytesIO(data)), mark)
    except Mistakes:
        raise
    except Exception as error:
        hint = "save or send it again; what was filled in on paper can be typed: --letters"
        raise mistake("the PDF is damaged", mark, hint) from error


def _fields_of(reader: PdfReader, mark: Mark) -> dict[str, str]:
    if reader.is_encrypted and not reader.decrypt(""):
        raise mistake("the PDF is locked with a password", mark, "save it without a password")
    root: Any = reader.trailer["/Root"]
    return dict(_named(root.get("/AcroForm", {}).get("/Fields", ()), count()))


def _named(fields: Any, seen: Iterator[int], inside: bool = False) -> Iterator[tuple[str, str]]:
    """Names and values; pypdf's own way looks at all there is to a field and takes much longer.
    Raises ValueError for fields without end: a few may be listed within each other many times."""
    for reference in fields:
        if next(seen) >= _FIELDS:
            raise ValueError(_FIELDS)
        field = reference.get_object()
        if "/Parent" in field and not inside:
            continue  # a button of a group, listed beside it
        if "/T" in field:
            yield str(field["/T"]), _value(field)
        elif "/Kids" in field:
            yield from _named(field["/Kids"], seen, inside=True)


def _value(field: Any) -> str:
    """Of a radio group the export value, of a box "on", of a text field its text; "" for none."""
    value = field.get("/V")
    if field.get("/FT") != "/Btn":
        return "" if value is None else _printable(str(value))
    states = (str(it) for it in chain((value or "",), _shown(field)))
    state = next((it for it in states if it not in _OFF), "").removeprefix("/")
    options = field.get("/Opt")
    if options and state.isdecimal() and int(state) < len(options):
        state = str(options[int(state)])  # states are numbered, values listed beside them
    return _printable(state)


def _shown(field: Any) -> Iterator[Any]:
    """The states that a box, or the buttons of a group, are drawn in."""
    yield field.get("/AS", "")
    for kid in field.get("/Kids", ()):
        yield kid.get_object().get("/AS", "")


def _printable(text: str) -> str:
    """In one line, without what would steer a terminal."""
    return "".join(it for it in " ".join(text.split()) if it.isprintable())
