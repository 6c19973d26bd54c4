"""A table as text (CSV, as RFC 4180 says) -> rows of cells that know where they stand."""

import re
from dataclasses import dataclass

from cramsheet.pack.source import Source, text_of
from cramsheet.problems import Mark, mistake


@dataclass(frozen=True)
class Cell:
    text: str
    mark: Mark


def rows_of(source: Source) -> list[list[Cell]]:
    """Commas, semicolons or tabs part the cells: whichever the first line has most of."""
    text = text_of(source)
    first = text.partition("\n")[0]
    between = max(",;\t", key=first.count)
    stops = re.compile(f"[{between}\n]")  # a table of one line is not looked through for each cell
    rows: list[list[Cell]] = [[]]
    at, line, start = 0, 1, 0
    while at < len(text):
        mark = Mark(source.path, line, at - start + 1)
        if text[at] == '"':
            begun = at
            cell, at = _quoted(text, at, mark)
            line += text.count("\n", begun, at)
            start = max(start, text.rfind("\n", begun, at) + 1)
            if at < len(text) and text[at] not in f"{between}\n":
                here = Mark(source.path, line, at - start + 1)
                hint = 'write a quote inside quotes twice: ""'
                raise mistake("text goes on after the closing quote", here, hint)
        else:
            stop = stops.search(text, at)
            end = stop.start() if stop else len(text)
            cell, at = text[at:end], end
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
