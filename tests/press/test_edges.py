"""What stands at the edges of printed pages: margins, binding, heads, feet and the thumb index."""

from functools import lru_cache
from itertools import pairwise, product
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from cramsheet.pack.pack import Pack
from cramsheet.page.shop import Shop
from cramsheet.plan.areas import Area, Margins
from cramsheet.plan.kinds import KINDS
from cramsheet.plan.papers import SIZES, TURNS, UNPRINTED
from cramsheet.plan.plan import Order
from cramsheet.press import press
from cramsheet.press.engine import Engine
from cramsheet.problems import Mistakes
from cramsheet.shelf import load_all
from tests.making import EXAM, PACKS, SHOP, made_of, own_shop, pack_from, pack_of_domains
from tests.paper import Paper, Run, read

_MM = 4.0 * 72 / 25.4  # pixels, at 4 in a point
_WHITE = 250  # of 255
_ROUNDING = 0.15  # mm
ASKED = Margins((10, 8, 12, 9))
BOUND = [name for name, kind in KINDS.items() if kind.binding is not None]


@lru_cache
def fahrschule() -> Pack:
    (found,) = load_all(PACKS, ["fahrschule"], Path.cwd())
    return found


def pdf(engine: Engine, order: Order, shop: Shop = SHOP) -> tuple[bytes, Area]:
    made = made_of(engine, fahrschule(), order, shop)
    return press.write(made.pages, engine).data, made.plan.area


def printed(engine: Engine, order: Order, pack: Pack | None = None) -> tuple[Paper, Area]:
    made = made_of(engine, pack or fahrschule(), order)
    return read(press.write(made.pages, engine).data), made.plan.area


def restyled(folder: Path, rules: str) -> Shop:
    return own_shop(folder, {"styles/frames.css": f"{SHOP.style('frames').text}\n{rules}"})


def drawn(data: bytes) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(data)
    return [page.render(scale=4).to_pil().convert("L") for page in document]


def white(page: Image.Image) -> tuple[float, float, float, float]:
    """How many mm at the top, right, bottom and left nothing is printed on."""
    box = page.point(lambda shade: 255 if shade < _WHITE else 0).getbbox()
    assert box
    left, top, right, bottom = box
    return top / _MM, (page.width - right) / _MM, (page.height - bottom) / _MM, left / _MM


def numbers(paper: Paper) -> list[Run]:
    """The page number of each page."""
    feet = [run for run in paper.runs if run.top > paper.sizes[0][1] - 18 and not run.drawn]
    return [
        next(run for run in feet if (run.page, run.text) == (page, str(page)))
        for page in range(1, paper.count + 1)
    ]


def tabs(paper: Paper, area: Area, page: int) -> list[Run]:
    """The numbers in the thumb index of a page."""
    width, edge = area.paper.width, area.tab
    return [
        run
        for run in paper.runs
        if run.page == page and not run.drawn and (run.right < edge or run.left > width - edge)
    ]


# Paper and what stays white of it.


@pytest.mark.slow
@pytest.mark.parametrize(
    ("order", "width", "height"),
    [("a3", 420, 297), ("3x5", 127, 76.2), ("120x180mm", 120, 180), ("4.5x7in", 114.3, 177.8)],
)
def test_a_page_is_as_large_as_its_paper(
    order: str, width: float, height: float, engine: Engine
) -> None:
    it, _ = printed(engine, Order("sheet", order))
    assert it.sizes
    for size in it.sizes:
        assert size == pytest.approx((width, height), abs=0.05)


def stays_white(engine: Engine, order: Order, folder: Path) -> None:
    """Where no printer prints, or as much as was asked for; tabs alone go to the edge."""
    data, area = pdf(engine, order, restyled(folder, ".tab { visibility: hidden }"))
    asked = order.margins.white or (UNPRINTED,) * 4
    for number, page in enumerate(drawn(data), 1):
        top, right, bottom, left = asked
        if not area.right_hand(number):
            right, left = left, right
        for found, least in zip(white(page), (top, right, bottom, left), strict=True):
            assert found >= least - _ROUNDING, f"page {number}"


