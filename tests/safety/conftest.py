"""What all suites of safety share."""

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def alone() -> Iterator[None]:
    """Nothing of what other tests have left is searched for garbage while a clock runs."""
    gc.freeze()
    yield
    gc.unfreeze()
