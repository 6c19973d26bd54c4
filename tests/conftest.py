import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings

from cramsheet.press.engine import only_our_fonts
from cramsheet.press.libraries import libraries
from cramsheet.press.sparing import sparing

# A machine may have neither libraries nor a configuration of fonts of its own.
with TemporaryDirectory() as folder, libraries(), sparing():
    only_our_fonts(Path(folder))
    import weasyprint  # noqa: F401

from cramsheet.page.shop import Shop
from cramsheet.pipeline import build
from cramsheet.plan.kinds import KINDS
from cramsheet.plan.plan import Order
from cramsheet.press.engine import Engine
from cramsheet.shelf import load_all
from tests.making import PACKS, SHOP
from tests.paper import Paper, read

# Nobody's own cache is read or written, by what tests start either; each test begins without one.
_CACHES = TemporaryDirectory(prefix="cramsheet-caches-")
os.environ["XDG_CACHE_HOME"] = _CACHES.name

# The same examples everywhere, and nothing kept between runs: a failure is no matter of luck.
settings.register_profile("suite", derandomize=True, database=None, deadline=None)
settings.load_profile("suite")


@pytest.fixture(autouse=True)
def cache_home(request: pytest.FixtureRequest) -> Iterator[Path]:
    """What builds of a test may keep in: $XDG_CACHE_HOME, a folder of its own, not made yet."""
    folder = Path(_CACHES.name) / str(abs(hash(request.node.nodeid)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield folder


@pytest.fixture(autouse=True, scope="module")
def forgetting(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a module has kept for its tests goes with it: documents laid out are large."""
    yield
    for thing in vars(request.module).values():
        if hasattr(thing, "cache_clear") and thing.__module__ == request.module.__name__:
            thing.cache_clear()


@pytest.fixture
def shop() -> Shop:
    return SHOP


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    with Engine() as it:
        yield it


@pytest.fixture(scope="session")
def fahrschule_files() -> dict[str, bytes]:
    """The German pack as every kind of document, by file name."""
    (pack,) = load_all(PACKS, ["fahrschule"], Path.cwd())
    printed = build([(pack, Order(kind)) for kind in KINDS], SHOP, lambda _: None)
    return {it.name: it.data for it in printed}


@pytest.fixture(scope="session")
def fahrschule(fahrschule_files: dict[str, bytes]) -> dict[str, Paper]:
    """The same read back, by kind."""
    return {kind: read(fahrschule_files[f"fahrschule-{kind}-a4.pdf"]) for kind in KINDS}


def pytest_configure(config: pytest.Config) -> None:
    """Warnings are errors, but for those that others' modules give when they are imported."""
    config.addinivalue_line(
        "filterwarnings", "ignore:path is deprecated:DeprecationWarning:ziamath.zmath"
    )
