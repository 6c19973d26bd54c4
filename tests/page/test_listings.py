import re
from html import unescape

import pytest

from cramsheet.page.listings import listing


def test_keywords_are_marked() -> None:
    html = listing('def f():\n    return "x"', "python")
    assert '<span class="k">def</span>' in html
    assert '<span class="k">return</span>' in html


@pytest.mark.parametrize("language", ["python", "text", "json", "no-such-language"])
@pytest.mark.parametrize("code", ["a < b && c", "\n  two\n\n\tthree", "<script>", '{"a": [1]}'])
def test_every_character_stays(code: str, language: str) -> None:
    html = listing(code, language)
    assert unescape(re.sub(r"<[^>]*>", "", html)) == code
