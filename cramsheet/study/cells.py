"""A table as text (CSV, as RFC 4180 says) -> rows of cells that know where they stand."""

from dataclasses import dataclass

from cramsheet.pack.source import Source, text_of
from cramsheet.problems import Mark, mistake

_MOST = 1_000  # cells of a row; a form has no more questions


@dataclass(frozen=True)
class Cell:
    text: str
    mark: Mark


def rows_of(source: Source) -> list[list[Cell]]:
    """Commas, semicolons or tabs part the cells: whichever the first line has most of."""
    text = text_of(source)
    first = text.partition("\n")[0]
    between = max(",;\t", key=first.count)
    rows: list[list[Cell]] = [[]]
    at, line, start, end = 0, 1, 0, -1
    while at < len(text):
        if text[at] == "\n" and not rows[-1]:  # an empty line
            line, at, start = line + 1, at + 1, at + 1
            continue
        if end < at:  # of the line; looked for once, for it may be all of the file
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
        mark = Mark(source.path, line, at - start + 1)
        if text[at] == '"':
            begun = at
            cell, at = _quoted(text, at, mark)
            if lines := text.count("\n", begun, at):
                line, start = line + lines, text.rfind("\n", begun, at) + 1
            if at < len(text) and text[at] not in f"{between}\n":
                here = Mark(source.path, line, at - start + 1)
                hint = 'write a quote inside quotes twice: ""'
                raise mistake("text goes on after the closing quote", here, hint)
        else:
            stop = text.find(between, at, end)
            stop = end if stop < 0 else stop
            cell, at = text[at:stop], stop
        if len(rows[-1]) == _MOST:
            raise mistake(f"more than {_MOST:,} cells in a row", mark, "a column is a question")
        rows[-1].append(Cell(" ".join(cell.split()), mark))
        if at < len(text) and text[at] == "\n":
            rows.append([])
            line, start = line + 1, at + 1
        elif at == len(text) - 1:  # the line ends with an empty cell
            rows[-1].append(Cell("", Mark(source.path, line, at - start + 2)))
        at += 1
    return rows


def _quoted(text: str, start: int, mark: Mark) -> tuple[str, int]:
    """The text between quotes, and where it has ended."""
    at = start + 1
    while (end := text.find('"', at)) >= 0:
        if text[end + 1 : end + 2] != '"':
            return text[start + 1 : end].replace('""', '"'), end + 1
        at = end + 2
    raise mistake("a quote is opened and not closed", mark, "close it")
