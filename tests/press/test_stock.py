"""Blocks from the cellar print the same bytes as those that were laid out for the document."""

import re
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cramsheet.cellar.cellar import Cellar, _sum
from cramsheet.cellar.keeping import keeping_in
from cramsheet.cellar.place import NAME
from cramsheet.page import drawings, formulas, tables
from cramsheet.page.shop import Shop
from cramsheet.page.writing import Html
from cramsheet.pipeline import build
from cramsheet.plan.plan import Order
from cramsheet.press import lettering, stock
from cramsheet.press.engine import Engine
from cramsheet.printed import Printed
from cramsheet.shelf import load_all
from tests.making import PACKS, ROOT, SHOP, own_shop, pack_of
from tests.page.test_pictures import picture

FACTS = """
- A fact with a [link](https://example.org) and **more**, é and “quotes”
- term: Bucket
  means: holds objects
- formula: F1
  tex: \\frac{2PR}{P+R}
  say: two P R over P plus R
- fact: It grows as $n^2$
  id: grows
- compare: Data
  columns: [One, Two]
  rows: {Latency: [real time, near real time], Replay: ["yes", "no"]}
- compare: Few
  columns: [A, A column with many more words]
  rows: {Row: ["a", "words that take the most of the room that there is"]}
- code: Listing
  lines: |
    for it in them:
        print(it)
- figure: Curve
  alt: a curve
  plot:
    x: time
    y: money
    curves: {up: [[0, 0], [1, 1]]}
- figure: Photo
  alt: a photo
  picture: photo.png
- list: Long
  items: [one, two, three]
"""
KINDS = ("sheet", "notes", "booklet", "key", "blanks", "ask")
QUESTIONS = "- claim: It is so\n  is: true\n  why: it is\n"
PACK = pack_of(FACTS, QUESTIONS, pictures={"photo.png": picture()})


@pytest.fixture(autouse=True)
def _nothing_known() -> None:
    """As in a new process."""
    for known in (formulas.draw, drawings._drawn, tables._shares):
        known.cache_clear()


