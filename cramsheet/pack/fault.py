"""An error of pydantic's, and what the author wrote there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from cramsheet.pack import shapes
from cramsheet.pack.tree import Node
from cramsheet.problems import Mark, closest, shortened

Steps = tuple[str | int, ...]


@dataclass(frozen=True)
class Fault:
    type: str  # pydantic's name for the error
    context: Mapping[str, Any]
    loc: Steps  # the place as pydantic counts, with kinds, and on to what is missing
    path: Steps  # the place as the author wrote it
    node: Node
    parent: Node
    shape: Any  # the type that reads the node
    outer: Any  # the type that reads its parent

    @property
    def name(self) -> str:
        """The key that the node stands under, however deep."""
        return next((step for step in reversed(self.path) if isinstance(step, str)), "")

    @property
    def word(self) -> str:
        if not self.path:
            return "the file"
        word = f'"{shortened(self.name)}"'
        return word if isinstance(self.path[-1], str) else f"an entry of {word}"

    @property
    def said(self) -> str:
        match self.node.value:
            case str() as text:
                return f'"{shortened(text)}"'
            case tuple():
                return "a list"
            case _:
                return "keys with values"

    @property
    def empty(self) -> bool:
        value = self.node.value
        return not value.strip() if isinstance(value, str) else self.at_kind and not value

    @property
    def at_kind(self) -> bool:
        return self.type in ("union_tag_invalid", "union_tag_not_found")

    @property
    def at_key(self) -> bool:
        """Whether the key is at fault, not what stands after it."""
        return self.type == "extra_forbidden" or self.loc[-1:] == ("[key]",)

    @property
    def mark(self) -> Mark:
        return self.parent.place(self.path[-1:]) if self.at_key else self.node.mark

    @property
    def meant(self) -> Steps:
        """Pydantic's place of the key that an unknown key was meant to be."""
        if self.type != "extra_forbidden":
            return ()
        return (*self.loc[:-1], closest(self.name, shapes.keys(self.outer)))


def locate(details: ErrorDetails, root: Node, model: type[BaseModel]) -> Fault:
    """Walk pydantic's path, the tree and the types together."""
    path: Steps = ()
    node = parent = root
    shape, outer = model, None
    for step in details["loc"]:
        if choice := shapes.kinds(shape):  # the step is the kind that pydantic chose
            shape = choice[str(step)]
        elif child := node.child(step):
            path, node, parent = (*path, step), child, node
            shape, outer = shapes.below(shape, step), shape
        else:
            break
    context = details.get("ctx", {})
    return Fault(details["type"], context, details["loc"], path, node, parent, shape, outer)
