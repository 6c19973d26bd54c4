"""A style may not set the size of the document's type: the program chooses it and tells it."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import tinycss2

from cramsheet.page.shop import Style
from cramsheet.problems import Mark, Mistakes, Problem

_HINT = "ask for another with --pages or --floor, or give other rules sizes in em or rem"


def refuse_sizes(styles: Iterable[Style]) -> None:
    """Raises Mistakes for rules on `html` or `:root` that set the size of type."""
    if problems := [problem for style in styles for problem in _sizes(style)]:
        raise Mistakes(problems)


@lru_cache(maxsize=64)
def _sizes(style: Style) -> tuple[Problem, ...]:
    rules = tinycss2.parse_stylesheet(style.text, skip_comments=True, skip_whitespace=True)
    return tuple(
        Problem(
            "style: the size of the text is chosen by the program",
            Mark(style.path, it.source_line, it.source_column),
            _HINT,
        )
        for it in _declared_on_root(rules)
        if it.lower_name in ("font", "font-size")
    )


def _declared_on_root(rules: Iterable[Any]) -> Iterator[Any]:
    for rule in rules:
        if rule.type == "qualified-rule" and any(map(_is_root, _selectors(rule.prelude))):
            found = tinycss2.parse_blocks_contents(rule.content, skip_comments=True)
            yield from (it for it in found if it.type == "declaration")
        elif rule.type == "at-rule" and rule.lower_at_keyword == "media" and rule.content:
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True)
            yield from _declared_on_root(inner)


def _selectors(prelude: list[Any]) -> Iterator[str]:
    yield from (text.strip() for text in tinycss2.serialize(prelude).split(","))


def _is_root(selector: str) -> bool:
    """Whether it means the root of the document: what stands last in it counts."""
    last = selector.lower().replace(">", " ").split()[-1:] or [""]
    root = ":root" in last[0] or re.fullmatch(r"html([.#:\[].*)?", last[0])
    return bool(root) and "::" not in last[0]