@pytest.fixture
def laid(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts of documents that WeasyPrint lays out."""
    texts: list[str] = []
    usual = Engine.lay

    def lay(self: Engine, html: Html) -> Any:
        texts.append(html.text)
        return usual(self, html)

    monkeypatch.setattr(Engine, "lay", lay)
    return texts


def cellar(where: Path) -> Cellar:
    return Cellar(where, lambda: "a")


def files(kinds: Sequence[str] = ("sheet",), shop: Shop = SHOP, pack: Any = PACK) -> dict[str, Any]:
    for known in (formulas.draw, drawings._drawn, tables._shares):
        known.cache_clear()
    made = build([(pack, Order(kind)) for kind in kinds], shop, lambda _: None)
    return {it.name: replace(it, seconds=0) for it in made}


def kept_in(where: Path, kinds: Sequence[str] = ("sheet",), **more: Any) -> dict[str, Printed]:
    with keeping_in(cellar(where)):
        return files(kinds, **more)


def articles(texts: Sequence[str]) -> list[str]:
    return [it for text in texts for it in re.findall(r"<article.*?</article>", text, re.DOTALL)]


def test_no_cache_an_empty_one_and_a_full_one_print_the_same(
    tmp_path: Path, laid: list[str]
) -> None:
    expected = files(KINDS)
    assert len(articles(laid)) > 25
    assert kept_in(tmp_path, KINDS) == expected
    laid.clear()
    assert kept_in(tmp_path, KINDS) == expected
    assert articles(laid), "pictures are not kept"
    assert all("<img" in it for it in articles(laid))


def test_formulas_figures_and_tables_are_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = kept_in(tmp_path)
    for module, name in ((formulas, "_drawn"), (tables, "_shared_out")):
        monkeypatch.setattr(module, name, lambda *_: pytest.fail("made again"))
    monkeypatch.setattr(drawings, "_DRAWN", dict.fromkeys(drawings._DRAWN, pytest.fail))
    assert kept_in(tmp_path) == expected


def test_after_an_edit_one_fact_is_laid_out(tmp_path: Path, laid: list[str]) -> None:
    pictures = {"photo.png": picture()}
    kept_in(tmp_path)
    laid.clear()
    edited = pack_of(FACTS.replace("holds objects", "holds files"), QUESTIONS, pictures=pictures)
    made = kept_in(tmp_path, pack=edited)
    fresh = [it for it in articles(laid) if "<img" not in it]
    assert fresh
    assert all("holds files" in it for it in fresh)
    assert made == files(pack=edited)


def test_another_style_is_another_document(tmp_path: Path) -> None:
    kept_in(tmp_path / "kept")
    base = SHOP.style("base").text + "article { margin-left: 2mm }"
    shop = own_shop(tmp_path / "own", {"styles/base.css": base})
    assert kept_in(tmp_path / "kept", shop=shop) == files(shop=shop) != files()


def test_frames_may_have_other_fonts(tmp_path: Path) -> None:
    """Nothing is laid out with the fonts of the blocks, and yet they are drawn."""
    frames = SHOP.style("frames").text + "\n.about { font-family: CramSerif }"
    shop = own_shop(tmp_path / "own", {"styles/frames.css": frames})
    pack = pack_of("- A fact\n- Another one")
    expected = files(shop=shop, pack=pack)
    for _ in range(2):
        assert kept_in(tmp_path / "kept", shop=shop, pack=pack) == expected


def test_other_libraries_lay_out_anew(
    tmp_path: Path, laid: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = lettering.versions()
    assert len(found) == 4
    assert found > (14_400, 2)
    kept_in(tmp_path)
    laid.clear()
    monkeypatch.setattr(stock, "_drawn_by", lambda: b"others")
    kept_in(tmp_path)
    assert any("quotes" in it for it in articles(laid))


@pytest.mark.slow
def test_what_is_see_through_and_patterns_are_right(tmp_path: Path, laid: list[str]) -> None:
    more = "\n.term { opacity: .92 }\n"
    more += ".list { background: linear-gradient(to right, #ffffff, #eeeeee) }"
    shop = own_shop(tmp_path / "own", {"styles/base.css": SHOP.style("base").text + more})
    expected = files(shop=shop)
    assert kept_in(tmp_path / "kept", shop=shop) == expected != files()
    laid.clear()
    assert kept_in(tmp_path / "kept", shop=shop) == expected
    assert any("<li>" in it or "Long" in it for it in articles(laid)), "patterns are not kept"
    assert not any("quotes" in it for it in articles(laid))


@pytest.mark.slow
def test_a_pack_in_another_script_and_tall_facts_are_known(tmp_path: Path, laid: list[str]) -> None:
    (german,) = load_all(PACKS, ["fahrschule"], ROOT)
    items = "".join(f"  - item {n} with a few more words in its line\n" for n in range(150))
    tall = pack_of(f"- list: Tall\n  items:\n{items}- After it\n")
    for pack in (german, tall):
        expected = files(pack=pack)
        assert kept_in(tmp_path, pack=pack) == expected
        laid.clear()
        assert kept_in(tmp_path, pack=pack) == expected
        assert all("<img" in it for it in articles(laid))


def _other(edit: Callable[[bytes], bytes], kind: str = "%") -> Callable[[Path], object]:
    """What is kept becomes something else, with sums that are right."""

    def damage(path: Path) -> None:
        with closing(sqlite3.connect(path)) as file:
            ask = "SELECT key, data FROM things WHERE kind LIKE ?"
            for key, data in file.execute(ask, (kind,)).fetchall():
                new = edit(data)
                values = (new, _sum(key, new), key)
                file.execute("UPDATE things SET data = ?, sum = ? WHERE key = ?", values)
            file.commit()

    return damage


def _words(old: bytes, new: bytes) -> Callable[[Path], object]:
    return _other(lambda data: data.replace(old, new))


def _turned_over(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for at in range(50_000, len(data), 9_973):
        data[at] ^= 0xFF
    path.write_bytes(data)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "bytes turned over": _turned_over,
    "cut": lambda path: path.write_bytes(path.read_bytes()[:60_000]),
    "numbers for words": _words(b'"article"', b"5"),
    "words for numbers": _words(b'"height":', b'"height":"x","more":'),
    "no heights": _words(b'"height"', b'"depth"'),
    "boxes": _words(b'"live":null', b'"live":{"a":1}'),
    "names of nobody": _other(lambda _: b'["x", "y"]'),
    "empty orders": _other(lambda _: b"[]", "orders"),
    "no blocks": _other(lambda _: b"[]", "blocks"),
    "nulls": _other(lambda _: b"null"),
    "numbers": _other(lambda _: b"5"),
}


@pytest.fixture(scope="module")
def expected() -> dict[str, Printed]:
    return files()


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
@pytest.mark.slow
def test_what_was_tampered_with_is_not_taken(
    damage: Callable[[Path], object], tmp_path: Path, expected: dict[str, Printed]
) -> None:
    kept_in(tmp_path)
    before = (tmp_path / NAME).read_bytes()
    damage(tmp_path / NAME)
    assert (tmp_path / NAME).read_bytes() != before
    assert kept_in(tmp_path) == expected
    assert kept_in(tmp_path) == expected
