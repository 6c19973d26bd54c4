"""What becomes of an author's line: a little Markdown, a little typesetting, never HTML."""

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cramsheet.pack.facts import Common
from cramsheet.page import markup
from cramsheet.page.markup import inline, plain, short, stem
from tests.making import pack_of
from tests.paper import letters

THIN = "\u202f"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**11 nines**", "<strong>11\u00a0nines</strong>"),
        ("*one* and _two_", "<em>one</em> and <em>two</em>"),
        ("`a < b`", "<code>a &lt; b</code>"),
        ("``a`b``", "<code>a`b</code>"),
        ("[page](https://x.example/a_b)", '<a href="https://x.example/a_b">page</a>'),
        ("[mail](mailto:a@b.example)", '<a href="mailto:a@b.example">mail</a>'),
        (r"\*no\*", "*no*"),
        ("snake_case_name", "snake_case_name"),
        ("**not closed", "**not closed"),
    ],
)
def test_markdown_within_a_line(text: str, html: str) -> None:
    assert inline(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>x</script>",
        "<b>bold</b>",
        "a<br>b",
        "<!-- note -->",
        "a < b & c > d",
        '<img src="file:///etc/passwd">',
        "</article><article>",
        "<a@b.example>",
    ],
)
def test_html_stays_text(text: str) -> None:
    html = str(inline(text))
    assert "<" not in html
    assert unescape(html).replace("“", '"').replace("”", '"') == text


@pytest.mark.parametrize(
    "text",
    [
        "1. first",
        "1) first",
        "# x",
        "### x",
        "- x",
        "* x",
        "+ x",
        "> x",
        "---",
        "***",
        "===",
        "| a | b |",
        "[x][y]",
        "[ref]: https://x.example",
        "[^1]: x",
        "![alt](x.png)",
        "!!! note",
        "x | y",
        ": x",
    ],
)
def test_what_would_begin_a_block_stays_text(text: str) -> None:
    assert unescape(str(inline(text))).replace("–", "-") == text


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x"]
)
def test_links_lead_to_the_web_or_to_mail_alone(address: str) -> None:
    assert inline(f"[here]({address})") == f"[here]({address})"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1-128", "1–128"),
        ("1.5-3.5", "1.5–3.5"),
        ("1,000-2,000", "1,000–2,000"),
        ("(1-2), 3-4.", "(1–2), 3–4."),
        ("p. 3-4", "p. 3–4"),
        ("10-20 %", f"10–20{THIN}%"),
        ("cheap - and good", "cheap – and good"),
    ],
)
def test_ranges_get_a_dash(text: str, expected: str) -> None:
    assert inline(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-21",
        "MLS-C01",
        "1-2-3",
        "v1.2-3",
        "t3.medium-4",
        "5-fold",
        "1-D",
        "x1-3",
        "C-5",
        "a-b",
        "a-1-1",
        "0x1F",
        "https://x.example/1-2",
    ],
)
def test_dates_names_and_codes_keep_their_hyphen(text: str) -> None:
    assert plain(text) == text
    assert plain(f"**{text}** too") == f"{text} too"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 MB", f"5{THIN}MB"),
        ("1 MB/s or 1,000 records/s", f"1{THIN}MB/s or 1,000\u00a0records/s"),
        ("256 kB", f"256{THIN}kB"),
        ("8 GiB", f"8{THIN}GiB"),
        ("10 min", f"10{THIN}min"),
        ("50 km/h", f"50{THIN}km/h"),
        ("5 %", f"5{THIN}%"),
        ("5 minutes", "5\u00a0minutes"),
        ("3 models", "3\u00a0models"),
        ("5 x 3", "5 x 3"),
        ("3x3", "3×3"),
    ],
)
def test_units_stand_close_to_their_number(text: str, expected: str) -> None:
    assert inline(text) == expected


@pytest.mark.parametrize("text", ["1-128", "5 MB", "3x3", '"a"', "a - b"])
def test_code_is_printed_as_written(text: str) -> None:
    assert unescape(str(inline(f"`{text}`"))) == f"<code>{text}</code>"