@pytest.mark.parametrize(
    "order",
    [
        Order("sheet", "3x5"),
        Order("notes", "4x6"),
        Order("booklet", "a5", margins=ASKED),
        Order("key", "120x180mm", margins=Margins((4, 4, 4, 4), 0)),
    ],
    ids=lambda order: f"{order.kind}-{order.paper}",
)
def test_nothing_is_printed_near_the_edge(order: Order, engine: Engine, tmp_path: Path) -> None:
    stays_white(engine, order, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("margins", [Margins(), ASKED], ids=["usual", "asked"])
@pytest.mark.parametrize(("kind", "size", "turn"), list(product(KINDS, SIZES, TURNS)))
def test_nothing_is_printed_near_the_edge_of_any_paper(
    kind: str, size: str, turn: str, margins: Margins, engine: Engine, tmp_path: Path
) -> None:
    stays_white(engine, Order(kind, f"{size}-{turn}", margins=margins), tmp_path)


@pytest.mark.slow
def test_a_sheet_drawn_larger_on_a_budget_stays_where_printers_print(
    engine: Engine, tmp_path: Path
) -> None:
    for pages in (2, 3, 4):
        stays_white(engine, Order("sheet", "3x5", pages=pages, floor=4), tmp_path / str(pages))


@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_that_its_title_fills_is_refused(kind: str, engine: Engine) -> None:
    """Not laid out for ever: a heading would fit on none of any number of pages."""
    with pytest.raises(Mistakes) as caught:
        pdf(engine, Order(kind, "40x40mm"))
    (problem,) = caught.value.problems
    assert problem.message == "the title leaves no room for words on 40x40mm"
    assert problem.hint == "take a larger paper, smaller margins, or a shorter title"


def test_contents_that_stand_on_no_page_are_refused(engine: Engine) -> None:
    files = {"exam.yaml": EXAM}
    files["1.yaml"] = f"domain: demo\ntopics: [{{topic: {'Long name ' * 40}, facts: [X]}}]"
    with pytest.raises(Mistakes) as caught:
        made_of(engine, pack_from(files), Order("notes", "60x60mm"))
    (problem,) = caught.value.problems
    assert problem.message == "the contents do not stand on 60x60mm"
    assert problem.hint == "take a larger paper, or give topics shorter names"


# Bound kinds.


@pytest.mark.slow
@pytest.mark.parametrize("kind", BOUND)
def test_text_stands_off_the_binding(kind: str, engine: Engine) -> None:
    it, area = printed(engine, Order(kind, "4x6", margins=Margins(binding=12)))
    assert it.count > 1
    foot = area.paper.height - area.margin[2]
    for page in range(1, it.count + 1):
        lefts = [
            run.left
            for run in it.runs
            if run.page == page and not run.drawn and run not in tabs(it, area, page)
            if area.margin[0] < run.top < foot
        ]
        inner = area.margin[3] if page % 2 else area.margin[1]
        assert inner - 0.3 < min(lefts) < inner + 5, "facts of the notes stand in a little"
    assert area.margin[3] - area.margin[1] == pytest.approx(12)


@pytest.mark.parametrize("kind", BOUND)
def test_page_numbers_stand_at_the_outer_edge(kind: str, engine: Engine) -> None:
    it, area = printed(engine, Order(kind, "a5"))
    assert it.count > 1
    for run in numbers(it):
        if run.page % 2:
            assert run.right == pytest.approx(area.paper.width - area.margin[1], abs=0.3)
        else:
            assert run.left == pytest.approx(area.margin[1], abs=0.3)


def test_running_heads_stand_at_the_outer_edge_and_the_code_at_the_inner_one(
    engine: Engine,
) -> None:
    it, area = printed(engine, Order("booklet", "a5"))
    heads = [run for run in it.runs if run.page == 2 and run.top < area.margin[0] - area.away]
    outer, inner = sorted(heads, key=lambda run: run.left)
    assert outer.text == "2 Geschwindigkeit und Abstand"
    assert outer.left == pytest.approx(area.margin[1], abs=0.3)
    assert inner.text == "FS-B"
    assert inner.right == pytest.approx(area.paper.width - area.margin[3], abs=0.3)


@pytest.mark.parametrize("kind", BOUND)
@pytest.mark.parametrize("size", ["a4", "3x5"])
def test_every_page_has_the_tabs_of_its_domains_each_at_its_place(
    kind: str, size: str, engine: Engine
) -> None:
    it, area = printed(engine, Order(kind, size))
    found: dict[str, set[float]] = {}
    for page in range(1, it.count + 1):
        for run in tabs(it, area, page):
            found.setdefault(run.text, set()).add(round(run.top, 1))
            right = run.left > area.paper.width / 2
            assert right == (page % 2 == 1)
            nearest = area.paper.width - run.right if right else run.left
            assert nearest >= UNPRINTED, "every printer prints the number"
    assert sorted(found) == ["1", "2", "3"]
    places = [found[name] for name in sorted(found)]
    assert all(len(place) == 1 for place in places)
    assert all(max(one) < min(two) for one, two in pairwise(places))


def test_a_page_with_several_domains_has_a_tab_for_each(engine: Engine) -> None:
    it, area = printed(engine, Order("booklet"), pack_of_domains(20))
    found = [run for page in range(1, it.count + 1) for run in tabs(it, area, page)]
    assert [run.text for run in found] == [str(n) for n in range(1, 21)]
    assert len({run.page for run in found}) < 5
    assert all(two.top - one.top > 2.5 for one, two in pairwise(found))


def test_a_tab_is_seen_from_the_edge_and_in_black(engine: Engine) -> None:
    data, area = pdf(engine, Order("booklet", "a5"))
    for number, page in enumerate(drawn(data), 1):
        outer = area.paper.width - 1 if number % 2 else 1
        column = [page.getpixel((int(outer * _MM), y)) for y in range(page.height)]
        dark = [shade for shade in column if isinstance(shade, int) and shade < 110]
        assert len(dark) / _MM > 5, "mm"


def test_the_thumb_index_is_not_read_out(engine: Engine, tmp_path: Path) -> None:
    rules = "@right-middle { content: none } @left-middle { content: none }"
    rules = f"@page {{ {rules} }} @page verso {{ {rules} }}"
    order = Order("booklet", "a5")
    with_tabs = read(pdf(engine, order)[0])
    without = read(pdf(engine, order, restyled(tmp_path, rules))[0])
    assert len(with_tabs.runs) > len(without.runs)
    assert with_tabs.tags == without.tags


@pytest.mark.slow
def test_a_sheet_is_not_bound(engine: Engine) -> None:
    it, area = printed(engine, Order("sheet", "a5", margins=Margins(binding=20)))
    assert it.count > 1
    for page in (1, 2):
        lefts = [run.left for run in it.runs if run.page == page and not run.drawn]
        assert min(lefts) == pytest.approx(area.margin[3], abs=0.5)
