"""What a person sees while a build works, and after it."""

import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TextIO

from cramsheet.pack.fields import count
from cramsheet.printed import Printed

_NAMED = 20  # facts
_BAR = 24  # characters


class Progress:
    """A bar on a terminal, a line for each document in a pipe, nothing when quiet."""

    def __init__(self, total: int, quiet: bool, out: TextIO | None = None) -> None:
        self.total, self.out = total, out or sys.stderr
        self.quiet = quiet or self.out is None  # it may have been closed
        self.count = 0
        self.live = not self.quiet and self.out.isatty()
        self._show("")

    def __call__(self, name: str) -> None:
        self.count += 1
        self._show(name)

    def close(self) -> None:
        if self.live:
            self._write("\r\x1b[K")

    def _show(self, name: str) -> None:
        if self.quiet:
            return
        if self.live:
            full = _BAR * self.count // max(self.total, 1)
            bar = "█" * full + "░" * (_BAR - full)
            self._write(f"\r\x1b[K{bar} {self.count}/{self.total} {name}")
        elif name:
            self._write(f"[{self.count}/{self.total}] {name}\n")

    def _write(self, text: str) -> None:
        """Nobody may read it any more: no reason to lose the work."""
        try:
            self.out.write(text)
            self.out.flush()
        except (OSError, ValueError):
            self.quiet, self.live = True, False


def tell(text: str) -> None:
    """On standard output, if anybody reads it."""
    with suppress(OSError, ValueError):
        print(text, flush=True)


def table(printed: Sequence[Printed]) -> str:
    """File, pages, facts, type size, ink (the share of the paper) and seconds of each document."""
    head = ("file", "pages", "items", "type", "ink", "seconds")
    rows = [
        (
            it.path,
            str(it.pages) if it.size else "-",
            str(it.things),
            f"{it.size:.3g} pt" if it.size else "-",
            f"{it.ink:.1%}" if it.ink else "-",
            f"{it.seconds:.1f}",
        )
        for it in printed
    ]
    widths = [max(len(row[index]) for row in (head, *rows)) for index in range(len(head))]
    lines = []
    for row in (head, *rows):
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        lines.append("  ".join(cells).rstrip())
    for it in printed:
        if it.copies is not None:
            lines.append(f"{it.path}: {count(len(it.copies), 'file')}")
        if it.fit:
            lines.append(f"{it.name}: {it.fit}")
        if it.missing:
            lines.append(_missing(it.missing))
    return "\n".join(lines)


def _missing(names: Sequence[str]) -> str:
    """What was left out, the first of it by name."""
    more = f" · and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"  left out: {' · '.join(names[:_NAMED])}{more}; all with their places beside the PDF"
