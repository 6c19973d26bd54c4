"""Pages to fold: what is asked in the first half, what is right in the second."""

from functools import lru_cache
from pathlib import Path

import pytest

from cramsheet.plan.kinds import KINDS
from cramsheet.plan.plan import Order, make_plan
from cramsheet.shelf import load_all
from tests.making import PACKS, SHOP, finished, pack_of
from tests.paper import Paper, read
from tests.test_tongues import NAMED

FACTS = """
- {term: Delta, means: the mouth of a river}
- {limit: Depth, value: 50, unit: m, note: at least}
- {formula: Area, tex: a b, say: a times b, where: a and b are sides}
- {when: rain falls, choose: a coat, not: a shirt}
- {trap: Rain is dry, truth: rain is wet}
- {list: Colours, items: [crimson, emerald]}
- A bare fact
"""


@lru_cache
def paper(name: str) -> Paper:
    (found,) = load_all(PACKS, [name], Path.cwd())
    shop = NAMED if name in ("ghidha", "jitensha") else SHOP
    return read(finished(found, "ask", shop=shop).data)


@lru_cache
def small() -> Paper:
    return read(finished(pack_of(FACTS), "ask").data)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Delta", "the mouth of a river"),
        ("Depth", "50"),
        ("Area", "a and b are sides"),
        ("rain falls", "a coat"),
        ("Rain is dry", "rain is wet"),
    ],
)
def test_what_is_right_stands_beyond_the_fold(asked: str, told: str) -> None:
    it = small()
    fold = it.sizes[0][0] / 2
    one, other = it.find(asked), it.find(told)
    assert one.right < fold - 3
    assert other.left > fold + 3
    assert one.top == pytest.approx(other.top, abs=2.6)


def test_answers_are_aligned() -> None:
    it = small()
    lefts = {round(it.find(text).left, 1) for text in ("the mouth", "50", "rain is wet")}
    assert max(lefts) - min(lefts) < 4  # a tick stands before the truth


def test_only_what_can_be_asked_is_there() -> None:
    it = small()
    assert not it.find_all("Colours")
    assert not it.find_all("A bare fact")
    plan = make_plan(pack_of(FACTS), Order("ask"))
    assert plan.count == 5


def test_a_domain_without_anything_to_ask_is_left_out() -> None:
    assert make_plan(pack_of("- A bare fact"), Order("ask")).sections == ()


@pytest.mark.parametrize("name", ["fahrschule", "jitensha", "secours"])
def test_nothing_crosses_the_fold(name: str) -> None:
    it = paper(name)
    fold = it.sizes[0][0] / 2
    words = [run for run in it.runs if 45 < run.top < it.sizes[0][1] - 14 and not run.drawn]
    crossing = [run.text for run in words if run.left < fold - 1 and run.right > fold + 1]
    assert len(words) > 10
    assert crossing == []


def test_arabic_is_asked_on_the_right() -> None:
    it = paper("ghidha")
    middle = it.sizes[0][0] / 2
    assert it.find("70").left < middle


def test_it_is_made_only_when_it_is_asked_for() -> None:
    assert [name for name, kind in KINDS.items() if not kind.usual] == ["blanks", "ask"]
