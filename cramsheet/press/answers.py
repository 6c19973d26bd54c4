"""What belongs into the gaps of a sheet: on the back of each page, or in a strip at its foot."""

from collections.abc import Sequence
from dataclasses import replace

from cramsheet.page.sheets import Answers, Sheet
from cramsheet.page.writing import Writer
from cramsheet.press.blocks import gathered
from cramsheet.press.engine import Engine
from cramsheet.press.laying import ENDLESS, lay_loose
from cramsheet.press.proposing import capacities
from cramsheet.press.running import run_on
from cramsheet.press.setting import Setting
from cramsheet.press.weasy import PX
from cramsheet.problems import mistake

_SPREAD = 0.3


def lay_back(writer: Writer, engine: Engine, page: int, told: Answers, size: float) -> Setting:
    """The back of a page in a size in pt; raises Mistakes when one page is too little."""
    kind = replace(writer.plan.kind, size=size, floats=False, spread=_SPREAD)
    writer = replace(writer, plan=replace(writer.plan, kind=kind))
    html = writer.answers(page, told, ENDLESS)
    laid = gathered(writer.plan, lay_loose(html, engine), engine.fonts_of(html))
    highest = min(capacities(writer.plan.area, 0.0, 0.0, 1))
    setting = run_on(replace(laid, strip=laid.strip.relaxed(highest)), 0.0)
    if setting.pages > 1 or laid.spilled:
        paper = writer.plan.area.paper.name
        message = f"the answers to page {page} do not stand on its back on {paper}"
        raise mistake(message, hint="take a larger paper, or --answers foot")
    return setting


def strip_height(writer: Writer, engine: Engine, pages: Sequence[Answers]) -> float:
    """Of the highest strip, in mm."""
    found = lay_loose(writer.strips(pages, ENDLESS), engine)
    return max((block.height / PX for block in found), default=0.0)


def with_backs(said: Sequence[Sheet]) -> list[Sheet]:
    """Fronts keep the numbers that they have on the sheet below; so do their backs."""
    total = len(said) // 2
    return [
        replace(it, number=(it.number + 1) // 2, total=total, back=it.number % 2 == 0)
        for it in said
    ]


def with_strips(said: Sequence[Sheet], told: Sequence[Answers], room: float) -> list[Sheet]:
    """`told` is empty for the sheet below, which leaves the same room."""
    return [
        replace(it, strip=told[it.number - 1] if told else (), foot=room) for it in said
    ]  # fmt: skip
