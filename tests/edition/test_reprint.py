"""Which sheets of paper are printed again."""

import pytest

from cramsheet.edition.record import Document
from cramsheet.edition.reprint import reprint
from cramsheet.page.sheets import Stamp


def document(codes: str) -> Document:
    return Document({}, tuple(Stamp(code, "2026-11-26 aaaaaa") for code in codes), {})


CASES = [
    ("abcd", "abcd", (), "no page of 4"),
    ("abcd", "aXcd", (1, 2), "page 2 of 4"),
    ("abcd", "abXY", (3, 4), "pages 3-4 of 4"),
    ("abcd", "abcdX", (5, 0), "page 5 of 5"),
    ("abc", "abcX", (3, 4), "page 4 of 4"),
    ("abcd", "abc", (3, 0), "no page of 3"),  # on its back is the old fourth
    ("abcde", "abc", (3, 0), "no page of 3; take out the last sheet"),
    ("abcde", "abcd", (), "no page of 4; take out the last sheet"),
    ("abcdefgh", "Xbc", (1, 2, 3, 0), "page 1 of 3; take out the last 2 sheets"),
    ("ab", "ba", (1, 2), "pages 1-2 of 2"),
    ("", "abc", (1, 2, 3, 0), "all of it, 3 pages, for it is not in the old edition"),
]


@pytest.mark.parametrize(("old", "new", "printed", "told"), CASES)
def test_a_page_brings_its_back(old: str, new: str, printed: tuple[int, ...], told: str) -> None:
    found = reprint("sheet", document(old) if old else None, document(new))
    assert (found.printed, found.told) == (printed, f"sheet: {told}")


@pytest.mark.parametrize(("old", "new", "printed", "told"), CASES)
def test_the_sheets_make_the_new_edition(
    old: str, new: str, printed: tuple[int, ...], told: str
) -> None:
    found = reprint("sheet", document(old) if old else None, document(new))
    sheets = {at // 2: f"{old[at : at + 2]:-<2}" for at in range(0, len(old), 2)}
    for front, back in zip(*[iter(found.printed)] * 2, strict=True):
        sheets[front // 2] = new[front - 1] + (new[back - 1] if back else "-")
    bound = "".join(sheets[number] for number in sorted(sheets)[: len(sheets) - found.gone])
    assert bound.rstrip("-") == new


def test_on_one_side_pages_go_alone() -> None:
    found = reprint("sheet", document("abcd"), document("aXc"), one_sided=True)
    assert (found.printed, found.gone) == ((2,), 1)
