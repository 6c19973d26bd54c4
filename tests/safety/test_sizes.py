"""What is far too large is refused with a line, or printed whole; in time, and within memory."""

import pytest

from tests.safety.sizes import MEGABYTES, SECONDS, SIZES, tried

QUICK = ("4,000 facts", "a word of 100 kB")


@pytest.mark.parametrize(
    "name", [pytest.param(it, marks=() if it in QUICK else pytest.mark.slow) for it in SIZES]
)
def test_it_is_refused_or_printed_whole(name: str) -> None:
    size, came = SIZES[name], tried(name)
    if size.says:
        assert size.says in came["said"][0]
        assert "hint: " in came["said"][0]
    else:
        assert (came["said"], came["lost"]) == ([], [])
    assert came["seconds"] < SECONDS
    assert came["megabytes"] < MEGABYTES
