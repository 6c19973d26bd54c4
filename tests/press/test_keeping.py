"""An edited fact moves as little as possible: size and breaks stay while they still do."""

import re
from dataclasses import astuple
from functools import lru_cache

import pytest

from cramsheet.pack.pack import Pack
from cramsheet.plan.keeping import Kept, kept_of
from cramsheet.plan.plan import Order
from cramsheet.press.engine import Engine
from cramsheet.press.parts import Place
from cramsheet.press.press import Made
from tests.making import made_of, numbered, pack_of

SHEET = Order("sheet", "a5")
ASKED = "auto pages, auto columns"


@lru_cache
def pack(changed: str = "", where: int = 50) -> Pack:
    """So many facts in topics of ten, that one of them may say something else."""
    words = "with words that follow it until the line is full"
    lines = []
    for n in range(150):
        if n % 10 == 0:
            lines.append(f"- topic: Topic {n // 10}\n  facts:")
        if changed != "gone" or n != where:
            said = changed if changed and n == where else words
            lines.append(f"    - fact: Number{n} {said}\n      id: n{n}")
    return pack_of("\n".join(lines))


@pytest.fixture(scope="module")
def before(engine: Engine) -> Made:
    return made_of(engine, pack(), SHEET)


def spots(made: Made) -> dict[str, tuple[Place, ...]]:
    return {name: places for name, places in made.pages.places.items() if name.startswith("fact-")}


def moved(one: Made, other: Made) -> set[tuple[int, int]]:
    """The columns in which something stands elsewhere."""
    old = spots(one)
    return {
        (place.page, place.column)
        for name, places in spots(other).items()
        for place in places
        if name not in old or not _same(old[name], places)
    }


def _same(one: tuple[Place, ...], other: tuple[Place, ...]) -> bool:
    pairs = zip(one, other, strict=True)
    return all(astuple(a) == pytest.approx(astuple(b)) for a, b in pairs)


def test_nothing_moves_when_nothing_changed(before: Made, engine: Engine) -> None:
    again = made_of(engine, pack(), SHEET, kept=before.kept)
    assert again.fit.kept
    assert spots(again) == spots(before)
    assert again.kept == before.kept


@pytest.mark.parametrize("changed", ["with other words in its line", "gone", "with more " * 12])
def test_an_edit_moves_little_beyond_its_column(changed: str, before: Made, engine: Engine) -> None:
    again = made_of(engine, pack(changed), SHEET, kept=before.kept)
    assert again.fit.kept
    assert again.fit.size == before.fit.size
    assert len(moved(before, again)) <= 2
    afresh = made_of(engine, pack(changed), SHEET)
    assert len(moved(before, again)) <= len(moved(before, afresh))


@pytest.mark.slow
def test_what_is_kept_is_told(before: Made, engine: Engine) -> None:
    assert made_of(engine, pack(), SHEET, kept=before.kept).fit.kept == "set as before"
    longer = made_of(engine, pack("with more " * 50), SHEET, kept=before.kept).fit
    assert re.fullmatch(r"size and \d of \d pages kept, \d\d\.\d% full before", longer.kept)
    assert longer.kept in longer.told()
    afresh = made_of(engine, pack("with very many words " * 120), SHEET, kept=before.kept).fit
    assert "kept" not in afresh.told()
    assert "before" not in afresh.told()


@pytest.mark.parametrize(("count", "cost"), [(40, "less full than set anew"), (36, "1 page less")])
def test_what_it_costs_is_measured(count: int, cost: str, engine: Engine) -> None:
    """A long question becomes a short one, and some go."""
    order, new = Order("booklet", "a5"), pack_of(questions=claims(count))
    first = made_of(engine, pack_of(questions=claims(40, 12)), order)
    again, anew = made_of(engine, new, order, kept=first.kept), made_of(engine, new, order)
    assert again.fit.kept.endswith(cost)
    assert again.pages.count - anew.pages.count == ("page" in cost)
    less = anew.fit.filled - again.fit.filled
    assert less > 0.01
    assert "page" in cost or f" {less:.1%} " in again.fit.kept


