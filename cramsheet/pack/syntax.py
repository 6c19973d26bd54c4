"""What is no YAML, said in an author's words at the place where it began.

YAML's own messages speak of tokens. We go by where its parser stood (`context`), which both of
its parsers name alike, and by the line that the author wrote.
"""

import re
from dataclasses import dataclass

import yaml

from cramsheet.problems import Mark, Problem, quoted, shortened

_AT_A_SIGN = {
    "while scanning an alias",
    "while scanning an anchor",
    "while scanning a tag",
    "while parsing a tag",
    "while scanning a directive",
    "while scanning for the next token",
    "while scanning a block scalar",
}
_LONGEST_KEY = 1024  # characters; YAML's own limit
_NO_SPACE = re.compile(
    r"\s*(?P<hyphen>-)(?P<entry>[^\s\d.-].*)"  # -text
    r"|\s*(?:- +)?(?P<key>[A-Za-z][\w-]*):(?P<value>[^\s:/][^:]*)"  # key:value
)


@dataclass(frozen=True)
class Place:
    """A place in the text of a file; line and column count from 0."""

    path: str
    lines: tuple[str, ...]
    row: int
    column: int

    @property
    def mark(self) -> Mark:
        return Mark(self.path, self.row + 1, self.column + 1)

    @property
    def line(self) -> str:
        return self.lines[self.row]

    @property
    def before(self) -> str:
        return self.line[: self.column].strip()

    @property
    def rest(self) -> str:
        return self.line[self.column :]

    def at(self, row: int, column: int) -> "Place":
        return Place(self.path, self.lines, row, column)

    def start(self) -> "Place":
        return self.at(self.row, len(self.line) - len(self.line.lstrip()))

    def above(self) -> "Place":
        """The beginning of the line before, or of this one where there is none."""
        rows = (row for row in range(self.row - 1, -1, -1) if self.lines[row].strip())
        return self.at(next(rows, self.row), 0).start()


def explain(error: yaml.YAMLError, path: str, text: str) -> Problem:
    """The problem that made the parser give up."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return Problem("the file is not YAML", Mark(path), "save it as plain text in UTF-8")
    lines = tuple(text.split("\n"))
    found = _place(error.problem_mark or error.context_mark, path, lines)
    begun = _place(error.context_mark, path, lines) if error.context_mark else found
    return _explain(error.context or "", error.problem or "", begun, found)


def begins_with_sign(place: Mark, sign: str) -> Problem:
    return Problem(f'text cannot begin with "{sign}"', place, "put quotes around the text")


def backslash(place: Mark, rest: str) -> Problem:
    """In double quotes a backslash and a letter become something else."""
    word = re.match(r"\\.\w*", rest)
    name = word[0] if word else "\\"
    hint = "use single quotes, which keep a backslash"
    return Problem(f'double quotes do not keep "{name}"', place, hint)


def _place(mark: object, path: str, lines: tuple[str, ...]) -> Place:
    """The parser's place, or the end of the file where the parser has left it."""
    row, column = getattr(mark, "line", 0), getattr(mark, "column", 0)
    if row >= len(lines):
        row, column = len(lines) - 1, len(lines[-1])
    return Place(path, lines, row, min(column, len(lines[row])))


def _explain(context: str, problem: str, begun: Place, found: Place) -> Problem:
    indent = re.match(r" *\t", found.line)
    if indent and not found.before:
        return _tab(found.at(found.row, indent.end() - 1))
    if context in _AT_A_SIGN:
        sign = begun.rest[:1]
        return _tab(begun) if sign == "\t" else begins_with_sign(begun.mark, sign)
    if context == "while scanning a quoted scalar":
        return _open_quote(begun)
    if context.endswith("quoted scalar"):
        column = found.line.rfind("\\", 0, found.column + 1)
        at = found.at(found.row, max(column, 0))
        return backslash(at.mark, at.rest)
    if context in ("while parsing a flow sequence", "while parsing a flow mapping"):
        return _goes_on(found) or _unclosed(begun)
    if context == "while parsing a flow node":
        if not found.before and (comment := re.search(r"\s#", found.above().line)):
            at = found.at(found.above().row, comment.start() + 1)
            return Problem("# hides the rest of the line", at.mark, "put quotes around the text")
        hint = "write the entry, or remove a comma"
        return Problem("nothing stands beside a comma", found.mark, hint)
    if "<document start>" in problem and re.match(r"---|\.\.\.", found.above().line):
        hint = 'remove the line "---" or "..."'
        return Problem("a second document begins here", found.mark, hint)
    if "sequence entries" in problem:
        hint = "begin the list on the next line, or put quotes around the text"
        return Problem("a hyphen where a text should stand", found.mark, hint)
    return _line(context, problem, begun, found)


