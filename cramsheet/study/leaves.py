"""A report becomes HTML, pages and a PDF."""

from dataclasses import replace

from cramsheet.page.dressing import dressed
from cramsheet.page.rendering import environment, in_authors_words
from cramsheet.page.writing import Html
from cramsheet.press.engine import Engine, Written
from cramsheet.press.leaf import lay_leaf, prove_leaf, write_leaf
from cramsheet.study.report import SIZES, Report

_FULLEST = 3  # people
_MARGINS = "16mm 16mm 14mm"


def print_report(report: Report, name: str, engine: Engine) -> Written:
    """In the largest type in which everybody has one page; with very many tasks it takes more.

    Raises Mistakes for what does not come out well.
    """
    for points in SIZES[_first(report, engine) :]:
        leaf = lay_leaf(html(replace(report, size=points)), engine)
        if leaf.count <= report.count:
            break
    prove_leaf(leaf, name, report.kind.floor, report.least_contrast)
    return write_leaf(leaf, engine)


def _first(report: Report, engine: Engine) -> int:
    """Which size is the first to try: that of the fullest pages, for all pages of a large group
    take seconds to lay out."""
    few = report.fullest(_FULLEST)
    for number, points in enumerate(SIZES if few.count < report.count else ()):
        if lay_leaf(html(replace(few, size=points)), engine).count <= few.count:
            return number
    return 0


def html(report: Report) -> Html:
    text = in_authors_words(
        environment(report.shop.templates()), "results.html", report=report, words=report.words,
        exam=report.pack.exam, record=report.results.record, results=report.results,
    )  # fmt: skip
    styles = dressed(
        report.shop, report.kind, report.paper, _MARGINS, (report.look, report.ink), report.more,
        report.pack.exam.right_to_left,
    )  # fmt: skip
    return Html(text, styles)
