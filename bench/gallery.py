"""Pictures of real pages for the README: `python -m bench.gallery`.

Writes docs/sheet.png, kinds.png, looks.png, inks.png and exams.png from the pack mls-c01.
"""

import sys
from pathlib import Path

import pypdfium2
from PIL import Image

from bench.group import filled, marked, printed_sheets, record_of_forms, simulated
from cramsheet.pack.pack import Pack
from cramsheet.page.dressing import Handout
from cramsheet.page.looks import look_of
from cramsheet.page.shop import Shop
from cramsheet.pipeline import build
from cramsheet.plan.mock import forms
from cramsheet.plan.papers import paper
from cramsheet.plan.plan import Order
from cramsheet.press.engine import Engine
from cramsheet.shelf import load_all
from cramsheet.study.leaves import print_report
from cramsheet.study.report import MARGINS, NAME, Report

ROOT = Path(__file__).parents[1]
_LOOKS, _INKS = ("modern", "classic", "compact", "clear"), ("colour", "grey", "saver", "black")
_OTHERS = (("notes", 14), ("booklet", 5), ("key", 3))  # and a page of each that shows much
_GAP, _GROUND, _COLOURS = 12, "#8a8f98", 128


def main() -> int:
    shop = Shop.open(ROOT)
    (pack,) = load_all(ROOT / "content", ["mls-c01"], ROOT)
    orders = {
        name: Order("sheet", look=look_of(look, shop), ink=ink)
        for name, look, ink in (
            *((look, look, "colour") for look in _LOOKS),
            *((ink, "modern", ink) for ink in _INKS),
        )
    }
    orders |= {kind: Order(kind) for kind, _ in _OTHERS}
    made = build([(pack, order) for order in orders.values()], shop, print)
    data = {name: it.data for name, it in zip(orders, made, strict=True)}
    _save(_page(data["modern"], 1.5), "sheet")
    _save(_side_by_side([_page(data[look], 1.1) for look in _LOOKS]), "looks")
    others = [_page(data[kind], 0.9, number) for kind, number in _OTHERS]
    _save(_side_by_side(others, 3), "kinds")
    parts = [_page(data[ink], 2.0).crop((0, 0, 820, 560)) for ink in _INKS]
    _save(_side_by_side(parts), "inks")
    _save(_side_by_side(_exam_pages(pack, shop), 3), "exams")
    return 0


def _exam_pages(pack: Pack, shop: Shop) -> list[Image.Image]:
    """An answer sheet, and what a simulated group made of it: a page of the group, and of one."""
    made = forms(pack, "7", "AB")
    record, sheets = record_of_forms(pack, made), printed_sheets(pack, made, shop)
    answers = simulated(record, 24)
    results = marked([filled(sheets[form], name, said) for form, name, said in answers], record)
    report = Report(results, Handout(NAME, pack, shop, paper("a4", "portrait"), MARGINS))
    with Engine() as engine:
        data = print_report(report, "results", engine).data
    return [_page(sheets["A"], 0.9), _page(data, 0.9), _page(data, 0.9, 15)]


def _page(data: bytes, scale: float, number: int = 1) -> Image.Image:
    """Scale 1 is 72 dpi."""
    page: Image.Image = pypdfium2.PdfDocument(data)[number - 1].render(scale=scale).to_pil()
    return page.convert("RGB")


def _side_by_side(pictures: list[Image.Image], across: int = 2) -> Image.Image:
    """So many in a row."""
    width, height = pictures[0].size
    rows = -(-len(pictures) // across)
    size = (across * (width + _GAP) + _GAP, rows * (height + _GAP) + _GAP)
    sheet = Image.new("RGB", size, _GROUND)
    for index, picture in enumerate(pictures):
        row, column = divmod(index, across)
        sheet.paste(picture, (_GAP + column * (width + _GAP), _GAP + row * (height + _GAP)))
    return sheet


def _save(picture: Image.Image, name: str) -> None:
    """Few colours, so that the file stays small."""
    path = ROOT / "docs" / f"{name}.png"
    picture.quantize(_COLOURS).save(path, optimize=True)
    print(path, f"{path.stat().st_size / 1024:.0f} kB")


if __name__ == "__main__":
    sys.exit(main())
