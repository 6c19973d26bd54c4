"""Lines are as long as they can be where an element follows a text."""

import pytest

from cramsheet.page.fonts import faces_css
from cramsheet.page.shop import Style
from cramsheet.page.writing import Html
from cramsheet.press.engine import Engine
from tests.paper import read

CSS = "@page { size: 160mm 900mm } p { font: 12px CramText; margin: 0 }"


@pytest.mark.parametrize(
    "more", ["<b>MAE</b>", "<span>→&nbsp;</span><b>MAE</b>", "<i>not</i>: RMSE"]
)
def test_no_line_ends_after_its_first_word(engine: Engine, more: str) -> None:
    text = "A few wild outliers must not decide which model wins"
    widths = range(200, 340)
    lines = [f'<p style="width: {width}px">{text} {more}' for width in widths]
    html = Html(
        f'<html lang="en"><title>X</title>{"".join(lines)}',
        (Style("fonts", faces_css("")), Style("it", CSS)),
    )
    runs = read(engine.write(engine.lay(html)).data).runs
    assert sum("wins" in run.text for run in runs) == len(widths)
    assert not [run for run in runs if run.text.strip() == "A"]
