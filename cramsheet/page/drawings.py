"""Figures as vectors, drawn from the data an author gives, for the width they will have."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from typing import Any

from markupsafe import Markup

from cramsheet.cellar.keeping import kept
from cramsheet.pack.facts import Figure
from cramsheet.page.boxes import boxed
from cramsheet.page.canvas import Colours, Drawing, Look
from cramsheet.page.flows import flowing
from cramsheet.page.matrices import crossed
from cramsheet.page.plots import plotted
from cramsheet.page.scales import scaled
from cramsheet.page.small import least, share
from cramsheet.page.stacks import stacked
from cramsheet.page.trees import branching
from cramsheet.page.words import Words
from cramsheet.plan.plan import Plan

Draw = Callable[[Any, Look, Words], Drawing]

_DRAWN: Mapping[str, Draw] = {
    "plot": plotted,
    "flow": lambda flow, look, _: flowing(flow, look),
    "tree": lambda tree, look, _: branching(tree, look),
    "scale": lambda scale, look, _: scaled(scale, look),
    "box": boxed,
    "layers": lambda layers, look, _: stacked(layers, look),
    "matrix": crossed,
}

WIDEST = 24.0  # em of the text; in a wider column a figure takes no more
WORDS = (
    "predicted", "actual", "recall", "precision", "specificity", "accuracy", "median", "outlier",
)  # fmt: skip
_READING = 21.0  # in notes, beside which sources stand
_INSET = 1.4  # em that facts of notes stand in
_STEP = 20  # widths in parts of an em, so that equal ones are drawn once


@dataclass(frozen=True)
class _Asked:
    """What a drawing depends on; `name` stands for the figure and for the words."""

    name: str
    look: Look
    way: str
    figure: Figure = field(compare=False)
    words: Words = field(compare=False)


def look(plan: Plan, screen: bool = False, colours: Colours | None = None) -> Look:
    """How figures of a document look: as wide as its column, in type that prints at the floor or
    larger."""
    kind = plan.kind
    column = plan.area.column * 72 / 25.4 / kind.size
    if kind.name == "notes":
        column = min(column - _INSET, _READING)
    width = WIDEST if screen else int(min(column, WIDEST) * _STEP) / _STEP
    size = share("labels", kind)
    return Look(width, size, min(size, least(kind)), colours or Colours())


def drawing(figure: Figure, words: Words, look: Look) -> Drawing | None:
    """The figure for a look, or None when it is a picture from a file."""
    way = next((way for way in _DRAWN if getattr(figure, way) is not None), None)
    if way is None:
        return None
    name = f"{getattr(figure, way)!r}{words.table}"
    return _drawn(_Asked(name, look, way, figure, words))


@lru_cache(maxsize=1024)
def _drawn(asked: _Asked) -> Drawing:
    key = repr((asked.way, asked.name, asked.look)).encode()
    data, draw = getattr(asked.figure, asked.way), _DRAWN[asked.way]
    return kept("figures", Drawing, key, lambda: draw(data, asked.look, asked.words))


def as_image(drawn: Drawing, spoken: str) -> Markup:
    """For paper: an image whose text WeasyPrint sets in the fonts of the document. It carries the
    size of its smallest words as a share of its width, for the proof."""
    source = f"data:image/svg+xml;base64,{b64encode(drawn.svg.encode()).decode()}"
    return Markup(
        f'<img class="drawing" alt="{escape(spoken)}" style="width:{drawn.width:g}em"'
        f' data-smallest="{drawn.smallest / drawn.width:.5f}" src="{source}">'
    )


def as_part(drawn: Drawing, spoken: str) -> Markup:
    """For screens: a part of the page, for browsers give images no fonts of the page."""
    head = (
        f'<svg class="drawing" role="img" aria-label="{escape(spoken)}"'
        f' style="width:{drawn.width:g}em" '
    )
    return Markup(drawn.svg.replace("<svg ", head, 1))


def image(address: str, spoken: str) -> Markup:
    return Markup(f'<img class="drawing" alt="{escape(spoken)}" src="{address}">')
