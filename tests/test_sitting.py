"""Mock exams through the whole line: what stands on the paper, and what a marker reads of it."""

from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from cramsheet.pack.questions import Case, Choice, Claim, FillIn, Match, Right
from cramsheet.pack.questions import Order as Steps
from cramsheet.page.looks import look_of
from cramsheet.page.markup import plain
from cramsheet.page.words import Words
from cramsheet.pipeline import build
from cramsheet.plan.asking import put
from cramsheet.plan.keeping import Kept
from cramsheet.plan.mock import Form, forms
from cramsheet.plan.plan import Order, make_plan
from cramsheet.plan.record import Asked, FormRecord, code_of, record_of
from cramsheet.plan.sittings import SITTING
from cramsheet.printed import Printed
from tests.making import SHOP, pack_from
from tests.paper import Paper, letters, read
from tests.vera import broken_rules

KINDS = (*SITTING, "key")


def _choice(name: str, options: int, rights: int, task: str) -> str:
    told = "".join(
        f"\n      - {{{'right' if k < rights else 'wrong'}: {name} option {k},"
        f" why: reason {name} {k}}}"
        for k in range(options)
    )
    return (
        f"  - question: It was dark. What of {name}?\n    id: {name}\n    task: {task!r}\n"
        f"    teaches: [known]\n    options:{told}\n"
    )


PACK = pack_from(
    {
        "exam.yaml": """
code: SIT-1
title: An exam to sit
status: retired
last-day: 2026-03-31
edition: 2026-11-21
blueprint:
  questions: 12
  scored: 10
  unscored: 2
  minutes: 25
  pass: "750"
  scale: ["100", "1000"]
  domains:
    - {id: one, title: First domain, weight: 60, tasks: {"1.1": Task of one}}
    - {id: two, title: Second domain, weight: 40, tasks: {"2.1": Task of two}}
""",
        "1.yaml": "domain: one\ntopics: [{topic: T, facts: [{fact: Known well, id: known}]}]\n",
        "2.yaml": "domain: two\ntopics: [{topic: U, facts: [F]}]\n",
        "questions/1.yaml": "domain: one\nquestions:\n"
        + "".join(_choice(f"one{n}", 4, 1, "1.1") for n in range(6))
        + """
  - {claim: It is so., id: claim, is: false, why: not so}
  - {fill: "Take ___ or ___.", id: fill, blanks: [[five, "5"], six], why: counted}
  - {match: Pair them., id: match, pairs: {left: right, up: down}, extra: [over], why: paired}
  - {order: Sort them., id: order, items: [first step, second step, third step], why: sorted}
  - case: A night
    id: night
    story: The lights went out.
    questions:
      - {claim: It was night., id: night1, is: true, why: dark}
      - {claim: It was day., id: night2, is: false, why: dark}
""",
        "questions/2.yaml": "domain: two\nquestions:\n"
        + "".join(_choice(f"two{n}", 5, 2, "2.1") for n in range(9)),
    }
)
FORMS = forms(PACK, "5", "AB", again=True)


def printed(form: Form, kinds: tuple[str, ...] = KINDS, **order: Any) -> dict[str, Printed]:
    orders = [(PACK, Order(kind, form=form, **order)) for kind in kinds]
    return dict(zip(kinds, build(orders, SHOP, lambda _: None), strict=True))


@pytest.fixture(scope="module", params=FORMS, ids=lambda form: form.letter)
def form(request: pytest.FixtureRequest) -> Form:
    made: Form = request.param
    return made


@pytest.fixture(scope="module")
def files(form: Form) -> dict[str, Printed]:
    return printed(form)


@pytest.fixture(scope="module")
def papers(files: dict[str, Printed]) -> dict[str, Paper]:
    return {kind: read(it.data) for kind, it in files.items()}


@pytest.fixture(scope="module")
def record(form: Form) -> FormRecord:
    return record_of([make_plan(PACK, Order("mock", form=form))]).forms[form.letter]


def test_all_kinds_of_question_are_tried() -> None:
    kinds = {item.asked.kind for form in FORMS for item in form.singles()}
    assert kinds == {"question", "claim", "fill", "match", "order"}
    assert any(isinstance(item.asked, Case) for form in FORMS for item in form.items)


@settings(max_examples=200)
@given(st.text("abcdefg0123456789", min_size=1, max_size=8))
def test_the_record_says_what_the_pack_says(seed: str) -> None:
    (form,) = forms(PACK, seed, "A")
    plan = make_plan(PACK, Order("mock", form=form))
    (section,) = plan.sections
    for printed, told in zip(
        section.questions, record_of([plan]).forms["A"].questions, strict=True
    ):
        text = {option.letter: option.text for option in printed.options}
        match printed.asked:
            case Choice(options=options):
                right = {it.text for it in options if isinstance(it, Right)}
                assert {text[letter] for letter in told.answer} == right
            case Match(pairs=pairs):
                lefts = {answer[:-1]: text[answer[-1]] for answer in told.answer}
                assert {printed.lefts[int(n) - 1]: it for n, it in lefts.items()} == pairs
            case Steps(items=items):
                assert tuple(text[letter] for letter in told.answer) == items
            case Claim(truth=truth):
                assert told.answer == (truth,)
            case FillIn(blanks=blanks):
                assert told.accepted == blanks


