"""Names of curves find places that are free."""

from itertools import combinations

from cramsheet.page.labelling import Ground, Rectangle

FRAME = Rectangle(0, 0, 20, 8)
HIGH = [(0.0, 2.0), (20.0, 2.0)]
LOW = [(0.0, 6.0), (20.0, 6.0)]


def ground(*taken: Rectangle) -> Ground:
    found = Ground(FRAME, list(taken))
    found.draw("high", HIGH)
    found.draw("low", LOW)
    return found


SIZES = {"high": (4.0, 0.9), "low": (4.0, 0.9)}


def test_each_name_has_a_place_of_its_own_inside_the_frame() -> None:
    spots = ground().place(SIZES)
    assert set(spots) == set(SIZES)
    assert all(FRAME.holds(spot) for spot in spots.values())
    assert not spots["high"].meets(spots["low"])


def test_a_name_stands_near_its_own_curve() -> None:
    for name, spot in ground().place(SIZES).items():
        y = {"high": 2.0, "low": 6.0}[name]
        assert 0.1 < min(abs(spot.top - y), abs(spot.bottom - y)) < 0.6


def test_no_name_stands_on_what_is_taken() -> None:
    first = ground().place(SIZES)
    taken = [spot.grown(0.5) for spot in first.values()]
    second = ground(*taken).place(SIZES)
    assert set(second) == set(SIZES)
    assert not any(spot.meets(it) for spot in second.values() for it in taken)


def test_names_of_curves_that_run_together_do_not_meet() -> None:
    found = Ground(FRAME)
    for index in range(3):
        found.draw(f"c{index}", [(0.0, 4.0), (10.0, 4.0), (20.0, 1.0 + 3 * index)])
    spots = found.place({f"c{index}": (3.0, 0.9) for index in range(3)})
    assert len(spots) == 3
    assert not any(one.meets(other) for one, other in combinations(spots.values(), 2))


def test_two_names_do_not_take_one_place_between_their_curves() -> None:
    found = Ground(FRAME)
    found.draw("top", [(0.0, 0.5), (20.0, 0.5)])  # no room above
    found.draw("next", [(0.0, 2.6), (20.0, 2.6)])
    spots = found.place({"top": (4.0, 0.9), "next": (4.0, 0.9)})
    assert len(spots) == 2
    assert not spots["top"].meets(spots["next"])


def test_where_one_name_has_no_room_none_has_a_place() -> None:
    assert ground().place({"high": (4.0, 0.9), "low": (25.0, 0.9)}) == {}
