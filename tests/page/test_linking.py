"""The link of a group stands at the foot of its pages as a QR code that a telephone can read."""

import pypdfium2 as pdfium
import pytest
import segno

from cramsheet.page.edges import Edges
from cramsheet.page.linking import Code, code_in, matrix
from cramsheet.page.words import Words
from cramsheet.plan.areas import Area
from cramsheet.plan.plan import Order, make_plan
from tests.making import SHOP, finished, numbered, pack_of
from tests.paper import read

LINK = "https://example.org/ml"
FULL = "https://example.org/" + "m" * 12  # as long as one may be
WHITE = 3.9  # mm at the edges of the paper; a printer leaves 4
DPI = 400
EXAM = f"link: {LINK}\nedition: 2026-11-26"
MANY = numbered(60, "with some words behind it that fill the pages of the notes")


def area(kind: str, paper: str) -> Area:
    return make_plan(pack_of(), Order(kind, paper)).area


def test_a_code_is_what_another_program_makes_of_the_link() -> None:
    assert len(FULL) == 32
    for link in (LINK, FULL):
        other = segno.make(link, micro=False, error="L", boost_error=True)
        assert [list(map(bool, row)) for row in other.matrix] == [list(it) for it in matrix(link)]
        assert other.version == 2


@pytest.mark.parametrize("link", [LINK, FULL])
@pytest.mark.parametrize(
    ("kind", "paper", "mm"),
    [("sheet", "a4", 5.2), ("sheet", "letter", 5.2), ("notes", "a4", 8.25), ("notes", "a5", 6.4)],
)
def test_it_is_as_large_as_the_foot_has_room_for(
    link: str, kind: str, paper: str, mm: float
) -> None:
    code = code_in(link, area(kind, paper))
    assert code
    assert code.side == pytest.approx(mm, abs=0.1)
    assert code.side / len(matrix(link)) >= 0.2


@pytest.mark.parametrize(("kind", "paper"), [("sheet", "a5"), ("sheet", "3x5"), ("notes", "3x5")])
def test_where_it_could_not_be_read_it_is_not_printed(kind: str, paper: str) -> None:
    assert code_in(LINK, area(kind, paper)) is None


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sheet", "notes"])
def test_every_page_shows_it_module_by_module_and_nothing_over_it(kind: str) -> None:
    done = finished(pack_of(MANY, exam=EXAM), kind)
    paper, where = read(done.data), area(kind, "")
    code = code_in(LINK, where)
    assert code
    assert paper.count > 1 or kind == "sheet"
    for page in range(1, paper.count + 1):
        left, top = place(where, code, page)
        assert top + code.side <= where.paper.height - WHITE
        seen = sampled(done.data, page, left, top, code.side)
        assert seen == [list(row) for row in matrix(LINK)], f"page {page}"
        near = [
            run.text
            for run in paper.runs
            if run.page == page
            and run.right > left - 0.5
            and run.left < left + code.side + 0.5
            and run.top > top - 1.5
        ]
        assert near == []


def place(where: Area, code: Code, page: int) -> tuple[float, float]:
    """Its left upper corner, in mm: at the outer end of the foot."""
    _, right, bottom, left = where.margins(page)
    at_right = where.right_hand(page)
    across = where.paper.width - right - code.side if at_right else left
    return across, where.paper.height - bottom + code.below


def sampled(data: bytes, page: int, left: float, top: float, side: float) -> list[list[bool]]:
    """Whether the middle of each module is dark."""
    size = len(matrix(LINK))
    drawn = pdfium.PdfDocument(data)[page - 1].render(scale=DPI / 72).to_pil().convert("L")
    step = side / size
    middles = [(n + 0.5) * step for n in range(size)]
    return [
        [drawn.getpixel(((left + x) * DPI / 25.4, (top + y) * DPI / 25.4)) < 128 for x in middles]
        for y in middles
    ]


def test_it_takes_nothing_from_the_text() -> None:
    plain, linked = (finished(pack_of(MANY, exam=exam), "notes") for exam in ("", f"link: {LINK}"))
    assert plain.places == linked.places


@pytest.mark.parametrize("paper", ["a4", "a5", "letter", "120x180mm"])
@pytest.mark.parametrize("kind", ["sheet", "notes"])
def test_the_words_of_the_foot_leave_it_room(kind: str, paper: str) -> None:
    plan = make_plan(pack_of(exam=EXAM), Order(kind, paper))
    bare = make_plan(pack_of(exam="edition: 2026-11-26"), Order(kind, paper))
    linked, plain = (Edges(it, Words.of("en", SHOP), 120) for it in (plan, bare))
    assert (linked.name_place(1).right < plain.name_place(1).right) == bool(linked.link)
