"""How dense and how large sheets are set: `python -m bench.density FILE.pdf ...`.

For each file: characters (spaces not counted) for each square centimetre of paper, and how high the
letters without ascenders print, the median of all that have flat tops; both from the finished PDF,
whoever made it.
"""

import argparse
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2

_MM = 25.4 / 72
_FLAT = "xzvw"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("files", nargs="+", type=Path)
    for path in options.parse_args().files:
        print(f"{path.name}: {measured(path)}")
    return 0


def measured(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    pages = list(document)
    area = sum(page.get_width() * page.get_height() for page in pages) * (_MM / 10) ** 2
    letters = [letter for page in pages for letter in _letters(page)]
    high = statistics.median(height for letter, height in letters if letter in _FLAT)
    return f"{len(pages)} pages, {len(letters) / area:.1f} characters a cm2, x-height {high:.2f} mm"


def _letters(page: pypdfium2.PdfPage) -> Iterator[tuple[str, float]]:
    """Each character with the height of its outline in mm."""
    text = page.get_textpage()
    for index, letter in enumerate(text.get_text_range()):
        if not letter.isspace() and index < text.count_chars():
            _, low, _, high = text.get_charbox(index)
            yield letter, (high - low) * _MM


if __name__ == "__main__":
    sys.exit(main())
