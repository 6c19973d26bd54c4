"""What was found out of things that do not change, for as long as somebody may ask again."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
T = TypeVar("T")

_MOST = 20_000


class Found(Generic[K, T]):
    """A function of frozen things: of one that it was asked of before it knows the answer. Things
    are known by themselves, not by what is in them: that would have to be read."""

    def __init__(self, find: Callable[[K], T], most: int = _MOST) -> None:
        self._find, self._most = find, most
        self._known: OrderedDict[int, tuple[K, T]] = OrderedDict()  # holding things fast

    def __call__(self, thing: K) -> T:
        known = self._known.get(id(thing))
        if known is None:
            known = self._known[id(thing)] = (thing, self._find(thing))
            if len(self._known) > self._most:
                self._known.popitem(last=False)
        return known[1]
