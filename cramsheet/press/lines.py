"""Lines that a space at their end makes too wide.

Where a text fits its line but for the space before the element that follows, WeasyPrint 70 takes it
for a text that cannot be broken and divides it after its first word. Without the space it fits.
"""

from typing import Any

from weasyprint.layout import inline
from weasyprint.text.line_break import split_first_line


def teach() -> None:
    """Once or more often: the outcome is the same."""
    inline.split_first_line = _first_line


def _first_line(text: str, style: Any, context: Any, most: Any, *rest: Any, **more: Any) -> Any:
    split = split_first_line(text, style, context, most, *rest, **more)
    _, length, resume, *_ = split
    if (
        resume is not None
        and text.endswith(" ")
        and " " not in text.encode()[:length].decode().strip()
    ):
        whole = split_first_line(text.rstrip(" "), style, context, most, *rest, **more)
        if whole[2] is None:
            return whole
    return split
