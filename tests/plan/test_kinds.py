"""Where text may stand: columns as wide as reading wants them, inside the margins."""

import itertools
from dataclasses import replace

import pytest

from cramsheet.plan.areas import Margins, area_of
from cramsheet.plan.kinds import KINDS, with_floor
from cramsheet.plan.papers import SIZES, TURNS, UNPRINTED, paper
from cramsheet.problems import Mistakes

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
        ("sheet", "a3", 7),
        ("sheet", "legal", 6),
        ("sheet", "3x5", 2),
        ("sheet", "3x5-portrait", 1),
        ("sheet", "4x6-portrait", 1),
        ("sheet", "120x180mm", 2),
        ("notes", "4x6", 1),
        ("booklet", "4x6", 1),
        ("key", "3x5", 1),
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
    assert min(area.margin) >= UNPRINTED
    assert bottom >= UNPRINTED + 2.7  # a foot stands there


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


# Margins.


@pytest.mark.parametrize("kind", KINDS)
def test_margins_shrink_on_small_paper_alone(kind: str) -> None:
    a3, a4, a5, card = (
        area_of(KINDS[kind], paper(size, "portrait")).margin for size in ("a3", "a4", "a5", "3x5")
    )
    bound = (0, 0, 0, _bound(kind))
    assert a4 == tuple(map(sum, zip(KINDS[kind].margin, bound, strict=True)))
    assert a3 == a4
    assert all(small < large for small, large in zip(a5, a4, strict=True))
    assert all(small <= large for small, large in zip(card, a5, strict=True))


@pytest.mark.parametrize(("kind", "size", "turn"), EVERY)
def test_so_much_stays_white_as_was_asked_for(kind: str, size: str, turn: str) -> None:
    on = paper(f"{size}-{turn}", "portrait")
    area = area_of(KINDS[kind], on, asked=Margins((10, 8, 12, 9)))
    top, right, bottom, left = area.margin
    line = KINDS[kind].running_size * 1.2 * 25.4 / 72 + area.away
    assert top == pytest.approx(10 + line * area.heads)
    assert bottom == pytest.approx(12 + line)
    binding = 0.0 if on.card else on.share * _bound(kind)
    assert left == pytest.approx(9 + binding)
    assert right == (12 if area.bound else 8)  # a tab stands there


def _bound(kind: str) -> float:
    return KINDS[kind].binding or 0.0


def test_heads_in_large_type_have_room() -> None:
    kind = with_floor(KINDS["notes"], 24)
    line = 24 * 1.2 * 25.4 / 72
    for size in SIZES:
        area = area_of(kind, paper(size, "portrait"))
        assert area.margin[2] >= UNPRINTED + line + area.away - 1e-6
        assert area.margin[0] >= UNPRINTED + (line + area.away) * area.heads - 1e-6


@pytest.mark.parametrize("kind", ["notes", "booklet", "key"])
@pytest.mark.parametrize("binding", [None, 0.0, 8.0])
def test_the_binding_is_on_the_left_of_odd_pages_and_on_the_right_of_even_ones(
    kind: str, binding: float | None
) -> None:
    on = paper("a4", "portrait")
    area = area_of(KINDS[kind], on, asked=Margins(binding=binding))
    outer, inner = area.margin[1], area.margin[3]
    assert inner - outer == (_bound(kind) if binding is None else binding)
    for page in (1, 3):
        assert area.right_hand(page)
        assert area.left(0, page) == inner
    for page in (2, 4):
        assert not area.right_hand(page)
        assert area.left(0, page) == outer
        last = area.columns - 1
        assert on.width - area.left(last, page) - area.column == pytest.approx(inner)
    assert area.margins(2) == (area.margin[0], inner, area.margin[2], outer)


def test_a_sheet_has_no_binding() -> None:
    sheet, a4 = KINDS["sheet"], paper("a4", "landscape")
    area = area_of(sheet, a4, asked=Margins(binding=20))
    assert area == area_of(sheet, a4)
    assert area.left(0, 2) == area.left(0, 1) == area.margin[3]


@pytest.mark.parametrize(("kind", "size", "turn"), EVERY)
def test_columns_drawn_larger_stay_where_printers_print(kind: str, size: str, turn: str) -> None:
    area = area_of(KINDS[kind], paper(f"{size}-{turn}", "portrait"))
    wider = area.column * (area.most_scale - 1) / 2
    assert area.most_scale >= 1
    assert min(area.margin[1], area.margin[3]) - wider >= UNPRINTED - 1e-6
    if area.bound:
        assert area.tab >= 7
        assert area.margin[1] - wider >= area.tab + 0.4


def test_columns_drawn_larger_leave_white_what_was_asked_for() -> None:
    on = paper("a4", "portrait")
    wide = area_of(KINDS["sheet"], on, asked=Margins((9, 8, 9, 9)))
    assert wide.most_scale == 1
    notes = area_of(KINDS["notes"], on, asked=Margins((20, 20, 20, 12), 6))
    assert notes.margin[1] - notes.column * (notes.most_scale - 1) / 2 == pytest.approx(20)


@pytest.mark.parametrize(
    ("size", "asked"),
    [
        ("3x5", Margins((30, 30, 30, 30))),
        ("a5-landscape", Margins((60, 8, 70, 8))),
        ("50x80mm", Margins(binding=25)),
    ],
)
def test_margins_that_leave_no_room_are_a_mistake(size: str, asked: Margins) -> None:
    on = paper(size, "portrait")
    with pytest.raises(Mistakes) as caught:
        area_of(KINDS["notes"], on, asked=asked)
    (problem,) = caught.value.problems
    assert problem.message == f"no words stand between such margins on {on.name}"
    assert problem.hint == "make them smaller, or take a larger paper"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", ["40x40mm", "40x1200mm", "1200x40mm", "1200x1200mm"])
def test_the_smallest_and_the_largest_paper_hold_words(kind: str, size: str) -> None:
    area = area_of(KINDS[kind], paper(size, "portrait"))
    assert area.holds_words
    assert area.height > 20


def test_a_kind_is_filed_under_its_name() -> None:
    assert list(KINDS) == [kind.name for kind in KINDS.values()]
    assert {name for name, kind in KINDS.items() if kind.asks} == {"booklet", "key"}
