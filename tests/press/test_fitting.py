"""Documents on exactly so many pages: asked of the paper, and of the arithmetic behind it."""

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest

from bench.packs import random_pack
from cramsheet.pack.pack import Pack
from cramsheet.page.estimate import pieces
from cramsheet.page.writing import Writer
from cramsheet.pipeline import build
from cramsheet.plan.areas import characters
from cramsheet.plan.job import Job
from cramsheet.plan.kinds import KINDS
from cramsheet.plan.packing import Strip
from cramsheet.plan.plan import Order, make_plan
from cramsheet.press import laying, press, proof
from cramsheet.press.engine import Engine
from cramsheet.press.press import Made
from cramsheet.problems import Mistakes
from cramsheet.shelf import load_all
from tests.making import PACKS, SHOP, made_of, numbered, pack_of
from tests.paper import Paper, letters, read


@lru_cache
def pack(facts: int, seed: int = 0) -> Pack:
    return random_pack(seed, facts)


@lru_cache
def german() -> Pack:
    (found,) = load_all(PACKS, ["fahrschule"], Path.cwd())
    return found


def fit(engine: Engine, of: Pack, pages: int, **wishes: object) -> Made:
    order = replace(Order("sheet", pages=pages), **wishes)  # type: ignore[arg-type]
    made = made_of(engine, of, order)
    proof.prove(made.pages, made.plan)
    assert made.pages.count == pages
    assert made.plan.count + len(made.fit.left_out) == make_plan(of, order).count
    return made


def paper(made: Made, engine: Engine) -> Paper:
    return read(press.write(made.pages, engine).data)


# Exactly so many pages.


@pytest.mark.parametrize(("facts", "pages"), [(90, 1), (150, 2), (150, 1)])
def test_the_page_count_is_exact_and_the_columns_end_together(
    engine: Engine, facts: int, pages: int
) -> None:
    found = fit(engine, pack(facts), pages).fit
    assert 6.5 <= found.size <= 9.0
    assert found.filled > 0.97
    assert min(found.ends) > 0.98
    assert max(found.ends) <= 1 + 1e-6
    assert found.layouts <= 3


def test_a_small_pack_is_set_at_the_largest_size_and_spread(engine: Engine) -> None:
    found = fit(engine, pack(40), 1, columns=5).fit
    assert found.size == 9.0
    assert sum(found.ends) > 1.1 * sum(found.fill)
    assert max(found.ends) - min(found.ends) < 0.02
    assert max(found.ends) < 0.99  # gaps do not grow without end: the foot is not reached


def test_facts_stay_in_their_order_where_no_other_makes_them_larger(engine: Engine) -> None:
    made = fit(engine, pack(40), 1, columns=5)
    at = {name: (it[0].page, it[0].column, it[0].top) for name, it in made.pages.places.items()}
    assert sorted(made.plan.ids(), key=lambda name: at[name]) == list(made.plan.ids())


@pytest.mark.slow
@pytest.mark.parametrize("facts", [14, 30, 60])
def test_a_little_fills_all_columns_in_large_type(facts: int, engine: Engine) -> None:
    of = pack_of(numbered(facts, "and some words about it that go on for a line or two"))
    it = made_of(engine, of, Order("sheet")).fit
    assert it.size == 9.0
    assert len(it.fill) == it.columns
    assert max(it.fill) - min(it.fill) < 0.1
    assert max(it.ends) - min(it.ends) < 0.02


def test_more_pages_give_larger_type(engine: Engine) -> None:
    sizes = [fit(engine, pack(150), pages).fit.size for pages in (2, 3)]
    assert sizes[0] + 0.3 < sizes[1]


@pytest.mark.parametrize("kind", ["notes", "booklet", "key"])
def test_every_kind_takes_a_number_of_pages(kind: str, engine: Engine) -> None:
    """Other than it takes by itself; nothing is lost, and no type is larger than the ceiling."""
    natural = made_of(engine, german(), Order(kind))
    assert natural.fit.size == pytest.approx(KINDS[kind].size, rel=0.021)
    pages = natural.pages.count + (-1 if kind == "notes" else 1)
    made = fit(engine, german(), pages, kind=kind)
    assert natural.fit.size < made.fit.size <= KINDS[kind].ceiling  # domains of notes run on
    assert not made.fit.left_out


@pytest.mark.slow
def test_a_booklet_that_cannot_fit_says_how_many_pages_it_takes(engine: Engine) -> None:
    asked = "".join(f"- claim: Claim{n}\n  is: true\n  why: it is\n" for n in range(200))
    with pytest.raises(Mistakes, match=r"the questions need \d pages at 6\.5 pt, not 1"):
        made_of(engine, pack_of(numbered(1), asked), Order("booklet", pages=1))


def test_contents_count_among_the_pages(engine: Engine) -> None:
    with pytest.raises(Mistakes, match="the contents alone take 1 of 1 pages"):
        made_of(engine, german(), Order("notes", pages=1))


