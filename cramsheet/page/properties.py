"""The custom properties that stylesheets set: what styles tell the program."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain

import tinycss2

from cramsheet.page.shop import Style

ROOT = ":root"


def properties(styles: Iterable[Style]) -> dict[str, dict[str, str]]:
    """By selector (":root", ".d1") and name (without "--"); what comes later counts."""
    found: dict[str, dict[str, str]] = {}
    for selector, name, value in chain.from_iterable(map(_set, styles)):
        found.setdefault(selector, {})[name] = value
    return found


@lru_cache(maxsize=64)
def _set(style: Style) -> tuple[tuple[str, str, str], ...]:
    return tuple(_declared(style))


def _declared(style: Style) -> Iterator[tuple[str, str, str]]:
    for rule in tinycss2.parse_stylesheet(style.text, skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule":
            continue
        selectors = [part.strip() for part in tinycss2.serialize(rule.prelude).split(",")]
        for it in tinycss2.parse_blocks_contents(rule.content):
            if it.type == "declaration" and it.name.startswith("--"):
                value = tinycss2.serialize(it.value).strip()
                yield from ((selector, it.name[2:], value) for selector in selectors)


def resolved(name: str, *scopes: Mapping[str, str]) -> str:
    """The value of a property in the first scope that sets it, its `var(--x)` put in; "" for one
    that none sets or that leads back to itself."""
    return _put_in(f"var(--{name})", scopes, 9).strip()


def _put_in(value: str, scopes: tuple[Mapping[str, str], ...], depth: int) -> str:
    if not depth:
        return ""

    def of(found: re.Match[str]) -> str:
        inner = next((scope[found[1]] for scope in scopes if found[1] in scope), "")
        return _put_in(inner, scopes, depth - 1)

    return re.sub(r"var\(\s*--([\w-]+)\s*\)", of, value)
