"""What a person sees while a build works, and after it."""

import sys
from collections.abc import Sequence
from typing import TextIO

from cramsheet.pack.fields import count
from cramsheet.printed import Printed

_NAMED = 20  # facts
_BAR = 24  # characters


class Progress:
    """A bar on a terminal, a line for each document in a pipe, nothing when quiet."""

    def __init__(self, total: int, quiet: bool, out: TextIO | None = None) -> None:
        self.total, self.quiet, self.out = total, quiet, out or sys.stderr
        self.count = 0
        self.live = self.out.isatty()
        self._show("")

    def __call__(self, name: str) -> None:
        self.count += 1
        self._show(name)

    def close(self) -> None:
        if self.live and not self.quiet:
            self.out.write("\r\x1b[K")
            self.out.flush()

    def _show(self, name: str) -> None:
        if self.quiet:
            return
        if self.live:
            full = _BAR * self.count // max(self.total, 1)
            bar = "█" * full + "░" * (_BAR - full)
            self.out.write(f"\r\x1b[K{bar} {self.count}/{self.total} {name}")
        elif name:
            self.out.write(f"[{self.count}/{self.total}] {name}\n")
        self.out.flush()


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
