"""The types of what authors write, asked as values: which kinds may stand here, what lies below.

A choice of kinds is a union discriminated by the first key of an entry; it is the one table of
its kinds, and everything else (hints, names, places of errors) is read from it.
"""

from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, Discriminator, Tag

BARE = "bare"  # the tag of an entry that is text alone


def first_key(value: object) -> str | None:
    """The tag of an entry: its first key, or that it is bare."""
    if isinstance(value, str):
        return BARE
    if isinstance(value, dict) and value:
        return str(next(iter(value)))
    return None


BY_FIRST_KEY = Discriminator(first_key)


def kinds(shape: Any) -> dict[str, type[BaseModel]]:
    """The models of a choice of kinds by their first key; none when it is no such choice."""
    if get_origin(shape) is not Annotated or BY_FIRST_KEY not in get_args(shape):
        return {}
    return {
        note.tag: _inner(member)
        for member in get_args(get_args(shape)[0])
        for note in get_args(member)
        if isinstance(note, Tag)
    }


def below(shape: Any, step: str | int) -> Any:
    """The type of what lies under a key or an index; None when nothing can."""
    shape = _inner(shape)
    if model := _model(shape):
        fields = {field.alias or name: field for name, field in model.model_fields.items()}
        return fields[step].annotation if step in fields else None
    inside = get_args(shape)
    return inside[-1 if get_origin(shape) is dict else 0] if inside else None


def keys(shape: Any) -> list[str]:
    """What may stand before a colon: the keys of a model, its own before the inherited ones."""
    shape = _inner(shape)
    if model := _model(shape):
        own_first = sorted(model.model_fields, key=lambda name: name not in model.__annotations__)
        return [model.model_fields[name].alias or name for name in own_first]
    return words(get_args(shape)[0]) if get_origin(shape) is dict else []


def words(shape: Any) -> list[str]:
    """The words that a field takes when it takes no others."""
    shape = _inner(shape)
    return list(get_args(shape)) if get_origin(shape) is Literal else []


def needed(shape: Any) -> list[str]:
    """The keys that a model cannot do without."""
    model = _model(_inner(shape))
    fields = model.model_fields.items() if model else ()
    return [field.alias or name for name, field in fields if field.is_required()]


def is_written(shape: Any) -> bool:
    """Whether it is keys with values of a model."""
    return bool(kinds(shape) or _model(_inner(shape)))


def _inner(shape: Any) -> Any:
    """Without notes and without `| None`."""
    if get_origin(shape) is Annotated:
        return _inner(get_args(shape)[0])
    parts = [part for part in get_args(shape) if part is not NoneType]
    return _inner(parts[0]) if len(parts) == 1 and NoneType in get_args(shape) else shape


def _model(shape: Any) -> type[BaseModel] | None:
    return shape if isinstance(shape, type) and issubclass(shape, BaseModel) else None
