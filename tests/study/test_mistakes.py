"""Wrong answers files and what is said about them: mistakes.yaml."""

from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from pypdf import PdfReader, PdfWriter

from cramsheet.pack.exam import Marking
from cramsheet.pack.source import Source
from cramsheet.problems import Mark, Mistakes
from cramsheet.study.answers import Given
from cramsheet.study.filled import given, read_filled
from cramsheet.study.history import history_of
from cramsheet.study.letters import from_letters
from cramsheet.study.lists import from_table, from_yaml
from cramsheet.study.results import mark_all, results_of
from tests.study.sittings import RECORD, blank, filled, form_of, right

CASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("mistakes.yaml").read_text("utf-8")
)


def sheet(kind: str) -> bytes:
    whole = filled(RECORD, "A", "Ada", {q.n: right(q) for q in form_of().questions})
    if "/" in kind:  # with this in its field `form`
        return blank(kind, form_of().questions)
    made: Mapping[str, Callable[[], bytes]] = {
        "empty": lambda: b"",
        "text": lambda: b"1 B\n2 DE\n",
        "cut": lambda: whole[: len(whole) // 2],
        "locked": lambda: changed(whole, lambda it: it.encrypt("secret", algorithm="RC4-128")),
        "flat": lambda: changed(whole, lambda it: it.root_object.pop("/AcroForm")),
        "foreign": lambda: blank("", form_of().questions),
        "blank": lambda: blank(RECORD.form_code("A"), form_of().questions),
    }
    return made[kind]()


def changed(data: bytes, change: Callable[[PdfWriter], object]) -> bytes:
    writer, out = PdfWriter(clone_from=PdfReader(BytesIO(data))), BytesIO()
    change(writer)
    writer.write(out)
    return out.getvalue()


def go(case: Mapping[str, Any]) -> object:
    """What `mark` does with what the case holds."""
    found: Iterable[Given] = ()
    if "csv" in case:
        found = from_table(Source("answers.csv", case["csv"].encode()), RECORD)
    elif "latin" in case:
        found = from_table(Source("answers.csv", case["latin"].encode("latin-1")), RECORD)
    elif "yaml" in case:
        found = from_yaml(Source("answers.yaml", case["yaml"].encode()), RECORD)
    elif "letters" in case:
        found = [from_letters(case["letters"], "A", "", RECORD, Mark("--letters"))]
    elif "pdf" in case:
        found = [given(read_filled("sheet.pdf", sheet(case["pdf"])), RECORD, "Ada")]
    elif "results" in case:
        return results_of(case["results"], "results.json")
    else:
        return history_of(case["history"], "history.json")
    return mark_all(found, RECORD, Marking())


def test_there_are_many_kinds_and_no_title_twice() -> None:
    assert len(CASES) >= 50
    assert len({case["title"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_says_so_and_no_more(case: Mapping[str, Any]) -> None:
    with pytest.raises(Mistakes) as caught:
        go(case)
    said = [f"{it.mark} {it.message} | {it.hint}" for it in caught.value.problems]
    assert said == case["says"]


def test_impossible_answers_count_as_wrong_when_that_is_asked_for() -> None:
    typed = from_table(Source("a.csv", b"name,form,1,2\nAda,A,AB,DE\n"), RECORD)
    (sitting,) = mark_all(typed, RECORD, Marking(), as_given=True).sittings
    assert [it.points for it in sitting.answers] == [0, 1, 0, 0, 0, 0]
    assert [it.impossible for it in sitting.answers[:2]] == [True, False]


@pytest.mark.parametrize("end", range(0, 4000, 701))
def test_a_sheet_cut_off_anywhere_is_a_mistake_and_never_a_bug(end: int) -> None:
    whole = sheet("blank")
    with pytest.raises(Mistakes):
        given(read_filled("sheet.pdf", whole[: -1 - end]), RECORD, "Ada")


ROWS = """
P1,A,E,,,,,
P2,A,AB,,,,,
P3,A,2,,,,,
P4,A,?,,,,,
P5,A,,DD,,,,
P6,A,,ABC,,,,
P7,A,,F,,,,
P8,A,,A1,,,,
P9,A,,,yes,,,
P10,A,,,TF,,,
P11,A,,,1,,,
P12,A,,,maybe,,,
P13,A,,,,5|6|7,,
P14,A,,,,5|6|7|8,,
P15,A,,,,,1B 4C,
P16,A,,,,,1B 2F,
P17,A,,,,,1B 1C,
P18,A,,,,,B=1,
P19,A,,,,,ABCD,
P20,A,,,,,1,
P21,A,,,,,,BBA
P22,A,,,,,,ABCD
P23,A,,,,,,12
P24,A,,,,,,A?
P25,C,A,,,,,
P26,,A,,,,,
,A,A,,,,,
a name that tells more than who somebody is and goes on until nobody wants to read it,A,A,,,,,
P1,A,A,,,,,
P30,A,A,,,,,,B
"""


def test_one_file_with_thirty_mistakes_gives_thirty_errors() -> None:
    text = f"name,form,1,2,3,4,5,6{ROWS}"
    with pytest.raises(Mistakes) as caught:
        mark_all(from_table(Source("a.csv", text.encode()), RECORD), RECORD, Marking())
    lines = [problem.mark.line for problem in caught.value.problems if problem.mark]
    assert lines == list(range(2, 32))
    assert all(problem.message and problem.hint for problem in caught.value.problems)
