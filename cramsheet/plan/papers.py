"""Papers: what comes out of the printer, in millimetres."""

from dataclasses import dataclass

from cramsheet.pack.sizes import SIZES, TURNS, ordered

__all__ = ["SIZES", "TURNS", "UNPRINTED", "Paper", "paper"]

UNPRINTED = 4.0  # mm at each edge where a printer at home puts nothing
_USUAL = 210.0  # mm, the short side that margins and titles are made for
_CARD = 105.0  # mm, the short side below which paper is an index card


@dataclass(frozen=True)
class Paper:
    """A sheet of paper as it lies; width and height in mm."""

    name: str
    width: float
    height: float

    @property
    def landscape(self) -> bool:
        return self.width > self.height

    @property
    def share(self) -> float:
        """How large it is beside A4, by the short side; larger paper counts as A4."""
        return min(1.0, min(self.width, self.height) / _USUAL)

    @property
    def card(self) -> bool:
        return min(self.width, self.height) < _CARD


def paper(order: str, turn: str) -> Paper:
    """The paper of "a4", "a4-landscape" or "120x180mm"; `turn` is taken when a size by name is
    ordered without one.

    Raises Mistakes for a size or a turn that does not exist.
    """
    it = ordered(order)
    if it.measured:
        return Paper(it.name, *it.sides)
    short, long = it.sides
    name = f"{it.name}-{it.turn}" if it.turn and it.turn != turn else it.name
    if (it.turn or turn) == "landscape":
        return Paper(name, long, short)
    return Paper(name, short, long)
