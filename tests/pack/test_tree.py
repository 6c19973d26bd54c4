"""Bytes to a tree: what is read as it is written, and what cases of text cannot hold."""

import codecs

import pytest

from cramsheet.caps import USUAL
from cramsheet.pack.source import MOST_PROBLEMS, Source
from cramsheet.pack.tree import Node, parse
from cramsheet.problems import Mark, Mistakes

LINES = "domain: storage\ntopics:\n  - é: x\n    b: [1, 2]\n"


def tree(text: str | bytes) -> Node:
    return parse(Source("a.yaml", text if isinstance(text, bytes) else text.encode()))


def told(text: str | bytes) -> list[str]:
    with pytest.raises(Mistakes) as caught:
        tree(text)
    assert all(problem.hint for problem in caught.value.problems)
    return [
        f"{problem.mark.line}:{problem.mark.column} {problem.message}"
        for problem in caught.value.problems
        if problem.mark
    ]


AS_WRITTEN = """\
no yes on true True null ~ = -1 +1 .5 1e3 1.10 1_000 012 0x1F .nan -.inf 1:30 2026-01-02
2026-01-02T03:04:05Z x#y a:b it's 5" naïve 日本語 שלום e\u0301 👩\u200d🔬 \U0001d11e
"""


@pytest.mark.parametrize("written", AS_WRITTEN.split())
def test_what_is_written_stays_text(written: str) -> None:
    assert tree(f"key: {written}\n").plain() == {"key": written}
    assert tree(f"{written}: x\n").plain() == {written: "x"}


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("'no'", "no"),
        ("'it''s'", "it's"),
        (r'"say \"no\""', 'say "no"'),
        (r'"\\frac"', r"\frac"),
        (r"'\frac'", r"\frac"),
        (r"\frac", r"\frac"),
        (r'"\u00e9\xe9\U000000e9"', "ééé"),
        ('"one\n  two"', "one two"),
        ("one\n  two", "one two"),
        ("|\n  one\n    two\n", "one\n  two\n"),
        (">\n  one\n  two\n", "one two\n"),
        ("x # a comment", "x"),
        ("''", ""),
        ("", ""),
    ],
)
def test_quotes_and_blocks(written: str, text: str) -> None:
    assert tree(f"key: {written}\n").plain() == {"key": text}


@pytest.mark.parametrize(
    "data",
    [
        LINES.encode(),
        LINES.replace("\n", "\r\n").encode(),
        LINES.replace("\n", "\r").encode(),
        codecs.BOM_UTF8 + LINES.encode(),
        b"--- # a page begins\n".replace(b"\n", b"\r\n") + LINES.encode(),
        LINES.rstrip("\n").encode(),
        LINES.replace("  - ", "  -   ").replace("\n    b", "\n      b").encode(),
    ],
    ids=["LF", "CRLF", "CR", "BOM", "---", "no end of line", "wide"],
)
def test_line_ends_marks_and_space_are_no_content(data: bytes) -> None:
    assert tree(data).plain() == {"domain": "storage", "topics": [{"é": "x", "b": ["1", "2"]}]}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_places_are_those_of_an_editor(end: str, start: str) -> None:
    root = tree(start + LINES.replace("\n", end))
    assert root.keys["domain"] == Mark("a.yaml", 1, 1)
    assert root.place(("topics",)) == Mark("a.yaml", 2, 1)
    assert root.at(("topics", 0, "é")).mark == Mark("a.yaml", 3, 8)
    assert root.place(("topics", 0, "b")) == Mark("a.yaml", 4, 5)
    assert root.place(("topics", 0, "b", 1)) == Mark("a.yaml", 4, 12)


