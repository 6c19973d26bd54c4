"""A bar for a person at a terminal, lines in a pipe, nothing when quiet."""

from dataclasses import replace
from io import StringIO

from cramsheet.desk.progress import Progress, table
from cramsheet.printed import Printed


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def run(out: StringIO, quiet: bool = False) -> str:
    progress = Progress(2, quiet, out)
    for name in ("one.pdf", "two.pdf"):
        progress(name)
    progress.close()
    return out.getvalue()


def test_a_bar_on_a_terminal_that_is_gone_in_the_end() -> None:
    steps = run(Terminal()).split("\r\x1b[K")
    assert [step.count("█") for step in steps] == [0, 0, 12, 24, 0]
    assert [step.count("░") for step in steps] == [0, 24, 12, 0, 0]
    assert steps[2].endswith(" 1/2 one.pdf")
    assert steps[-1] == ""


def test_a_line_for_each_document_in_a_pipe() -> None:
    assert run(StringIO()) == "[1/2] one.pdf\n[2/2] two.pdf\n"


def test_nothing_when_quiet() -> None:
    assert run(Terminal(), quiet=True) == ""
    assert run(StringIO(), quiet=True) == ""


def test_nothing_to_do_is_no_division_by_zero() -> None:
    Progress(0, False, Terminal()).close()


def test_what_was_left_out_is_named_below_the_table() -> None:
    names = tuple(f"Fact{n}" for n in range(23))
    it = Printed("exam", "a.pdf", b"", 1, 9, 6.5, 1.0, "6.50 pt; 23 facts left out", missing=names)
    *_, fit, left = table([weighed(it)]).splitlines()
    assert fit == "a.pdf: 6.50 pt; 23 facts left out"
    assert "Fact0 · Fact1 · " in left
    assert "Fact19 · and 3 more" in left
    assert (
        "left out"
        not in table([weighed(replace(it, missing=()))]).splitlines()[-1].partition(";")[0]
    )


def weighed(printed: Printed, ink: float = 0.0) -> Printed:
    """As if its pages had been drawn."""
    vars(printed)["ink"] = ink
    return printed


def test_the_table_says_what_was_made() -> None:
    paper = Printed("exam", "exam-sheet-a4.pdf", b"", 3, 120, 6.8, 1.23)
    rows = table([weighed(paper, 0.0712), Printed("exam", "exam-sheet.html", b"", 0, 120, 0, 0.5)])
    assert rows.splitlines() == [
        "file                    pages  items    type   ink  seconds",
        "exam/exam-sheet-a4.pdf      3    120  6.8 pt  7.1%      1.2",
        "exam/exam-sheet.html        -    120       -     -      0.5",
    ]
