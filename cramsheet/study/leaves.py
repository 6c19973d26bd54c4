"""A report becomes HTML, pages and a PDF."""

from dataclasses import replace

from cramsheet.page.dressing import SIZES
from cramsheet.page.writing import Html
from cramsheet.press.engine import Engine, Written
from cramsheet.press.leaf import lay_leaf, prove_leaf, write_leaf
from cramsheet.study.report import Report

_FULLEST = 3  # people


def print_report(report: Report, name: str, engine: Engine) -> Written:
    """In the largest type in which everybody has one page; with very many tasks it takes more.

    Raises Mistakes for what does not come out well.
    """
    for points in SIZES[_first(report, engine) :]:
        leaf = lay_leaf(html(_at(report, points)), engine)
        if leaf.count <= report.count:
            break
    prove_leaf(leaf, name, report.handout.kind.floor, report.handout.palette.contrast)
    return write_leaf(leaf, engine)


def _first(report: Report, engine: Engine) -> int:
    """Which size is the first to try: that of the fullest pages, for all pages of a large group
    take seconds to lay out."""
    few = report.fullest(_FULLEST)
    for number, points in enumerate(SIZES if few.count < report.count else ()):
        if lay_leaf(html(_at(few, points)), engine).count <= few.count:
            return number
    return 0


def _at(report: Report, size: float) -> Report:
    return replace(report, handout=report.handout.at(size))


def html(report: Report) -> Html:
    return report.handout.html(
        report.fonts, report=report, record=report.results.record, results=report.results
    )