def claims(count: int, long: int = -1) -> str:
    """Questions, one of them with many words."""
    return "".join(
        f"- claim: Claim{n} is said in a few words{' and in many more' * 30 * (n == long)}\n"
        "  is: true\n  why: it is\n"
        for n in range(count)
    )


def test_what_no_longer_fits_or_fills_is_set_afresh(before: Made, engine: Engine) -> None:
    longer = made_of(engine, pack("with very many words " * 120), SHEET, kept=before.kept)
    assert not longer.fit.kept
    fewer = made_of(engine, pack_of(numbered(60)), SHEET, kept=before.kept)
    assert not fewer.fit.kept
    assert fewer.pages.count < before.pages.count


@pytest.mark.slow
@pytest.mark.parametrize("count", [16, 24])
def test_a_sparse_sheet_goes_on_using_all_its_columns(count: int, engine: Engine) -> None:
    facts = numbered(count, "with words that follow it until the line is full and more")
    facts = facts.replace("  id: n0\n", "  priority: must\n")
    one = made_of(engine, pack_of(facts), Order("sheet"))
    other = pack_of(facts.replace("Number0 with", "Number0 has another name, with"))
    again = made_of(engine, other, Order("sheet"), kept=one.kept)
    assert len(one.fit.fill) == len(again.fit.fill) == 5
    assert max(again.fit.fill) < 1.5 * max(one.fit.fill)


@pytest.mark.slow
def test_other_pages_or_columns_are_set_afresh(before: Made, engine: Engine) -> None:
    assert before.kept.asked == ASKED
    same = Order("sheet", "a5", pages=before.pages.count)
    assert not made_of(engine, pack(), same, kept=before.kept).fit.kept
    more = Order("sheet", "a5", pages=before.pages.count + 1)
    assert not made_of(engine, pack(), more, kept=before.kept).fit.kept
    narrow = Order("sheet", "a5", columns=before.fit.columns + 1)
    assert made_of(engine, pack(), narrow, kept=before.kept).fit.columns == before.fit.columns + 1


def test_a_record_is_read_back_as_it_was_written(before: Made) -> None:
    assert kept_of(before.kept.text()) == before.kept


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"version": 1}', '{"version": 99}', "null"])
def test_what_is_no_record_is_no_record(text: str) -> None:
    assert kept_of(text) is None


def test_a_record_of_no_columns_is_none(before: Made) -> None:
    assert kept_of(before.kept.text().replace('"across": 3', '"across": 0')) is None


@pytest.mark.slow
@pytest.mark.parametrize(
    "kept",
    [
        Kept(7.0, 1.0, 3, (("fact-unknown",), ("fact-n1", "fact-unknown")), asked=ASKED),
        Kept(7.0, 1.0, 3, ((), (), ()), asked=ASKED),
        Kept(500.0, 1.0, 3, (("fact-n1",),), asked=ASKED),
        Kept(0.001, 1.0, 99, (("fact-n1",),), asked=ASKED),
        Kept(7.0, 0.0, 3, (("fact-n1",),), asked=ASKED),
        Kept(7.0, 1.0, 99, (("fact-n1",),), asked=ASKED),
        Kept(7e6, 1e-6, 3, (("fact-n1",),), asked=ASKED),
        Kept(float("nan"), 1.0, 3, (("fact-n1",),), asked=ASKED),
    ],
)
def test_a_record_of_something_else_does_no_harm(kept: Kept, engine: Engine) -> None:
    made = made_of(engine, pack_of(numbered(40)), SHEET, kept=kept)
    assert len(spots(made)) == 40


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["notes", "booklet"])
def test_other_kinds_keep_their_breaks_too(kind: str, engine: Engine) -> None:
    asked = "".join(
        f"- claim: Claim{n} is said in a few words\n  is: true\n  why: it is\n" for n in range(70)
    )
    of = pack_of(numbered(120, "and some words"), asked)
    order = Order(kind, "a5")
    first = made_of(engine, of, order)
    again = made_of(engine, of, order, kept=first.kept)
    assert again.fit.kept
    assert again.kept.columns == first.kept.columns
