"""Columns of a sheet that begin inside a topic say so above them."""

import pytest

from cramsheet.page.looks import look_of
from cramsheet.pipeline import build
from cramsheet.plan.papers import UNPRINTED
from cramsheet.plan.plan import Order
from tests.making import SHOP, numbered, pack_of
from tests.paper import Paper, Run, read

WORDS = "and so many words that it takes some lines of a column"


def sheet(facts: str, look: str = "modern", paper: str = "") -> Paper:
    order = Order("sheet", paper, look=look_of(look, SHOP))
    (it,) = build([(pack_of(facts), order)], SHOP, lambda _: None)
    return read(it.data)


def heads(it: Paper) -> list[Run]:
    return it.find_all("1 · Topic")


@pytest.mark.slow
@pytest.mark.parametrize("look", ["modern", "clear"])
def test_each_column_but_the_first_says_what_goes_on(look: str) -> None:
    it = sheet(numbered(300, WORDS), look)
    columns = {(run.page, round(run.left)) for run in it.runs if run.text.startswith("Number")}
    assert len(heads(it)) == len(columns) - 1 > 4
    first: dict[tuple[int, int], float] = {}  # the baseline of the first fact of each column
    for run in it.runs:
        if run.text.startswith("Number"):
            first.setdefault((run.page, round(run.left)), run.top)
    for head in heads(it):
        below = min(
            (left for page, left in first if page == head.page),
            key=lambda left: abs(left - head.left),
        )
        assert 2 < first[head.page, below] - head.top < 8
        assert head.top - head.size * 25.4 / 72 > UNPRINTED - 0.5


@pytest.mark.slow
def test_a_column_that_begins_with_a_topic_does_not() -> None:
    topics = "\n".join(
        f"- topic: Topic{n}\n  facts:\n"
        + "\n".join(f"    - Fact {n}-{m} {WORDS}" for m in range(14))
        for n in range(40)
    )
    it = sheet(topics)
    tops = {run.text for run in it.runs if run.text.startswith("TOPIC")}
    assert tops
    for head in it.find_all("1 · Topic"):
        assert not [
            run
            for run in it.runs
            if run.page == head.page
            and abs(run.left - head.left) < 3
            and run.text.startswith("TOPIC")
            and 0 < run.top - head.top < 6
        ]


def test_cards_have_no_room_for_it() -> None:
    it = sheet(numbered(60, WORDS), paper="3x5")
    assert not list(heads(it))  # nor below the title, whose rule would strike it
    assert it.count > 2
