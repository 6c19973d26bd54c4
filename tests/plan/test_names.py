"""Lists of names as people keep them, and what is said of those that cannot be read."""

import pytest

from cramsheet.pack.source import Source
from cramsheet.plan.names import people, person
from cramsheet.problems import Mistakes


def names(text: str | bytes) -> list[str]:
    data = text.encode() if isinstance(text, str) else text
    return [it.name for it in people(Source("names.csv", data))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ada Lovelace\nAlan Turing\n", ["Ada Lovelace", "Alan Turing"]),
        ("Ada", ["Ada"]),
        ("\ufeffAda\r\n\r\n  Alan  Turing \r\n", ["Ada", "Alan Turing"]),
        ("Lovelace, Ada\nTuring, Alan", ["Lovelace, Ada", "Turing, Alan"]),
        ("name\nAda", ["Ada"]),
        ("Name,E-Mail\nAda,ada@example.org\n,\n", ["Ada"]),
        ("id;name\n1;Ada\n2;Alan", ["Ada", "Alan"]),
        ("id\tName\n1\tAda", ["Ada"]),
        ('name,id\n"Lovelace, Ada",1', ["Lovelace, Ada"]),
        ('name,id\n"Ada ""Countess"" L.",1', ['Ada "Countess" L.']),
        ('name,id\n "Ada" ,1', ["Ada"]),
        ("name,id\nAda B.\u00a0L.,", ["Ada B. L."]),
        ("Jose\u0301", ["José"]),
        ("Αλέξανδρος\nЁлкина\nليلى\n山田 太郎", ["Αλέξανδρος", "Ёлкина", "ليلى", "山田 太郎"]),
        ("علی\u200cرضا", ["علی\u200cرضا"]),
        ("O'Neill\nAnne-Marie d'Arc", ["O'Neill", "Anne-Marie d'Arc"]),
    ],
)
def test_names_are_read(text: str, found: list[str]) -> None:
    assert names(text) == found


def test_a_list_may_say_who_gets_which_form() -> None:
    found = people(Source("names.csv", b"name,form,note\nAda,B,x\nAlan,,x"))
    assert [(it.name, it.form) for it in found] == [("Ada", "B"), ("Alan", "")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "names.csv:1:1: error: no names\n  hint: write a name on each line"),
        (b"\n ,;\n", "names.csv:1:1: error: no names"),
        (b"name,form\n", "names.csv:1:1: error: no names"),
        (b"Ada\nJos\xe9\n", "names.csv:2:4: error: not UTF-8 text (byte 0xe9)\n  hint: save"),
        ("Ada".encode("utf-16"), 'names.csv:1:1: error: not UTF-8 text, but UTF-16\n  hint: save'),
        (b"Ada\nA\x07lan", "names.csv:2:2: error: the character U+0007 cannot be printed\n  hint"),
        ("A\u202eda", "names.csv:1:2: error: the character U+202E cannot be printed"),
        ("A\u00adda", "names.csv:1:1: error: the character U+00AD cannot be seen\n  hint: delete"),
        ("id,name\n1,Ada\n2,\n", "names.csv:3:3: error: no name\n  hint: write one, or delete"),
        ('name\n""', "names.csv:2:1: error: no name"),
        ("Ada\nAlan\n ADA ", 'names.csv:3:2: error: "ADA" stands in line 1 already\n  hint: tell'),
        ("Ada\n" + "x" * 81, "names.csv:2:1: error: a name of 81 letters, and 80 are the most"),
        ("---", 'names.csv:1:1: error: "---" holds no letter\n  hint: write a name'),
        (
            "name,id\nLovelace, Ada,1",
            "names.csv:2:1: error: 3 cells, and the head has 2\n  hint: put quotes around",
        ),
        ("name;id\nAda", "names.csv:2:1: error: 1 cell"),
        (
            'name,id\n"Ada,1\nAlan,2',
            'names.csv:2:1: error: a quote is not closed\n  hint: end it with "',
        ),
        (
            "nam,form\nAda,A",
            'names.csv:1:1: error: several cells, but no column of names\n  hint: did you mean',
        ),
        (
            "Ada;A\nAlan;B",
            'names.csv:1:1: error: several cells, but no column of names\n  hint: begin with',
        ),
        ("Ada\nAlan\tB", "names.csv:2:1: error: several cells"),
        ("x" * (1 << 20) + "x", "names.csv:1:1: error: the file is too large for a list of names"),
        (
            "\n".join(f"Person {n}" for n in range(1001)),
            "names.csv:1001:1: error: 1,001 names; 1,000 is the most\n"
            "  hint: split the list, or allow more: --allow people=1001",
        ),
    ],
)  # fmt: skip
def test_a_list_that_cannot_be_read_says_where_and_why(text: str | bytes, said: str) -> None:
    with pytest.raises(Mistakes) as caught:
        names(text)
    assert str(caught.value).startswith(said)
    assert "hint: " in str(caught.value)


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(Mistakes) as caught:
        names("name,id\nAda,1\nAda,2\n,3\n..,4\nx,y,z\n")
    lines = [it.mark.line for it in caught.value.problems if it.mark]
    assert lines == [3, 4, 5, 6]


def test_a_thousand_names_are_read() -> None:
    assert len(names("\n".join(f"Person {n}" for n in range(1000)))) == 1000


def test_a_single_person_is_named() -> None:
    assert person("  Ada   Lovelace ").name == "Ada Lovelace"


@pytest.mark.parametrize("name", [" ", "x" * 81, "Ada\x07", "A\u202eda", "?"])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(Mistakes):
        person(name)
