"""Copies for a group: the name on every page, and all else as it was."""

from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pylopdf_fonts_jp
import pypdfium2
import pytest
from PIL import Image, ImageChops
from pypdf import PdfReader

from cramsheet.bindery.copying import Group, Original, copies_of
from cramsheet.page.advances import text_width
from cramsheet.page.borrowed import Case
from cramsheet.page.edges import NamePlace
from cramsheet.page.naming import Naming
from cramsheet.page.shop import Shop, Style
from cramsheet.page.writing import Html
from cramsheet.pipeline import build
from cramsheet.plan.looks import Look
from cramsheet.plan.mock import forms
from cramsheet.plan.names import person
from cramsheet.plan.plan import Order
from cramsheet.press.engine import Engine
from cramsheet.printed import Printed
from cramsheet.problems import Mistakes
from tests.making import SHOP, numbered, own_shop, pack_of
from tests.paper import Paper, read
from tests.test_tongues import ARABIC, pack
from tests.vera import broken_rules

NAMES = ("Ada Lovelace", "Ёлкина Анна", "Αλέξανδρος")
LONG = "Maximiliane-Theodora von Hohenzollern-Sigmaringen zu Brandenburg"
ARABIC_NAME = "ليلى العامري"
NAMED = Shop(SHOP.roots, Case((pylopdf_fonts_jp.sans_path(), ARABIC)))
ADA, ALL = "copies/demo-booklet-a5-ada-lovelace.pdf", "copies/demo-booklet-a5-all.pdf"
CLAIMS = "\n".join(f"- {{claim: Claim {n}, is: true, why: it is, id: q{n}}}" for n in range(60))


def group(*names: str, watermark: bool = False, both_sides: bool = True) -> Group:
    return Group(tuple(map(person, names)), watermark, both_sides)


def made(it: Group, order: Order, shop: Shop = SHOP, name: str = "") -> Printed:
    its_pack = pack(name) if name else pack_of(numbered(3), CLAIMS)
    (found,) = build([(its_pack, order)], shop, lambda _: None, group=it)
    return found


def whole(it: Printed) -> dict[str, bytes]:
    """Its copies by path."""
    return {path: b"".join(parts) for path, parts in (it.copies or {}).items()}


@lru_cache(maxsize=2)
def booklet(watermark: bool = False) -> Printed:
    return made(group(*NAMES, watermark=watermark), Order("booklet", "a5", named=True))


def copy(name: str = ADA) -> Paper:
    return read(whole(booklet())[name])


def test_there_is_a_file_for_each_person_and_one_for_the_copy_shop() -> None:
    files = {f"copies/demo-booklet-a5-{it}.pdf" for it in ("ada-lovelace", "ёлкина-анна")}
    assert set(whole(booklet())) == {*files, "copies/demo-booklet-a5-αλέξανδρος.pdf", ALL}
    written = set(booklet().files())
    assert {f"demo/{name}" for name in whole(booklet())} < written
    assert "demo/demo-booklet-a5.pdf" not in written, "the document without names stays"


def test_a_single_person_needs_no_file_for_the_copy_shop() -> None:
    it = made(group("Ada Lovelace"), Order("sheet", named=True))
    assert list(whole(it)) == ["copies/demo-sheet-a4-ada-lovelace.pdf"]


@pytest.mark.parametrize("name", NAMES)
def test_the_name_stands_on_every_page_and_no_other_does(name: str) -> None:
    (path,) = [it for it in whole(booklet()) if name.split()[0].lower() in it]
    it = copy(path)
    assert it.count == booklet().pages > 2
    assert it.pages_of(name) == list(range(1, it.count + 1))
    assert all(not it.pages_of(other) for other in NAMES if other != name)


def test_all_else_is_as_it_was() -> None:
    plain, it = read(booklet().data), copy()
    assert whole(booklet())[ADA].startswith(booklet().data), "nothing is taken away"
    assert it.outline == plain.outline
    assert it.links == plain.links
    assert it.targets == plain.targets
    assert it.tags == plain.tags
    assert it.info == plain.info
    assert it.embedded
    names = [run for run in it.runs if run.text == "Ada Lovelace"]
    assert sorted(map(str, set(it.runs) - set(names))) == sorted(map(str, plain.runs))


@pytest.mark.slow
@pytest.mark.parametrize("watermark", [False, True])
def test_the_rules_of_pdf_ua_hold(watermark: bool) -> None:
    for path, data in whole(booklet(watermark)).items():
        if path != ALL:
            broken, checks = broken_rules(data)
            assert not broken
            assert checks > 1000


def test_the_same_names_give_the_same_bytes() -> None:
    again = made(group(*NAMES), Order("booklet", "a5", named=True))
    assert again.copies == booklet().copies


def test_a_copy_costs_little() -> None:
    assert len(whole(booklet())[ADA]) - len(booklet().data) < 20_000
    assert len(whole(booklet())[ALL]) < 2 * len(booklet().data)


