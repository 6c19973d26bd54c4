"""A mock exam on paper: its forms, and the answers to them."""

import pytest

from cramsheet.desk import cli
from cramsheet.pack.pack import Pack
from cramsheet.pipeline import build
from cramsheet.plan.kinds import FORM_KINDS
from cramsheet.plan.mock import forms
from cramsheet.plan.plan import Order, make_plan
from cramsheet.shelf import load_all
from tests.making import PACKS, ROOT, SHOP
from tests.paper import letters, read
from tests.vera import broken_rules


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_all(PACKS, ["fahrschule"], ROOT)[0]


@pytest.fixture(scope="module")
def papers(pack: Pack) -> dict[str, bytes]:
    (form,) = forms(pack, "7", "A", 6)
    orders = [(pack, Order(kind, form=form)) for kind in FORM_KINDS]
    return {it.name: it.data for it in build(orders, SHOP, lambda _: None)}


def test_files_say_seed_and_form(papers: dict[str, bytes]) -> None:
    assert list(papers) == ["fahrschule-mock-7-A-a4.pdf", "fahrschule-mock-key-7-A-a4.pdf"]


def test_form_and_seed_stand_on_every_page(papers: dict[str, bytes]) -> None:
    for data in papers.values():
        it = read(data)
        assert it.pages_of("Bogen A · Startwert 7") == list(range(1, it.count + 1))


def test_questions_begin_behind_the_cover(papers: dict[str, bytes]) -> None:
    it = read(papers["fahrschule-mock-7-A-a4.pdf"])
    for text in ("Erst umblättern", "Name", "Datum"):
        assert letters(text) in it.on(1)
    assert not [run for run in it.runs if run.page == 1 and run.text.strip() == "1"]
    assert [run for run in it.runs if run.page == 2 and run.text.strip() == "1"]


def test_the_key_says_the_letters_of_the_paper(pack: Pack, papers: dict[str, bytes]) -> None:
    (form,) = forms(pack, "7", "A", 6)
    plan = make_plan(pack, Order("mock", form=form))
    key, paper = (read(papers[f"fahrschule-{kind}-7-A-a4.pdf"]) for kind in ("mock-key", "mock"))
    (section,) = plan.sections
    chosen = [question for question in section.questions if question.kind == "question"]
    assert chosen
    for question in chosen:
        for option in question.options:
            assert letters(f"{option.letter}{option.text}") in paper.letters
            if not option.right:
                assert letters(f"{option.letter}{option.why}") in key.letters
        assert question.answer == tuple(it.letter for it in question.options if it.right)


def test_everybody_can_read_it(papers: dict[str, bytes]) -> None:
    assert [broken_rules(data)[0] for data in papers.values()] == [{}, {}]


@pytest.mark.slow
def test_four_forms_of_the_machine_learning_exam_share_no_question() -> None:
    (pack,) = load_all(ROOT / "content", ["mls-c01"], ROOT)
    made = forms(pack, "7", "ABCD")
    drawn = [item.id for form in made for item in form.singles()]
    assert len(drawn) == len(set(drawn)) == 260
    domain = {it.id: d.row.id for d in pack.domains for item in d.items for it in item.singles()}
    for form in made:
        names = [domain[item.id] for item in form.singles()]
        assert [names.count(d.row.id) for d in pack.domains] == [13, 16, 23, 13]
        assert len(form.unscored) == 15


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--seed", "a b"], "is no seed"),
        (["--forms", "A,A"], "names a form twice"),
        (["--forms", "A,1"], "names no forms"),
        (["--questions", "0"], "is no number of questions"),
    ],
)
def test_orders_that_make_no_sense(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        cli.main(["mock", *words])
    assert told in capsys.readouterr().err
