"""Drawings that look alike as often as they are drawn.

WeasyPrint 70 changes the tree of an SVG while it draws it: a symbol that was used is drawn once
more where it is defined. A drawing that stands in two facts would differ from one to the other.
"""

from copy import deepcopy
from typing import Any

from weasyprint import images
from weasyprint.svg import SVG


def teach() -> None:
    """Once or more often: the outcome is the same."""
    images.SVGImage = Pristine


class Pristine(images.SVGImage):  # type: ignore[misc]
    """An SVG that is drawn from a copy of its tree, but for the first time."""

    def __init__(self, tree: Any, base_url: str, url_fetcher: Any, context: Any) -> None:
        self._tree, self._drawn = deepcopy(tree), False
        super().__init__(tree, base_url, url_fetcher, context)

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:
        if self._drawn:
            config = self._context.font_config if self._context else None
            self._svg = SVG(deepcopy(self._tree), self._base_url, config, self._url_fetcher)
        self._drawn = True
        super().draw(stream, width, height, style)
