"""A sheet with gaps lies over the sheet: every word that is left stands where it stood."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pypdfium2
import pytest

from cramsheet.pack.pack import Pack
from cramsheet.page.advances import text_width
from cramsheet.page.shop import Shop
from cramsheet.page.writing import Writer
from cramsheet.pipeline import build
from cramsheet.plan.job import Job
from cramsheet.plan.plan import Order, make_plan
from cramsheet.press.engine import Engine
from cramsheet.printed import Printed
from cramsheet.problems import Mistakes
from cramsheet.shelf import load_all
from tests.making import PACKS, ROOT, SHOP, pack_of
from tests.paper import letters, read
from tests.test_tongues import NAMED

MM = 25.4 / 72
_FOOT = 10.0  # mm at the foot of A4, where the name of the document stands; less on A5
_NEAR = 0.2  # mm: Japanese is spaced a little otherwise beside a gap
_LINE = 1.0  # mm
_HEADING = 40  # letters: "Answers to page 1"


@lru_cache
def pack(name: str) -> Pack:
    folder = ROOT / "content" if name == "mls-c01" else PACKS
    (found,) = load_all(folder, [name], Path.cwd())
    return found


def both(of: Pack, feet: bool = False, paper: str = "", shop: Shop = SHOP) -> list[Printed]:
    job = Job(kinds=("sheet", "blanks"), papers=(paper,), feet=feet)
    return build(job.orders([of]), shop, lambda _: None)


@dataclass(frozen=True)
class Letter:
    """Where it begins, in mm from the lower left."""

    text: str
    left: float
    low: float


def drawn(data: bytes, page: int, foot: float | None = None) -> list[Letter]:
    """The letters and figures of a page above its foot, in mm."""
    sheet = pypdfium2.PdfDocument(data)[page - 1]
    text, foot = sheet.get_textpage(), foot or min(_FOOT, _FOOT * sheet.get_height() * MM / 210)
    found = []
    for index in range(text.count_chars()):
        letter = text.get_text_range(index, 1)
        if letter.isalnum():
            left, low, _, _ = (side * MM for side in text.get_charbox(index))
            if low > foot:
                found.append(Letter(letter, left, low))
    return found


def compared(sheet: list[Letter], gaps: list[Letter]) -> tuple[list[Letter], list[Letter]]:
    """What of the sheet is gone, and what is new; each letter of the rest stands where it stood."""
    places: dict[tuple[str, int, int], list[Letter]] = {}
    for it in gaps:
        places.setdefault((it.text, round(it.left), round(it.low)), []).append(it)
    gone = []
    for it in sheet:
        near = (
            places.get((it.text, round(it.left) + x, round(it.low) + y), [])
            for x in (-1, 0, 1)
            for y in (-1, 0, 1)
        )
        match = next((group for group in near if any(_same(it, one) for one in group)), None)
        if match is None:
            gone.append(it)
        else:
            match.remove(next(one for one in match if _same(it, one)))
    return gone, [it for group in places.values() for it in group]


def _same(one: Letter, other: Letter) -> bool:
    return abs(one.left - other.left) < _NEAR and abs(one.low - other.low) < _NEAR


def lies_over(sheet: Printed, gaps: Printed, feet: bool = False) -> int:
    """Asserts that nothing moved, and that what is gone is told; how many gaps there are."""
    total = 0
    assert gaps.pages == sheet.pages * (1 if feet else 2)
    for page in range(1, sheet.pages + 1):
        before, front = drawn(sheet.data, page), page if feet else 2 * page - 1
        end = min(it.low for it in before) - _LINE if feet else None
        after, told = drawn(gaps.data, front, end), drawn(gaps.data, front + 1 - feet)
        gone, new = compared(before, after)
        count = _count(new)
        figures = Counter("".join(map(str, range(1, count + 1))))
        assert Counter(it.text for it in new) == figures
        answers = letters("".join(it.text for it in told if end is None or it.low < end))
        rest = Counter(answers) - figures
        lost = Counter(letters("".join(it.text for it in gone))) - rest
        assert not lost
        assert rest.total() - len(gone) < _HEADING
        total += count
    return total


def _count(new: list[Letter]) -> int:
    """How many gaps so many figures number."""
    figures, count = len(new), 0
    while figures > 0:
        count += 1
        figures -= len(str(count))
    assert figures == 0
    return count


@pytest.mark.parametrize("feet", [False, True])
def test_what_is_left_stands_where_it_stood(feet: bool) -> None:
    sheet, gaps = both(pack("fahrschule"), feet)
    assert lies_over(sheet, gaps, feet) == 20
    middle = "-foot" if feet else ""
    assert [it.name for it in (sheet, gaps)] == [
        f"fahrschule-{kind}{middle}-a4.pdf" for kind in ("sheet", "blanks")
    ]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "least"), [("jitensha", 15), ("ghidha", 15)])
def test_so_it_does_in_other_scripts(name: str, least: int) -> None:
    sheet, gaps = both(pack(name), shop=NAMED)
    gone, new = compared(drawn(sheet.data, 1), drawn(gaps.data, 1))
    assert _count(new) > least
    assert len(gone) > 50


@pytest.mark.slow
@pytest.mark.parametrize(("paper", "feet"), [("", False), ("a5", False), ("letter", True)])
def test_the_large_pack_lies_over_its_sheet(paper: str, feet: bool) -> None:
    sheet, gaps = both(pack("mls-c01"), feet, paper)
    assert lies_over(sheet, gaps, feet) > 500


@pytest.mark.slow
def test_gaps_count_from_one_on_each_page(engine: Engine) -> None:
    facts = "\n".join(f"- fact: Number {n} is **called name{n}**" for n in range(120))
    sheet, gaps = both(pack_of(facts), paper="3x5")
    assert sheet.pages > 1
    it = read(gaps.data)
    for page in range(2, it.count + 1, 2):
        assert f"Answers to page {page // 2}" in " ".join(it.lines(page))
        assert any(line.startswith("1 called name") for line in it.lines(page))


def test_a_blank_is_as_wide_as_its_words(engine: Engine) -> None:
    from cramsheet.press.boxes import gaps_in

    facts = "- fact: The word **quintessence** is long, **short** is not"
    of = Writer(make_plan(pack_of(facts), Order("blanks")), SHOP)
    (page,) = engine.lay(of.flow({}, 1e4)).pages
    wide = [gap.width for gap in gaps_in(page._page_box)]
    em = of.plan.kind.size * 96 / 72
    expected = [text_width(word, bold=True) * em for word in ("quintessence", "short")]
    assert wide == pytest.approx(expected, rel=0.02)


WORDS = """
- fact: Rain falls on **high ground** first
- term: Delta
  means: the mouth of a river, often triangular
