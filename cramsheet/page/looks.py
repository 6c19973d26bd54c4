"""A look as its stylesheet describes it to the program."""

from cramsheet.page.fonts import wideness
from cramsheet.page.properties import ROOT, properties
from cramsheet.page.shop import Shop
from cramsheet.plan.looks import Look
from cramsheet.problems import Mark, mistake


def look_of(name: str, shop: Shop) -> Look:
    """Raises Mistakes for a look that does not exist, or says what cannot be.

    It says `--face`, the family of its text; `--leading`, the height of a line of a sheet in sizes
    of type; and `--print: large` when it is large print.
    """
    style = shop.style(f"look/{name}")
    told = properties((shop.style("base"), style)).get(ROOT, {})
    try:
        leading = float(told["leading"])
    except ValueError as error:
        message = f'"--leading: {told["leading"]}" is no number'
        raise mistake(message, Mark(style.path), "write 1.16 or the like") from error
    return Look(name, told["face"], wideness(told["face"]), leading, told.get("print") == "large")
