"""The colours of a look in an ink, as the stylesheets say, and whether they can be told apart."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cramsheet.page.properties import ROOT, properties, resolved
from cramsheet.page.shop import Style
from cramsheet.page.sight import LACKING, apart
from cramsheet.problems import Mark, Mistakes, Problem

HUES = 8  # then they begin again
_SAME, _TOLD = 0.01, 0.05  # distances in Oklab: less is one colour; more is told apart at a glance


@dataclass(frozen=True)
class Palette:
    """`hues` are those of the domains, in order; `contrast` is the least that words may have."""

    hues: tuple[str, ...]
    contrast: float
    source: str  # the file that has the last word

    @classmethod
    def of(cls, styles: Sequence[Style]) -> "Palette":
        told = properties(styles)
        hues = tuple(_colour("hue", told.get(f".d{n}", {}), told[ROOT]) for n in range(1, HUES + 1))
        return cls(hues, float(resolved("contrast", told[ROOT])), styles[-1].path)

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


def _colour(name: str, *scopes: Mapping[str, str]) -> str:
    """As "#rrggbb"."""
    value = resolved(name, *scopes)
    return "#" + "".join(2 * part for part in value[1:]) if len(value) == 4 else value
