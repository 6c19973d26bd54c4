"""Lengths on the command line, and what of them reaches an order."""

from argparse import ArgumentTypeError

import pytest

from cramsheet.desk.measures import binding, margin
from cramsheet.plan.areas import Margins
from cramsheet.plan.job import Job
from tests.making import pack_of


def test_a_margin_is_one_for_all_sides_or_one_for_each() -> None:
    assert margin("8") == (8, 8, 8, 8)
    assert margin("10,8.5,12, 4") == (10, 8.5, 12, 4)
    assert binding("0") == 0
    assert binding("12.5") == 12.5


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("3.9", '"3.9" is too narrow: printers leave about 4 mm white; write 4 or more'),
        ("8,8,3,8", '"8,8,3,8" is too narrow: printers leave about 4 mm white; write 4 or more'),
        ("101", '"101" is too wide; write 100 or less'),
        ("8,8", '"8,8" is no margin; write one number, or four as 10,8,12,8'),
        ("8mm", '"8mm" is no length; write millimetres, such as 8'),
        ("-8", '"-8" is no length; write millimetres, such as 8'),
        ("nan", '"nan" is no length; write millimetres, such as 8'),
        ("", '"" is no length; write millimetres, such as 8'),
    ],
)
def test_a_margin_that_cannot_be_is_refused(text: str, said: str) -> None:
    with pytest.raises(ArgumentTypeError) as caught:
        margin(text)
    assert str(caught.value) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("41", '"41" is too wide; write 40 or less'),
        ("wide", '"wide" is no length; write millimetres, such as 8'),
    ],
)
def test_a_binding_that_cannot_be_is_refused(text: str, said: str) -> None:
    with pytest.raises(ArgumentTypeError) as caught:
        binding(text)
    assert str(caught.value) == said


def test_the_command_line_has_the_last_word_on_the_binding() -> None:
    questions = "- {claim: It is, is: true, why: it is}"
    pack = pack_of(questions=questions, exam="binding: 6\n")
    by_exam = Job(("notes", "key")).orders([pack])
    assert {order.margins for _, order in by_exam} == {Margins(binding=6)}
    assert {order.notes and order.notes.margins for _, order in by_exam} == {
        None,
        Margins(binding=6),
    }
    white = (8.0, 8.0, 8.0, 8.0)
    ((_, order),) = Job(("notes",), margins=Margins(white, 0.0)).orders([pack])
    assert order.margins == Margins(white, 0.0)
