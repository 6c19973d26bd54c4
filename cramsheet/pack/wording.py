"""What is wrong, in an author's words: a message that names it and a hint to act on.

Words are chosen by the *type* of pydantic's error, never by parsing its own words.
"""

import re
from collections.abc import Mapping

from pydantic import BaseModel

from cramsheet.pack import shapes
from cramsheet.pack.fault import Fault
from cramsheet.pack.fields import count
from cramsheet.pack.shapes import BARE, first_key
from cramsheet.problems import choose_one, closest, did_you_mean, quoted, shortened

Kinds = Mapping[str, type[BaseModel]]
Words = tuple[str, str]


def words(fault: Fault, kinds: Kinds) -> Words:
    if fault.type == "missing":
        return f'"{fault.loc[-1]}" is missing', f'add "{fault.loc[-1]}: ..."'
    if fault.at_key:
        return _key(fault)
    if fault.empty:
        return f"{fault.word} is empty", _to_something(fault)
    if fault.at_kind:
        return _kind(fault, kinds)
    return _value(fault)


def _value(fault: Fault) -> Words:
    """`pydantic_core.core_schema.ErrorType` lists all types; most need no text of an author's."""
    it, said, limits = fault.word, fault.said, fault.context
    match fault.type:
        case "string_type":
            return f"{it} must be text, not {said}", _to_text(fault)
        case "tuple_type":
            return f"{it} must be a list, not {said}", _to_list(fault)
        case "dict_type" | "model_type":
            return f"{it} must be keys with values, not {said}", _to_keys(fault)
        case "literal_error":
            known = shapes.words(fault.shape)
            return f"{it} cannot be {said}", did_you_mean(str(fault.node.value), known)
        case "too_short":
            least = count(limits["min_length"], "entry", "entries")
            return f"{it} needs {least} or more", "add one"
        case "too_long":
            has = count(len(fault.node.value), "entry", "entries")
            return f"{it} has {has}; {limits['max_length']} is the most", "remove some, or split it"
        case "int_type" | "int_parsing" | "int_parsing_size" | "int_from_float":
            return f"{it} must be a whole number, not {said}", "write digits only, such as 65"
        case "float_type" | "float_parsing" | "finite_number":
            return f"{it} must be a number, not {said}", "write digits only, such as 7.5"
        case "date_type":
            return f"{it} must be a date, not {said}", "write year-month-day: 2026-11-21"
        case "greater_than":
            return f"{it} cannot be {said}", f"write more than {limits['gt']:g}"
        case "greater_than_equal":
            return f"{it} cannot be {said}", f"write {limits['ge']:,.12g} or more"
        case "less_than_equal":
            return f"{it} cannot be {said}", f"write {limits['le']:,.12g} or less"
        case other:
            return f"{it} cannot be {said} ({other})", "compare it with a sound one"


def _key(fault: Fault) -> Words:
    if not fault.name.strip():
        return "a key is empty", "write something before the colon"
    hint = did_you_mean(fault.name, shapes.keys(fault.outer))
    return f'unknown key "{shortened(fault.name)}"', hint


def _kind(fault: Fault, kinds: Kinds) -> Words:
    """An entry that does not begin with one of the kinds that may stand here."""
    choice = shapes.kinds(fault.shape)
    here = [name for name in choice if name != BARE]
    key = first_key(fault.node.plain())
    if key is None and BARE in choice:
        return f"{fault.word} must be text or keys, not {fault.said}", _to_text(fault)
    if key is None or key == BARE:
        return f"{fault.word} names no kind", _begin(here)
    if second := next((name for name in fault.node.keys if name in here), None):
        hint = f'put "{second}" first: the first key names the kind'
        return f'an entry cannot begin with "{shortened(key)}"', hint
    if any(key in shapes.keys(model) for model in choice.values()):
        return f'an entry cannot begin with "{key}"', _begin(here)
    if key in kinds:
        home = _home(kinds[key])
        hint = _begin(here) if home == _home(choice[here[0]]) else f"move it into {home}"
        return f'"{key}" does not belong here', hint
    message = f'unknown kind "{shortened(key)}"'
    if closest(key, here):
        return message, did_you_mean(key, here)
    if BARE in choice and len(fault.node.keys) == 1 and (sentence := _sentence(fault)):
        return message, f"quote a sentence that holds a colon: {quoted(sentence)}"
    return message, _begin(here)


def _home(model: type[BaseModel]) -> str:
    return str(getattr(model, "home", ""))


def _begin(names: list[str]) -> str:
    return choose_one((f'"{name}:"' for name in names), "begin it with")


def _sentence(fault: Fault) -> str:
    """What YAML took apart at a colon, put together again; empty when it is more than text."""
    value = fault.node.value
    if not isinstance(value, Mapping) or len(value) != 1:
        return ""
    ((key, child),) = value.items()
    return f"{key}: {child.value}" if isinstance(child.value, str) else ""


def _to_something(fault: Fault) -> str:
    if isinstance(fault.path[-1], int):
        return "write something, or remove the entry"
    if fault.name in shapes.needed(fault.outer):
        return "write something after it"
    return "write something, or remove the key"


def _to_text(fault: Fault) -> str:
    if sentence := _sentence(fault):
        return f"put it in quotes: {quoted(sentence)}"
    if isinstance(fault.node.value, tuple):
        return "quote text that begins with a bracket or a hyphen"
    return "quote text that begins with a brace or holds a colon"


def _to_list(fault: Fault) -> str:
    text = fault.node.value
    if isinstance(text, str) and re.match(r"-\S", text):
        return "put a space after each hyphen"
    if not isinstance(text, str) or shapes.is_written(shapes.below(fault.shape, 0)):
        return "begin each entry with a hyphen and a space"
    return f"put brackets around it: [{shortened(text)}]"


def _to_keys(fault: Fault) -> str:
    text = fault.node.value
    if isinstance(text, str) and re.match(r"\w[\w-]*:\S", text):
        return "put a space after the colon"
    if known := shapes.needed(fault.shape) or shapes.keys(fault.shape):
        return f'begin with "{known[0]}: ..."'
    if isinstance(text, str):
        return "write it as {key: value, ...}"
    return 'write each entry as "key: value", without a hyphen'
