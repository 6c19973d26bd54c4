"""Packing: nothing lost, nothing over the foot, headings in company, columns even."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cramsheet.plan.floating import floated, largest_scale
from cramsheet.plan.packing import Piece, Strip, even, filled, levelled, stretched


def pieces(*heights: float, topic: int = 1) -> list[Piece]:
    return [Piece(height, 0.0, 1.0, topic=topic) for height in heights]


@st.composite
def strips(draw: st.DrawFn) -> Strip:
    """Topics of a heading and some facts, in columns of 100."""
    found: list[Piece] = []
    for topic in range(draw(st.integers(1, 12))):
        found.append(Piece(5.0, 3.0, 1.0, keeps=True, topic=topic))
        heights = draw(st.lists(st.floats(2.0, 45.0), min_size=1, max_size=8))
        found += [Piece(height, 0.0, 1.0, topic=topic) for height in heights]
    return Strip(found)


def test_rooms_of_neighbours_overlap_and_vanish_at_the_ends() -> None:
    strip = Strip([Piece(10, 9, 2), Piece(10, 5, 9)])
    assert strip.height == 10 + 5 + 10
    columns = filled(strip, [25])
    assert columns is not None
    assert columns[0].height == 25


def test_a_heading_never_ends_a_column() -> None:
    strip = Strip([*pieces(50), Piece(5, 0, 0, keeps=True, topic=2), *pieces(50, topic=2)])
    columns = filled(strip, [60, 60])
    assert columns is not None
    assert [(column.first, column.last) for column in columns] == [(0, 1), (1, 3)]


def test_what_does_not_fit_is_said() -> None:
    assert filled(Strip(pieces(50, 60)), [100]) is None
    assert filled(Strip(pieces(101)), [100, 100]) is None
    assert even(Strip(pieces(50, 60)), [100]) is None


def test_even_columns_share_the_slack() -> None:
    strip = Strip(pieces(*[10] * 12))
    columns = even(strip, [100, 100])
    assert columns is not None
    assert [column.last - column.first for column in columns] == [6, 6]


def test_few_pieces_use_all_columns() -> None:
    columns = even(Strip(pieces(*[10] * 6)), [100] * 3)
    assert columns is not None
    assert [column.last for column in columns] == [2, 4, 6]


def test_a_break_between_topics_is_preferred_to_one_inside() -> None:
    strip = Strip([*pieces(30, 30, 29, topic=1), *pieces(31, 30, 30, topic=2)])
    columns = even(strip, [100, 100])
    assert columns is not None
    assert columns[0].last == 3


def test_a_small_fact_goes_before_a_table_that_does_not_fit() -> None:
    strip = Strip(pieces(70, 60, 20))
    order = floated(strip, [100, 100])
    assert order == [0, 2, 1]


def test_a_fact_is_not_pulled_out_of_its_topic() -> None:
    strip = Strip([*pieces(70, 60, topic=1), *pieces(20, topic=2)])
    assert floated(strip, [100, 100]) == [0, 1, 2]


@settings(deadline=None, derandomize=True)
@given(strips())
def test_floating_keeps_every_piece_in_its_topic_and_headings_first(strip: Strip) -> None:
    order = floated(strip, [100.0] * 60)
    assert sorted(order) == list(range(len(strip.pieces)))
    topics = [strip.pieces[index].topic for index in order]
    assert topics == sorted(topics)
    for place, index in enumerate(order):
        first_of_topic = place == 0 or topics[place - 1] != topics[place]
        assert strip.pieces[index].keeps == first_of_topic


@settings(deadline=None, derandomize=True)
@given(strips())
def test_columns_hold_all_pieces_once_and_within_their_height(strip: Strip) -> None:
    room = [100.0] * 60
    ordered = strip.in_order(floated(strip, room))
    columns = filled(ordered, room)
    assert columns is not None
    leveled = even(ordered, room[: len(columns)])
    assert leveled is not None
    for cut in (columns, leveled):
        assert [column.first for column in cut] == [0, *(column.last for column in cut[:-1])]
        assert cut[-1].last == len(strip.pieces)
        assert all(column.height <= 100 + 1e-6 for column in cut)
        assert not any(ordered.pieces[column.last - 1].keeps for column in cut)
    ragged = [sum((1 - c.height / 100) ** 2 for c in cut) for cut in (leveled, columns)]
    assert ragged[0] <= ragged[1] + 0.001 * len(columns)  # what unsplit topics may cost


def test_a_table_with_its_heading_lets_a_small_fact_go_first() -> None:
    """The heading of a topic that does not fit with its first fact fits with another of them."""
    strip = Strip([*pieces(60), Piece(5, 0, 0, keeps=True, topic=2), *pieces(70, 30, topic=2)])
    order = floated(strip, [100, 100])
    assert order == [0, 1, 3, 2]


def test_a_sheet_in_order_is_left_as_it_is() -> None:
    strip = Strip(pieces(50, 49, 50, 49))
    assert floated(strip, [100, 100]) == [0, 1, 2, 3]


@settings(deadline=None, derandomize=True)
@given(strips(), st.integers(1, 4))
def test_the_largest_scale_fits_and_a_larger_one_does_not_by_area(strip: Strip, count: int) -> None:
    room = [100.0] * count
    scale, order = largest_scale(strip, room)
    assert sorted(order) == list(range(len(strip.pieces)))
    assert filled(strip.in_order(order), [height / scale for height in room]) is not None
    assert scale * (strip.height - sum(sorted(strip.gaps)[-count + 1 :])) <= sum(room) + 1e-6
    assert scale >= largest_scale(strip, room, floats=False)[0] - 0.005 * scale


@settings(deadline=None, derandomize=True)
@given(strips())
def test_pieces_that_do_not_float_keep_their_order(strip: Strip) -> None:
    assert largest_scale(strip, [100.0] * 3, floats=False)[1] == list(range(len(strip.pieces)))


def test_a_heading_taller_with_its_first_fact_than_a_column_is_parted_from_it() -> None:
    strip = Strip([Piece(40, 0, 0, keeps=True, topic=1), *pieces(80)])
    assert filled(strip, [100, 100]) is None
    assert strip.relaxed(130).pieces == strip.pieces
    relaxed = strip.relaxed(100)
    for columns in (filled(relaxed, [100, 100]), even(relaxed, [100, 100])):
        assert columns is not None
        assert [column.last for column in columns] == [1, 2]


def test_slack_goes_where_gaps_can_take_it() -> None:
    """A column of one high piece has no gap to spread; one of many pieces has."""
    strip = Strip([*pieces(85), *pieces(*[9] * 8)])
    columns = even(strip, [100, 100])
    assert columns is not None
    assert columns[0].last == 1
    columns = even(strip, [100, 100], spread=20)
    assert columns is not None
    assert columns[0].last == 2


def test_breaks_are_kept_where_they_still_do() -> None:
    strip = Strip(pieces(*[10] * 12))
    columns = even(strip, [78, 78], kept={7})
    assert columns is not None
    assert [column.last for column in columns] == [7, 12]


def test_the_last_columns_end_together() -> None:
    strip = Strip(pieces(*[10] * 12))
    room = levelled(strip, [100, 100, 100, 100], 2)
    assert room[:2] == [100, 100]
    columns = even(strip, levelled(strip, [100, 100], 2))
    assert columns is not None
    assert [column.last for column in columns] == [6, 12]


def test_pieces_that_begin_a_page_divide_the_strip() -> None:
    strip = Strip([*pieces(1, 2), Piece(1, 0, 0, fresh=True), *pieces(3)])
    assert strip.chapters() == [(0, 2), (2, 4)]


def test_spreading_ends_at_the_foot_and_keeps_the_order() -> None:
    strip = Strip(pieces(10, 20, 30))
    columns = filled(strip, [100])
    assert columns is not None
    tops = stretched(strip, columns[0], 70, most=10)
    assert tops[0] == 0
    assert tops[-1] + 30 == pytest.approx(70)
    assert tops == sorted(tops)


def test_spreading_has_a_limit() -> None:
    strip = Strip(pieces(10, 20, 30))
    columns = filled(strip, [1000])
    assert columns is not None
    tops = stretched(strip, columns[0], 1000, most=2)
    assert tops[-1] == 10 + 20 + 2 * 3
