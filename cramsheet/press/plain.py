"""The plain way: WeasyPrint itself breaks columns where the fit breaks them, and sets each block.

The oracle that blocks are held against: the same words, places and pixels come of a page that no
box was moved on. Slower; `--plain`.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cramsheet.page.shop import Style
from cramsheet.page.writing import Html, Writer
from cramsheet.plan.plan import Plan
from cramsheet.press.engine import Engine
from cramsheet.press.laying import BLOCKS, ENDLESS
from cramsheet.press.setting import Setting

_FLOWING = (
    f":is({BLOCKS}) {{ break-before: auto; break-after: auto }}\n"
    f":is({BLOCKS}):not(:has(> .n)) {{ display: flow-root }}\n"  # headings are flex
    "main section { break-before: auto !important }\n"
)


def lay_plain(
    writer: Writer, engine: Engine, setting: Setting, pages: Mapping[str, int]
) -> dict[int, Any]:
    """For each column that is not empty its number and a page of WeasyPrint's that holds it."""
    columns = dict(setting.tops())
    rules = [
        f"#{_escaped(block.name)} {{ {declared} }}"
        for placed in columns.values()
        for (block, top, _), end in zip(
            placed, [None, *(t + h for _, t, h in placed)], strict=False
        )
        for declared in [_declared(top, end)]
    ]
    plan = _in_order(setting)
    html = replace(writer, plan=plan).flow(pages, ENDLESS)
    style = Style("the plain way", _FLOWING + "\n".join(rules))
    laid = engine.lay(Html(html.text, (*html.styles, style))).pages
    return dict(zip(columns, laid, strict=True))


def _declared(top: float, end: float | None) -> str:
    """The room above a block, below which the one before it ends; a column begins without."""
    if end is None:
        return (
            "margin-top: 0 !important; margin-bottom: 0 !important; break-before: page !important"
        )
    return f"margin-top: {top - end:.4f}px !important; margin-bottom: 0 !important"


def _in_order(setting: Setting) -> Plan:
    """The plan with its facts in the order in which they stand."""
    place = {name: index for index, name in enumerate(setting.laid.names)}
    sections = [
        replace(
            section,
            topics=tuple(
                replace(
                    topic,
                    entries=tuple(sorted(topic.entries, key=lambda e: place[f"fact-{e.id}"])),
                )
                for topic in section.topics
            ),
        )
        for section in setting.plan.sections
    ]
    return replace(setting.plan, sections=tuple(sections))


def _escaped(name: str) -> str:
    return "".join(c if c.isalnum() or c in "-_" else f"\\{ord(c):x} " for c in name)