def test_the_names_of_the_files(files: dict[str, Printed], form: Form) -> None:
    assert [it.name for it in files.values()] == [
        f"demo-{kind}-5-{form.letter}-a4.pdf" for kind in KINDS
    ]
    assert all(not data for it in files.values() for path, data in it.files().items()
               if ".layout" in path)  # fmt: skip


def test_form_seed_and_edition_stand_on_every_page(papers: dict[str, Paper], form: Form) -> None:
    for kind, paper in papers.items():
        for page in range(1, paper.count + 1):
            (foot,) = [
                it for it in paper.lines(page) if it.startswith(f"SIT-1 form {form.code} · ")
            ]
            assert "edition 2026-11-21" in foot, kind
            assert Words.of("en", SHOP)(kind) in foot


def test_the_front_page_says_how_to_sit_it(papers: dict[str, Paper]) -> None:
    front = " ".join(papers["mock"].lines(1))
    for told in (
        "12 ",
        "25 minutes",
        "750 / 1000",
        "Name",
        "Date",
        "2 of the 12 questions do not count",
        "Retired: last exam day 2026-03-31",
        "can no longer be taken",
    ):
        assert told in front
    assert "What of" not in front


def test_every_question_stands_on_the_paper_with_its_letters(
    papers: dict[str, Paper], form: Form
) -> None:
    text = papers["mock"].letters
    assert "firstdomain" not in text
    places = [0]
    for number, item in enumerate(form.singles(), 1):
        question = put(item, number, form.shuffle)
        subject = letters(plain(question.asked.subject.replace("___", " ")))
        places.append(text.index(subject, places[-1]))
        for option in question.options:
            said = letters(f"{option.letter} {option.text}")
            places.append(text.index(said, places[-1] if question.kind != "match" else 0))
            places[-1] = max(places[-2], places[-1] if question.kind != "match" else 0)
    assert len(places) > 40


def test_the_story_of_a_case_stands_before_its_questions(
    papers: dict[str, Paper], form: Form
) -> None:
    text = papers["mock"].letters
    for item in form.items:
        if isinstance(item.asked, Case):
            story = text.index(letters(item.asked.story))
            assert story < text.index(letters(item.parts[0].asked.subject))
            assert text.count(letters(item.asked.story)) == 1


def told_answers(paper: Paper) -> dict[int, tuple[str, bool, int]]:
    """Of each question the right letters, whether it counts, and its domain, as a strip says."""
    rows: list[list[str]] = []
    for run in paper.runs:
        if run.top > 33 and "SIT-1" not in run.text:
            if run.left < 17:  # the numbers stand first
                rows.append([])
            rows[-1].append(run.text.strip())
    return {
        int(number): ("".join(right).strip("()"), right[0] != "(", int(domain))
        for number, *right, domain in rows
    }


def wanted_on_strip(it: Asked) -> str:
    if it.kind == "fill":
        return " · ".join(accepted[0] for accepted in it.accepted)
    return (" " if it.kind == "match" else "").join(it.answer)


def test_the_strip_says_what_is_right(papers: dict[str, Paper], record: FormRecord) -> None:
    numbers = {"one": 1, "two": 2}
    wanted = {it.n: (wanted_on_strip(it), it.scored, numbers[it.domain]) for it in record.questions}
    assert told_answers(papers["strip"]) == wanted


def test_letters_on_the_key_are_those_on_the_paper(
    papers: dict[str, Paper], record: FormRecord, form: Form
) -> None:
    """Each reason stands beside the letter of the option that the paper has there."""
    text = papers["key"].letters
    for number, item in enumerate(form.singles(), 1):
        question = put(item, number, form.shuffle)
        for option in question.options if question.kind == "question" else ():
            if option.right:
                assert letters(f"{option.text}{option.why}") in text
                assert option.letter in record.questions[number - 1].answer
            else:
                assert letters(f"{option.letter}{option.why}") in text
    assert text.count(letters("does not count")) == 2
    assert letters("Known well, notes p. 2") in text


def test_the_score_card_counts_what_counts(papers: dict[str, Paper], record: FormRecord) -> None:
    lines = papers["score"].lines()
    for domain, title in (("one", "First domain"), ("two", "Second domain")):
        own = [it for it in record.questions if it.domain == domain]
        counted = [f"{it.n}" for it in own if it.scored]
        rest = [f"({it.n})" for it in own if not it.scored]
        assert " ".join([title, *counted, *rest]) in lines
        assert any(line.startswith(f"/ {len(counted)} % × 0.") for line in lines)
    text = " ".join(lines)
    assert "/ 10 %" in text  # all together
    assert "72 % right" in text
    assert "cannot be computed" in text


