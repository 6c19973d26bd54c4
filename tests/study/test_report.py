"""Results on paper, in every language, look and ink."""

from random import Random

import pytest

from cramsheet.pack.exam import Marking
from cramsheet.pack.pack import Pack
from cramsheet.page.dressing import Handout
from cramsheet.page.shop import Shop
from cramsheet.plan.mock import Form
from cramsheet.plan.papers import paper
from cramsheet.press.engine import Engine
from cramsheet.shelf import load_all
from cramsheet.study.leaves import print_report
from cramsheet.study.report import MARGINS, NAME, Report
from cramsheet.study.results import Results, mark_all
from tests.making import PACKS, ROOT, SHOP
from tests.paper import Paper, read
from tests.study.sittings import PACK, RECORD, recorded, right, wrong
from tests.study.test_marking import given_by, marked
from tests.test_tongues import NAMED
from tests.vera import broken_rules

NAMES = ("Ada", "Bob", "Cleo")


def group(pack: Pack, total: int, people: int = 3, chance: float = 0.6) -> Results:
    """People who know about as much, who leave out a question, and answer one as nobody can."""
    form = Form("A", "7", tuple(pack.singles())[:total])
    record = recorded(pack, form)
    random = Random(1)
    asked = record.forms["A"].questions
    given = []
    for number in range(people):
        texts = {q.n: right(q) if random.random() < chance else wrong(q) for q in asked}
        texts |= {1: "", 2: "?"}
        given.append(given_by(f"{NAMES[number % 3]} {number}", "A", texts))
    return mark_all(given, record, Marking(), as_given=True)


def report(
    results: Results, pack: Pack, shop: Shop, look: str = "modern", ink: str = "colour",
    size: str = "a4",
) -> Report:  # fmt: skip
    return Report(results, Handout(NAME, pack, shop, paper(size, "portrait"), MARGINS, look, ink))


def printed(report: Report, engine: Engine) -> Paper:
    return read(print_report(report, "results", engine).data)


def pack_of(name: str) -> Pack:
    return load_all(PACKS, [name], ROOT)[0]


def test_a_page_says_what_was_earned_and_what_was_missed(engine: Engine) -> None:
    texts = {1: "A", 2: "", 3: "T", 4: "5|1.5 GB", 5: "BCA", 6: "BBA"}
    results = mark_all([given_by("Ada", "A", texts)], RECORD, Marking(), as_given=True)
    it = printed(report(results, PACK, SHOP), engine)
    lines = it.lines()
    assert it.count == 1
    assert "33 % 2 of 6 points" in lines
    assert any(line.startswith("1 First domain 0 / 3 0") for line in lines)
    assert any(line.startswith("2 Second domain 2 / 3 67") for line in lines)
    assert "1 A → B Bucket" in lines
    assert "3 true → false" in lines
    assert "Without an answer: 2" in lines
    assert "Question 6 cannot be answered so: BBA; possible is 3 × A-C" in lines


@pytest.mark.slow
def test_a_group_has_a_page_with_a_chart_before_those_of_people(engine: Engine) -> None:
    results = marked(*(given_by(f"P{n}", "A", {1: "B" if n % 2 else "C"}) for n in range(12)))
    it = printed(report(results, PACK, SHOP), engine)
    assert it.count == 13
    first = it.lines(1)
    assert "12 people" in first
    assert any(line.startswith("8 % on average") for line in first)
    assert it.alternatives == ("0-10 %: 6; 10-20 %: 6",)
    assert any(line.startswith("A 1 1 · q-one 50 % – B C (6)") for line in first)


@pytest.mark.slow
@pytest.mark.parametrize("look", ["modern", "classic", "compact", "clear"])
@pytest.mark.parametrize("ink", ["colour", "black"])
def test_every_look_and_ink_has_room_for_all_on_their_pages(
    engine: Engine, look: str, ink: str
) -> None:
    results = group(pack_of("fahrschule"), 6)
    assert printed(report(results, pack_of("fahrschule"), SHOP, look, ink), engine).count == 4


@pytest.mark.slow
@pytest.mark.parametrize(("name", "total"), [("secours", 4), ("jitensha", 4), ("ghidha", 4)])
def test_every_script_has_its_letters(engine: Engine, name: str, total: int) -> None:
    it = printed(report(group(pack_of(name), total), pack_of(name), NAMED), engine)
    assert it.count == 4
    assert it.embedded


@pytest.mark.slow
@pytest.mark.parametrize("chance", [0.0, 0.4, 0.8])
@pytest.mark.parametrize("size", ["a4", "letter"])
def test_a_whole_exam_of_anybody_stands_on_one_page(
    engine: Engine, chance: float, size: str
) -> None:
    (exam,) = load_all(ROOT / "content", ["mls-c01"], ROOT)
    results = group(exam, 65, 2, chance)
    assert printed(report(results, exam, SHOP, size=size), engine).count == 3


@pytest.mark.slow
@pytest.mark.parametrize("name", ["fahrschule", "ghidha"])
def test_the_rules_of_accessible_pdf_hold(engine: Engine, name: str) -> None:
    it = report(group(pack_of(name), 4), pack_of(name), NAMED)
    broken, checks = broken_rules(print_report(it, "results", engine).data)
    assert not broken
    assert checks > 1000
