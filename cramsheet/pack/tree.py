"""YAML text -> a tree in which every value knows where it was written.

The tree is built from events, with caps, before any value exists: `no` stays the text "no", 1.10
keeps its zero, a repeated key is an error, and aliases, tags and merge keys are refused.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import yaml

from cramsheet.pack.source import Source, text_of
from cramsheet.problems import Mark, Mistakes, Problem, mistake

DEEPEST = 12  # levels; the deepest thing an author writes, a point of a curve, has 9
MOST_VALUES = 60_000
LONGEST_TEXT = 20_000  # characters


@dataclass(frozen=True)
class Node:
    """A value of the file: text, a list, or keys with values; `keys` says where each key stands."""

    value: "str | tuple[Node, ...] | Mapping[str, Node]"
    mark: Mark
    keys: Mapping[str, Mark] = field(default_factory=dict)

    def plain(self) -> object:
        """The same without places: str, list and dict."""
        match self.value:
            case str():
                return self.value
            case tuple():
                return [child.plain() for child in self.value]
            case _:
                return {key: child.plain() for key, child in self.value.items()}

    def at(self, path: tuple[str | int, ...]) -> "Node":
        """The node that a path of keys and indexes leads to, as far as it leads."""
        if not path:
            return self
        step, rest = path[0], path[1:]
        if isinstance(self.value, Mapping) and step in self.value:
            return self.value[str(step)].at(rest)
        if isinstance(self.value, tuple) and isinstance(step, int) and step < len(self.value):
            return self.value[step].at(rest)
        return self


def parse(source: Source) -> Node:
    """The tree of a file; raises Mistakes."""
    text = text_of(source)
    reader = _Reader(source.path, _events(source.path, text))
    root = reader.document()
    if reader.problems:
        raise Mistakes(reader.problems)
    if root is None:
        raise mistake("the file is empty", Mark(source.path))
    return root


def _events(path: str, text: str) -> Iterator[yaml.Event]:
    try:
        yield from yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark or error.context_mark
        mark = Mark(path, at.line + 1, at.column + 1) if at else Mark(path)
        message, hint = _explain(error, text, mark)
        raise mistake(message, mark, hint) from error


def _explain(error: yaml.MarkedYAMLError, text: str, mark: Mark) -> tuple[str, str]:
    """What YAML says, in an author's words."""
    said = f"{error.problem} {error.context or ''}"
    lines = text.split("\n")
    line = lines[mark.line - 1] if mark.line <= len(lines) else ""
    here = line[mark.column - 1 : mark.column]
    if "\t" in line[: mark.column]:
        return "a tab where YAML wants spaces", "indent with spaces"
    if "mapping values" in said:
        return "a second colon in one line", 'put the text in quotes: "... : ..."'
    if "cannot start any token" in said and here:
        return f'text cannot begin with "{here}"', "put the text in quotes"
    if "alias" in said or "anchor" in said:
        return "text cannot begin with * or &", "put the text in quotes"
    if "unexpected end of stream" in said and "quoted" in said:
        return "a quote is opened and never closed", "close it, or double the quote inside the text"
    if "document" in said and "expected" in said:
        return "a line that does not fit here", "is it indented like its neighbours?"
    if "block mapping" in said or "block collection" in said or "block sequence" in said:
        return (
            "this line does not fit what stands before it",
            "indent it like its neighbours, and quote text that begins with a quote or bracket",
        )
    if "':'" in said:
        return "a key without a colon", 'write "key: value"; quote a long text'
    if "escape" in said:
        return "a backslash that double quotes cannot hold", "use single quotes"
    return f"not valid YAML: {error.problem}", ""


class _Reader:
    """Walks the events once; collects problems, stops only at what cannot be read on."""

    def __init__(self, path: str, events: Iterator[yaml.Event]) -> None:
        self.path = path
        self.events = events
        self.problems: list[Problem] = []
        self.values = 0

    def document(self) -> Node | None:
        root = None
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    hint = "one file holds one document: remove the line ---"
                    raise mistake("a second document begins here", self._mark(event), hint)
            elif isinstance(event, yaml.NodeEvent):
                root = self._node(event, 1)
        if root is not None and root.value == "":
            return None
        return root

    def _node(self, event: yaml.Event, depth: int) -> Node:
        mark = self._mark(event)
        self._caps(mark, depth)
        if isinstance(event, yaml.AliasEvent):
            self._refuse(f'"*{event.anchor}" is an alias', mark, "write the text out, or quote it")
            return Node("", mark)
        if event.anchor:
            self._refuse(f'"&{event.anchor}" is an anchor', mark, "remove it, or quote the text")
        if event.tag and event.tag != "!":
            self._refuse(f'"{event.tag}" is a tag', mark, "remove it, or quote the text")
        match event:
            case yaml.MappingStartEvent():
                return self._mapping(mark, depth)
            case yaml.SequenceStartEvent():
                return self._sequence(mark, depth)
            case yaml.ScalarEvent():
                return self._text(event, mark)
        raise AssertionError(event)

    def _mapping(self, mark: Mark, depth: int) -> Node:
        items: dict[str, Node] = {}
        keys: dict[str, Mark] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            value = self._node(next(self.events), depth + 1)
            if not isinstance(key.value, str):
                self._refuse("a key must be text", key.mark, "quote it")
            elif key.value == "<<":
                self._refuse('"<<" merges keys', key.mark, "write the keys out")
            elif key.value in items:
                first = f"{keys[key.value].line}:{keys[key.value].column}"
                message = f'"{key.value}" is given twice'
                self._refuse(message, key.mark, f"the first is at {first}; remove one")
            else:
                items[key.value], keys[key.value] = value, key.mark
        return Node(items, mark, keys)

    def _sequence(self, mark: Mark, depth: int) -> Node:
        items = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return Node(tuple(items), mark)

    def _text(self, event: yaml.ScalarEvent, mark: Mark) -> Node:
        if len(event.value) > LONGEST_TEXT:
            message = f"a text of {len(event.value):,} characters; {LONGEST_TEXT:,} is the most"
            self._refuse(message, mark, "split it")
        return Node(event.value, mark)

    def _caps(self, mark: Mark, depth: int) -> None:
        self.values += 1
        if depth > DEEPEST:
            raise mistake(f"nested deeper than {DEEPEST} levels", mark, "flatten it")
        if self.values > MOST_VALUES:
            raise mistake(f"more than {MOST_VALUES:,} values", mark, "split the file")

    def _refuse(self, message: str, mark: Mark, hint: str) -> None:
        self.problems.append(Problem(message, mark, hint))

    def _mark(self, event: yaml.Event) -> Mark:
        return Mark(self.path, event.start_mark.line + 1, event.start_mark.column + 1)