- {limit: Depth, value: 50, unit: m, note: at least}
- {limit: Count, value: 3}
- {when: it rains, choose: take a coat}
- {trap: Rain is dry, truth: rain is wet}
- {list: Colours, items: [crimson, emerald, cobalt, ochre]}
- compare: Rain or snow?
  columns: [Rain, Snow]
  rows: {Felt: [liquid water, frozen flakes], Sound: [pattering, silence]}
- {mnemonic: WET, helps: the order, stands: [water, earth, trees]}
- {fact: A bare sentence about glaciology, id: bare}
"""


def test_what_helps_to_recall_is_left_out() -> None:
    of = Writer(make_plan(pack_of(WORDS), Order("blanks")), SHOP)
    found = {name: [text.striptags() for text in texts] for name, texts in of.left_out().items()}
    assert found["rain-falls-on-high-ground-first"] == ["high ground"]
    assert found["delta"] == ["triangular"]
    assert found["depth"] == ["50\u202fm"]
    assert "count" not in found  # no number stands in front of one figure
    assert found["it-rains"] == ["take a coat"] or found["it-rains"] == ["coat"]
    assert found["bare"] == ["glaciology"]
    assert len(found["colours"]) == 2
    assert len(found["rain-or-snow"]) == 2
    assert len(found["wet"]) == 3


def test_nothing_is_left_out_of_other_kinds() -> None:
    for kind in ("sheet", "notes"):
        assert not Writer(make_plan(pack_of(WORDS), Order(kind)), SHOP).left_out()


@pytest.mark.slow
def test_the_same_bytes_come_of_the_same_pack() -> None:
    one, other = (both(pack("fahrschule"))[1].data for _ in range(2))
    assert one == other


def test_answers_without_room_are_a_mistake() -> None:
    facts = "\n".join(f"- fact: '**number {n} is bold from end to end**'" for n in range(60))
    with pytest.raises(Mistakes) as caught:
        both(pack_of(facts), feet=True, paper="50x60mm")
    (problem, *_) = caught.value.problems
    assert problem.hint == "take a larger paper, or --answers back"


def test_on_a_screen_words_come_back(shop: Shop) -> None:
    of = Writer(make_plan(pack_of(WORDS), Order("blanks")), shop, screen=True)
    text = of.edition({})
    assert text.count('class="gap" tabindex="0"') == sum(map(len, of.left_out().values()))
    assert ".gap:is(:hover, :focus) .gone { visibility: visible }" in text
