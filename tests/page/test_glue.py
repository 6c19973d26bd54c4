"""Where lines must not break."""

import pytest

from cramsheet.page.glue import glued

LONG = "Words enough that this text is set on more than one line"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("takes 15 minutes", "takes 15~minutes"),
        ("**365** days", "**365**~days"),
        ("up to 1,000 rows", "up to 1,000~rows"),
        ("from 60–900 seconds", "from 60–900~seconds"),
        ("100,000 transformations", "100,000 transformations"),  # too long to be held together
        ("S3 classes", "S3 classes"),
        ("version 1.2 and 3", "version 1.2~and 3"),
        ("from -1 to 1", "from −1~to 1"),
        ("MLS-C01 on 2026-11-21", "MLS-C01 on 2026-11-21"),
        ("(-5 °C)", "(−5 °C)"),
        (f"{LONG} too", f"{LONG}~too"),
        ("a short one", "a short one"),
        (f"{LONG} forever", f"{LONG} forever"),
    ],
)
def test_glue(text: str, wanted: str) -> None:
    assert glued(text) == wanted.replace("~", "\u00a0")
