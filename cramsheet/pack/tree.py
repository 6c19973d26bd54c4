"""YAML text -> a tree in which every value knows where it was written.

The tree is built from events, with caps, before any value exists: `no` stays the text "no", 1.10
keeps its zero, a repeated key is an error, and aliases, tags and merge keys are refused.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import yaml

from cramsheet.pack import syntax
from cramsheet.pack.source import MOST_PROBLEMS, Source, first_of, text_of, unprintable
from cramsheet.problems import Mark, Mistakes, Problem, mistake, quoted, shortened

DEEPEST = 12  # levels; the deepest thing an author writes, a number of a curve, has 10
MOST_VALUES = 60_000
LONGEST_TEXT = 20_000  # characters
LONGEST_WORD = 400  # characters; a longer one takes minutes to break into lines

_LONG_WORD = re.compile(rf"[!-\u058f]{{{LONGEST_WORD + 1},}}")  # scripts that put spaces


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

    def child(self, step: str | int) -> "Node | None":
        if isinstance(self.value, Mapping):
            return self.value.get(str(step))
        if isinstance(self.value, tuple) and isinstance(step, int) and step < len(self.value):
            return self.value[step]
        return None

    def at(self, path: tuple[str | int, ...]) -> "Node":
        """The node that a path of keys and indexes leads to, as far as it leads."""
        node = self
        for step in path:
            child = node.child(step)
            if child is None:
                break
            node = child
        return node

    def place(self, path: tuple[str | int, ...]) -> Mark:
        """Where a person looks for the end of a path: at its key, where it has one."""
        if not path:
            return self.mark
        parent, last = self.at(path[:-1]), path[-1]
        return parent.keys.get(str(last), parent.at((last,)).mark)


def parse(source: Source) -> Node:
    """The tree of a file; raises Mistakes."""
    reader = _Reader(source.path, text_of(source))
    try:
        root = reader.document()
    except Mistakes as error:
        raise Mistakes(first_of([*reader.problems, *error.problems])) from error
    if reader.problems:
        raise Mistakes(reader.problems)
    if root is None:
        raise mistake("the file is empty", Mark(source.path), "write its content, or delete it")
    return root


class _Reader:
    """Walks the events once; collects problems, stops only at what cannot be read on."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.events = self._events()
        self.problems: list[Problem] = []
        self.values = 0

    def document(self) -> Node | None:
        root = None
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    hint = 'one file holds one document: remove the line "---"'
                    raise mistake("a second document begins here", self._mark(event), hint)
            elif isinstance(event, yaml.NodeEvent):
                root = self._node(event, 1)
        return None if root is None or root.value == "" else root

    def _events(self) -> Iterator[yaml.Event]:
        try:
            yield from yaml.parse(self.text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        except yaml.YAMLError as error:
            raise Mistakes([syntax.explain(error, self.path, self.text)]) from error

    def _node(self, event: yaml.Event, depth: int) -> Node:
        mark = self._mark(event)
        self._caps(mark, depth)
        sign = self.text[_index(event) : _index(event) + 1]
        if sign and sign in "*&!" and not _is_quoted(event):
            self._refuse(syntax.begins_with_sign(mark, sign))
        match event:
            case yaml.MappingStartEvent():
                return self._mapping(mark, depth)
            case yaml.SequenceStartEvent():
                return self._sequence(mark, depth)
            case yaml.ScalarEvent():
                return self._text(event, mark)
            case _:
                return Node("", mark)  # an alias

    def _mapping(self, mark: Mark, depth: int) -> Node:
        items: dict[str, Node] = {}
        keys: dict[str, Mark] = {}
        lonely = []
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            if isinstance(event, ...)
