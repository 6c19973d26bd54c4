"""What stands before the body of notes: a list of contents with page numbers."""

from collections.abc import Mapping
from dataclasses import replace

from cramsheet.page.writing import Writer
from cramsheet.plan import packing
from cramsheet.press.blocks import ENDLESS, gathered, lay_loose
from cramsheet.press.engine import Engine
from cramsheet.press.fitting import Fitting, fewest_pages, padded
from cramsheet.press.setting import Setting


def lay_contents(
    writer: Writer, engine: Engine, head: float, pages: Mapping[str, int] | None = None
) -> Setting:
    """On as few pages as it takes below a title so many px high; without pages it has dummies."""
    plan = replace(writer.plan, area=writer.contents_area)
    numbers = pages or dict.fromkeys(_listed(writer), 0)
    found = lay_loose(writer.contents(numbers, ENDLESS), engine)
    laid = gathered(plan, found)
    rooms = Fitting(replace(writer, plan=plan), engine, head)
    count = fewest_pages(laid.strip, rooms.capacities)
    room = packing.levelled(laid.strip, rooms.capacities(count), plan.area.columns)
    columns = packing.even(laid.strip, room) or packing.filled(laid.strip, room)
    assert columns is not None
    return Setting(laid, 1.0, *padded(laid.strip, columns, room), 0.0)


def _listed(writer: Writer) -> list[str]:
    return [
        name
        for section in writer.plan.sections
        for name in (
            f"domain-{section.row.id}",
            *(section.topic_id(topic) for topic in section.topics),
        )
    ]
