"""Stamps set over frames that are known are those of frames laid out with them."""

from io import BytesIO

import pypdfium2
import pytest
from PIL import ImageChops

from cramsheet.pipeline import build
from cramsheet.plan.plan import Order
from cramsheet.press import imprint
from tests.making import SHOP, pack_of
from tests.paper import read

FACTS = "- One fact\n- term: Word\n  means: what is said"


def printed(kind: str) -> tuple[bytes, list[str]]:
    pack = pack_of(FACTS)
    (it,) = build([(pack, Order(kind))], SHOP, lambda _: None)
    assert it.document
    return it.data, [stamp.code for stamp in it.document.pages]


@pytest.mark.parametrize("kind", ["sheet", "notes"])
def test_every_page_tells_its_code_and_looks_as_if_laid_out_with_it(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, codes = printed(kind)
    paper = read(data)
    assert len(codes) == paper.count > 0
    for page, code in enumerate(codes, 1):
        assert any(code in run.text for run in paper.runs if run.page == page)
    words = " ".join(run.text for run in paper.runs)
    assert "fedcba" not in words
    assert "ZYXWV" not in words

    monkeypatch.setattr(imprint, "_type_of", lambda _: None)  # then frames are laid out whole
    laid, same = printed(kind)
    assert same == codes
    one, other = (pypdfium2.PdfDocument(BytesIO(it)) for it in (data, laid))
    for mine, theirs in zip(one, other, strict=True):
        pictures = [it.render(scale=2).to_pil().convert("L") for it in (mine, theirs)]
        assert ImageChops.difference(*pictures).getbbox() is None