# What is left out.


@pytest.mark.slow
def test_smaller_facts_come_back_when_a_tall_one_had_to_go(engine: Engine) -> None:
    """They go first, for they stand last; the tall one that goes after them leaves them room."""
    items = ", ".join("abcdefghijklmnopqrst")
    steps = f"\n- steps: Tall\n  id: tall\n  priority: could\n  items: [{items}]"
    small = "".join(f"\n- fact: Small{n}\n  id: small{n}\n  priority: could" for n in range(3))

    def left_out(musts: int) -> set[str]:
        facts = numbered(musts).replace("\n  id", "\n  priority: must\n  id")
        made = fit(engine, pack_of(facts + steps + small), 1, paper="a5", columns=3)
        assert len(made.missing) == len(made.fit.left_out)
        return set(made.fit.left_out)

    fitting = next(musts for musts in range(60, 160, 4) if left_out(musts))
    assert left_out(fitting + 8) == {"fact-tall"}


def test_all_facts_are_on_paper_or_on_the_list(engine: Engine) -> None:
    made = fit(engine, pack(150), 1)
    plan = make_plan(pack(150), Order("sheet"))
    priority = {f"fact-{entry.id}": entry.fact.priority for entry in plan.entries.values()}
    assert made.fit.left_out
    assert "must" not in {priority[name] for name in made.fit.left_out}
    # no `should` went while a `could` stayed
    left = set(made.fit.left_out)
    stayed = {priority[name] for name in plan.ids() if name not in left}
    assert "should" not in {priority[name] for name in left} or "could" not in stayed


def test_what_was_left_out_is_named_at_the_foot_by_choice(engine: Engine) -> None:
    made = fit(engine, pack(150), 1, tells=True)
    runs = paper(made, engine).runs
    (told,) = [run for run in runs if "Not on this sheet" in run.text]
    assert f"and {len(made.fit.left_out)} more" not in told.text  # some are named
    area = made.plan.area
    assert told.right < area.paper.width - area.margin[1]
    last = max(place.bottom for places in made.pages.places.values() for place in places)
    assert last < told.top < area.paper.height - area.margin[2] + 0.5


def test_nothing_is_named_when_nothing_was_left_out(engine: Engine) -> None:
    made = fit(engine, pack(90), 2, tells=True)
    assert not [run for run in paper(made, engine).runs if "Not on this sheet" in run.text]


@pytest.mark.slow
def test_must_know_facts_that_do_not_fit_are_an_error_with_the_pages_they_need(
    engine: Engine,
) -> None:
    with pytest.raises(Mistakes, match=r"the must-know facts need [23] pages at 6\.5 pt, not 1"):
        fit(engine, pack(500), 1)


def test_a_list_of_what_was_left_out_lies_beside_the_sheet() -> None:
    (printed,) = build([(pack(150), Order("sheet", pages=1))], SHOP, lambda _: None)
    name = "bench-0/bench-0-sheet-a4-left-out.txt"
    head, *lines = printed.left_out.splitlines()
    assert printed.files()[name] == printed.left_out.encode()
    assert head.startswith(f"{len(lines)} of 150 facts are not on this sheet")
    assert all(line.count("\t") == 3 and ".yaml:" in line for line in lines)
    assert all(" teach it" in line for line in lines)
    assert f"{len(lines)} facts left out" in printed.fit
    assert printed.things == 150 - len(lines)


def test_the_list_of_the_last_time_goes_when_everything_fits() -> None:
    (printed,) = build([(pack(40), Order("sheet"))], SHOP, lambda _: None)
    assert printed.files()["bench-0/bench-0-sheet-a4-left-out.txt"] is None


# Sizes and columns.


def printed_sizes(made: Made, engine: Engine) -> list[float]:
    """Of the words in the columns, marks and indices not counted."""
    area = made.plan.area
    low, high = area.margin[0] + 14, area.paper.height - area.margin[2]
    runs = paper(made, engine).runs
    return [r.size for r in runs if low < r.top < high and len(letters(r.text)) > 3 and not r.drawn]


@pytest.mark.slow
def test_the_floor_holds_for_every_word_that_is_printed(engine: Engine) -> None:
    """Tables, labels and code, too, which are else a little smaller than the text."""
    facts = (
        "\n- compare: T\n  columns: [one two]\n  rows: {word: [others words]}\n- Some `code` here\n"
    )
    made = fit(engine, pack_of(numbered(400, "words that follow each other") + facts), 1)
    assert made.fit.left_out
    assert made.fit.size == pytest.approx(6.5, rel=0.021)
    assert min(printed_sizes(made, engine)) >= 6.499


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["notes", "booklet"])
def test_a_floor_above_its_own_size_is_the_size_of_a_kind(kind: str, engine: Engine) -> None:
    """And no page is saved by printing below it."""
    asked = "".join(
        f"- claim: Claim{n} in so many words\n  is: true\n  why: it is\n" for n in range(90)
    )
    for facts in range(60, 75, 3):
        made = made_of(engine, pack_of(numbered(facts, "x"), asked), Order(kind, floor=11.0))
        assert made.fit.size == 11.0
        proof.prove(made.pages, made.plan)


