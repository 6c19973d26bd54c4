"""How a document looks, as far as what goes on paper hangs on it."""

from dataclasses import dataclass

DEFAULT_INK = "colour"


@dataclass(frozen=True)
class Look:
    """A file in styles/look/. `face` is the family of its text, whose letters are `wide` times as
    wide as those of the default look; its lines on a sheet stand `leading` times the size of type
    apart; `large` is large print."""

    name: str = "modern"
    face: str = "CramText"
    wide: float = 1.0
    leading: float = 1.16
    large: bool = False


MODERN = Look()