def _tab(place: Place) -> Problem:
    return Problem("a tab where YAML wants spaces", place.mark, "write spaces")


def _goes_on(found: Place) -> Problem | None:
    """Text after the end of what was quoted or bracketed."""
    closing = found.before[-1:]
    if closing not in ("'", '"', "]", "}"):
        return None
    if closing in "'\"" and found.before.count(closing) % 2:
        rows = range(found.row - 1, -1, -1)
        row = next((row for row in rows if found.lines[row].count(closing) % 2), found.row)
        return _open_quote(found.at(row, found.lines[row].index(closing)))
    kind = {"'": "double quotes", '"': "single quotes"}.get(closing, "quotes")
    message = f"text goes on after the closing {closing}"
    return Problem(message, found.mark, f"put {kind} around all of it")


def _open_quote(place: Place) -> Problem:
    other = "double" if place.rest[:1] == "'" else "single"
    hint = f"close it, or put {other} quotes around the text"
    if place.line.rstrip().endswith('\\"'):
        hint = "use single quotes, which keep a backslash"
    return Problem("a quote is opened and not closed", place.mark, hint)


def _unclosed(begun: Place) -> Problem:
    sign = begun.rest[:1]
    hint = f"close it with {'}' if sign == '{' else ']'}, or put quotes around the text"
    return Problem(f'"{sign}" is opened and not closed', begun.mark, hint)


def _line(context: str, problem: str, begun: Place, found: Place) -> Problem:
    """A line that does not fit those before it."""
    if context == "while scanning a simple key":
        hint = 'write "key: value", or indent it deeper than the line it belongs to'
        return _no_space(begun) or Problem("a line without a colon", begun.mark, hint)
    if "mapping values" in problem:
        return _colon(found)
    if found.before and (goes_on := _goes_on(found)):
        return goes_on
    hint = "indent it like its neighbours"
    message = "this line does not fit those before it"
    return _no_space(found.above()) or Problem(message, found.mark, hint)


def _colon(found: Place) -> Problem:
    """A colon where YAML takes none: the second of a line, or one of a line gone astray."""
    first = re.search(r":\s", found.before)
    if first:
        text = quoted(f"{found.before[first.end() :]}{found.rest}")
        return Problem("a second colon in one line", found.mark, f"quote the text: {text}")
    if found.column > _LONGEST_KEY:
        hint = "quote text that holds a colon"
        return Problem(f"a key of {found.column:,} characters", found.mark, hint)
    above = found.above()
    if crowded := _no_space(above):
        return crowded
    if not re.search(r":(\s|$)", above.line):
        hint = 'begin this line with a key, such as "fact: "'
        return Problem("keys stand below a text without a key", above.mark, hint)
    message = "this line is indented deeper than the one before it"
    return Problem(message, found.start().mark, "indent it like its neighbours")


def _no_space(place: Place) -> Problem | None:
    """A hyphen or a colon that the text follows at once, so that YAML takes it for text."""
    found = _NO_SPACE.fullmatch(place.line)
    if not found:
        return None
    sign = "hyphen" if found["hyphen"] else "colon"
    after = found.start("entry" if found["hyphen"] else "value")
    right = f"- {found['entry']}" if found["hyphen"] else f"{found['key']}: {found['value']}"
    place = place.at(place.row, after)
    return Problem(f"no space after the {sign}", place.mark, f'write "{shortened(right)}"')
