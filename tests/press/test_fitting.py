"""A sheet on exactly so many pages: asked of the paper, and of the arithmetic behind it."""

from functools import lru_cache
from pathlib import Path

import pytest

from bench.packs import random_pack
from cramsheet.pack.pack import Pack
from cramsheet.page.estimate import pieces
from cramsheet.page.writing import Writer
from cramsheet.pipeline import Job, build
from cramsheet.plan.budget import Budget
from cramsheet.plan.packing import Strip
from cramsheet.plan.plan import Order, make_plan
from cramsheet.press import blocks, fitting, press, proof
from cramsheet.press.engine import Engine
from cramsheet.press.weasy import PX
from cramsheet.problems import Mistakes
from cramsheet.shelf import load_all
from tests.making import PACKS, SHOP
from tests.paper import letters, read


@lru_cache
def pack(facts: int, seed: int = 0) -> Pack:
    return random_pack(seed, facts)


def fit(engine: Engine, of: Pack, pages: int, **limits: float) -> fitting.Fit:
    writer = Writer(make_plan(of, Order("sheet")), SHOP)
    laid, shown, found = fitting.fitted(writer, engine, Budget(pages, **limits))
    proof.prove(laid, shown)
    assert laid.count == pages
    assert shown.count + len(found.left_out) == writer.plan.count
    return found


@pytest.mark.parametrize(("facts", "pages"), [(90, 1), (150, 2), (150, 1)])
def test_the_page_count_is_exact_and_the_columns_end_together(
    engine: Engine, facts: int, pages: int
) -> None:
    found = fit(engine, pack(facts), pages)
    assert 6.5 <= found.size <= 9.0
    assert sum(found.fill) / len(found.fill) > 0.94
    assert min(found.ends) > 0.98
    assert max(found.ends) <= 1 + 1e-6
    assert found.layouts <= 3


def test_a_small_pack_is_set_at_the_largest_size_and_spread(engine: Engine) -> None:
    found = fit(engine, pack(40), 1)
    assert found.size == 9.0
    assert sum(found.ends) > 1.2 * sum(found.fill)


@pytest.mark.slow
def test_more_pages_give_larger_type(engine: Engine) -> None:
    sizes = [fit(engine, pack(150), pages).size for pages in (2, 3)]
    assert sizes[0] + 0.3 < sizes[1]


def test_all_facts_are_on_paper_or_on_the_list(engine: Engine) -> None:
    found = fit(engine, pack(150), 1)
    plan = make_plan(pack(150), Order("sheet"))
    priority = {f"fact-{entry.id}": entry.fact.priority for entry in plan.entries.values()}
    assert found.left_out
    assert "must" not in {priority[name] for name in found.left_out}
    # no `should` went while a `could` stayed
    left = set(found.left_out)
    stayed = {priority[name] for name in plan.ids() if name not in left}
    assert "should" not in {priority[name] for name in left} or "could" not in stayed


@pytest.mark.slow
def test_must_know_facts_that_do_not_fit_are_an_error_with_the_pages_they_need(
    engine: Engine,
) -> None:
    with pytest.raises(Mistakes, match=r"the must-know facts need [23] pages at 6\.5 pt, not 1"):
        fit(engine, pack(500), 1)


def test_the_model_of_line_counts_is_close_to_the_real_heights(engine: Engine) -> None:
    """Close enough that one layout is enough: scaling makes up 2 % either way."""
    plan = make_plan(pack(150), Order("sheet"))
    laid = blocks.lay_blocks(Writer(plan, SHOP), engine, 7.0)
    em = 7.0 * 96 / 72
    model = Strip(pieces(plan, plan.area.column * PX / em)).height * em
    assert model == pytest.approx(laid.strip.height, rel=0.03)


def test_a_fitted_sheet_reads_like_the_plain_one(engine: Engine) -> None:
    """The same words but for their order within a topic; tags, links and outline are there."""
    (german,) = load_all(PACKS, ["fahrschule"], Path.cwd())
    order = Order("sheet")
    writer = Writer(make_plan(german, order), SHOP)
    plain = read(press.write(press.lay_out(writer, engine, {}), engine).data)
    laid, _, found = fitting.fitted(writer, engine, Budget(1))
    fitted = read(press.write(laid, engine).data)
    assert not found.left_out
    assert sorted(letters(run.text) for run in fitted.runs if run.text.strip()) != []
    assert sorted("".join(letters(run.text) for run in fitted.runs)) == sorted(
        "".join(letters(run.text) for run in plain.runs)
    )
    titles = [[title.text for title in paper.outline] for paper in (fitted, plain)]
    assert titles[0] == titles[1] != []


def test_words_stand_inside_their_columns(engine: Engine) -> None:
    writer = Writer(make_plan(pack(150), Order("sheet")), SHOP)
    laid, plan, found = fitting.fitted(writer, engine, Budget(2))
    paper = read(press.write(laid, engine).data)
    area = plan.area
    edges = [(area.left(n) - 0.3, area.left(n) + area.column + 0.3) for n in range(area.columns)]
    body = [r for r in paper.runs if r.text.strip() and 20 < r.top < area.paper.height - 12]
    assert len(body) > 500
    assert all(any(a <= run.left and run.right <= b for a, b in edges) for run in body)
    sizes = [run.size for run in body if len(letters(run.text)) > 20]
    assert max(sizes) == pytest.approx(found.size, abs=0.15)


def test_pages_are_asked_for_by_the_job_or_by_the_exam() -> None:
    of = pack(60)
    by_exam = of.__class__(of.name, of.exam.model_copy(update={"pages": 2}), of.domains)

    def pages(job: Job, of: Pack) -> dict[str, int | None]:
        return {order.kind: order.pages for _, order in job.orders([of])}

    assert set(pages(Job(), of).values()) == {None}
    assert pages(Job(pages=3), of) == {"sheet": 3, "notes": None}
    assert pages(Job(), by_exam) == {"sheet": 2, "notes": None}
    assert pages(Job(pages=0), by_exam) == {"sheet": None, "notes": None}


def test_a_list_of_what_was_left_out_lies_beside_the_sheet() -> None:
    (printed,) = build([(pack(150), Order("sheet", pages=1))], SHOP, lambda _: None)
    (name,) = printed.beside
    head, *lines = printed.beside[name].decode().splitlines()
    assert name == "bench-0-sheet-a4-left-out.txt"
    assert head.startswith(f"{len(lines)} of 150 facts are not on this sheet")
    assert all(line.count("\t") == 3 and ".yaml:" in line for line in lines)
    assert f"{len(lines)} facts left out" in printed.fit
    assert printed.things == 150 - len(lines)
