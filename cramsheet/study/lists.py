"""The answers of a group, typed into a table (CSV) or a YAML file."""

from collections.abc import Iterator, Mapping, Sequence

from cramsheet.caps import allow
from cramsheet.pack.source import Source, first_of
from cramsheet.pack.tree import Node, parse
from cramsheet.plan.record import FormRecord, PaperRecord
from cramsheet.problems import (
    Mark,
    Mistakes,
    Problem,
    choose_one,
    did_you_mean,
    mistake,
    shortened,
)
from cramsheet.study.answers import BETWEEN, LONGEST_NAME, Given
from cramsheet.study.cells import Cell, rows_of
from cramsheet.study.letters import from_letters

_KEYS = ("name", "form", "answers", "letters")


def from_table(source: Source, record: PaperRecord) -> Iterator[Given]:
    """A row for each person, with the columns name, form, and a number or an id for each question.

    Columns are parted by commas, semicolons or tabs; the first line tells. Raises Mistakes, once
    the sound rows are given.
    """
    rows = [row for row in rows_of(source) if any(cell.text for cell in row)]
    if not rows:
        raise mistake("the table is empty", Mark(source.path), "its first line names the columns")
    head, *people = rows
    problems = list(_in_head(head, record))
    if not people:
        hint = "write a row for each person below the names of the columns"
        problems.append(Problem("the table names nobody", head[0].mark, hint))
    if problems:
        raise Mistakes(first_of(problems))
    _few(people, source.caps.people, head[0].mark)
    names = [cell.text.casefold() for cell in head]
    found: list[Given] = []
    for row in people:
        if len(row) > len(head) and any(cell.text for cell in row[len(head) :]):
            what = f"the row has {len(row)} cells, the first one {len(head)}"
            hint = "quote a cell that holds what parts the columns"
            problems.append(Problem(what, row[len(head)].mark, hint))
            continue
        by_name = dict(zip(names, row, strict=False))
        name, form = by_name["name"], by_name.get("form", Cell("", row[0].mark))
        answers = {key: cell for key, cell in by_name.items() if key not in ("name", "form")}
        found += _person(name, form, answers, record, problems)
    yield from _all(found, problems, source.caps.people)


def from_yaml(source: Source, record: PaperRecord) -> Iterator[Given]:
    """A list `people`: each with a name, a form, and answers by number or id, or as letters.
    Raises Mistakes, once the sound ones are given."""
    root = parse(source)
    people = root.child("people")
    if people is None or not isinstance(people.value, tuple) or not people.value:
        hint = 'write "people:", and below it "- name: Ada", "form: A" and "answers:" for each'
        raise mistake("the file names nobody", root.mark, hint)
    problems = [
        Problem(f'unknown key "{shortened(key)}"', mark, 'write "people:"')
        for key, mark in root.keys.items()
        if key != "people"
    ]
    found: list[Given] = []
    for node in people.value:
        if bad := list(_in_person(node)):
            problems += bad
        else:
            found += _listed(node, record, problems)
    yield from _all(found, problems, source.caps.people)


def _listed(node: Node, record: PaperRecord, problems: list[Problem]) -> Iterator[Given]:
    """A person of a YAML file whose keys are sound."""
    assert isinstance(node.value, Mapping)
    keys = node.value
    name = _cell(keys["name"], node.keys["name"])
    form = _cell(keys["form"]) if "form" in keys else Cell("", node.mark)
    if "answers" in keys:
        value, marks = keys["answers"].value, keys["answers"].keys
        assert isinstance(value, Mapping)
        answers = {key: Cell(_cell(child).text, marks[key]) for key, child in value.items()}
        yield from _person(name, form, answers, record, problems)
    elif letter := _form_of(form, record, problems):
        typed = keys["letters"]
        try:
            yield from_letters(str(typed.value), letter, name.text, record, typed.mark)
        except Mistakes as error:
            problems += error.problems


def _all(found: Sequence[Given], problems: Sequence[Problem], most: int) -> Iterator[Given]:
    if found:
        _few(found, most, found[0].mark)
    yield from found
    if problems:
        raise Mistakes(first_of(problems))


def _few(people: Sequence[object], most: int, mark: Mark) -> None:
    """Raises Mistakes for more than a list may hold."""
    if len(people) > most:
        what = f"{len(people):,} people; {most:,} is the most"
        raise mistake(what, mark, f"mark them in two goes, {allow('people', len(people))}")


