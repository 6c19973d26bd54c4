"""The code of a page, made from what it shows, and the edition that it is of.

A page that shows what it showed in an older edition keeps the stamp of that one, so it need not be
printed again.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b

from cramsheet.page.sheets import CODE, Stamp
from cramsheet.page.writing import Html, Writer
from cramsheet.press.composing import Spot

# Without I, L, O and U, which are read as others or make words.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LONG = 5
FRAME = re.compile(r'<section class="frame\b.*?</section>', re.DOTALL)


def stamped(
    html: Html,
    writer: Writer,
    spots: Mapping[int, tuple[Sequence[Spot], float]],
    before: Mapping[str, str],
) -> tuple[Html, tuple[Stamp, ...]]:
    """Frames with their stamps; `spots` are the blocks of each page and their scale, `before` the
    editions of the pages that there were, by their codes."""
    rest = blake2b(html.text[: html.text.index('<section class="frame')].encode(), digest_size=20)
    for style in html.styles:
        rest.update(style.text.encode())
    own, known = Stamp("", writer.stamp), writer.said_edition(writer.stamp)
    stamps: list[Stamp] = []

    def frame(found: re.Match[str]) -> str:
        hashed = rest.copy()
        hashed.update(_unstamped(found[0], known).encode())
        blocks, scale = spots.get(len(stamps) + 1, ((), 1.0))
        for spot in blocks:
            hashed.update(spot.fragment.digest)
            hashed.update(repr((round(spot.left, 3), round(spot.top, 3), scale)).encode())
        code = _code(hashed.digest())
        stamp = Stamp(code, before.get(code, own.edition))
        stamps.append(stamp)
        text = found[0].replace(CODE, code)
        if stamp.edition != own.edition:
            for mine, theirs in zip(known, writer.said_edition(stamp.edition), strict=True):
                text = text.replace(mine, theirs) if mine else text
        return text

    text = FRAME.sub(frame, html.text)
    return replace(html, text=text), tuple(stamps)


def _unstamped(text: str, edition: Sequence[str]) -> str:
    for said in filter(None, edition):
        text = text.replace(said, "")
    return text


def _code(digest: bytes) -> str:
    number = int.from_bytes(digest[:8], "big")
    found = ""
    for _ in range(_LONG):
        number, letter = divmod(number, len(_LETTERS))
        found += _LETTERS[letter]
    return found