# the form


def fields(data: bytes) -> dict[str, Any]:
    return dict(PdfReader(BytesIO(data)).get_fields() or {})


def wanted_fields(it: Asked) -> set[str]:
    if it.kind == "claim" or (it.kind == "question" and it.choose == 1):
        return {f"q{it.n}"}
    if it.kind == "question":
        return {f"q{it.n}-{letter}" for letter in "ABCDEFGHIJKL"[: it.options]}
    return {f"q{it.n}-{place}" for place in range(1, it.choose + 1)}


def filled(it: Asked) -> dict[str, str]:
    """The fields of a question, answered right."""
    if it.kind == "fill":
        return {f"q{it.n}-{n}": texts[0] for n, texts in enumerate(it.accepted, 1)}
    if it.kind in ("match", "order"):
        return {f"q{it.n}-{n}": answer[-1] for n, answer in enumerate(it.answer, 1)}
    if len(wanted_fields(it)) > 1:
        return {f"q{it.n}-{letter}": "/on" for letter in it.answer}
    return {f"q{it.n}": f"/{it.answer[0]}"}


def test_the_sheet_has_the_fields_of_each_question(
    files: dict[str, Printed], record: FormRecord, form: Form
) -> None:
    found = fields(files["answers"].data)
    wanted = set().union(*map(wanted_fields, record.questions))
    assert set(found) == wanted | {"form", "name", "date"}
    assert found["form"]["/V"] == code_of(make_plan(PACK, Order("mock", form=form)))
    assert found["form"]["/Ff"] == 1  # nobody types over it
    for it in record.questions:
        if it.kind == "claim":
            assert found[f"q{it.n}"]["/_States_"] == ["/true", "/false"]
            assert found[f"q{it.n}"]["/TU"] == f"question {it.n}"
        elif it.kind == "question" and it.choose == 1:
            assert found[f"q{it.n}"]["/_States_"] == [f"/{x}" for x in "ABCDEFGH"[: it.options]]


def test_a_filled_sheet_is_read_as_it_was_filled(
    files: dict[str, Printed], record: FormRecord
) -> None:
    values = {name: value for it in record.questions for name, value in filled(it).items()}
    writer = PdfWriter(clone_from=BytesIO(files["answers"].data))
    for page in writer.pages:
        writer.update_page_form_field_values(page, values, auto_regenerate=False)
    saved = BytesIO()
    writer.write(saved)
    found = fields(saved.getvalue())
    assert {name: str(found[name].get("/V")) for name in values} == values
    others = {name for name in found if name.startswith("q")} - set(values)
    assert {str(found[name].get("/V", "")) for name in others} <= {"/Off", ""}


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_it_can_be_heard(files: dict[str, Printed], kind: str) -> None:
    assert broken_rules(files[kind].data)[0] == {}


@pytest.mark.slow
def test_the_same_seed_gives_the_same_bytes(files: dict[str, Printed], form: Form) -> None:
    again = printed(form)
    assert {kind: it.data for kind, it in again.items()} == {k: it.data for k, it in files.items()}


@pytest.mark.slow
@pytest.mark.parametrize("first", [4, 5, 6, 7, 8])
def test_how_something_was_set_before_does_not_count(
    first: int, files: dict[str, Printed], form: Form
) -> None:
    """A record of how a build might have set the same questions, so many in the first column."""
    names = tuple(f"question-{item.id}" for item in form.singles())
    columns = (names[:first], names[first:])
    kept = Kept(9.2, 1.0, 2, columns, asked="auto pages, auto columns").text()
    order = Order("mock", form=form)
    (again,) = build([(PACK, order)], SHOP, lambda _: None, lambda _: kept)
    assert again.data == files["mock"].data


# other looks, inks and papers


@pytest.mark.slow
@pytest.mark.parametrize("paper", ["letter", "a5", "a3-landscape"])
def test_it_is_printed_on_other_papers(paper: str) -> None:
    made = printed(FORMS[0], paper=paper)
    assert all(it.pages for it in made.values())
    assert made["answers"].name == f"demo-answers-5-A-{paper}.pdf"


@pytest.mark.slow
@pytest.mark.parametrize("ink", ["grey", "saver", "black"])
@pytest.mark.parametrize("look", ["modern", "classic", "compact", "clear"])
def test_it_is_printed_in_every_look_and_ink(look: str, ink: str) -> None:
    made = printed(FORMS[0], look=look_of(look, SHOP), ink=ink)
    for kind, it in made.items():
        assert broken_rules(it.data)[0] == {}, kind