def _person(
    name: Cell,
    form: Cell,
    answers: Mapping[str, Cell],
    record: PaperRecord,
    problems: list[Problem],
) -> Iterator[Given]:
    if not name.text:
        problems.append(Problem("a row without a name", name.mark, "write the name"))
        return
    if len(name.text) > LONGEST_NAME:
        what = f"a name of {len(name.text)} letters; {LONGEST_NAME} is the most"
        problems.append(Problem(what, name.mark, "shorten it"))
        return
    letter = _form_of(form, record, problems)
    if not letter:
        return
    numbers = _numbers(record.forms[letter])
    placed: dict[int, tuple[str, Mark]] = {}
    for key, cell in answers.items():
        n = numbers.get(key)
        if n is None:
            if cell.text:
                what = f'form {letter} has no question "{shortened(key)}"'
                problems.append(Problem(what, cell.mark, _known(key, numbers)))
        elif n in placed and placed[n][0]:
            first = f"{placed[n][1].line}:{placed[n][1].column}"
            what = f"question {n} is answered twice"
            problems.append(Problem(what, cell.mark, f"the first is at {first}: remove one"))
        else:
            placed[n] = (cell.text, cell.mark)
    yield Given(name.text, letter, placed, name.mark)


def _form_of(form: Cell, record: PaperRecord, problems: list[Problem]) -> str:
    """Of a record with one form nobody needs to say which."""
    letters = list(record.forms)
    wanted = form.text.upper() or (letters[0] if len(letters) == 1 else "")
    if wanted in letters:
        return wanted
    what = "no form is named"
    if wanted:
        what = f'no form "{shortened(form.text)}" in mock-{record.seed}'
    problems.append(Problem(what, form.mark, choose_one(letters)))
    return ""


def _numbers(form: FormRecord) -> dict[str, int]:
    """Of questions, by what a column can be called."""
    by_number = {str(question.n): question.n for question in form.questions}
    return {question.id: question.n for question in form.questions} | by_number


def _known(key: str, numbers: Mapping[str, int]) -> str:
    most = max(numbers.values())
    return f"write a number from 1 to {most}" if key.isdecimal() else did_you_mean(key, numbers)


def _in_head(head: Sequence[Cell], record: PaperRecord) -> Iterator[Problem]:
    names = [cell.text.casefold() for cell in head]
    known = {"name", "form"}.union(*(_numbers(form) for form in record.forms.values()))
    for index, cell in enumerate(head):
        name = names[index]
        if not name:
            yield Problem("a column without a name", cell.mark, "name it, or remove it")
        elif name in names[:index]:
            yield Problem(f'two columns are called "{shortened(name)}"', cell.mark, "remove one")
        elif name not in known:
            most = max(len(form.questions) for form in record.forms.values())
            hint = did_you_mean(name, sorted(known - set(map(str, range(most + 1)))))
            if name.isdecimal() or not hint.startswith("did"):
                hint = f"write name, form, and the questions from 1 to {most} or by their ids"
            yield Problem(f'no column is called "{shortened(name)}"', cell.mark, hint)
    if "name" not in names:
        hint = 'call the first column "name"; the first line names the columns'
        yield Problem("the table has no column of names", head[0].mark, hint)


def _in_person(node: Node) -> Iterator[Problem]:
    if not isinstance(node.value, Mapping):
        yield Problem("a person without a name", node.mark, 'write "- name: Ada"')
        return
    for key, child in node.value.items():
        if key not in _KEYS:
            what = f'unknown key "{shortened(key)}"'
            yield Problem(what, node.keys[key], did_you_mean(key, _KEYS))
        elif key == "answers" and not isinstance(child.value, Mapping):
            hint = 'write "1: B" below it for each question, or "letters:" instead'
            yield Problem('"answers" are keys with values', node.keys[key], hint)
        elif key != "answers" and not isinstance(child.value, str):
            yield Problem(f'"{key}" is one text', node.keys[key], "write it on one line")
    if "name" not in node.value:
        yield Problem("a person without a name", node.mark, 'add "name:"')
    if not {"answers", "letters"} & set(node.value):
        yield Problem("a person without answers", node.mark, 'add "answers:"')
    if {"answers", "letters"} <= set(node.value):
        hint = "keep one of them"
        yield Problem('"answers" and "letters" at once', node.keys["letters"], hint)


def _cell(node: Node, mark: Mark | None = None) -> Cell:
    """A text, or a list as it would stand in a table."""
    if isinstance(node.value, tuple):
        parts = [str(child.value).strip() for child in node.value]
        between = "" if all(len(part) == 1 for part in parts) else BETWEEN
        return Cell(between.join(parts), mark or node.mark)
    return Cell(str(node.value).strip(), mark or node.mark)
