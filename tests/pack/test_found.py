"""What is known of a thing is never told of another."""

from cramsheet.pack.found import Found


class Thing:
    def __init__(self, name: str) -> None:
        self.name = name


def name_of(thing: object) -> str:
    assert isinstance(thing, Thing)
    return thing.name


def test_things_that_are_gone_tell_nothing_of_those_that_take_their_place() -> None:
    found = Found(name_of)
    for number in range(50):  # each would be where the last one was
        assert found(Thing(f"{number}")) == f"{number}"


def test_it_asks_once() -> None:
    found, thing = Found(name_of), Thing("x")
    assert found(thing) == "x"
    thing.name = "y"  # which frozen things do not do
    assert found(thing) == "x"
    assert found(Thing("z")) == "z"
