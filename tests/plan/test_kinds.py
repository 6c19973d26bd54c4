"""Where text may stand: columns as wide as reading wants them, inside the margins."""

import itertools
from dataclasses import replace

import pytest

from cramsheet.plan.kinds import KINDS, area_of
from cramsheet.plan.papers import SIZES, TURNS, paper

EVERY = list(itertools.product(KINDS, SIZES, TURNS))


@pytest.mark.parametrize(
    ("kind", "order", "columns"),
    [
        ("sheet", "a4", 5),
        ("sheet", "a4-portrait", 3),
        ("sheet", "letter", 4),
        ("sheet", "a5", 3),
        ("sheet", "a5-portrait", 2),
        ("notes", "a4", 1),
        ("notes", "a5", 1),
        ("notes", "a4-landscape", 2),
        ("booklet", "a4", 2),
        ("booklet", "a5", 1),
        ("booklet", "letter-landscape", 3),
        ("key", "letter", 2),
    ],
)
def test_a_paper_holds_so_many_columns(kind: str, order: str, columns: int) -> None:
    assert area_of(KINDS[kind], paper(order, KINDS[kind].turn)).columns == columns


@pytest.mark.parametrize(("kind", "size", "turn"), EVERY)
def test_columns_fill_the_paper_between_its_margins(kind: str, size: str, turn: str) -> None:
    on = paper(f"{size}-{turn}", "portrait")
    area = area_of(KINDS[kind], on)
    top, right, bottom, left = area.margin
    assert area.left(0) == left
    last = area.left(area.columns - 1) + area.column
    assert last == pytest.approx(on.width - right)
    assert area.height == pytest.approx(on.height - top - bottom)
    assert min(area.margin) >= 7  # what no printer at home can print on is less


@pytest.mark.parametrize(("kind", "size", "turn"), EVERY)
def test_columns_are_as_wide_as_the_kind_wants_and_one_more_would_not_be(
    kind: str, size: str, turn: str
) -> None:
    least = KINDS[kind].column
    area = area_of(KINDS[kind], paper(f"{size}-{turn}", "portrait"))
    one_more = (area.width - area.columns * area.gap) / (area.columns + 1)
    assert one_more < least
    assert area.column >= least or area.columns == 1


def test_the_gap_after_the_last_column_takes_no_room() -> None:
    area = area_of(KINDS["notes"], paper("a4", "portrait"))
    for columns in (2, 3):
        exact = (area.width - (columns - 1) * area.gap) / columns
        kind = replace(KINDS["notes"], column=exact - 0.001)
        assert area_of(kind, area.paper).columns == columns


def test_margins_shrink_on_small_paper_alone() -> None:
    notes = KINDS["notes"]
    assert area_of(notes, paper("a4", "portrait")).margin == notes.margin
    small = area_of(notes, paper("a5", "portrait")).margin
    assert small[1] < notes.margin[1]
    assert small[3] < notes.margin[3]


def test_a_kind_is_filed_under_its_name() -> None:
    assert list(KINDS) == [kind.name for kind in KINDS.values()]
    assert {name for name, kind in KINDS.items() if kind.asks} == {"booklet", "key"}
