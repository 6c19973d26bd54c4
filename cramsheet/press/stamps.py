"""The code of a page, made from what it shows, and the edition that it is of.

A page that shows what it showed in an older edition keeps the stamp of that one, so it need not be
printed again.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

from cramsheet.page.sheets import CODE, Stamp
from cramsheet.page.writing import Html, Writer
from cramsheet.press.composing import Spot

# Without I, L, O and U, which are read as others or make words.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LONG = 5
BLANK_DIGEST, BLANK_CODE = "fedcba", "ZYXWV"  # in letters of both
_IMPRINT = '<b class="imprint">{}</b>'
_FOOT = re.compile(r'<p class="foot-(?:inner|outer)">.*?</p>', re.DOTALL)
_TEXT = re.compile(r"(?<=>)[^<]+")
FRAME = re.compile(r'<section class="frame\b.*?</section>', re.DOTALL)


@dataclass(frozen=True)
class Marked:
    """Frames as text in which words of the same width stand for digests and codes, which are all
    that changes with every edit; and these words and the true ones, of each frame."""

    blank: str
    words: Sequence[Sequence[tuple[str, str]]]

    @property
    def whole(self) -> str:
        """With the true ones."""
        words = iter(self.words)

        def frame(found: re.Match[str]) -> str:
            text = found[0]
            for old, new in next(words):
                text = text.replace(_IMPRINT.format(old), _IMPRINT.format(new))
            return text

        return FRAME.sub(frame, self.blank)


def stamped(
    html: Html,
    writer: Writer,
    spots: Mapping[int, tuple[Sequence[Spot], float]],
    before: Mapping[str, str],
) -> tuple[Marked, tuple[Stamp, ...]]:
    """Frames with their stamps; `spots` are the blocks of each page and their scale, `before` the
    editions of the pages that there were, by their codes."""
    rest = blake2b(html.text[: html.text.index('<section class="frame')].encode(), digest_size=20)
    for style in html.styles:
        rest.update(style.text.encode())
    own, known = Stamp("", writer.stamp), writer.said_edition(writer.stamp)
    stamps: list[Stamp] = []
    words: list[Sequence[tuple[str, str]]] = []

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
        said = writer.said_edition(stamp.edition)
        blank, used = _blank(found[0], known, said[0])
        true = {BLANK_DIGEST: said[1], BLANK_CODE: code}
        words.append([(it, true[it]) for it in used])
        return blank

    return Marked(FRAME.sub(frame, html.text), words), tuple(stamps)


def without_stamp(html: Html, writer: Writer) -> Html:
    """With words of the same width, as `blank` has them."""
    known = writer.said_edition(writer.stamp)
    return replace(html, text=FRAME.sub(lambda it: _blank(it[0], known, known[0])[0], html.text))


def _blank(frame: str, known: Sequence[str], day: str) -> tuple[str, list[str]]:
    """A frame of another day, with blank words at its foot; and which of the two it has."""
    used: list[str] = []

    def text(found: re.Match[str]) -> str:
        told = found[0]
        for old, new in ((known[1], BLANK_DIGEST), (CODE, BLANK_CODE)):
            if old and old in told:
                told = told.replace(old, _IMPRINT.format(new), 1)
                used.append(new)
        return told

    frame = frame.replace(known[0], day) if known[0] else frame
    return _FOOT.sub(lambda it: _TEXT.sub(text, it[0]), frame), used


def _unstamped(text: str, edition: Sequence[str]) -> str:
    for said in filter(None, edition):
        text = text.replace(said, "")
    return text


def _code(digest: bytes) -> str:
    number = int.from_bytes(digest[:8], "big")
    found = ""
    for _ in range(_LONG):
        number, letter = divmod(number, len(LETTERS))
        found += LETTERS[letter]
    return found
