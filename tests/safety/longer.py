"""More random packs than with each change: `python -m tests.safety.longer 5000 7`; 7 is a seed."""

import os
import sys
from tempfile import TemporaryDirectory

from hypothesis import given, seed, settings

from cramsheet.press.engine import Engine
from tests.safety.growing import Garden, packs
from tests.safety.test_random import SAME, all_is_there


def grow(count: int, number: int) -> None:
    tried = 0
    with Engine() as engine:

        @seed(number)
        @settings(SAME, max_examples=count, derandomize=False)
        @given(packs())
        def each(garden: Garden) -> None:
            nonlocal tried
            all_is_there(garden, engine)
            tried += 1

        each()
    print(f"{tried:,} random packs, seed {number}: all is there")


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        grow(int(sys.argv[1]), int(sys.argv[2]))
