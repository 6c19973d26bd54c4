"""Answers as letters in a row: "B AC true - 2A1C 5|365"."""

import re

from cramsheet.pack.fields import count
from cramsheet.plan.record import PaperRecord
from cramsheet.problems import Mark, mistake
from cramsheet.study.answers import Given

_GROUP = re.compile(r'"[^"]*"|\S+')


def from_letters(text: str, form: str, name: str, record: PaperRecord, mark: Mark) -> Given:
    """A group for each question, between spaces; "-" for none; quotes hold a text with spaces.

    Raises Mistakes unless there are as many groups as questions.
    """
    asked = record.forms[form].questions
    found = list(_GROUP.finditer(text))
    if len(found) != len(asked):
        what = f"{count(len(found), 'answer')} for the {len(asked)} questions of form {form}"
        hint = "put a space between two questions, and - for one without an answer"
        if len(found) == 1 and len(text.strip()) == len(asked):
            spaced = " ".join(text.strip()[:6])
            hint = f'put spaces between the questions: "{spaced} ..."'
        raise mistake(what, mark, hint)
    answers = {
        question.n: (group[0].strip('"'), Mark(mark.path, mark.line, mark.column + group.start()))
        for question, group in zip(asked, found, strict=True)
    }
    return Given(name, form, answers, mark)
