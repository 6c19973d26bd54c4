"""Spaces at which a line must not break."""

import re

_TOGETHER = "\u00a0"
_LONGEST = 14  # characters: more would leave holes in narrow columns, or be torn inside a word
# A number, bold or not, and the word that it counts.
_COUNTED = re.compile(r"(?<![\w.,])(\d[\d.,]*(?:[–-]\d[\d.,]*)?\*{0,2}) ([^\W\d_]{1,12})\b")
_LAST = re.compile(r"(?<=\S) (\S{1,4})$")
_LONG = 40  # characters: shorter texts stand in a line or two, and may end as they like
_MINUS = re.compile(r"(?<![\w)\]}–-])-(?=\d)")


def glued(text: str) -> str:
    """Numbers stay with what they count, and no line is left to a last word of a few letters; a
    hyphen before a number is a minus."""
    text = _MINUS.sub("−", text)
    text = _COUNTED.sub(_with_its_number, text)
    return _LAST.sub(_TOGETHER + r"\1", text) if len(text) >= _LONG else text


def _with_its_number(found: re.Match[str]) -> str:
    long = len(found[1].rstrip("*")) + len(found[2]) > _LONGEST
    return found[0] if long else f"{found[1]}{_TOGETHER}{found[2]}"
