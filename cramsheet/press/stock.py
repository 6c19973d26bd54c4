"""Blocks that were laid out before: in this process, or by another build."""

from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from cramsheet.cellar.keeping import find, keep
from cramsheet.press.store import Store

if TYPE_CHECKING:
    from cramsheet.press.blocks import Block

T = TypeVar("T")
Laid = tuple["Block", ...]
Order = tuple["Block | str", ...]  # headings, and the ids of articles


class Stock:
    """What a document that was laid out came to, by the keys of `store`. What cannot be written
    down, as pictures cannot, stays here."""

    def __init__(self) -> None:
        self.laid: Store[bytes, Laid] = Store()
        self.orders: Store[bytes, Order] = Store()

    def get(self, key: bytes) -> "Laid | None":
        return _known(self.laid, "blocks", key)

    def put(self, key: bytes, blocks: "Laid") -> None:
        _keep(self.laid, "blocks", key, blocks)

    def order(self, key: bytes) -> "Order | None":
        return _known(self.orders, "orders", key)

    def put_order(self, key: bytes, order: "Order") -> None:
        _keep(self.orders, "orders", key, order)


def _known(store: Store[bytes, T], kind: str, key: bytes) -> T | None:
    if (known := store.get(key)) is not None:
        return known
    found: T | None = find(kind, _form(kind), _drawn_by() + key)
    if found is None or not _whole(found):
        return None
    store.put(key, found)
    return found


def _keep(store: Store[bytes, T], kind: str, key: bytes, thing: T) -> None:
    store.put(key, thing)
    if _whole(thing):
        keep(kind, _form(kind), _drawn_by() + key, thing)


def _whole(blocks: Any) -> bool:
    """Whether no block holds on to a box of WeasyPrint's."""
    return all(isinstance(it, str) or it.fragment.live is None for it in blocks)


@cache
def _form(kind: str) -> Any:
    from cramsheet.press.blocks import Block

    return tuple[Block, ...] if kind == "blocks" else tuple[Block | str, ...]


@cache
def _drawn_by() -> bytes:
    """The versions of the libraries that are no packages of Python's."""
    from cramsheet.press.lettering import versions

    return repr(versions()).encode()
