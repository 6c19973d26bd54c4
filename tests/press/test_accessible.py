"""The rules of PDF/UA-1 hold for what we print, and a file that breaks them is found out."""

from io import BytesIO

import pytest
from pypdf import PdfWriter

from cramsheet.pipeline import build
from cramsheet.plan.kinds import KINDS
from cramsheet.plan.plan import Order
from tests.making import SHOP
from tests.press.test_plain import pack
from tests.vera import broken_rules


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_the_rules_hold(kind: str) -> None:
    (it,) = build([(pack("fahrschule"), Order(kind))], SHOP, lambda _: None)
    broken, checks = broken_rules(it.data)
    assert not broken
    assert checks > 3000


@pytest.mark.slow
def test_a_file_without_a_language_is_found_out() -> None:
    (it,) = build([(pack("fahrschule"), Order("sheet"))], SHOP, lambda _: None)
    worse, out = PdfWriter(clone_from=BytesIO(it.data)), BytesIO()
    del worse.root_object["/Lang"]
    worse.write(out)
    broken, _ = broken_rules(out.getvalue())
    assert any("language" in rule for rule in broken)
