"""What is in content/ builds as every kind, and a small pack on every paper."""

import itertools
import shutil
import subprocess
from pathlib import Path

import pytest

from cramsheet.edit.lint import lint
from cramsheet.pack.pack import Pack
from cramsheet.page.looks import look_of
from cramsheet.pipeline import build
from cramsheet.plan.kinds import KINDS
from cramsheet.plan.papers import SIZES, TURNS, UNPRINTED, paper
from cramsheet.plan.plan import Order
from cramsheet.shelf import exams, load_all
from tests.making import PACKS, ROOT, SHOP
from tests.page.test_palette import LOOKS
from tests.paper import read

CONTENT = ROOT / "content"
NAMES = exams(CONTENT)


@pytest.fixture(scope="module")
def packs() -> dict[str, Pack]:
    return {pack.name: pack for pack in load_all(CONTENT, NAMES, ROOT)}


def holds(data: bytes, pack: Pack, folder: Path) -> None:
    """It reads strictly, has tags, and qpdf finds nothing wrong where it is installed."""
    it = read(data)
    assert it.tags
    assert it.embedded
    assert all(font.startswith("Cram") for font in it.fonts)
    assert it.language == pack.exam.language
    if shutil.which("qpdf"):
        (folder / "it.pdf").write_bytes(data)
        done = subprocess.run(
            ["qpdf", "--check", str(folder / "it.pdf")], capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_there_is_content_and_every_file_of_it_is_sound(packs: dict[str, Pack]) -> None:
    assert NAMES
    for pack in packs.values():
        assert any(pack.entries())
        assert any(pack.singles())


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "order",
    [
        *(Order(kind) for kind in KINDS),
        *(Order(kind, size) for size in ("letter", "a5") for kind in ("sheet", "booklet")),
    ],
    ids=lambda order: f"{order.kind}-{order.paper or 'own'}",
)
def test_content_is_printed(
    order: Order, name: str, packs: dict[str, Pack], tmp_path: Path
) -> None:
    pack = packs[name]
    (it,) = build([(pack, order)], SHOP, lambda _: None)  # proofread
    kind = KINDS[order.kind]
    facts = [one for one in pack.entries() if not kind.only or one.fact.kind in kind.only]
    assert it.things == (sum(1 for _ in pack.singles()) if kind.asks else len(facts))
    holds(it.data, pack, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", NAMES)
def test_the_saver_takes_half_the_ink(name: str, look: str, packs: dict[str, Pack]) -> None:
    orders = [Order("booklet", look=look_of(look, SHOP), ink=ink) for ink in ("colour", "saver")]
    colour, saver = build([(packs[name], order) for order in orders], SHOP, lambda _: None)
    assert saver.ink <= 0.5 * colour.ink


EVERY = list(itertools.product(KINDS, SIZES, TURNS))


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "size", "turn"), EVERY)
def test_a_small_pack_on_every_paper(kind: str, size: str, turn: str, tmp_path: Path) -> None:
    (pack,) = load_all(PACKS, ["fahrschule"], Path.cwd())
    (it,) = build([(pack, Order(kind, f"{size}-{turn}"))], SHOP, lambda _: None)
    holds(it.data, pack, tmp_path)
    on = paper(f"{size}-{turn}", "portrait")
    finished = read(it.data)
    for page in finished.sizes:
        assert page == pytest.approx((on.width, on.height), abs=0.1)
    for run in finished.runs:
        if not run.drawn:
            assert run.left >= UNPRINTED - 0.01, run
            assert run.right <= on.width - UNPRINTED + 0.5, run  # slanted letters reach over


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_content_is_one_file_for_screens(name: str, packs: dict[str, Pack]) -> None:
    orders = [(packs[name], Order(kind, format="html")) for kind in KINDS]
    for it in build(orders, SHOP, lambda _: None):
        assert it.data.startswith(b"<!doctype html>")
        assert b"<script" not in it.data


@pytest.mark.parametrize("name", NAMES)
def test_an_editor_finds_nothing(name: str, packs: dict[str, Pack]) -> None:
    assert lint(packs[name]) == []


@pytest.mark.slow
def test_the_musts_of_the_machine_learning_pack_stand_on_two_pages(packs: dict[str, Pack]) -> None:
    pack = packs["mls-c01"]
    (it,) = build([(pack, Order("sheet", pages=2))], SHOP, lambda _: None)
    assert it.pages == 2  # or the build had failed: a must is never left out
    assert it.size >= 6.5