def test_the_address_of_a_link_is_left_alone() -> None:
    assert inline("[1-2](https://x.example/1-2)") == '<a href="https://x.example/1-2">1–2</a>'


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "“so” it’s"),
        ("en-GB", "“so” it’s"),
        ("de", "„so“ it’s"),
        ("de-AT", "„so“ it’s"),
        ("fr", "« so » it’s"),
        ("sv", "“so” it’s"),
    ],
)
def test_quotes_follow_the_language(language: str, expected: str) -> None:
    html = unescape(str(inline('"so" it\'s', language)))
    assert html.replace("\xa0", " ").replace(THIN, " ") == expected


def test_a_quote_of_one_language_does_not_stay_for_the_next() -> None:
    inline('"so"', "de")
    assert unescape(str(inline('"so"', "en"))) == "“so”"


TEXT = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=40)


@given(TEXT)
def test_no_letter_is_lost_or_moved(text: str) -> None:
    """Signs of Markdown may go; every letter and digit of the author's stays, in its order."""
    if "](" not in text:  # addresses may go
        assert letters(plain(text)) == letters(text)


PIECES = (
    "<b>",
    "</b>",
    "<img src=x>",
    "<!-- ",
    "-->",
    "&lt;",
    "`",
    "*",
    "**",
    " a ",
    "[",
    "<",
    ">",
)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_nothing_that_is_written_becomes_a_tag(text: str) -> None:
    html = str(inline(text))
    for tag in ("strong", "em", "code"):
        html = html.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
    assert "<" not in html


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("**a** `b` *c*", "a b c"),
        ("[page](https://x.example)", "page"),
        ("a < b & c", "a < b & c"),
        ("<b>", "<b>"),
        ("1-2", "1–2"),
    ],
)
def test_the_words_alone(text: str, words: str) -> None:
    assert plain(text) == words


@pytest.mark.parametrize(
    ("text", "story", "ask"),
    [
        ("Only one?", "", "Only one?"),
        ("A story here. What fits?", "A story here.", "What fits?"),
        ("One. Two. Which?", "One. Two.", "Which?"),
        ("No question. At all.", "", "No question. At all."),
        ("  One. Which? ", "One.", "Which?"),
        ("Costs $5. Which?", "Costs $5.", "Which?"),
        ("**It rains. What now?**", "", "**It rains. What now?**"),
        ("*It* rains. What `now`?", "*It* rains.", "What `now`?"),
        ("一つ. どれ？", "一つ.", "どれ？"),
        ("Which fits, e.g. for a stream?", "", "Which fits, e.g. for a stream?"),
    ],
)
def test_the_question_proper_is_the_last_sentence(text: str, story: str, ask: str) -> None:
    assert stem(text) == (story, ask)


@pytest.mark.parametrize(
    ("fact", "name"),
    [
        ("- term: Amazon S3\n  means: stores objects", "Amazon S3"),
        ("- '**Bold** comes first, and more words follow it here'", "Bold"),
        ("- A few plain words", "A few plain words"),
        ("- One two three four five six seven", "One two three four five six seven"),
        ("- One two three four five six seven eight", "One two three four five six seven …"),
        ("- trap: A claim\n  truth: not so", "A claim"),
        ("- compare: This or that?\n  columns: [a]\n  rows: {x: [y]}", "This or that?"),
    ],
)
def test_a_fact_has_a_short_name(fact: str, name: str) -> None:
    (entry,) = pack_of(fact).entries()
    assert isinstance(entry.fact, Common)
    assert short(entry.fact) == name


@settings(max_examples=300)
@given(st.text("ab 1239.,;:-–()%/+=xÄß?!\n§→", min_size=1, max_size=40))
def test_text_that_needs_no_markdown_comes_out_as_if_it_had_been_through_it(text: str) -> None:
    quick = str(markup.inline.__wrapped__(text, "en"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markup, "_MARKED", re.compile(""))
        assert quick == str(markup.inline.__wrapped__(text, "en"))
