"""What pydantic finds, said in an author's words at the author's line.

Messages are chosen by the *type* of error, never by parsing its text.
"""

from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from cramsheet.pack.fields import first_key
from cramsheet.pack.tree import Node
from cramsheet.problems import Mark, Mistakes, Problem, did_you_mean

Kinds = Mapping[str, type[BaseModel]]
Model = TypeVar("Model", bound=BaseModel)
Steps = tuple[str | int, ...]

_LISTS_OF_KINDS = ("facts", "questions", "options")  # their entries name a kind by the first key


def validate(model: type[Model], node: Node, kinds: Kinds) -> Model:
    """The file as a value; raises Mistakes that name every place at once.

    `kinds` are the models that stand behind a first key, for hints.
    """
    try:
        return model.model_validate(node.plain())
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        raise Mistakes(
            problem for details in found for problem in _problems(details, node, model, kinds)
        ) from error


def _problems(
    details: ErrorDetails, root: Node, model: type[BaseModel], kinds: Kinds
) -> Iterator[Problem]:
    path = _written_path(details["loc"])
    node, context = root.at(path), details.get("ctx", {})
    word = _word(path)
    match details["type"]:
        case "cram":
            for below, message, hint in context["complaints"]:
                yield Problem(message, _place(node, below), hint)
        case "missing":
            yield Problem(
                f'"{path[-1]}" is missing',
                root.at(path[:-1]).mark,
                _needs(root, path, model, kinds),
            )
        case "extra_forbidden":
            parent = root.at(path[:-1])
            known = _keys(_model_at(root, path[:-1], model, kinds))
            yield Problem(
                f'unknown key "{path[-1]}"',
                _key_mark(parent, str(path[-1])),
                did_you_mean(str(path[-1]), known),
            )
        case "union_tag_invalid" | "union_tag_not_found":
            yield _unknown_kind(node, path, kinds)
        case "string_type" | "string_too_short":
            yield _not_text(node, word)
        case "tuple_type" | "list_type":
            yield Problem(f"{word} must be a list", node.mark, "one entry a line, after a hyphen")
        case "dict_type" | "model_type" | "model_attributes_type":
            yield Problem(f"{word} must be keys with values", node.mark, "one `key: value` a line")
        case "too_short" if _length(node) >= context["min_length"]:
            pass  # pydantic counts only the entries that are sound
        case "too_short":
            least = context["min_length"]
            what = "entry" if least == 1 else "entries"
            yield Problem(f"{word} needs {least} {what} or more", node.mark, "add one")
        case "too_long":
            yield Problem(
                f"{word} has more than {context['max_length']} entries", node.mark, "split it"
            )
        case "literal_error":
            known = _literals(context["expected"])
            yield Problem(
                f'{word} cannot be "{node.value}"', node.mark, did_you_mean(str(node.value), known)
            )
        case "int_parsing" | "int_from_float" | "int_type":
            yield Problem(
                f'{word} must be a whole number, not "{_short(node)}"', node.mark, "digits only"
            )
        case "float_parsing" | "float_type" | "finite_number":
            yield Problem(
                f'{word} must be a number, not "{_short(node)}"', node.mark, "digits and a point"
            )
        case "greater_than" | "greater_than_equal" | "less_than" | "less_than_equal":
            yield Problem(
                f"{word} is {_short(node)}, but {_bound(details['type'], context)}",
                node.mark,
                "check the number",
            )
        case "string_pattern_mismatch":
            yield Problem(
                f'{word} cannot be "{_short(node)}"', node.mark, "a language tag: en, de, pt-BR"
            )
        case other:
            yield Problem(f"{word} cannot be read ({other}: {details['msg']})", node.mark)


def _written_path(loc: Steps) -> Steps:
    """pydantic's path without the steps that no author wrote: kinds of entries, and `[key]`."""
    path: list[str | int] = []
    after_kind = False
    for step in loc:
        is_kind = len(path) > 1 and path[-2] in _LISTS_OF_KINDS and isinstance(path[-1], int)
        if step == "[key]" or (is_kind and not after_kind):
            after_kind = True
            continue
        after_kind = False
        path.append(step)
    return tuple(path)


def _word(path: Steps) -> str:
    names = [str(step) for step in path if isinstance(step, str)]
    if not names:
        return "the file"
    if path and isinstance(path[-1], int):
        return f'an entry of "{names[-1]}"'
    return f'"{names[-1]}"'


