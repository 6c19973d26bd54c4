"""The rules of PDF/UA-1 hold for what we print, and a file that breaks them is found out."""

import pytest

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
    broken, _ = broken_rules(it.data.replace(b"/Lang", b"/Long"))
    assert any(rule.startswith("7.2-34") for rule in broken)
