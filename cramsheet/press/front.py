"""What stands before the body: a list of contents with page numbers, or the front of a form."""

from collections.abc import Mapping
from dataclasses import replace

from cramsheet.page.writing import Writer
from cramsheet.press.blocks import gathered
from cramsheet.press.engine import Engine
from cramsheet.press.laying import ENDLESS, lay_loose
from cramsheet.press.proposing import capacities
from cramsheet.press.running import run_on
from cramsheet.press.setting import Setting
from cramsheet.problems import mistake


def lay_contents(
    writer: Writer, engine: Engine, head: float, pages: Mapping[str, int] | None = None
) -> Setting:
    """On as few pages as it takes below a title so many px high; without pages it has dummies."""
    plan = replace(writer.plan, area=writer.contents_area)
    numbers = pages or dict.fromkeys(_listed(writer), 0)
    html = writer.contents(numbers, ENDLESS)
    laid = gathered(plan, lay_loose(html, engine), engine.fonts_of(html))
    highest = min(capacities(plan.area, head, 0.0, 1))
    if laid.strip.highest > highest:
        what = "front page does" if plan.form else "contents do"
        hint = "take a larger paper" + ("" if plan.form else ", or give topics shorter names")
        raise mistake(f"the {what} not stand on {plan.area.paper.name}", hint=hint)
    return run_on(replace(laid, strip=laid.strip.relaxed(highest)), head)


def _listed(writer: Writer) -> list[str]:
    return [
        name
        for section in (() if writer.plan.form else writer.plan.sections)
        for name in (
            f"domain-{section.row.id}",
            *(section.topic_id(topic) for topic in section.topics),
        )
    ]
