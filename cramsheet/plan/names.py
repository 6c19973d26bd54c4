"""The names of a group: a list with a name on each line, or a CSV with a column `name`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import category, normalize

from cramsheet.caps import allow
from cramsheet.pack.source import Source, first_of, text_of, unprintable
from cramsheet.problems import Mark, Mistakes, Problem, did_you_mean, mistake, shortened

LONGEST_NAME = 80  # letters; longer ones are not names
NAME, FORM = "name", "form"
_SIGNS = ",;\t"  # that divide cells: of most programs, of Excel in half of Europe, of tables copied
_CELL = r'\s*"(?:[^"]|"")*"\s*|[^"{0}][^{0}]*|'
_INSIDE = "\u200c\u200d"  # joiners, which Persian and Indian names are written with


@dataclass(frozen=True)
class Person:
    """Who gets a copy; `form` is that of a mock exam if the list says which."""

    name: str
    form: str = ""
    mark: Mark | None = None


@dataclass(frozen=True)
class _Cell:
    text: str
    mark: Mark


def person(name: str) -> Person:
    """Of a name that was typed; raises Mistakes."""
    problems = [Problem(it.message, None, it.hint) for it in unprintable(name, Mark("--for"))]
    found = Person(_plain(name))
    problems += [it for it in _faults(found) if not problems]
    if problems:
        raise Mistakes(problems)
    return found


def people(source: Source) -> tuple[Person, ...]:
    """All of a file in their order, or everything that is wrong with it (Mistakes)."""
    if len(source.data) > source.caps.file:
        hint = f"{source.caps.people:,} names are the most"
        raise mistake("the file is too large for a list of names", Mark(source.path), hint)
    if source.data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        hint = 'save the file as UTF-8 (in Excel: "CSV UTF-8")'
        raise mistake("not UTF-8 text, but UTF-16", Mark(source.path), hint)
    lines = text_of(source).split("\n")
    rows = [(number, line) for number, line in enumerate(lines, 1) if line.strip(_SIGNS + " ")]
    problems: list[Problem] = []
    found = list(_read(rows, source.path, problems))
    problems += _wrong(found, source.caps.people)
    if not found and not problems:
        hint = f"write a name on each line, or a CSV with a column {NAME}"
        raise mistake("no names", Mark(source.path), hint)
    if problems:
        raise Mistakes(first_of(sorted(problems, key=lambda it: it.mark or Mark(""))))
    return tuple(found)


def _read(
    rows: list[tuple[int, str]], path: str, problems: list[Problem]
) -> Iterator[Person]:  # fmt: skip
    head = _head(rows[0][1]) if rows else None
    if head is None:
        yield from _listed(rows, path, problems)
        return
    sign, names = head
    at = names.index(NAME)
    for number, line in rows[1:]:
        cells = list(_cells(line, sign, Mark(path, number)))
        start = Mark(path, number)
        if cells[-1].text.startswith('"'):
            problems.append(Problem("a quote is not closed", cells[-1].mark, 'end it with "'))
        elif len(cells) != len(names):
            hint = f'put quotes around a cell that holds "{sign}"' if sign != "\t" else ""
            message = f"{len(cells)} cells, and the head has {len(names)}"
            problems.append(Problem(message, start, hint or "give each line as many cells"))
        else:
            form = cells[names.index(FORM)].text.strip() if FORM in names else ""
            yield Person(_plain(cells[at].text), form, cells[at].mark)


def _head(line: str) -> tuple[str, list[str]] | None:
    """What divides the cells, and the columns; None where the first line is a name."""
    for sign in _SIGNS:
        names = [cell.text.strip().casefold() for cell in _cells(line, sign, Mark(""))]
        if NAME in names:
            return sign, names
    return None


def _listed(
    rows: list[tuple[int, str]], path: str, problems: list[Problem]
) -> Iterator[Person]:  # fmt: skip
    """A line may hold "Lovelace, Ada", but no other sign that divides cells."""
    for number, line in rows:
        mark = Mark(path, number, len(line) - len(line.lstrip()) + 1)
        if found := re.search(r",(?! )|[;\t]", line.strip()):
            close = did_you_mean(line.split(found[0])[0].strip().casefold(), [NAME])
            hint = f'begin with a line of column names, one of them "{NAME}"'
            message = "several cells, but no column of names"
            problems.append(Problem(message, mark, hint if "mean" not in close else close))
            return
        yield Person(_plain(line), "", mark)


def _cells(line: str, sign: str, start: Mark) -> Iterator[_Cell]:
    """As CSV has them; a quote that is not closed leaves a last cell that begins with it."""
    pattern, at = re.compile(_CELL.format(re.escape(sign))), 0
    while True:
        found = pattern.match(line, at)
        assert found is not None  # the last choice is nothing at all
        text, end = found[0], found.end()
        if end < len(line) and line[end] != sign:
            text, end = line[at:], len(line)
        mark = Mark(start.path, start.line, at + 1)
        if (bare := text.strip()).startswith('"') and bare.endswith('"') and len(bare) > 1:
            text = bare[1:-1].replace('""', '"')
        yield _Cell(text, mark)
        if end >= len(line):
            return
        at = end + 1


def _plain(name: str) -> str:
    return " ".join(normalize("NFC", name).split())


def _wrong(found: list[Person], most: int) -> Iterator[Problem]:
    seen: dict[str, Person] = {}
    for it in found:
        yield from _faults(it)
        same = normalize("NFKC", it.name).casefold()
        if it.name and (other := seen.get(same)) and other.mark:
            hint = f'tell them apart, as "{shortened(it.name)} (2)"; or delete one'
            message = f'"{shortened(it.name)}" stands in line {other.mark.line} already'
            yield Problem(message, it.mark, hint)
        seen.setdefault(same, it)
    if len(found) > most:
        message = f"{len(found):,} names; {most:,} is the most"
        hint = f"split the list, {allow('people', len(found))}"
        yield Problem(message, found[most].mark, hint)


def _faults(it: Person) -> Iterator[Problem]:
    if not it.name:
        yield Problem("no name", it.mark, "write one, or delete the line")
    elif len(it.name) > LONGEST_NAME:
        message = f"a name of {len(it.name)} letters, and {LONGEST_NAME} are the most"
        yield Problem(message, it.mark, "shorten it")
    elif not any(letter.isalnum() for letter in it.name):
        yield Problem(f'"{it.name}" holds no letter', it.mark, "write a name")
    elif hidden := [one for one in it.name if category(one) == "Cf" and one not in _INSIDE]:
        message = f"the character U+{ord(hidden[0]):04X} cannot be seen"
        yield Problem(message, it.mark, "delete it")
