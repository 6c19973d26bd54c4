"""A formula in words, for those who hear the page: from LaTeX by way of MathML.

Short formulas inside a sentence are read token by token, as a teacher would say them; a formula
that is a fact brings the words of its author.
"""

from collections.abc import Callable, Sequence
from unicodedata import name
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from cramsheet.page.words import Words

_SIGNS = {
    "+": "plus",
    "−": "minus",
    "-": "minus",
    "±": "plus_minus",
    "=": "equals",
    "≠": "unequal",
    "≈": "about",
    "<": "below",
    ">": "above",
    "≤": "at_most",
    "≥": "at_least",
    "·": "times",
    "×": "times",
    "∗": "times",
    "*": "times",
    "/": "over",
    "→": "to",
    "∑": "sum",
    "∏": "product",
    "∫": "integral",
    "∞": "infinity",
    "∈": "in",
    "|": "bar",
}
_POWERS = {"2": "squared", "3": "cubed", "T": "transposed", "⊤": "transposed"}
_ACCENTS = {"^": "hat", "¯": "mean", "~": "tilde", "→": "vector"}
WORDS = frozenset(
    f"math_{name}"
    for name in (*_SIGNS.values(), *_POWERS.values(), *_ACCENTS.values(), "root", "power", "from")
)
_SILENT = set("()[]{},⁡\u2061\u2062\u2063\u200b")


def spoken(tex: str, words: Words) -> str:
    """In the language of the words; raises what the converter raises for what is no LaTeX."""
    from latex2mathml.converter import convert

    return " ".join(_said(ElementTree.fromstring(convert(tex)), words).split())


def _said(node: Element, words: Words) -> str:
    parts = list(node)
    if not parts:
        return _token((node.text or "").strip(), words)
    tag = node.tag.rpartition("}")[2]
    if tag in _READ:
        return _READ[tag](parts, words)
    return " ".join(_said(part, words) for part in parts)


def _token(text: str, words: Words) -> str:
    if sign := _SIGNS.get(text):
        return words(f"math_{sign}")
    if text in _SILENT:
        return ""
    if len(text) == 1 and not text.isascii() and text.isalpha():
        return name(text).removeprefix("MATHEMATICAL ").split()[-1].lower()
    return text


def _fraction(parts: Sequence[Element], words: Words) -> str:
    upper, lower = (_said(part, words) for part in parts)
    return f"{upper} {words('math_over')} {lower}"


def _root(parts: Sequence[Element], words: Words) -> str:
    return f"{words('math_root')} {' '.join(_said(part, words) for part in parts)}"


def _power(parts: Sequence[Element], words: Words) -> str:
    base, power = (_said(part, words) for part in parts)
    if known := _POWERS.get(power):
        return f"{base} {words(f'math_{known}')}"
    return f"{base} {words('math_power')} {power}"


def _index(parts: Sequence[Element], words: Words) -> str:
    base, index = (_said(part, words) for part in parts)
    return f"{base} {index}"


def _range(parts: Sequence[Element], words: Words) -> str:
    """A sum or the like from below to above; of a letter its index and power."""
    base, low, high = (_said(part, words) for part in parts)
    if (parts[0].text or "").strip() in ("∑", "∏", "∫"):
        return f"{base} {words('math_from')} {low} {words('math_to')} {high}"
    return _power([parts[0], parts[2]], words).replace(base, f"{base} {low}", 1)


def _accent(parts: Sequence[Element], words: Words) -> str:
    base, sign = _said(parts[0], words), (parts[1].text or "").strip()
    return f"{base} {words(f'math_{_ACCENTS[sign]}')}" if sign in _ACCENTS else base


_READ: dict[str, Callable[[Sequence[Element], Words], str]] = {
    "mfrac": _fraction,
    "msqrt": _root,
    "msup": _power,
    "msub": _index,
    "munder": _index,
    "msubsup": _range,
    "munderover": _range,
    "mover": _accent,
}