def drawn(data: bytes, page: int = 0, fields: bool = True) -> Image.Image:
    bitmap = pypdfium2.PdfDocument(data)[page].render(scale=2, draw_annots=fields)
    image: Image.Image = bitmap.to_pil().convert("L")
    return image


def darkest(image: Image.Image) -> int:
    return min(image.tobytes())


def changed(one: Image.Image, two: Image.Image) -> tuple[int, int, int, int] | None:
    return ImageChops.difference(one, two).getbbox()


# The copy shop.


@pytest.mark.parametrize(("both_sides", "each"), [(True, 2), (False, 1)])
def test_a_copy_begins_on_a_leaf_of_its_own(both_sides: bool, each: int) -> None:
    it = made(group(*NAMES, both_sides=both_sides), Order("sheet", named=True))
    assert it.pages == 1
    found = read(whole(it)["copies/demo-sheet-a4-all.pdf"])
    firsts = [1 + each * n for n in range(3)]
    assert [(it.text, it.page) for it in found.outline] == list(zip(NAMES, firsts, strict=True))
    assert [found.pages_of(name) for name in NAMES] == [[first] for first in firsts]
    assert [page for page in range(1, found.count + 1) if not found.on(page)] == [2, 4, 6] * (
        each - 1
    )
    assert len(set(found.sizes)) == 1
    assert found.embedded


def test_all_copies_look_like_each() -> None:
    for page in (0, 1):
        alone, among_all = (drawn(whole(booklet(True))[name], page) for name in (ADA, ALL))
        assert changed(alone, among_all) is None
        assert darkest(alone) < 100, "something is drawn"


def test_what_fields_show_is_drawn_where_they_stand(engine: Engine) -> None:
    """Fields of one name would be one in a file with all copies."""
    text = "<html lang=en><title>T</title><p>Answer <input type=checkbox checked></p>"
    rules = "@page { size: 100mm 80mm; margin: 10mm } input { appearance: auto }"
    rules += "input::before { background: none !important }"  # behind the field
    data = engine.lay(Html(text, (Style("s", rules),))).write_pdf(pdf_forms=True)
    annots: Any = PdfReader(BytesIO(data)).pages[0]["/Annots"]
    (note,) = annots
    naming = Naming((NamePlace((100, 80), 10, 60, 70, 8),))
    both = [Original("demo", f"x-{form}", data, naming, (0,), form, "x") for form in "AB"]
    made_of = copies_of(both, group("Ada", "Alan", "Kurt"), SHOP, engine)
    files = {path: b"".join(parts) for it in made_of.values() for path, parts in it.items()}
    assert list(made_of["demo", "x-B"]) == ["copies/x-B-alan.pdf"]
    assert set(files) == {f"copies/x-{it}.pdf" for it in ("A-ada", "B-alan", "A-kurt", "all")}
    ada, together = files["copies/x-A-ada.pdf"], files["copies/x-all.pdf"]
    assert "/Annots" not in PdfReader(BytesIO(together)).pages[0]
    assert [it.text for it in read(together).outline] == ["Ada · A", "Alan · B", "Kurt · A"]
    one, high, two, low = (2 * float(it) for it in note["/Rect"])
    place = pytest.approx((one, 2 * 226.77 - high, two, 2 * 226.77 - low), abs=1)
    assert changed(drawn(ada, fields=False), drawn(together)) == place


@pytest.mark.slow
def test_the_forms_of_a_mock_exam_take_turns() -> None:
    its_pack = pack_of(numbered(3), CLAIMS)
    orders = [
        (its_pack, Order(kind, form=form, named=kind != "key"))
        for form in forms(its_pack, "7", "AB", 20)
        for kind in ("mock", "answers", "key")
    ]
    found = build(orders, SHOP, lambda _: None, group=group("Ada", "Alan", "Kurt"))
    files = {path: data for it in found for path, data in it.files().items()}
    copies = {it for it in files if "/copies/" in it and it.endswith(".pdf")}
    names = ("A-a4-ada", "B-a4-alan", "A-a4-kurt", "a4-all")
    both = ("mock", "answers")
    assert copies == {f"demo/copies/demo-{kind}-7-{it}.pdf" for kind in both for it in names}
    assert "demo/demo-key-7-A-a4.pdf" in files, "keys are the teacher's"
    assert "demo/demo-mock-7-A-a4.pdf" not in files
    together = read(whole(found[0])["copies/demo-mock-7-a4-all.pdf"])
    assert [it.text for it in together.outline] == ["Ada · A", "Alan · B", "Kurt · A"]


# The foot.


@pytest.mark.slow
@pytest.mark.parametrize("paper", ["a4", "a5", "letter", "4x6", "3x5"])
@pytest.mark.parametrize("kind", ["sheet", "booklet"])
@pytest.mark.parametrize("name", ["fahrschule", "ghidha"])
def test_a_name_keeps_clear_of_all_else_at_the_foot(kind: str, paper: str, name: str) -> None:
    _clear(made(group(LONG), Order(kind, paper, named=True), NAMED, name))


