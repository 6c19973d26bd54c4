"""Texts of authors as plain words, to be compared and told."""

import re

from cramsheet.page.markup import plain

_FORMULA = re.compile(r"\$[^$]+\$")


def in_words(text: str) -> str:
    """Without marks; a formula stays as it was written."""
    formulas = _FORMULA.findall(text)
    bare = _FORMULA.sub("\ue002", text)
    words = " ".join(plain(bare).split())
    for formula in formulas:
        words = words.replace("\ue002", formula[1:-1], 1)
    return words
