"""Spaces at which a line must not break, and the minus."""

import re

_TOGETHER = "\u00a0"
_LONGEST = 14  # characters: more would leave holes in narrow columns, or be torn inside a word
# A number, bold or not, and the word that it counts.
_COUNTED = re.compile(r"(?<![\w.,:/])(\d+(?:[.,–-]\d+)*\*{0,2}) ([^\W\d_]{3,12})\b(?![.])")
_NOT_COUNTED = re.compile(
    "and|are|but|for|from|has|its|nor|not|out|than|that|the|then|this|was|when|with"
    "|und|oder|bis|der|die|das|mit|ist|von|aus|bei|les|des|une|est|sur|pour|dans"
    "|los|las|una|con|por|para|como|dos"
)
# 5 + 5, (n - 1) / 2, -1 to 1
_SUM = re.compile(r"(?<![\w.,])[(−]{0,4}\d[^\s;:]*(?: (?:[+−–×÷/=·<>≤≥]|to) [(−]{0,4}\d[^\s;:]*)+")
_LAST = re.compile(r"(?<=\S) ([^\s*_`$]{1,4}[.!?]?)$")
_LONG = 40  # characters: shorter texts stand in a line or two, and may end in a short word
_SHORTEST = re.compile(r"(?<!\S)([^\W_]\S{2,}) ([^\W_]{1,2})$")  # but not in one like this
_MINUS = re.compile(r"(?<![\w)\]}–.-])-(?=\d)")


def counted(text: str) -> str:
    """Numbers stay with what they count, and short sums together."""
    return _COUNTED.sub(_with_its_number, _SUM.sub(_whole, text))


def glued(text: str) -> str:
    """The same at the end of a text, where no line is left to a last word of a few letters."""
    text = counted(text)
    if len(text) >= _LONG:
        return _LAST.sub(_TOGETHER + r"\1", text)
    return _SHORTEST.sub(_whole, text)


def _whole(found: re.Match[str]) -> str:
    return found[0].replace(" ", _TOGETHER) if len(found[0]) <= _LONGEST else found[0]


def _with_its_number(found: re.Match[str]) -> str:
    long = len(found[1].rstrip("*")) + len(found[2]) > _LONGEST
    if long or _NOT_COUNTED.fullmatch(found[2].casefold()):
        return found[0]
    return f"{found[1]}{_TOGETHER}{found[2]}"


def with_minus(text: str) -> str:
    """A hyphen before a number is a minus, unless it stands inside a name or a date."""
    return _MINUS.sub("−", text)
