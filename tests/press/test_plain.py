"""Blocks that are moved against pages that WeasyPrint breaks by itself: words, places, pixels."""

from functools import lru_cache, reduce
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops

from bench.packs import random_pack
from cramsheet.pack.pack import Pack
from cramsheet.plan.kinds import KINDS
from cramsheet.plan.plan import Order
from cramsheet.press import press
from cramsheet.press.engine import Engine
from cramsheet.shelf import exams, load_all
from tests.making import PACKS, ROOT, made_of
from tests.paper import Paper, read

BARE = [kind.name for kind in KINDS.values() if not kind.over]  # others lie over one of these
_DARK = 60  # of 255: a difference that is seen
_ROUNDING = 0.0001  # of the pixels of a page


@lru_cache
def pack(name: str) -> Pack:
    if name.isdecimal():
        return random_pack(int(name), 70)
    folder = PACKS if name == "fahrschule" else ROOT / "content"
    (found,) = load_all(folder, [name], Path.cwd())
    return found


def both(engine: Engine, order: Order, name: str) -> tuple[bytes, bytes]:
    """By blocks and by the plain way."""
    plainly = Order(order.kind, order.paper, pages=order.pages, plain=True)
    one, other = (
        press.write(made_of(engine, pack(name), it).pages, engine).data for it in (order, plainly)
    )
    return one, other


def same(one: bytes, other: bytes) -> None:
    blocks, plain = read(one), read(other)
    assert blocks.count == plain.count
    assert _words(blocks) == _words(plain)
    assert [(it.depth, it.text, it.page) for it in blocks.outline] == [
        (it.depth, it.text, it.page) for it in plain.outline
    ]
    for mine, theirs in zip(_placed(blocks), _placed(plain), strict=True):
        assert mine == pytest.approx(theirs, abs=0.15)
    for page, (mine_, theirs_) in enumerate(zip(_drawn(one), _drawn(other), strict=True), 1):
        assert _different(mine_, theirs_) < _ROUNDING, f"page {page}"


def _different(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels that differ, also from the row above and the row below: a line may fall
    between two rows and be drawn on either."""
    shifted = [ImageChops.offset(other, 0, rows) for rows in (-1, 0, 1)]
    least = reduce(ImageChops.darker, (ImageChops.difference(one, it) for it in shifted))
    return sum(least.histogram()[_DARK:]) / (one.width * one.height)


def _words(paper: Paper) -> list[tuple[int, str]]:
    return sorted((run.page, run.text) for run in paper.runs)


def _placed(paper: Paper) -> list[tuple[float, ...]]:
    runs = sorted(paper.runs, key=lambda r: (r.page, r.text, round(r.left), round(r.top)))
    return [(run.left, run.top, run.right, run.size) for run in runs]


def _drawn(data: bytes) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(data)
    return [page.render(scale=1.5).to_pil().convert("L") for page in document]


@pytest.mark.slow
@pytest.mark.parametrize("kind", BARE)
def test_the_german_pack_is_the_same_both_ways(kind: str, engine: Engine) -> None:
    same(*both(engine, Order(kind), "fahrschule"))


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "paper"), [("notes", "4x6"), ("booklet", "3x5")])
def test_mirrored_pages_and_cards_are_the_same_both_ways(
    kind: str, paper: str, engine: Engine
) -> None:
    same(*both(engine, Order(kind, paper), "fahrschule"))


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["1", "2"])
def test_a_random_pack_is_the_same_both_ways_on_a_budget(seed: str, engine: Engine) -> None:
    same(*both(engine, Order("sheet", pages=1), seed))


@pytest.mark.slow
@pytest.mark.parametrize("name", exams(ROOT / "content"))
@pytest.mark.parametrize("kind", BARE)
def test_every_pack_is_the_same_both_ways(name: str, kind: str, engine: Engine) -> None:
    same(*both(engine, Order(kind), name))


@pytest.mark.slow
@pytest.mark.parametrize("seed", [str(seed) for seed in range(3, 6)])
@pytest.mark.parametrize("kind", ["sheet", "notes"])
def test_random_packs_are_the_same_both_ways(kind: str, seed: str, engine: Engine) -> None:
    same(*both(engine, Order(kind), seed))


def test_a_fact_that_moved_by_a_millimetre_is_seen() -> None:
    page = Image.new("L", (900, 1200), 255)
    line = Image.new("L", (300, 12), 0)
    one, other = page.copy(), page.copy()
    one.paste(line, (100, 100))
    other.paste(line, (100, 104))
    assert _different(one, other) > _ROUNDING
    assert _different(one, one) == 0.0


@pytest.mark.slow
def test_a_difference_is_seen(engine: Engine) -> None:
    """The comparison itself: another number of pages, or another size, is another document."""
    one, _ = both(engine, Order("sheet", pages=1), "1")
    other, _ = both(engine, Order("sheet", pages=1), "2")
    with pytest.raises(AssertionError):
        same(one, other)
