"""Who gets which form, and file names that every system takes."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cramsheet.plan.copies import copies, slug
from cramsheet.plan.names import Person
from cramsheet.problems import Mark, Mistakes

RESERVED = {"con", "prn", "aux", "nul", *(f"{it}{n}" for it in ("com", "lpt") for n in range(10))}


def forms(asked: str, letters: str) -> str:
    """Of people who were promised these forms; a dot was promised none."""
    group = [Person(f"P{n}", form.strip("."), Mark("n.csv", n)) for n, form in enumerate(asked, 2)]
    return "".join(copy.form for copy in copies(group, list(letters)))


@pytest.mark.parametrize(
    ("asked", "letters", "found"),
    [
        (".......", "ABC", "ABCABCA"),
        ("...", "A", "AAA"),
        ("....", "AB", "ABAB"),
        ("B...", "ABC", "BCAB"),
        (".A..", "ABC", "BABC"),
        ("A.C.", "ABC", "ABCA"),
        ("A.B.", "ABC", "ACBC"),
    ],
)
def test_forms_take_turns_around_those_that_were_promised(
    asked: str, letters: str, found: str
) -> None:
    assert forms(asked, letters) == found


def test_a_document_without_forms_does_not_look_at_them() -> None:
    assert [it.form for it in copies([Person("Ada", "Z")])] == [""]


@given(st.lists(st.sampled_from(".ABCD"), min_size=1, max_size=40))
def test_neighbours_never_have_the_same_form(asked: list[str]) -> None:
    if any(one == two != "." for one, two in pairwise(asked)):
        with pytest.raises(Mistakes):
            forms("".join(asked), "ABCD")
        return
    found = forms("".join(asked), "ABCD")
    assert all(one != two for one, two in pairwise(found))
    assert all(it in (".", form) for it, form in zip(asked, found, strict=True))


@pytest.mark.parametrize(
    ("asked", "letters", "said"),
    [
        (".Z", "ABC", 'n.csv:3:1: error: no form "Z"\n  hint: write one of A, B, C'),
        (".AA", "ABC", "n.csv:4:1: error: P3 and P4 both have form A\n  hint: neighbours must not"),
        ("A.B", "AB", "both have form"),
    ],
)
def test_what_the_list_promises_must_be_possible(asked: str, letters: str, said: str) -> None:
    with pytest.raises(Mistakes) as caught:
        forms(asked, letters)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Ada Lovelace", "ada-lovelace"),
        ("  José  Nuñez-Ångström ", "jose-nunez-angstrom"),
        ("Lovelace, Ada", "lovelace-ada"),
        ("../../etc/passwd", "etc-passwd"),
        ('a<b>c:d"e/f\\g|h?i*j', "a-b-c-d-e-f-g-h-i-j"),
        ("Nguyễn Thị Ánh", "nguyen-thi-anh"),
        ("Αλέξανδρος Ёлкин", "αλέξανδρος-ёлкин"),
        ("山田 太郎", "山田-太郎"),
        ("ガ", "ガ"),
        ("علی\u200cرضا", "علیرضا"),
        ("हिन्दी", "हिन्दी"),
        ("Ada.", "ada"),
        ("!", "x"),
    ],
)
def test_a_name_becomes_part_of_a_file_name(name: str, file: str) -> None:
    assert slug(name) == file


@given(st.lists(st.text(min_size=1, max_size=80), min_size=1, max_size=8))
def test_no_two_copies_share_a_file_and_no_system_refuses_one(names: list[str]) -> None:
    files = [f"demo-sheet-a4-{it.file}.pdf" for it in copies([Person(name) for name in names])]
    assert len({it.casefold() for it in files}) == len(names)
    for it in files:
        assert not set('<>:"/\\|?*\0 ') & set(it)
        assert it.isprintable()
        assert it.partition(".")[0] not in RESERVED
        assert len(it.encode()) < 200
        assert it[:-4].strip(". ") == it[:-4]


def test_names_that_are_written_alike_are_numbered() -> None:
    group = [Person(name) for name in ("Ana", "Aña", "ANA!", "Ana 2", "All")]
    assert [it.file for it in copies(group)] == ["ana", "ana-2", "ana-3", "ana-2-2", "all-2"]
