"""YAML text -> a tree in which every value knows where it was written.

The tree is built from events, with caps, before any value exists: `no` stays the text "no", 1.10
keeps its zero, a repeated key is an error, and aliases, tags and merge keys are refused.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import yaml

from cramsheet.caps import Caps, allow
from cramsheet.pack import syntax
from cramsheet.pack.source import MOST_PROBLEMS, Source, end_of, first_of, text_of, unprintable
from cramsheet.problems import Mark, Mistakes, Problem, mistake, shortened

_WORD = re.compile(r"[!-\u058f]+")  # of scripts with spaces
_ESCAPE = re.compile(
    r"""\\(?:[\\"/\n]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|(?P<other>.))"""
)


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
    reader = _Reader(source.path, text_of(source), source.caps)
    try:
        root = reader.document()
    except Mistakes as error:
        raise Mistakes(first_of(reader.problems + _news(error, reader.problems))) from error
    if reader.problems:
        raise Mistakes(reader.problems)
    if root is None:
        raise mistake("the file is empty", Mark(source.path), "write its content, or delete it")
    return root


def _news(last: Mistakes, told: list[Problem]) -> list[Problem]:
    """What stopped the reading, unless it comes from what the same line was told for."""
    lines = {problem.mark.line for problem in told if problem.mark}
    return [problem for problem in last.problems if problem.mark and problem.mark.line not in lines]


class _Reader:
    """Walks the events once; collects problems, stops only at what cannot be read on."""

    def __init__(self, path: str, text: str, caps: Caps) -> None:
        self.path = path
        self.text = text
        self.caps = caps
        self.events = self._events()
        self.problems: list[Problem] = []
        self.values = 0

    def document(self) -> Node | None:
        root = None
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                self._begins(event, documents)
            elif isinstance(event, yaml.NodeEvent):
                root = self._node(event, 1)
        return None if root is None or root.value == "" else root

    def _events(self) -> Iterator[yaml.Event]:
        try:
            yield from yaml.parse(self.text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        except yaml.YAMLError as error:
            raise Mistakes([syntax.explain(error, self.path, self.text)]) from error

    def _begins(self, event: yaml.DocumentStartEvent, number: int) -> None:
        if number > 1:
            hint = 'one file holds one document: remove the line "---"'
            raise mistake("a second document begins here", self._mark(event), hint)
        if event.version or event.tags:
            self._refuse("a directive begins with %", self._mark(event), "remove the line")

    def _node(self, event: yaml.Event, depth: int) -> Node:
        mark = self._mark(event)
        self._caps(mark, depth)
        sign = self.text[_span(event).start : _span(event).start + 1]
        if sign and sign in "*&!":  # an alias, an anchor, a tag
            self._tell(syntax.begins_with_sign(mark, sign))
        match event:
            case yaml.MappingStartEvent():
                return self._mapping(mark, depth)
            case yaml.SequenceStartEvent():
                return self._sequence(mark, depth)
            case yaml.ScalarEvent():
                return self._text(event, mark)
            case _:
                return Node("", mark)

    def _mapping(self, mark: Mark, depth: int) -> Node:
        items: dict[str, Node] = {}
        keys: dict[str, Mark] = {}
        lonely: list[str] = []
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            value_event = next(self.events)
            value = self._node(value_event, depth + 1)
            if self._is_key(key, event, keys):
                name = str(key.value)
                items[name], keys[name] = value, key.mark
                between = self.text[_span(event).stop : _span(value_event).start]
                lonely += [] if ":" in between else [name]
        if lonely and len(items) == 1:
            self._tell(syntax.begins_with_sign(mark, "{"))
        elif len(lonely) < len(items):  # {Ingest, Store} is short for boxes without a text
            for name in lonely:
                hint = f'write "{shortened(name)}: ...", or quote the text that holds the comma'
                self._refuse(f'"{shortened(name)}" has no colon', keys[name], hint)
        return Node(items, mark, keys)

    def _is_key(self, key: Node, event: yaml.Event, known: Mapping[str, Mark]) -> bool:
        """Whether it can be one; says why not."""
        if not isinstance(key.value, str):
            self._refuse("a key must be text", key.mark, "put quotes around it")
            return False
        if self._before(event) == "?":
            self._tell(syntax.begins_with_sign(key.mark, "?"))
        elif key.value == "<<":
            self._refuse('"<<" merges keys', key.mark, "write the keys out")
        elif key.value in known:
            first = f"{known[key.value].line}:{known[key.value].column}"
            message = f'"{shortened(key.value)}" is given twice'
            self._refuse(message, key.mark, f"the first is at {first}: remove one")
        else:
            return True
        return False

    def _before(self, event: yaml.Event) -> str:
        """The last sign on the line before the event; looked for from there, for a line may hold
        all of the file."""
        at = _span(event).start
        while self.text[at - 1 : at] in (" ", "\t"):
            at -= 1
        return self.text[at - 1 : at]

    def _sequence(self, mark: Mark, depth: int) -> Node:
        items = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return Node(tuple(items), mark)

    def _text(self, event: yaml.ScalarEvent, mark: Mark) -> Node:
        if event.style == '"':
            self._escapes(event, mark)
        if (length := len(event.value)) > self.caps.text:
            message = f"a text of {length:,} characters; {self.caps.text:,} is the most"
            self._refuse(message, mark, f"split it, {allow('text', length)}")
        elif length > self.caps.word and (longest := _longest_word(event.value)) > self.caps.word:
            # It takes minutes to break into lines.
            message = f"a word of {longest:,} characters; {self.caps.word:,} is the most"
            self._refuse(message, mark, f"put spaces into it, {allow('word', longest)}")
        return Node(event.value, mark)

    def _escapes(self, event: yaml.ScalarEvent, mark: Mark) -> None:
        """In double quotes "\\frac" is a form feed and "rac": only what stays itself may stand."""
        raw = self.text[_span(event)]
        changed = [found for found in _ESCAPE.finditer(raw) if found["other"]]
        for found in changed:
            self._tell(syntax.backslash(end_of(raw[: found.start()], mark), raw[found.start() :]))
        for problem in unprintable("" if changed else event.value, mark):  # written as a number
            self._refuse(problem.message, mark, problem.hint)

    def _caps(self, mark: Mark, depth: int) -> None:
        self.values += 1
        if depth > self.caps.depth:
            raise mistake(f"nested deeper than {self.caps.depth} levels", mark, "flatten it")
        if self.values > self.caps.values:
            hint = f"split the file, {allow('values', 2 * self.caps.values)}"
            raise mistake(f"more than {self.caps.values:,} values", mark, hint)

    def _refuse(self, message: str, mark: Mark, hint: str) -> None:
        self._tell(Problem(message, mark, hint))

    def _tell(self, problem: Problem) -> None:
        if self.problems[-1:] and self.problems[-1].mark == problem.mark:
            return  # keys and the first of them begin at one place
        self.problems.append(problem)
        if len(self.problems) > MOST_PROBLEMS:
            raise Mistakes(())

    def _mark(self, event: yaml.Event) -> Mark:
        assert event.start_mark
        return Mark(self.path, event.start_mark.line + 1, event.start_mark.column + 1)


def _longest_word(text: str) -> int:
    return max((len(found) for found in _WORD.findall(text)), default=0)


def _span(event: yaml.Event) -> slice:
    """Where the event stands in the text."""
    assert event.start_mark
    assert event.end_mark
    return slice(event.start_mark.index, event.end_mark.index)
