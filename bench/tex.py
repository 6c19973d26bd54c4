"""The TeX of generated packs, as Typst writes formulas."""

import re

_SIGNS = {r"\sum": "sum", r"\cdot": "dot", r"\le": "<=", r"\ge": ">=", r"\alpha": "alpha"}
_TAKING = {r"\frac": ("frac", 2), r"\sqrt": ("sqrt", 1)}


def in_math(tex: str) -> str:
    """Fractions, roots, sums, what stands high or low; ValueError for any other command."""
    tokens = re.findall(r"\\[a-zA-Z]+|\d+|\S", tex)[::-1]
    out = []
    while tokens:
        out.append(_next(tokens))
    return " ".join(out)


def _next(tokens: list[str]) -> str:
    token = tokens.pop()
    if token == "{":
        return _group(tokens)
    if token in "_^":
        return f"{token}({_next(tokens)})"
    if token in _TAKING:
        name, count = _TAKING[token]
        return f"{name}({', '.join(_next(tokens) for _ in range(count))})"
    if token.startswith("\\"):
        if token not in _SIGNS:
            raise ValueError(f"no way to set {token}")
        return _SIGNS[token]
    return token


def _group(tokens: list[str]) -> str:
    out = []
    while tokens[-1] != "}":
        out.append(_next(tokens))
    tokens.pop()
    return " ".join(out)
