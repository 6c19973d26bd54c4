"""Papers: what comes out of the printer, in millimetres."""

from dataclasses import dataclass

from cramsheet.problems import did_you_mean, mistake

TURNS = ("portrait", "landscape")


@dataclass(frozen=True)
class Paper:
    """A sheet of paper as it lies; width and height in mm."""

    name: str
    width: float
    height: float

    @property
    def landscape(self) -> bool:
        return self.width > self.height


SIZES = {"a4": (210.0, 297.0), "letter": (215.9, 279.4), "a5": (148.0, 210.0)}  # upright


def paper(order: str, turn: str) -> Paper:
    """The paper of "a4" or "a4-landscape"; `turn` is taken when the order names none.

    Raises Mistakes for a size or a turn that does not exist.
    """
    size, _, asked = order.partition("-")
    if size not in SIZES:
        raise mistake(f'no paper "{order}"', hint=did_you_mean(size, SIZES))
    if asked and asked not in TURNS:
        hint = did_you_mean(asked, (f"{size}-{turn}" for turn in TURNS))
        raise mistake(f'no paper "{order}"', hint=hint)
    short, long = SIZES[size]
    name = f"{size}-{asked}" if asked and asked != turn else size
    if (asked or turn) == "landscape":
        return Paper(name, long, short)
    return Paper(name, short, long)
