"""Suite A: honest mistakes that no file of tests/cases can hold: bytes, line ends, sizes.

Each is the bytes of facts.yaml, and all that must be said of it, as line:column message.
"""

from collections.abc import Mapping

HEAD = "domain: storage\ntopics:\n- topic: Buckets\n  facts:\n"
Wrong = Mapping[str, tuple[bytes, tuple[str, ...]]]


def _entries(text: str) -> bytes:
    return (HEAD + text).encode()


def _of(entry: str, count: int) -> str:
    return "".join(entry.replace("N", str(n)) for n in range(count))


def _table(columns: int, rows: int) -> bytes:
    names = ", ".join(f"c{n}" for n in range(columns))
    lines = "".join(f"      r{n}: [{names}]\n" for n in range(rows))
    return _entries(f"  - compare: Much\n    columns: [{names}]\n    rows:\n{lines}")


def _tree(questions: int) -> bytes:
    text, indent = "  - figure: F\n    alt: a\n    tree:\n", "      "
    for depth in range(questions):
        text += f"{indent}Q{depth}:\n{indent}  no: leaf\n{indent}  yes:\n"
        indent += "    "
    return _entries(f"{text.rstrip()} end\n")


ENCODING: Wrong = {
    "Latin-1 in a fact": (
        _entries("  - caf") + b"\xe9\n",
        ("5:8 not UTF-8 text (byte 0xe9)",),
    ),
    "Windows quotes": (
        _entries("  - ") + b"\x93quoted\x94\n",
        ("5:5 not UTF-8 text (byte 0x93)",),
    ),
    "half a character at the end": (
        _entries("  - caf") + b"\xc3",
        ("5:8 not UTF-8 text (byte 0xc3)",),
    ),
    "a slash written in two bytes": (
        _entries("  - a") + b"\xc0\xaf\n",
        ("5:6 not UTF-8 text (byte 0xc0)",),
    ),
    "UTF-16 with a mark, big-endian": (
        b"\xfe\xff" + HEAD.encode("utf-16-be"),
        ("1:1 not UTF-8 text (byte 0xfe)",),
    ),
    "UTF-16 without a mark": (
        "a: b\n".encode("utf-16-le"),
        tuple(f"{place} the character U+0000 cannot be printed" for place in
              ("1:2", "1:4", "1:6", "1:8", "2:1")),
    ),
    "UTF-32": (
        "a".encode("utf-32"),
        ("1:1 not UTF-8 text (byte 0xff)",),
    ),
    "a zip file": (
        b"PK\x03\x04",
        tuple(f"1:{n} the character U+000{n} cannot be printed" for n in (3, 4)),
    ),
    "a bell behind Windows line ends": (
        _entries("  - a\x07\n").replace(b"\n", b"\r\n"),
        ("5:6 the character U+0007 cannot be printed",),
    ),
    "a form feed from a printer": (
        _entries("  - a\x0cb\n"),
        ("5:6 the character U+000C cannot be printed",),
    ),
    "an escape from a terminal": (
        _entries("  - \x1b[1mbold\n"),
        ("5:5 the character U+001B cannot be printed",),
    ),
    "a line separator from a web page": (
        _entries("  - one\u2028two\n"),
        ("5:8 the character U+2028 cannot be printed",),
    ),
    "text that is turned round": (
        _entries("  - \u202eabc\u202c\n"),
        tuple(f"5:{at} the character U+202{sign} cannot be printed" for at, sign in
              ((5, "E"), (9, "C"))),
    ),
    "a second mark of order": (
        b"\xef\xbb\xbf" * 2 + HEAD.encode(),
        ("1:1 the character U+FEFF cannot be printed",),
    ),
    "a mark of order inside": (
        _entries("  - a\ufeff\n"),
        ("5:6 the character U+FEFF cannot be printed",),
    ),
    "a mistake behind Mac line ends": (
        _entries("  - {tem: a}\n").replace(b"\n", b"\r"),
        ('5:5 unknown kind "tem"',),
    ),
    "a mistake behind Windows line ends": (
        _entries("  - {tem: a}\n").replace(b"\n", b"\r\n"),
        ('5:5 unknown kind "tem"',),
    ),
    "a mistake behind a mark of order": (
        b"\xef\xbb\xbf" + HEAD.replace("domain", "domian").encode() + b"  - a\n",
        ('1:1 unknown key "domian"',),
    ),
    "line ends of all kinds": (
        b"domain: storage\rtopics:\r\n- topic: B\n  facts:\r  - {tem: a}",
        ('5:5 unknown kind "tem"',),
    ),
    "a mistake behind wide letters": (
        _entries("  - {日本: 漢, é: x}\n"),
        ('5:5 unknown kind "日本"',),
    ),
    "a mistake behind a letter of four bytes": (
        _entries("  - {term: 𝄞, means: x, 𝄞: y}\n"),
        ('5:25 unknown key "𝄞"',),
    ),
}  # fmt: skip