def test_a_path_leads_as_far_as_it_is_written() -> None:
    root = tree(LINES)
    assert root.at(("topics", 0, "b", 7)) == root.at(("topics", 0, "b"))
    assert root.at(("nowhere", 0)) == root
    assert root.place(("topics", 0, "c")) == root.at(("topics", 0)).mark


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "1:1 the file is empty"),
        (b"\n\n", "1:1 the file is empty"),
        (codecs.BOM_UTF8, "1:1 the file is empty"),
        (b"''", "1:1 the file is empty"),
        (b"a: \xff\n", "1:4 not UTF-8 text (byte 0xff)"),
        ("é: x\nä".encode() + b"\xe9t\xe9", "2:2 not UTF-8 text (byte 0xe9)"),
        (codecs.BOM_UTF8 + b"a: \xff", "1:4 not UTF-8 text (byte 0xff)"),
        (b"a\rb\r\nc\xff", "3:2 not UTF-8 text (byte 0xff)"),
        ("a: b".encode("utf-16"), "1:1 not UTF-8 text (byte 0xff)"),
        (b"a: \xed\xa0\x80", "1:4 not UTF-8 text (byte 0xed)"),
        ("é: x\n  y\x00z", "2:4 the character U+0000 cannot be printed"),
        ("a\r\nb: \x1b[31m", "2:4 the character U+001B cannot be printed"),
        ("a: \u202etxet", "1:4 the character U+202E cannot be printed"),
        ("a: x\u2066y", "1:5 the character U+2066 cannot be printed"),
        ("a: x\u2028y", "1:5 the character U+2028 cannot be printed"),
        ("a: x\x85y", "1:5 the character U+0085 cannot be printed"),
        ("a: x\ufeffy", "1:5 the character U+FEFF cannot be printed"),
        ("a: \ufffe", "1:4 the character U+FFFE cannot be printed"),
        ("a: \U0001ffff", "1:4 the character U+1FFFF cannot be printed"),
        ("a: \U0010fffe", "1:4 the character U+10FFFE cannot be printed"),
        ("a: x" + "\u0301" * 9, "1:5 9 accents on one letter"),
        ("a: " + "x" * (USUAL.word + 1), "1:4 a word of 401 characters; 400 is the most"),
        (
            "a: " + "x " * (USUAL.text // 2) + "x",
            "1:4 a text of 20,001 characters; 20,000 is the most",
        ),
        (b"a" * (USUAL.file + 1), "1:1 the file has 1.1 MiB; 1 MiB is the most"),
        ("[" * 10_000, f"1:{USUAL.depth + 1} nested deeper than 20 levels"),
        ("{a: " * 100, f"1:{4 * (USUAL.depth - 1) + 2} nested deeper than 20 levels"),
        ("- " * 100, f"1:{2 * USUAL.depth + 1} nested deeper than 20 levels"),
        ("- x\n" * USUAL.values, "60000:3 more than 60,000 values"),
        ("x " * 600 + ": y", "1:1201 a key of 1,200 characters"),
    ],
)
def test_refuses(data: str | bytes, said: str) -> None:
    assert told(data) == [said]


@pytest.mark.parametrize(
    "text",
    [
        "a: x" + "\u0301" * 8,
        "a: " + "x" * USUAL.word,
        "a: " + "漢" * USUAL.text,
        "a: " + "x " * (USUAL.text // 2 - 1) + "x",
        "[" * USUAL.depth + "]" * USUAL.depth,
        "[" + "x, " * (USUAL.values - 2) + "x]",
        "a: b" + " " * (USUAL.file - 4),
    ],
    ids=["accents", "word", "Chinese", "text", "depth", "values", "size"],
)
def test_takes_as_much_as_it_says(text: str) -> None:
    tree(text)


def test_all_unprintable_characters_are_told_at_once() -> None:
    assert told("a: \x00\nb: \x07") == [
        "1:4 the character U+0000 cannot be printed",
        "2:4 the character U+0007 cannot be printed",
    ]


def test_many_aliases_are_not_followed() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(1_000))
    said = told(bomb)
    assert said[:2] == [
        '1:4 text cannot begin with "&"',
        '2:5 text cannot begin with "&"',
    ]
    assert len(said) == MOST_PROBLEMS + 1


@pytest.mark.parametrize("text", ["\x07" * 10_000, "- &a x\n" * 10_000], ids=["source", "tree"])
def test_no_more_is_told_than_a_person_reads(text: str) -> None:
    said = told(text)
    assert len(said) == MOST_PROBLEMS + 1
    assert said[-1].endswith("more problems from here on")
    assert not any("more problems" in line for line in said[:-1])