@pytest.mark.slow
def test_another_floor_can_be_asked_for(engine: Engine) -> None:
    sizes = [fit(engine, pack(150), 1, floor=floor) for floor in (5.5, 6.5)]
    assert 5.5 <= sizes[0].fit.size < sizes[1].fit.size
    assert len(sizes[0].fit.left_out) < len(sizes[1].fit.left_out)


@pytest.mark.slow
def test_large_print_is_never_smaller_than_nine_points(engine: Engine) -> None:
    facts = numbered(60, "words that follow each other")
    facts += "\n- compare: T\n  columns: [one, two]\n  rows: {word: [other, '`words`']}"
    facts += "\n- formula: F\n  tex: a\n  say: a\n  when: sometimes"
    asked = "- claim: Claim\n  is: true\n  why: it is\n- fill: Two ___\n  blanks: [x]\n  why: so"
    for kind in KINDS:
        made = made_of(engine, pack_of(facts, asked), Order(kind, large=True))
        assert made.plan.name == f"demo-{kind}-large-a4"
        words = [r for r in paper(made, engine).runs if len(letters(r.text)) > 3 and not r.drawn]
        small = [r for r in words if r.size < 8.999]
        assert not small, (kind, small[:3])


@pytest.mark.parametrize("columns", [2, 6])
def test_columns_can_be_asked_for(columns: int, engine: Engine) -> None:
    made = fit(engine, pack(90), 1, columns=columns)
    assert made.fit.columns == made.plan.area.columns == columns
    assert {place.column for places in made.pages.places.values() for place in places} == set(
        range(columns)
    )


def test_more_columns_than_can_hold_words_are_refused() -> None:
    with pytest.raises(Mistakes, match="20 columns do not stand on a4") as error:
        make_plan(pack(40), Order("sheet", columns=20))
    assert "at most 12 do" in str(error.value)


@pytest.mark.parametrize(("facts", "pages"), [(40, 1), (150, 1), (90, 2)])
def test_lines_are_as_long_as_is_easily_read(facts: int, pages: int, engine: Engine) -> None:
    made = fit(engine, pack(facts), pages)
    assert 35 <= characters(made.plan.area.column, made.fit.size) <= 60


def test_the_model_of_line_counts_is_close_to_the_real_heights(engine: Engine) -> None:
    """Close enough that one layout is enough: scaling makes up 2 % either way."""
    plan = make_plan(pack(150), Order("sheet"))
    laid = laying.lay_blocks(Writer(plan, SHOP), engine, 7.0, 1e6)
    em = 7.0 * 96 / 72
    model = Strip(pieces(replace(plan, kind=replace(plan.kind, size=7.0)))).height * em
    assert model == pytest.approx(laid.strip.height, rel=0.03)


@pytest.mark.slow
def test_words_stand_inside_their_columns(engine: Engine) -> None:
    made = fit(engine, pack(150), 2)
    area = made.plan.area
    over = 0.3 + area.column * 0.01  # drawn larger by 2 % at most
    edges = [(area.left(n) - over, area.left(n) + area.column + over) for n in range(area.columns)]
    runs = paper(made, engine).runs
    body = [r for r in runs if r.text.strip() and 20 < r.top < area.paper.height - 12]
    assert len(body) > 500
    assert all(any(a <= run.left and run.right <= b for a, b in edges) for run in body)
    sizes = [run.size for run in body if len(letters(run.text)) > 20]
    assert max(sizes) == pytest.approx(made.fit.size, abs=0.15)


# Where budgets come from.


def test_pages_are_asked_for_by_the_job_or_by_the_exam() -> None:
    of = pack(60)
    exam = of.exam.model_copy(update={"pages": {"sheet": 2, "notes": 9}})
    by_exam = of.__class__(of.name, exam, of.domains)

    def pages(job: Job, of: Pack) -> dict[str, int | None]:
        return {order.kind: order.pages for _, order in job.orders([of])}

    assert set(pages(Job(), of).values()) == {None}
    assert pages(Job(pages={"sheet": 3}), of) == {"sheet": 3, "notes": None}
    assert pages(Job(), by_exam) == {"sheet": 2, "notes": 9}
    assert pages(Job(pages={"sheet": 0}), by_exam) == {"sheet": None, "notes": 9}


def test_the_report_tells_size_columns_fill_and_layouts(engine: Engine) -> None:
    told = fit(engine, pack(90), 1).fit.told()
    for words in (" pt, ", " columns, ", " full, ", " spread, ", "nothing left out; 1 layout"):
        assert words in told
    assert len(told.rpartition("; columns ")[2].split()) == fit(engine, pack(90), 1).fit.columns
