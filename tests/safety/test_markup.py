"""Texts of a pack are data: no text becomes markup but by an allow list, none is run, none is lost.

Each case is tried on the naive builder, too, which has to fail it.
"""

from html import unescape

import jinja2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cramsheet.page.markup import inline
from tests.making import flow, pack_of
from tests.safety import naive
from tests.safety.markup import Parsed, letters, promised

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=file:///etc/passwd>",
    "<img src=x onerror=alert(1)>",
    "<link rel=attachment href=file:///etc/passwd>",
    "<link rel=stylesheet href=file:///x.css>",
    "<style>@import 'file:///etc/passwd'</style>",
    "<base href=http://evil.invalid/>",
    "<object data=file:///etc/passwd></object>",
    "<embed src=file:///etc/passwd>",
    "<iframe src=http://evil.invalid></iframe>",
    "<svg><image href=file:///etc/passwd /></svg>",
    "<svg/onload=alert(1)>",
    "<b style='position:fixed'>x</b>",
    "<div style=columns:100000>x</div>",
    "<table><td colspan=1000000>x</table>",
    "<form action=http://evil.invalid><input></form>",
    "<meta http-equiv=refresh content='0;url=http://evil.invalid'>",
    "<!-- hidden -->",
    "<!doctype html>",
    "<?php echo 1 ?>",
    "<![CDATA[x]]>",
    "</article></body></html>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](file:///etc/passwd)",
    "[x](data:text/html,x)",
    "[x](vbscript:x)",
    "[x](../outside/x.yaml)",
    "[x](//evil.invalid/x)",
    "[x](#fact-x)",
    '[x](x" onclick="alert(1))',
    "![x](file:///etc/passwd)",
    "![x](http://evil.invalid/x.png)",
    "![x](../outside/x.svg)",
    "<ftp://evil.invalid/x>",
    "<mailto:x@evil.invalid?body=y>",
    "[x]: file:///etc/passwd\n[x]",
    "&lt;script&gt;",
    "&#60;script&#62;",
    "&#8238;22 rewsna",
    "&copy; 2026",
    "AT&amp;T",
    '[x](https://a.example "a title that nobody sees")',
    "    indented as code",
    "# a heading",
    "- a list",
    "> a quote",
    "***",
    "| a | b |\n| - | - |\n| c | d |",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_markup(text: str) -> None:
    found = Parsed(str(inline(text)))
    assert found.wrong == []
    assert found.open == []
    assert letters(found.text) == promised(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_the_naive_builder_fails(text: str) -> None:
    found = Parsed(naive.markup(text))
    assert found.wrong or letters(found.text) != promised(text)


# Signs that Markdown, HTML or our own typesetting knows, and words between them.
PIECES = (
    *"*_`[](){}<>&\"'$\\#~!|-–.,:;=/^ \n",
    *("**", "``", "](", "](https://a.example/", "<https://", "&#", "&amp;", "&lt;", "<b>", "</a>"),
    *("<!--", "-->", "{de}", "$x$", "word", "12", "3x3", "é", "日本", "שלום", "5 MB", "mailto:"),
)
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@settings(max_examples=400)
@given(texts, st.sampled_from(["en", "de", "fr", "ar", "ja"]))
@example("[a](https://a.example/ '&#8238;')", "en")
def test_any_text_keeps_to_the_allow_list(text: str, language: str) -> None:
    assert Parsed(str(inline(text, language))).wrong == []


@settings(max_examples=400)
@given(st.lists(st.sampled_from([it for it in PIECES if "(" not in it and "{" not in it])))
def test_any_text_keeps_its_words(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert letters(Parsed(str(inline(text))).text) == letters(text)


TEMPLATES = (
    "{{ 7 * 191 }}",
    "{{ exam }}",
    "{{ self }}",
    "{{ config }}",
    "{{ ''.__class__.__mro__ }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ lipsum(n=100000) }}",
    "{{ 'x' * 10**9 }}",
    "{{ range(99999) | list }}",
    "{% for x in range(99) %}1337{% endfor %}",
    "{% include '/etc/passwd' %}",
    "{% extends 'base.html' %}",
    "{% import 'os' as os %}",
    "{% set x = 1 %}",
    "{% raw %}{{ x }}{% endraw %}",
    "{# a comment #}",
    "{{ x | safe }}",
    "{{ undefined_thing }}",
    "{%- if true -%}1337{%- endif -%}",
    "{{ '{{' }} 7 }}",
    "}} {{ %} {%",
)


@pytest.mark.parametrize("text", TEMPLATES)
def test_a_template_in_a_text_is_words(text: str) -> None:
    """Wherever in a pack it stands: a fact, a cell, code, a formula's words, a question."""
    quoted = "'" + text.replace("'", "''") + "'"
    facts = f"""
    - {{fact: {quoted}, id: one}}
    - {{term: {quoted}, means: {quoted}, source: {quoted}, id: two}}
    - {{code: Code, id: three, lines: {quoted}}}
    - {{compare: Table, columns: [{quoted}], rows: {{row: [{quoted}]}}}}
    """
    asked = f"- {{claim: {quoted}, is: true, why: {quoted}}}"
    for kind, times in (("notes", 5), ("key", 1)):
        html = str(flow(pack_of(facts, asked), kind))
        shown = letters(unescape(Parsed(html).text))
        assert shown.count(letters(text)) >= times
        assert "1337" not in shown or "1337" in text


def test_the_naive_builder_runs_a_template_that_is_rendered_twice() -> None:
    page = jinja2.Environment().from_string("<p>{{ text }}</p>").render(text=TEMPLATES[0])
    assert jinja2.Environment().from_string(page).render() == "<p>1337</p>"
