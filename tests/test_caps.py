"""How much of everything there may be, and what `--allow` understands."""

import argparse
from pathlib import Path

import pytest

from cramsheet.caps import ROWS, USUAL, Row, allowance
from cramsheet.desk.cli import _parser
from cramsheet.desk.inputs import _meaning
from cramsheet.problems import Mistakes
from tests.making import ROOT


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("facts=6000", ("facts", 6000)),
        ("facts=6K", ("facts", 6000)),
        (" FACTS = 6k ", ("facts", 6000)),
        ("memory=4G", ("memory", 4 << 30)),
        ("memory=4GiB", ("memory", 4 << 30)),
        ("file=2m", ("file", 2 << 20)),
        ("open-files=256", ("open-files", 256)),
        ("open_files=256", ("open-files", 256)),
        ("pixels=50M", ("pixels", 50_000_000)),
        ("seconds=5", ("seconds", 5)),
    ],
)
def test_more_of_something(text: str, wish: tuple[str, int]) -> None:
    assert allowance(text) == wish
    name, value = wish
    assert getattr(USUAL.allowing([wish]), name.replace("-", "_")) == value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fcats=9", '"fcats" is no limit | did you mean "facts"?'),
        ("zzz=9", '"zzz" is no limit | write one of file, picture'),
        ("=9", '"" is no limit | write one of file, picture'),
        ("facts", '"facts" names no number | write facts=6000'),
        ("facts=", '"" is no number | write facts=6000'),
        ("facts=many", '"many" is no number | write facts=6000'),
        ("facts=-1", '"-1" is no number | write facts=6000'),
        ("facts=1.5", '"1.5" is no number | write facts=6000'),
        ("facts=٣", '"٣" is no number | write facts=6000'),
        ("facts=6T", '"6T" is no number | write facts=6000'),
        ("memory=2 G", '"2 G" is no number | write memory=4G'),
        ("facts=0", '"0" is out of bounds for facts | take a value from 1 to'),
        ("facts=9" + "0" * 13, "is out of bounds for facts | take a value from 1 to"),
        ("memory=1K", '"1K" is out of bounds for memory | take a value from 320 MiB to'),
        ("options=13", '"options" stays 12: each needs a letter | raise one of file'),
        ("depth=99", '"depth" stays 20: a tree of 6 questions has 18 | raise one of'),
    ],
)
def test_what_is_no_wish(text: str, said: str) -> None:
    with pytest.raises(Mistakes) as caught:
        allowance(text)
    (problem,) = caught.value.problems
    assert said in f"{problem.message} | {problem.hint}"


def test_the_last_wish_counts() -> None:
    assert USUAL.allowing([("facts", 5), ("facts", 7)]).facts == 7


READING = ("build", "watch", "preview", "generate", "check", "lint", "list", "mark", "weak")


@pytest.mark.parametrize("words", [*READING, "mock --seed 1", "practice --seed 1"])
def test_every_command_that_reads_a_pack_takes_it(words: str) -> None:
    args = _parser().parse_args([*words.split(), "--allow", "facts=9", "--allow", "word=1K"])
    assert args.allowed == [("facts", 9), ("word", 1000)]


def test_nonsense_ends_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        _parser().parse_args(["check", "--allow", "fcats=9"])
    assert ended.value.code == 2
    assert '"fcats" is no limit; did you mean "facts"?' in capsys.readouterr().err


def built(*words: str) -> argparse.Namespace:
    return _parser().parse_args(["build", *words])


def test_what_a_pack_may_hold_is_part_of_an_order_and_how_long_it_may_take_is_not() -> None:
    """A pack that was printed with more allowed is too large without: that has to be said."""
    usual = _meaning(built())
    assert _meaning(built("--allow", "facts=6000")) != usual
    assert _meaning(built("--allow", "facts=6K")) == _meaning(built("--allow", "facts=6000"))
    assert _meaning(built("--allow", "facts=3000")) == usual
    assert _meaning(built("--allow", "seconds=600", "--allow", "memory=4G")) == usual


def _more(row: Row) -> str:
    more = f"`--allow {row.name}={row.typed(2 * row.usual)}`"
    return f"no: {row.fixed}" if row.fixed else more


def test_the_documents_list_them_all() -> None:
    text = Path(ROOT, "docs", "limits.md").read_text("utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    assert rows == [
        f"| `{row.name}` | {row.what} | {row.written(row.usual)} | {_more(row)} |"
        for row in ROWS.values()
    ]
