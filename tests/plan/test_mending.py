"""What no longer fits is packed anew on few pages: arithmetic over heights."""

from collections.abc import Sequence

import pytest

from bench.packs import Dice
from cramsheet.plan.floating import largest_scale
from cramsheet.plan.keeping import Kept, pages_of, renumbered, starts_before
from cramsheet.plan.mending import Mending, squeezed
from cramsheet.plan.packing import SQUEEZED, Piece, Strip, even, filled, stretched

ACROSS, PAGES = 2, 6
ROOM = [100.0] * (ACROSS * PAGES)
FOURS = [*range(0, 4 * len(ROOM) + 1, 4)]


def strip(heights: Sequence[float], topic: int = 6) -> Strip:
    """Facts with gaps of 2 between them, so many to a topic."""
    return Strip([Piece(it, 2, 2, topic=index // topic) for index, it in enumerate(heights)])


def mending(it: Strip, edges: Sequence[int], floats: bool = False) -> Mending:
    found = Mending(it, [*edges], ROOM, ACROSS, floats, 0.6)
    found.fixed = found.pages
    return found


def pages(it: Mending) -> list[list[Piece]]:
    """What stands on each page."""
    steps = range(0, len(it.edges) - 1, ACROSS)
    return [list(it.strip.pieces[it.edges[at] : it.edges[at + ACROSS]]) for at in steps]


def changed(before: list[list[Piece]], it: Mending) -> list[int]:
    pairs = zip(before, pages(it), strict=True)
    return [number for number, (one, other) in enumerate(pairs) if one != other]


def test_what_fits_stays() -> None:
    it = mending(strip([20.0] * 48), FOURS)
    assert it.mended()
    assert it.edges == FOURS


def test_a_line_too_many_is_squeezed_in() -> None:
    heights = [23.5] * 48
    heights[9] += 1.0  # 95 and gaps of 6: of these a fifth may go
    it = mending(strip(heights), FOURS)
    assert it.mended()
    assert it.edges == FOURS
    tops = stretched(it.strip, it.columns[2], 100.0, most=0.6)
    assert tops[-1] + 23.5 == pytest.approx(100.0)
    ends = [top + height for top, height in zip(tops, heights[8:12], strict=True)]
    gaps = [top - end for top, end in zip(tops[1:], ends, strict=False)]
    assert gaps == pytest.approx([2 - 1 / 3] * 3)
    assert min(gaps) >= 2 * (1 - SQUEEZED)


def test_the_page_itself_takes_it_before_its_neighbours_do() -> None:
    heights = [20.0] * 47
    heights[8] += 18.0
    it = mending(strip(heights), [*FOURS[:4], *(edge - 1 for edge in FOURS[4:])])
    assert it.mended()
    assert it.edges == [*FOURS[:3], 11, *(edge - 1 for edge in FOURS[4:])]


@pytest.mark.parametrize("page", range(PAGES))
def test_two_pages_take_what_one_does_not(page: int) -> None:
    """Of its neighbours, the one on the other side of its sheet of paper."""
    heights = [23.0 if index // 8 == page else 15.0 for index in range(48)]
    heights[8 * page + 1] += 6.0
    it = mending(strip(heights), FOURS)
    before = pages(it)
    assert it.mended()
    assert set(changed(before, it)) == {page, page ^ 1}


@pytest.mark.parametrize("floats", [False, True])
@pytest.mark.parametrize("numbered", [False, True])
@pytest.mark.parametrize("seed", range(12))
def test_whatever_grows(seed: int, numbered: bool, floats: bool) -> None:
    """Nothing is lost, no column is too high, facts keep to their topic, and no fewer pages would
    have done; where later ones have other numbers, none before."""
    dice = Dice(f"mending {seed}")
    heights = [5.0 + dice.below(20) for _ in range(70)]
    scale, order = largest_scale(strip(heights), ROOM, floats)
    it = strip([height * scale for height in heights]).in_order(order)
    it = Strip([Piece(p.height, 2, 2, topic=p.topic) for p in it.pieces])
    columns = even(it, [101.0] * len(ROOM))
    assert columns
    edges = [column.first for column in columns]
    pieces = list(it.pieces)
    where = dice.below(70)
    pieces[where] = Piece(pieces[where].height + 3, 2, 2, topic=pieces[where].topic)
    work = mending(Strip(pieces), [*edges, *[70] * (len(ROOM) + 1 - len(edges))], floats)
    page, was = work.page_of(where), list(work.edges)
    if numbered:
        work.fixed = page
    before = pages(work)

    def holds(first: int, end: int) -> bool:
        """Whether pages hold what stood on them, in its order."""
        part = Strip(pieces[was[first * ACROSS] : was[end * ACROSS]])
        return filled(squeezed(part), ROOM[first * ACROSS : end * ACROSS]) is not None

    if not work.mended():
        return
    assert sorted(work.order) == list(range(70))
    assert [pieces[index] for index in work.order] == list(work.strip.pieces)
    topics = [piece.topic for piece in work.strip.pieces]
    assert topics == sorted(topics)
    for column, room in zip(work.columns, ROOM, strict=True):
        gaps = work.strip.room_between(column.first, column.last)
        assert column.height - SQUEEZED * gaps <= room + 1e-4
    moved = changed(before, work)
    if numbered:
        assert not moved or min(moved) >= page or not holds(page, PAGES)
    if numbered or not moved:
        return
    few = moved[-1] - moved[0]
    assert not any(
        holds(first, first + few) for first in range(max(0, page - few + 1), page + 1) if few
    )


def test_what_has_another_number_anyway_may_move() -> None:
    heights = [23.0 if index // 8 == 3 else 15.0 for index in range(48)]
    heights[25] += 6.0
    one, other = mending(strip(heights), FOURS), mending(strip(heights), FOURS)
    other.fixed = other.page_of(25)
    before = pages(one)
    assert one.mended()
    assert other.mended()
    assert changed(before, one) == [2, 3]
    assert changed(before, other) == [3, 4]


NAMES = [f"fact-{n}" for n in range(12)]
KEPT = Kept(7.0, 1.0, 2, tuple(tuple(NAMES[at : at + 3]) for at in range(0, 12, 3)))


@pytest.mark.parametrize(
    ("names", "starts"),
    [
        (NAMES, [0, 3, 6, 9]),
        ([it for it in NAMES if it != "fact-3"], [0, 3, 5, 8]),
        ([it for it in NAMES if it not in NAMES[3:6]], [0, 3, 3, 6]),
        ([*NAMES[:4], "fact-new", *NAMES[4:]], [0, 3, 7, 10]),
        ([*NAMES[:3], "fact-new", *NAMES[3:]], [0, 4, 7, 10]),
        ([*NAMES[1:], "fact-0"], [0, 2, 5, 8]),  # moved to the end
        (["fact-11", *NAMES[:11]], [0, 4, 7, 10]),  # and to the beginning
        (NAMES[:6], [0, 3, 6, 6]),
        (["fact-other"], [0, 1, 1, 1]),
    ],
)
def test_columns_begin_where_they_did(names: list[str], starts: list[int]) -> None:
    assert starts_before(KEPT.columns, names, strip([10.0] * len(names))) == starts


def test_parts_of_a_fact_keep_their_columns() -> None:
    columns = (("fact-a", "fact-b"), ("fact-b",), ("fact-b", "fact-c"))
    names = ["fact-a", "fact-b", "fact-b", "fact-b", "fact-c"]
    assert starts_before(columns, names, strip([10.0] * 5)) == [0, 2, 3]


def test_a_chapter_has_the_pages_that_held_most_of_it() -> None:
    every = set(NAMES)
    assert pages_of(KEPT, set(NAMES[:5]), every) == [*KEPT.columns[:2]]
    assert pages_of(KEPT, set(NAMES[5:]), every) == [*KEPT.columns[2:]]
    assert pages_of(KEPT, every, every) == [*KEPT.columns]
    assert pages_of(KEPT, set(NAMES[6:]), set(NAMES[6:])) == [*KEPT.columns[2:]]


def test_the_first_question_with_another_number() -> None:
    asked = [f"question-{n}" for n in range(4)]
    kept = Kept(7.0, 1.0, 1, (tuple(asked),))
    names = ["domain-a", "range-1", *asked]
    assert renumbered(kept, names) == len(names)
    assert renumbered(kept, [*names, "question-new"]) == len(names)
    assert renumbered(kept, names[:-1]) == len(names) - 1
    assert renumbered(kept, [*names[:3], "question-new", *names[3:]]) == 3
    assert renumbered(kept, [*names[:3], *names[4:]]) == 3
