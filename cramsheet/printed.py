"""What comes out of a build."""

from collections import ChainMap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from cramsheet.plan.copies import ALL, FOLDER
from cramsheet.problems import Problem

if TYPE_CHECKING:
    from cramsheet.bindery.copying import Original
    from cramsheet.edition.record import Document
    from cramsheet.press.parts import Place


@dataclass(frozen=True)
class Printed:
    """A finished document and what a person wants to know of it; size in pt, seconds of work."""

    exam: str
    name: str
    data: bytes
    pages: int
    things: int
    size: float
    seconds: float
    fit: str = ""  # how it came to fit, in a line
    left_out: str = ""  # the list of what did not fit
    missing: tuple[str, ...] = ()  # the facts on it by their short names, most important first
    record: str = ""  # of how it is set, for the next time
    copies: Mapping[str, tuple[bytes, ...]] | None = None  # instead of it, by path
    places: "Mapping[str, tuple[Place, ...]]" = field(default_factory=dict)  # by element id
    fill: tuple[float, ...] = ()  # how full each column is, of 1
    document: "Document | None" = None  # what is put down of it

    @cached_property
    def ink(self) -> float:
        """The share of the paper that it covers; pages are drawn for it, when it is asked for."""
        from cramsheet.press.coverage import coverage

        return coverage(self.data) if self.name.endswith(".pdf") else 0.0

    def weigh(self) -> None:
        """Finds `ink` now."""
        assert self.ink >= 0

    @property
    def weighed(self) -> bool:
        """Whether `ink` is known."""
        return "ink" in vars(self)

    @property
    def path(self) -> str:
        """Below the output folder; of copies, what they have in common."""
        return (
            f"{self.exam}/{FOLDER}/{self.stem}-*.pdf"
            if self.copies is not None
            else f"{self.exam}/{self.name}"
        )

    @property
    def stem(self) -> str:
        return self.name.removesuffix(".pdf")

    @property
    def people(self) -> int:
        """How many copies there are, or one without a name."""
        return max(1, len(self.copies or ()) - (self._all in (self.copies or ())))

    @property
    def together(self) -> bytes:
        """All copies of it in one file, the only one, or what has no name."""
        copies = self.copies or {"": (self.data,)}
        return b"".join(copies.get(self._all) or next(iter(copies.values())))

    @property
    def _all(self) -> str:
        return f"{FOLDER}/{self.stem}-{ALL}.pdf"

    def files(self) -> dict[str, bytes | tuple[bytes, ...] | None]:
        """What is written, by path below the output folder; None where a file has to go."""
        files: dict[str, bytes | tuple[bytes, ...] | None] = {self.path: self.data}
        if self.copies is not None:
            files = {f"{self.exam}/{name}": data for name, data in self.copies.items()}
        if self.stem != self.name:
            folder = self.path.rpartition("/")[0]
            files[f"{folder}/{self.stem}-left-out.txt"] = self.left_out.encode() or None
            files[record_path(self.exam, self.stem)] = self.record.encode() or None
        return files


def record_path(exam: str, name: str) -> str:
    return f"{exam}/.layout/{name}.json"


@dataclass(frozen=True)
class Share:
    """What was made of some orders, by their numbers, and what a group gets copies of."""

    printed: Mapping[int, Printed]
    problems: Mapping[int, tuple[Problem, ...]]
    originals: Mapping[int, "Original"]

    @classmethod
    def of_all(cls, shares: Sequence["Share"]) -> "Share":
        return cls(
            dict(ChainMap(*(dict(it.printed) for it in shares))),
            dict(ChainMap(*(dict(it.problems) for it in shares))),
            dict(ChainMap(*(dict(it.originals) for it in shares))),
        )