LIMITS: Wrong = {
    "a word": (
        _entries("  - " + "x" * 401 + "\n"),
        ("5:5 a word of 401 characters; 400 is the most",),
    ),
    "a word in a cell": (
        _entries("  - {term: a, means: b " + "x" * 500 + "}\n"),
        ("5:22 a word of 500 characters; 400 is the most",),
    ),
    "a key": (
        _entries("  - {term: a, means: b, " + "k" * 401 + ": c}\n"),
        ("5:25 a word of 401 characters; 400 is the most",),
    ),
    "an address": (
        _entries("  - {fact: a, source: https://a.example/" + "x" * 390 + "}\n"),
        ("5:23 a word of 408 characters; 400 is the most",),
    ),
    "a text": (
        _entries("  - " + "word " * 4001 + "\n"),
        ("5:5 a text of 20,004 characters; 20,000 is the most",),
    ),
    "a block of code": (
        _entries("  - code: Long\n    lines: |\n" + "      line of code\n" * 1700),
        ("6:12 a text of 22,100 characters; 20,000 is the most",),
    ),
    "accents": (
        _entries("  - a" + "\u0301" * 9 + "\n"),
        ("5:6 9 accents on one letter",),
    ),
    "accents on two letters": (
        _entries("  - a" + "\u0301" * 9 + "b" + "\u0302" * 10 + "\n"),
        ("5:6 9 accents on one letter", "5:16 10 accents on one letter"),
    ),
    "brackets": (
        _entries("  - " + "[" * 50 + "\n"),
        ("5:21 nested deeper than 20 levels",),
    ),
    "braces": (
        _entries("  - " + "{a: " * 50 + "\n"),
        ("5:66 nested deeper than 20 levels",),
    ),
    "hyphens": (
        _entries("  - " + "- " * 50 + "x\n"),
        ("5:37 nested deeper than 20 levels",),
    ),
    "values": (
        _entries(_of("  - fact N\n", 60_000)),
        ("59995:5 more than 60,000 values",),
    ),
    "values in one list": (
        _entries("  - {list: a, items: [" + "a, " * 60_000 + "]}\n"),
        ("5:179978 more than 60,000 values",),
    ),
    "cells": (
        _table(10, 201),
        ("7:5 the table has 2,010 cells; 2,000 is the most",),
    ),
    "columns": (
        _table(21, 2),
        ("6:5 the table has 21 columns; 20 is the most",),
    ),
    "columns and cells": (
        _table(21, 100),
        (
            "6:5 the table has 21 columns; 20 is the most",
            "7:5 the table has 2,100 cells; 2,000 is the most",
        ),
    ),
    "a tree": (
        _tree(7),
        ("26:31 the tree is deeper than 6 questions",),
    ),
    "facts": (
        _entries(_of("  - Fact number N\n", 3_001)),
        ("pack:1:1 3,001 facts and questions; 3,000 is the most",),
    ),
    "bytes": (
        _entries("# " + "x" * (1 << 20) + "\n"),
        ("1:1 the file has 1.1 MiB; 1 MiB is the most",),
    ),
    "no bytes at all": (b"", ("1:1 the file is empty",)),
    "a comment alone": (b"# nothing yet\n", ("1:1 the file is empty",)),
}