@pytest.mark.slow
@pytest.mark.parametrize("look", [Look("classic", "CramSerif", 1.202), Look("clear", "CramClear")])
@pytest.mark.parametrize("paper", ["a4", "4x6"])
def test_a_name_keeps_clear_in_every_look(look: Look, paper: str) -> None:
    it = group(LONG)
    _clear(made(it, Order("sheet", paper, named=True, look=look), NAMED, "fahrschule"))


def _clear(it: Printed) -> None:
    """Where the name is drawn, the document without it is white."""
    (copy,) = whole(it).values()
    for page in range(it.pages):
        plain, named = drawn(it.data, page), drawn(copy, page)
        box = changed(plain, named)
        assert box, "a name is there"
        left, top, right, bottom = box
        assert darkest(plain.crop((left - 6, top, right + 6, bottom))) > 250
        assert left > 2 * 4 * 72 / 25.4 - 1, "where printers print"


def test_a_name_too_long_for_a_foot_ends_with_an_ellipsis() -> None:
    it = made(group(LONG), Order("booklet", "3x5", named=True), NAMED, "fahrschule")
    (data,) = whole(it).values()
    assert LONG in {run.text for run in read(data).runs}, "who searches finds the name"
    box = changed(drawn(it.data), drawn(data))
    assert box
    long = text_width(LONG, bold=True) * 7.4 * 2
    assert 0.4 * long < box[2] - box[0] < 0.8 * long


@pytest.mark.slow
def test_an_arabic_name_is_on_a_german_document() -> None:
    it = made(group(ARABIC_NAME, "Ada"), Order("sheet", named=True), NAMED, "fahrschule")
    found = read(whole(it)[f"copies/fahrschule-sheet-a4-{ARABIC_NAME.replace(' ', '-')}.pdf"])
    assert ARABIC_NAME in "".join(reversed(found.said))
    assert found.embedded


def test_letters_that_no_font_has_are_named_with_what_to_do() -> None:
    bare = Shop(SHOP.roots, Case())
    with pytest.raises(Mistakes) as caught:
        made(group("Ada", "山田 太郎"), Order("sheet", named=True), bare)
    assert "no font has the character" in str(caught.value)
    assert "fonts-noto-cjk, or name one: --font FILE" in str(caught.value)


# The watermark.


def test_a_watermark_lies_behind_the_words() -> None:
    plain, marked = (drawn(whole(booklet(it))[ADA], 1) for it in (False, True))
    pairs = list(zip(plain.tobytes(), marked.tobytes(), strict=True))
    assert 0.02 < sum(one != two for one, two in pairs) / len(pairs) < 0.2
    assert all(two <= one for one, two in pairs), "words are no lighter"
    assert all(one - two < 8 for one, two in pairs if one < 100), "but for edges as they were"
    assert min(two for one, two in pairs if one == 255) > 230, "it is quiet"


def test_black_ink_has_no_watermark() -> None:
    with pytest.raises(Mistakes, match="black ink has no grey for a watermark") as caught:
        made(group("Ada", watermark=True), Order("sheet", named=True, ink="black"))
    assert "leave out --watermark" in str(caught.value)


@pytest.mark.parametrize("ink", ["colour", "grey", "saver"])
def test_words_are_read_on_a_watermark_in_every_ink(ink: str) -> None:
    assert made(group("Ada", watermark=True), Order("sheet", named=True, ink=ink)).copies


def test_a_watermark_too_dark_is_refused(tmp_path: Path) -> None:
    own = tmp_path / "styles" / "ink" / "grey.css"
    own.parent.mkdir(parents=True)
    text = (SHOP.roots[-1] / "styles/ink/grey.css").read_text("utf-8")
    own.write_text(f"{text}:root {{ --watermark: #999 }}", "utf-8")
    with pytest.raises(Mistakes, match=r"watermark with a contrast of .*, less than 4.5"):
        made(
            group("Ada", watermark=True),
            Order("sheet", named=True, ink="grey"),
            Shop.open(tmp_path),
        )


@pytest.mark.parametrize(
    ("rule", "swap"),
    [
        (".person { visibility: hidden }", ("", "")),
        (".person { display: none }", ("", "")),
        ("", ('mm; font-size: {{ place.size }}pt">{{ person.name }}', 'mm">')),
    ],
)
def test_a_stamp_without_its_name_is_found(
    rule: str, swap: tuple[str, str], tmp_path: Path
) -> None:
    style = SHOP.style("names").text + rule
    text = (SHOP.templates()[0] / "names.html").read_text("utf-8")
    assert swap[0] in text
    files = {"styles/names.css": style, "templates/names.html": text.replace(*swap)}
    with pytest.raises(Mistakes, match='the stamp for "Ada Lovelace" does not show the name'):
        made(group("Ada Lovelace"), Order("sheet", named=True), own_shop(tmp_path, files))
