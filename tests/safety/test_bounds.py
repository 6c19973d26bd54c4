"""What a text, a number or a file may do to what reads it: take long, or break it."""

import json
from dataclasses import replace
from math import isfinite

import pytest

from cramsheet.caps import USUAL
from cramsheet.edit.lint import lint
from cramsheet.pack.source import Source
from cramsheet.page.functions import smooth, values
from cramsheet.page.glue import glued
from cramsheet.plan.keeping import Kept, kept_of
from cramsheet.plan.mock import Form
from cramsheet.plan.plan import Order, make_plan
from cramsheet.plan.record import PaperRecord, record_of
from cramsheet.problems import Mark, Mistakes
from cramsheet.study.cells import rows_of
from tests.making import flow, pack_of
from tests.safety.clock import took

LONG = USUAL.text - 100
_SOON = 2.0  # s of computing; each of these took 7 or more, or would not have ended
TEXTS = {
    "emphasis": "*a _b ",
    "brackets": "[a ",
    "links": "[a]( ",
    "code": "`a ",
    "formulas": "$a ",
    "brackets around capitals": "(AB) ",
    "names": "bc Cd ",
    "signs before a number": "−",
    "tags": "<a ",
    "entities": "&amp ",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", TEXTS)
def test_no_text_goes_back_and_forth(name: str) -> None:
    text = json.dumps((TEXTS[name] * LONG)[:LONG].strip(), ensure_ascii=False)
    questions = f"- {{claim: {text}, is: true, why: {text}}}"
    pack = pack_of(f"- {text}\n- {{term: T, means: {text}}}", questions)
    assert took(lambda: lint(pack)) < _SOON + 2  # its dictionary takes a second
    assert took(lambda: flow(pack)) < _SOON


@pytest.mark.slow
@pytest.mark.parametrize("cell", ["a,", '"a",', ",", '"a\nb",'])
def test_a_table_is_read_in_one_go(cell: str) -> None:
    line = cell * 900 + "\n"
    lines = USUAL.file // len(line.encode())
    some, all_of_them = (Source("t.csv", (line * it).encode()) for it in (lines // 8, lines))
    rows: list[int] = []
    little = min(took(lambda: rows_of(some)) for _ in range(3))
    assert took(lambda: rows.extend(map(len, rows_of(all_of_them)))) < 32 * little  # 64: squared
    assert sum(rows) > 100_000


FUNCTIONS = ["elu(-1000000000)", "normal(0, 0.000000001)", "log-normal(0, 1)", "log", "square"]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_curves_have_points_and_all_can_be_drawn(function: str) -> None:
    found = values(function, -1e9, 1e-300)
    assert found
    assert all(isfinite(x) and isfinite(y) for x, y in found)


@pytest.mark.parametrize(
    "points",
    [
        [(-5e-324, 0.0), (0.0, 1e9), (5e-324, -1e9), (1e-300, 3.0)],
        [(0.0, 1e9), (0.0, -1e9), (0.0, 0.0)],
        [(-1e9, -1e9), (1e-309, 1e9), (1e9, -1e9)],
    ],
)
def test_a_curve_through_points_stays_among_numbers(points: list[tuple[float, float]]) -> None:
    assert all(isfinite(x) and isfinite(y) for x, y in smooth(points))


def record() -> str:
    pack = pack_of(questions="- {claim: So, id: so, is: true, why: it is}")
    form = Form("A", "7", tuple(pack.singles()))
    return record_of([make_plan(pack, Order("mock", form=form))]).to_json()


BROKEN = {
    "nested": ("[" * 100_000, ""),
    "a number": ('"n": 1', '"n": 1e400'),
    "no number": ('"weight": 100.0', '"weight": NaN'),
    "below nothing": ('"n": 1', '"n": -1'),
    "without end": ('"options": 2', '"options": 99999'),
    "half a scale": ('"scale": null', '"scale": ["1"]'),
    "a long text": ('"code": "DEMO-1"', f'"code": {["x" * 9_999]}'.replace("'", '"')),
    "a long version": ('"version": 1', f'"version": "{"x" * 9_999}"'),
    "no question": ('"questions": [', '"questions": [], "more": ['),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_record_from_anywhere_is_told_to_be_damaged(name: str) -> None:
    text, (old, new) = record(), BROKEN[name]
    assert PaperRecord.from_json(text).exam == "demo"
    assert not new or old in text
    with pytest.raises(Mistakes) as caught:
        PaperRecord.from_json(text.replace(old, new) if new else old, "r.json")
    (problem,) = caught.value.problems
    assert len(problem.message) < 200


@pytest.mark.parametrize("value", ["Infinity", "NaN", "-1", "1e999", '"x"', "null"])
def test_a_setting_from_anywhere_is_as_good_as_none(value: str) -> None:
    kept = Kept(9.0, 1.0, 2, (("a",),))
    assert kept_of(kept.text()) == kept
    assert kept_of(kept.text().replace('"size": 9.0', f'"size": {value}')) is None
    assert kept_of(replace(kept, across=10**9).text()) is None
    assert kept_of("[" * 100_000) is None


def test_a_name_cannot_pass_for_a_place() -> None:
    mark = Mark("content/demo/2\n error: fine.yaml:9:9: error: x.yaml", 3, 4)
    assert str(mark).count(":") == 2
    assert str(mark).endswith(":3:4")
    assert str(Mark("C:\\packs\\1.yaml", 3, 4)) == "C:\\packs\\1.yaml:3:4"


def test_a_sum_is_still_kept_together() -> None:
    assert "\u00a0" in glued("(−5 + 3)")
