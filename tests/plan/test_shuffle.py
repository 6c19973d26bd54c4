"""The order follows the seed and the words, and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from cramsheet.plan.shuffle import out_of_order, shuffled

WORDS = st.lists(st.text(min_size=1, max_size=8), min_size=2, max_size=8, unique=True)
LETTERS = tuple("ABCDEFGH")


@given(WORDS, st.text(max_size=12))
def test_the_order_written_does_not_matter(words: list[str], seed: str) -> None:
    assert shuffled(words, seed, str) == shuffled(sorted(words), seed, str)
    assert shuffled(words, seed, str) == shuffled(reversed(words), seed, str)
    assert sorted(shuffled(words, seed, str)) == sorted(words)


@given(WORDS, st.text(max_size=12))
def test_one_thing_more_leaves_the_others_as_they_were(words: list[str], seed: str) -> None:
    *fewer, extra = words
    left = tuple(word for word in shuffled(words, seed, str) if word != extra)
    assert left == shuffled(fewer, seed, str)


@given(WORDS, st.text(max_size=12))
def test_steps_to_be_ordered_never_stand_in_order(words: list[str], seed: str) -> None:
    steps = tuple(words)
    assert out_of_order(steps, seed) != steps
    assert sorted(out_of_order(steps, seed)) == sorted(steps)


def test_another_seed_is_another_order() -> None:
    orders = {shuffled(LETTERS, str(seed), str) for seed in range(200)}
    assert len(orders) > 190


def test_each_place_is_as_likely() -> None:
    first = [shuffled("ABCD", str(seed), str)[0] for seed in range(2000)]
    assert all(440 < first.count(letter) < 560 for letter in "ABCD")


def test_the_order_is_the_same_for_ever() -> None:
    """Papers that were printed once keep their answer keys."""
    assert shuffled(LETTERS, "de-parquet", str) == tuple("GCHBEDAF")
    assert out_of_order(("one", "two", "three"), "de-parquet") == ("three", "two", "one")
