"""The link of a group, which stands at the foot of its pages as a QR code."""

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, WithJsonSchema

from cramsheet.pack.fields import Text, complain
from cramsheet.problems import shortened

MOST_LINKED = 32  # letters: what is longer makes a code whose dots are too fine for a foot
_PATTERN = r"^https://[!-~]+$"
_SHORTER = f"write https:// and at most {MOST_LINKED} letters together, as https://example.org/ml"


def _link(value: str) -> str:
    """Nothing but https, and neither names nor passwords in it: it is printed for all to see."""
    try:
        host = urlsplit(value).hostname or ""
        odd = "@" in value or not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", host)
    except ValueError:
        odd = True
    if odd or not re.fullmatch(_PATTERN, value):
        complain([((), f'"{shortened(value)}" is no link to print', _SHORTER)])
    if len(value) > MOST_LINKED:
        message = f"a link of {len(value)} letters makes too fine a code, {MOST_LINKED} is the most"
        complain([((), message, "have it shortened, or leave out what is not needed")])
    return value


Link = Annotated[
    Text,
    AfterValidator(_link),
    WithJsonSchema({"type": "string", "pattern": _PATTERN, "maxLength": MOST_LINKED}),
]
