"""Random good packs, end to end: every word on paper, in order, once more the same bytes."""

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from markupsafe import Markup

from cramsheet.page.markup import inline
from cramsheet.page.promised import bare
from cramsheet.pipeline import build
from cramsheet.plan.kinds import KINDS
from cramsheet.plan.plan import Order, shows
from cramsheet.press.engine import Engine
from tests import paper
from tests.making import SHOP
from tests.safety.growing import Garden, Grown, Said, packs, said

QUICK, SLOW = 5, 95  # examples; together what a commit tries
SAME = settings(
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],  # a pack that fails is printed as it grew
)
FACTS = ("sheet", "notes", "ask")


@pytest.mark.slow
@settings(SAME, max_examples=2_000)
@given(said(4))
def test_markdown_keeps_every_letter(text: Said) -> None:
    html = inline(text.written)
    assert bare(Markup(html).striptags().replace("×", "x")) == bare(text.read)


def read(data: bytes) -> str:
    """The letters of a PDF as they are drawn; hyphens at the ends of lines are joined."""
    return bare("".join(run.text for run in paper.read(data).runs))


def pictures(data: bytes) -> int:
    """How many pictures of dots are drawn."""
    document = pypdfium2.PdfDocument(data)
    kinds = [pdfium.FPDF_PAGEOBJ_IMAGE]
    count = sum(len(list(page.get_objects(filter=kinds, max_depth=9))) for page in document)
    document.close()
    return count


def wanted(kind: str, garden: Garden) -> list[Grown]:
    only = KINDS[kind].only
    if kind in FACTS:
        return [it for it in garden.facts if not only or it.kind in only]
    return list(garden.questions) if kind == "booklet" else []


def all_is_there(garden: Garden, engine: Engine) -> None:
    orders = [(garden.pack, Order(kind)) for kind in KINDS if shows(KINDS[kind], garden.pack)]
    once = build(orders, SHOP, lambda _: None, engine=engine)
    for (_, order), printed in zip(orders, once, strict=True):
        text = read(printed.data)
        for grown in wanted(order.kind, garden):
            for part in grown.read:
                assert bare(part) in text, f"{part!r} is not on {order.kind}"
        asked = sum(it.pictures for it in wanted(order.kind, garden))
        assert order.kind not in FACTS or pictures(printed.data) == asked
    again = build(orders, SHOP, lambda _: None)
    assert [it.data for it in again] == [it.data for it in once]


@pytest.mark.slow
@settings(SAME, max_examples=QUICK)
@given(packs(facts=4, questions=2))
def test_small_packs(engine: Engine, garden: Garden) -> None:
    all_is_there(garden, engine)


@pytest.mark.slow
@settings(SAME, max_examples=SLOW)
@given(packs())
def test_random_packs(engine: Engine, garden: Garden) -> None:
    all_is_there(garden, engine)
