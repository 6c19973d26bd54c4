"""What stands before the body: a list of contents with page numbers, or the front of a form; and
the history behind it."""

from collections.abc import Mapping
from dataclasses import replace

from cramsheet.page.writing import Html, Writer
from cramsheet.plan.plan import Plan
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
    what = "front page does" if plan.form else "contents do"
    hint = "take a larger paper" + ("" if plan.form else ", or give topics shorter names")
    return _run(plan, engine, writer.contents(numbers, ENDLESS), head, (what, hint))


def lay_history(writer: Writer, engine: Engine) -> Setting | None:
    """What stands behind the text, on as few pages as it takes; None where nothing does."""
    if not writer.past:
        return None
    plan = replace(writer.plan, area=writer.contents_area)
    told = ("history does", "take a larger paper")
    return _run(plan, engine, writer.history(ENDLESS), 0.0, told)


def _run(plan: Plan, engine: Engine, html: Html, head: float, told: tuple[str, str]) -> Setting:
    laid = gathered(plan, lay_loose(html, engine), engine.fonts_of(html))
    highest = min(capacities(plan.area, head, 0.0, 1))
    if laid.strip.highest > highest:
        what, hint = told
        raise mistake(f"the {what} not stand on {plan.area.paper.name}", hint=hint)
    return run_on(replace(laid, strip=laid.strip.relaxed(highest)), head)


def _listed(writer: Writer) -> list[str]:
    names = [
        name
        for section in (() if writer.plan.form else writer.plan.sections)
        for name in (
            f"domain-{section.row.id}",
            *(section.topic_id(topic) for topic in section.topics),
        )
    ]
    return ["past", *names]
