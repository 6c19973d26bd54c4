"""What was laid out before is known, and a document made of it has the bytes of one that is not."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from bench.packs import random_folder
from cramsheet.pack.pack import Folder, Pack, read_pack
from cramsheet.pack.source import Source
from cramsheet.page.shop import Shop
from cramsheet.page.writing import Html
from cramsheet.pipeline import build
from cramsheet.plan.kinds import KINDS
from cramsheet.plan.plan import Order
from cramsheet.press.engine import Engine
from cramsheet.press.store import ANYTHING, set_by_surroundings, skeleton
from cramsheet.printed import Printed, record_path
from cramsheet.shelf import load_all
from tests.making import PACKS, ROOT, SHOP, own_shop, pack_of

TALL = "\n".join(f"      - step number {n} with some words of its own" for n in range(120))
FACTS = f"""
- fact: A fact with **bold** words, a [link](https://example.com/a) and $\\sqrt{{n}}$
- term: Delta
  means: the mouth of a river
- figure: How it flows
  alt: One leads to the next
  flow:
    One: Two
    Two: Three
- list: A long list
  items:
{TALL}
- {{formula: Root, tex: '\\sqrt{{x^2}}', say: a root}}
- {{formula: The same, tex: '\\sqrt{{x^2}}', say: a root}}
- {{limit: Depth, value: 50, unit: m}}
"""


@dataclass
class Told(Engine):
    """An engine that tells what it is asked to lay out."""

    def __enter__(self) -> "Told":
        super().__enter__()
        return self

    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def lay(self, html: Html) -> Any:
        self.asked.append(html.text)
        return super().lay(html)


@pytest.fixture
def told() -> Iterator[Told]:
    with Told() as it:
        yield it


def made(
    pack: Pack, order: Order, engine: Engine | None, before: str = "", shop: Shop = SHOP
) -> Printed:
    (it,) = build([(pack, order)], shop, lambda _: None, lambda _: before, engine=engine)
    return it


@contextmanager
def cold() -> Iterator[Engine]:
    with Engine() as it:
        yield it


def edits(facts: str) -> Iterator[str]:
    """A word more, a word less, a fact more, a fact less, and as it was."""
    yield facts.replace("the mouth", "the wide mouth")
    yield facts.replace("means: the mouth of a river", "means: a mouth")
    yield facts + "- One more fact, at the end\n"
    yield facts.replace("- {limit: Depth, value: 50, unit: m}\n", "")
    yield facts.replace("step number 7 ", "step number seven ")
    yield facts.replace("formula: The same", "formula: Twice")
    yield facts


@pytest.mark.slow
@pytest.mark.parametrize(
    "order",
    [
        Order("sheet", pages=2),
        Order("sheet"),
        Order("notes"),
        Order("sheet", "3x5", tells=True),
        Order("blanks"),
        Order("ask"),
        Order("sheet", ink="saver"),
    ],
    ids=lambda order: f"{order.kind}-{order.paper}-{order.pages}-{order.ink}",
)
def test_warm_and_cold_give_the_same_bytes(order: Order, told: Told) -> None:
    before = made(pack_of(FACTS), order, told).record
    for facts in edits(FACTS):
        warm = made(pack_of(facts), order, told, before)
        with cold() as fresh:
            assert warm.data == made(pack_of(facts), order, fresh, before).data
        before = warm.record


def test_only_what_was_edited_is_laid_out_again(told: Told) -> None:
    facts = "\n".join(f"- {{fact: Word{n} of many, id: n{n}}}" for n in range(40))
    before = made(pack_of(facts), Order("sheet"), told).record
    told.asked.clear()
    made(pack_of(facts.replace("Word7 of", "Word7 off")), Order("sheet"), told, before)
    (asked,) = (text for text in told.asked if 'class="frame' not in text)  # which say the edition
    assert "Word7 off" in asked
    assert "<h2" not in asked
    assert not any("Word8" in text for text in told.asked)

    told.asked.clear()
    made(pack_of(facts), Order("sheet"), told, before)
    assert told.asked == []


def test_a_frame_is_laid_out_again_when_it_says_something_else(told: Told) -> None:
    facts = "\n".join(f"- {{fact: Word{n} of many, id: n{n}}}" for n in range(40))
    made(pack_of(facts), Order("sheet"), told)
    told.asked.clear()
    other = made(pack_of(facts, exam="edition: 2026-11-26"), Order("sheet"), told)
    assert told.asked
    assert not [text for text in told.asked if "Word8" in text]
    with cold() as fresh:
        again = made(pack_of(facts, exam="edition: 2026-11-26"), Order("sheet"), fresh)
    assert other.data == again.data


@pytest.mark.slow
def test_more_pages_and_blocks_than_are_kept(told: Told) -> None:
    facts = "\n".join(f"- {{fact: Word{n} of many, id: n{n}}}" for n in range(90))
    told.frames.most, told.store.laid.most = 2, 5
    with cold() as fresh:
        whole = made(pack_of(facts), Order("sheet", "3x5"), fresh)
    assert whole.pages > 2
    for _ in range(2):
        assert made(pack_of(facts), Order("sheet", "3x5"), told).data == whole.data
    assert (len(told.frames.kept), len(told.store.laid.kept)) == (2, 5)


@pytest.mark.parametrize(
    ("css", "headings"),
    [
        ("li + li { color: red }", set()),
        ("p:first-child, td:nth-child(2) { color: red }", set()),
        ("p::first-letter { color: red }", set()),
        ("section + section h2, h2 + .topic h3 { color: red }", {"h2", "h3"}),
        ("article + article { color: red }", {ANYTHING}),
        (".fact ~ .fact b { color: red }", {ANYTHING}),
        (".fact:first-child { color: red }", {ANYTHING}),
        (".fact:not(:last-child) p { color: red }", {ANYTHING}),
        ("section:nth-child(2) .fact { color: red }", {ANYTHING}),
        ("@media print { .fact + .fact { color: red } }", {ANYTHING}),
        (".fact:has(+ .trap) { color: red }", {ANYTHING}),
        (".topic:has(.trap) h3 { color: red }", {ANYTHING}),
        ("h2:has(+ .topic .trap) { color: red }", {ANYTHING}),
        ("h2:has(.n), li:has(b) { color: red }", set()),
        (".fact { counter-increment: facts }", {ANYTHING}),
        ("/* .fact + .fact {} */ p { color: red }", set()),
        ("* + * { margin: 0 }", {ANYTHING}),
    ],
)
def test_styles_that_look_around(css: str, headings: set[str]) -> None:
    assert set_by_surroundings(css) == headings


def test_headings_may_look_at_the_classes_of_facts() -> None:
    def key(classes: str) -> bytes:
        text = f'<body><main><article id="a" class="{classes}">x</article><h3>H</h3></main></body>'
        return skeleton(Html(text, ())).key

    assert key("fact must") == key("fact must") != key("fact could")


def test_where_styles_look_around_all_is_laid_out_again(tmp_path: Path, told: Told) -> None:
    css = (ROOT / "styles/sheet.css").read_text() + ".trap + .fact { padding-left: 5mm }\n"
    shop = own_shop(tmp_path, {"styles/sheet.css": css})
    facts = "- {trap: Rain is dry, truth: rain is wet, id: a}\n- {fact: One, id: b}"
    other = facts.replace("trap: Rain is dry, truth: rain is wet", "fact: Rain is wet")
    before = made(pack_of(facts), Order("sheet"), told, shop=shop).record
    warm = made(pack_of(other), Order("sheet"), told, before, shop)
    with cold() as fresh:
        assert warm.data == made(pack_of(other), Order("sheet"), fresh, before, shop).data


def picture(number: int) -> bytes:
    from io import BytesIO

    from PIL import Image

    file = BytesIO()
    Image.new("RGB", (40, 30), (number, 90, 160)).save(file, "PNG")
    return file.getvalue()


def test_pictures_and_what_is_beside_them(told: Told) -> None:
    facts = "- {figure: A sign, alt: A sign, picture: x.png, id: p}\n- {fact: One, id: n}\n"
    for text, colour in ((facts, 10), (facts.replace("One", "Two"), 10), (facts, 200)):
        pack = pack_of(text, pictures={"x.png": picture(colour)})
        warm = made(pack, Order("sheet"), told)
        with cold() as fresh:
            assert warm.data == made(pack, Order("sheet"), fresh).data


def test_figures_tell_where_they_stand() -> None:
    """In points from the lower left corner of the page, as PDF has it."""
    from io import BytesIO

    it = made(pack_of(FACTS), Order("sheet"), None)
    reader = PdfReader(BytesIO(it.data))
    things: Any = map(reader.get_object, range(1, len(reader.xref_objStm) + len(reader.xref[0])))
    found = [
        [float(side) for side in thing["/A"]["/BBox"]]
        for thing in things
        if isinstance(thing, dict) and thing.get("/S") == "/Figure" and "/A" in thing
    ]
    (place,) = it.places[next(name for name in it.places if "how-it-flows" in name)]
    height = float(reader.pages[0].mediabox.height)
    inside = [box for box in found if box[3] - box[1] > 20]
    assert len(inside) == 1
    left, low, right, top = inside[0]
    point = 72 / 25.4
    assert place.left * point - 1 < left < right < place.right * point + 1
    assert height - place.bottom * point - 1 < low < top < height - place.top * point + 1


def changed(folder: Folder, number: int) -> Folder:
    """Another word in one of its facts."""
    files = list(folder.facts)
    at = number % len(files)
    text = files[at].data.decode()
    cut = text.index('"priority"', len(text) * (number % 7) // 8)
    cut = text.rindex('"id"', 0, cut)
    end = text.rindex('",', 0, cut)
    files[at] = Source(
        files[at].path, (text[:end] + " Zeta" * (1 + number % 3) + text[end:]).encode()
    )
    return Folder(folder.name, folder.exam, tuple(files), folder.questions, folder.pictures)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_generated_packs(seed: int, told: Told) -> None:
    folder = random_folder(seed, 40 + 30 * seed, 8)
    orders = [Order(kind) for kind in ("sheet", "notes", "booklet", "key")]
    records: dict[str, str] = {}

    def before(path: str) -> str:
        return records.get(path, "")

    for number in range(2):
        pack = read_pack(changed(folder, number) if number else folder)
        wanted = [(pack, order) for order in orders]
        warm = build(wanted, SHOP, lambda _: None, before, engine=told)
        fresh = build(wanted, SHOP, lambda _: None, before)
        assert [it.data for it in warm] == [it.data for it in fresh]
        records |= {record_path(it.exam, it.stem): it.record for it in warm}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["ghidha", "jitensha"])
def test_every_kind_in_every_tongue(name: str, told: Told) -> None:
    """Once with an engine that knows nothing, and again with all that it knows by then."""
    from tests.test_tongues import NAMED

    (pack,) = load_all(PACKS, [name], Path.cwd())
    kinds = [kind for kind in KINDS.values() if not kind.leaf and not kind.folds]
    wanted = [(pack, Order(kind.name)) for kind in kinds if kind.name != "mock"]
    first = build(wanted, NAMED, lambda _: None, engine=told)
    told.asked.clear()
    again = build(wanted, NAMED, lambda _: None, engine=told)
    assert [it.data for it in first] == [it.data for it in again]
    assert not [text for text in told.asked if "<article" in text and 'id="front"' not in text]


@pytest.mark.slow
def test_the_pack_that_comes_with_us(told: Told) -> None:
    (pack,) = load_all(ROOT / "content", ["mls-c01"], ROOT)
    orders = [Order("sheet", pages=2), Order("booklet")]
    first = build([(pack, it) for it in orders], SHOP, lambda _: None, engine=told)
    again = build([(pack, it) for it in orders], SHOP, lambda _: None, engine=told)
    alone = build([(pack, it) for it in orders], SHOP, lambda _: None, hands=2)
    assert [it.data for it in first] == [it.data for it in again] == [it.data for it in alone]
