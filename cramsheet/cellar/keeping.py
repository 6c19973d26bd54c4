"""Values kept in the cellar, as JSON of their types; what has other types is not taken.

Nothing is kept until somebody opens a cellar: a program that uses this one as a library, or a test,
does not.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, TypeVar

from cramsheet.cellar.cellar import Cellar

T = TypeVar("T")

_OPEN: ContextVar[Cellar | None] = ContextVar("cellar", default=None)


@contextmanager
def keeping_in(cellar: Cellar) -> Iterator[None]:
    before = _OPEN.set(cellar)
    try:
        yield
    finally:
        _OPEN.reset(before)
        cellar.rest()


def rest() -> None:
    """Writes what is new; before a fork, and when work is done."""
    if cellar := _OPEN.get():
        cellar.rest()


def kept(kind: str, form: type[T], key: bytes, make: Callable[[], T]) -> T:
    """What was made before of the same, or what is made now; `form` is its type."""
    found: T | None = find(kind, form, key)
    if found is None:
        keep(kind, form, key, found := make())
    return found


def find(kind: str, form: Any, key: bytes) -> Any:
    from pydantic import ValidationError

    cellar = _OPEN.get()
    data = cellar.get(kind, key) if cellar else None
    if cellar is None or data is None:
        return None
    try:
        return _adapter(form).validate_json(data, strict=True)
    except ValidationError:
        cellar.refuse(kind, key)
        return None


def keep(kind: str, form: Any, key: bytes, thing: Any) -> None:
    """As long as JSON can hold it."""
    from pydantic_core import PydanticSerializationError

    if (cellar := _OPEN.get()) is None:
        return
    try:
        cellar.put(kind, key, _adapter(form).dump_json(thing))
    except (PydanticSerializationError, ValueError):
        return


@lru_cache(maxsize=16)
def _adapter(form: Hashable) -> Any:
    from pydantic import TypeAdapter

    kind: Any = form
    return TypeAdapter(kind)
