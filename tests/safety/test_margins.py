"""What margins promise stays white, on all kinds and papers, in every look; nothing is read back
but dots."""

import pypdfium2
import pytest

from cramsheet.page.looks import look_of
from cramsheet.pipeline import build
from cramsheet.plan.kinds import KINDS
from cramsheet.plan.plan import Order, make_plan
from tests.making import SHOP, pack_of
from tests.safety.losing import FACTS, PICTURES, QUESTIONS

PACK = pack_of(FACTS, QUESTIONS, pictures=PICTURES)
LOOKS = ("modern", "classic", "compact", "clear")
PAPERS = ("a4", "a5-landscape", "letter", "4x6")
DOTS = 4  # for each mm
NEVER = 5.0  # mm, that stay white of paper whose margins are wider


def inked(data: bytes, white: float, tabs: float) -> list[int]:
    """The pages on which something is drawn within so many mm of the edge. At the sides, so many mm
    are left out: the tabs of a thumb index begin at the edge."""
    found, document = [], pypdfium2.PdfDocument(data)
    for number, page in enumerate(document, 1):
        picture = page.render(scale=DOTS * 25.4 / 72, grayscale=True).to_pil()
        wide, high = picture.size
        edge, side = int(white * DOTS), int(tabs * DOTS)
        for area in (
            (side, 0, wide - side, edge),
            (side, high - edge, wide - side, high),
            *([] if tabs else [(0, 0, edge, high), (wide - edge, 0, wide, high)]),
        ):
            if picture.crop(area).getextrema()[0] < 250:
                found.append(number)
    document.close()
    return found


@pytest.mark.parametrize("paper", [pytest.param(it, marks=pytest.mark.slow) for it in PAPERS])
@pytest.mark.parametrize("look", LOOKS)
def test_what_margins_promise_stays_white(look: str, paper: str) -> None:
    orders = [(PACK, Order(kind, paper, look=look_of(look, SHOP))) for kind in KINDS]
    printed = build(orders, SHOP, lambda _: None)
    for (pack, order), it in zip(orders, printed, strict=True):
        area = make_plan(pack, order).area
        white = min(NEVER, *area.white) - 0.3
        assert inked(it.data, white, area.tab if area.bound else 0.0) == [], it.name


def test_ink_at_the_edge_is_seen() -> None:
    """The control: the tabs of the notes begin there."""
    (printed,) = build([(PACK, Order("notes"))], SHOP, lambda _: None)
    assert inked(printed.data, 3.5, 0.0)
    assert not inked(printed.data, 3.5, 9.0)