def _place(node: Node, below: Steps) -> Mark:
    """Where a complaint about something below an entry belongs: its key if it has one."""
    if not below:
        return node.mark
    parent, last = node.at(below[:-1]), below[-1]
    return _key_mark(parent, last) if isinstance(last, str) else node.at(below).mark


def _key_mark(parent: Node, key: str) -> Mark:
    return parent.keys.get(key, parent.mark)


def _unknown_kind(node: Node, path: Steps, kinds: Kinds) -> Problem:
    key = first_key(node.plain())
    known = _known_here(path, kinds)
    if key is None or key == "bare":
        return Problem(
            f'an entry of "{path[-2] if len(path) > 1 else "the file"}" must be keys with values',
            node.mark,
            f"begin with one of {', '.join(known)}",
        )
    others = [name for name in node.keys if name in known]
    if others:
        return Problem(
            f'an entry cannot begin with "{key}"',
            node.mark,
            f'its first key names its kind: put "{others[0]}" first',
        )
    return Problem(f'unknown kind "{key}"', node.mark, did_you_mean(key, known))


def _known_here(path: Steps, kinds: Kinds) -> list[str]:
    inside_options = "options" in path
    if inside_options:
        return ["right", "wrong"]
    return [name for name in kinds if not (name == "case" and path.count("questions") > 1)]


def _not_text(node: Node, word: str) -> Problem:
    if node.value == "":
        return Problem(f"{word} is empty", node.mark, "write something, or remove the key")
    if isinstance(node.value, str):
        return Problem(f"{word} is empty", node.mark, "write something, or remove the key")
    what = "a list" if isinstance(node.value, tuple) else "keys with values"
    hint = "quote text that holds a colon, a bracket or a brace"
    return Problem(f"{word} must be text, not {what}", node.mark, hint)


def _needs(root: Node, path: Steps, model: type[BaseModel], kinds: Kinds) -> str:
    owner = _model_at(root, path[:-1], model, kinds)
    if owner is None:
        return ""
    wanted = [
        field.alias or name for name, field in owner.model_fields.items() if field.is_required()
    ]
    return f"needed here: {', '.join(wanted)}"


def _keys(model: type[BaseModel] | None) -> list[str]:
    if model is None:
        return []
    own = [name for name in model.model_fields if name in model.__annotations__]
    names = own + [name for name in model.model_fields if name not in own]
    return [model.model_fields[name].alias or name for name in names]


def _model_at(
    root: Node, path: Steps, model: type[BaseModel], kinds: Kinds
) -> type[BaseModel] | None:
    """The model that reads the node at a path, found by walking both together."""
    current: type[BaseModel] | None = model
    node = root
    for step in path:
        node = node.at((step,))
        if isinstance(step, str) and current is not None:
            field = _field(current, step)
            candidates = _models(field.annotation) if field else []
            current = candidates[0] if len(candidates) == 1 else None
        if isinstance(step, int) and current is None:
            key = first_key(node.plain())
            options = {"right": "Right", "wrong": "Wrong"}
            current = kinds.get(key or "") or _option(key, options)
    return current


def _option(key: str | None, options: Mapping[str, str]) -> type[BaseModel] | None:
    from cramsheet.pack import questions

    return getattr(questions, options[key]) if key in options else None


def _field(model: type[BaseModel], key: str) -> FieldInfo | None:
    for name, field in model.model_fields.items():
        if key == (field.alias or name):
            return field
    return None


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if isinstance(annotation, UnionType) or get_args(annotation):
        return [found for part in get_args(annotation) for found in _models(part)]
    return []


def _literals(expected: str) -> list[str]:
    return [word.strip("'") for word in expected.replace(" or ", ", ").split(", ")]


def _length(node: Node) -> int:
    return 0 if isinstance(node.value, str) else len(node.value)


def _bound(kind: str, context: Mapping[str, Any]) -> str:
    words = {
        "greater_than": ("must be more than", "gt"),
        "greater_than_equal": ("must be at least", "ge"),
        "less_than": ("must be less than", "lt"),
        "less_than_equal": ("must be at most", "le"),
    }
    text, key = words[kind]
    return f"{text} {context[key]:g}"


def _short(node: Node) -> str:
    text = (
        node.value
        if isinstance(node.value, str)
        else "a list"
        if isinstance(node.value, tuple)
        else "keys"
    )
    return text if len(text) <= 40 else f"{text[:40]}..."
