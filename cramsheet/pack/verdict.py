"""What authors wrote against the models of what they may write."""

from collections.abc import Iterator
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from cramsheet.caps import USUAL, Caps
from cramsheet.pack.fault import Fault, locate
from cramsheet.pack.source import MOST_PROBLEMS, first_of
from cramsheet.pack.tree import Node
from cramsheet.pack.wording import Kinds, words
from cramsheet.problems import Mistakes, Problem

_MOST = 10 * MOST_PROBLEMS  # errors that are looked into; some of them say the same

Model = TypeVar("Model", bound=BaseModel)


def validate(model: type[Model], node: Node, kinds: Kinds, caps: Caps = USUAL) -> Model:
    """The file as a value; raises Mistakes that name every place at once.

    `kinds` are all that exist, those of other files too, to say where an entry belongs.
    """
    try:
        return model.model_validate(node.plain(), context=caps)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        faults = [locate(details, node, model) for details in found[:_MOST]]
        raise Mistakes(first_of(_problems(faults, kinds))) from error


def _problems(faults: list[Fault], kinds: Kinds) -> Iterator[Problem]:
    meant = {fault.meant for fault in faults}
    for fault in faults:
        if _is_echo(fault) or (fault.type == "missing" and fault.loc in meant):
            continue
        if fault.type == "cram" and not fault.empty:
            for below, message, hint in fault.context["found"]:
                yield Problem(message, fault.node.place(below), hint)
        else:
            message, hint = words(fault, kinds)
            yield Problem(message, fault.mark, hint)


def _is_echo(fault: Fault) -> bool:
    """Pydantic counts only the sound entries of a list, and the others have been named."""
    return fault.type == "too_short" and len(fault.node.value) >= fault.context["min_length"]
