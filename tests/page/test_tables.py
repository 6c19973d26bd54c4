"""Columns are as wide as their words want."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cramsheet.pack.facts import Compare
from cramsheet.page.advances import text_width
from cramsheet.page.markup import inline
from cramsheet.page.tables import cell, column_shares, pair_shares
from tests.paper import advance

CELL = st.text("abcdefghijklmnop ", min_size=1, max_size=60).filter(str.strip)


def table(columns: list[str], rows: dict[str, list[str]]) -> Compare:
    return Compare.model_validate({"compare": "X", "columns": columns, "rows": rows})


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=5), st.floats(1, 80))
def test_shares_are_per_cent_and_all_positive(cells: list[tuple[str, str]], width: float) -> None:
    rows = {f"row {number}": list(row) for number, row in enumerate(cells)}
    shares = column_shares(table(["one", "two"], rows), width)
    assert len(shares) == 3
    assert sum(shares) == pytest.approx(100, abs=0.05)
    assert min(shares) > 0


@pytest.mark.parametrize("width", [15.0, 25.0, 40.0])
def test_the_longer_column_gets_more(width: float) -> None:
    long = "many words of a cell that is long"
    shares = column_shares(table(["a", "b"], {"x": ["few words", long], "y": ["two", long]}), width)
    assert shares[2] > shares[1]
    other = column_shares(table(["a", "b"], {"x": [long, "few words"], "y": [long, "two"]}), width)
    assert other[1] > other[2]


@pytest.mark.parametrize("width", [12, 20])
def test_words_are_kept_whole_where_there_is_room(width: float) -> None:
    word = "regularization"
    shares = column_shares(table(["a", "b"], {"x": [word, "some words to be broken " * 4]}), width)
    assert shares[1] / 100 * width >= text_width(word)


TABLES = [
    (["one", "two"], {"x": ["short", "a cell with many words that go on and on and on"]}),
    (
        ["Streams", "Firehose"],
        {"Replay": ["yes, up to 365 days after", "no"], "Speed": ["ms", "s"]},
    ),
    (
        ["first of all", "then", "last"],
        {
            "a name": ["few words", "some more words in here", "a cell that has most of them all"],
            "b": ["x", "y", "again many words in the last column of all"],
            "c": ["words here now", "z", "w"],
        },
    ),
]


@pytest.mark.parametrize("width", [16.0, 20.0, 25.0])
@pytest.mark.parametrize(("columns", "rows"), TABLES)
def test_it_takes_no_more_lines_than_columns_alike(
    columns: list[str], rows: dict[str, list[str]], width: float
) -> None:
    grid = [["", *columns], *([name, *cells] for name, cells in rows.items())]
    shares = column_shares(table(columns, rows), width)
    alike = [100 / len(shares)] * len(shares)
    assert lines(grid, shares, width) <= lines(grid, alike, width)


def lines(grid: list[list[str]], shares: Sequence[float], width: float) -> int:
    """Words set one after the other, broken where they do not fit."""
    return sum(
        max(
            _broken(cell, share / 100 * width - 0.6)
            for cell, share in zip(row, shares, strict=True)
        )
        for row in grid
    )


def _broken(text: str, room: float) -> int:
    count, used = 1, 0.0
    for word in text.split():
        wide = advance(f"{word} ")
        if used and used + wide > room:
            count, used = count + 1, 0.0
        used += wide
    return count


def test_a_table_too_narrow_for_its_words_shares_what_there_is() -> None:
    shares = column_shares(table(["a", "b"], {"x": ["internationalization", "standardization"]}), 3)
    assert sum(shares) == pytest.approx(100, abs=0.05)
    assert min(shares) > 5


def test_columns_alike_are_alike() -> None:
    shares = column_shares(table(["ab", "ab"], {"x": ["same", "same"], "y": ["too", "too"]}), 40)
    assert shares[1] == shares[2]


def test_signs_of_markdown_take_no_room() -> None:
    bare = column_shares(table(["a", "b"], {"x": ["some words here", "others"]}), 12)
    marked = column_shares(table(["a", "b"], {"x": ["some **words** here", "*others*"]}), 12)
    assert bare == marked


def test_code_is_as_wide_as_it_is_set() -> None:
    name, rights = "num_samples_per_tree", ["DeepAR", "words that go on and on and on and on"]
    bare = pair_shares([name, "mode"], rights, 30, "CramText")
    code = pair_shares([f"`{name}`", "`mode`"], rights, 30, "CramText")
    assert code[0] > bare[0]
    assert code[0] / 100 * 30 > text_width(name, "CramCode") + 3


WORDS = [
    "regularization",
    "hyperparameter",
    "SageMaker",
    "illicit",
    "12,345",
    "XGBoost",
    "(yes,",
    "or",
    "no)",
    "WMW",
]


@pytest.mark.parametrize("text", [*WORDS, " ".join(WORDS)])
def test_widths_are_about_those_of_the_font(text: str) -> None:
    assert text_width(text) == pytest.approx(advance(text), rel=0.16)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("visual flows in SageMaker", ["SageMaker"]),
        ("OpenSearch, and a warehouse", ["OpenSearch"]),
        ("ProvisionedThroughputExceeded", []),  # no column has room for it
        ("[x](https://example.org/SageMakerAsALink) YouTube", []),
    ],
)
def test_names_in_cells_stay_whole(text: str, whole: list[str]) -> None:
    assert re.findall(r'<span class="whole">(.*?)</span>', cell(inline(text))) == whole


def test_names_of_rows_are_divided_last() -> None:
    names = table(["Y"], {"Workflows": ["filtering"]})
    name = text_width("Workflows", bold=True)
    room = name + 1.3 + 0.7 * text_width("filtering")  # with what stands between columns
    assert column_shares(names, room)[0] / 100 * room > name + 0.6


def test_words_of_pairs_stay_whole_on_both_sides() -> None:
    lefts = ["height and weight, near normal", "two answers"]
    for rights in (["tetrachoric", "Spearman"], ["a correlation of two answers", "tetrachoric"]):
        left, right = pair_shares(lefts, rights, 15.5, "CramText")
        assert left + right == pytest.approx(100)
        assert left / 100 * 15.5 > 4.2 + text_width("answers")
        assert right / 100 * 15.5 > 1.2 + text_width("tetrachoric")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("circulation à", "circulation à"),
        ("par ne", "par~ne"),
        ("-1 to 1", "−1~to~1"),
        ("5 transformations", "5 transformations"),
        ("15 minutes", "15~minutes"),
    ],
)
def test_words_that_may_be_divided_are_held_to_nothing(text: str, words: str) -> None:
    assert cell(inline(text)) == words.replace("~", "\u00a0")
