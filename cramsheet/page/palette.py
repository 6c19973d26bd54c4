"""The colours of a look in an ink, as the stylesheets say, and whether they can be told apart."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise

from cramsheet.page.canvas import Colours
from cramsheet.page.properties import ROOT, properties, resolved
from cramsheet.page.shop import Style
from cramsheet.page.sight import LACKING, apart
from cramsheet.problems import Mark, Mistakes, Problem

HUES = 8  # then they begin again
_SAME, _TOLD = 0.01, 0.05  # distances in Oklab: less is one colour; more is told apart at a glance


@dataclass(frozen=True)
class Palette:
    """`domains` are the colours of each, in order; `contrast` is the least that words may have."""

    domains: tuple[Colours, ...]
    contrast: float
    source: str  # the file that has the last word

    @classmethod
    def of(cls, styles: Sequence[Style]) -> "Palette":
        told = properties(styles)
        domains = tuple(_colours(told.get(f".d{n}", {}), told[ROOT]) for n in range(1, HUES + 1))
        return cls(domains, float(resolved("contrast", told[ROOT])), styles[-1].path)

    def of_domain(self, number: int) -> Colours:
        """After eight they begin again; domains count from 1."""
        return self.domains[(number - 1) % HUES]

    @property
    def hues(self) -> tuple[str, ...]:
        return tuple(colours.hue for colours in self.domains)

    def prove(self, domains: int) -> None:
        """Raises Mistakes when neighbours among so many domains have hues that are told apart by
        some people only. Hues that are the same tell nothing; then numbers do."""
        if problems := list(self._confused(min(domains, HUES))):
            raise Mistakes(problems)

    def _confused(self, count: int) -> Iterator[Problem]:
        for number, (one, two) in enumerate(pairwise(self.hues[:count]), 1):
            if apart(one, two) < _SAME:
                continue
            for lacking in ("", *LACKING):
                if apart(one, two, lacking) < _TOLD:
                    who = f"people who see no {lacking}" if lacking else "everybody"
                    message = f"domains {number} and {number + 1} look alike to {who}: {one}, {two}"
                    yield Problem(message, Mark(self.source), "make one lighter, or both the same")


def _colours(*scopes: Mapping[str, str]) -> Colours:
    return Colours(*(_colour(it.name, *scopes) for it in fields(Colours)))


def _colour(name: str, *scopes: Mapping[str, str]) -> str:
    """As "#rrggbb"."""
    value = resolved(name, *scopes)
    return "#" + "".join(2 * part for part in value[1:]) if len(value) == 4 else value
