"""Good packs that a proof as strict as ours refused once, or that the program tripped over."""

from dataclasses import dataclass
from pathlib import Path

import fontpkg
import pylopdf_fonts_jp
import pytest

from cramsheet.page.borrowed import Case
from cramsheet.page.looks import look_of
from cramsheet.page.shop import Shop
from cramsheet.pipeline import build
from cramsheet.plan.plan import Order
from tests.making import SHOP, pack_of

NAMED = Shop(
    SHOP.roots, Case((pylopdf_fonts_jp.sans_path(), Path(fontpkg.path("noto-sans-arabic"))))
)
AR, JA = "language: ar", "language: ja"
LONG = "歩道と車道の区別がある道路を自転車で走るときは、原則としてどこを通りますか。"
MIXED = (
    "word tejun 自転車は軽車両であり、車道の左側が原則である 左側 標識と行動を結びなさい 約1秒 十"
    " タイヤ 車道の左側を走るときに見るもの 子どもには歩道の通行が認められている end"
)

# what hangs out moves to the other side, on cards, too, and with three figures in its number
ORDER = """
- order: رتّب خطوات ما بعد الوجبة
  items: [غطّه, سخّنه جيدًا قبل أكله, ضعه في الثلاجة خلال ساعتين من الطهي]
  why: كل ساعة خارج الثلاجة تزيد الخطر
- match: صِل كل طعام بمكانه
  pairs: {الطعام المطبوخ: الرف الأعلى, الأرز الجاف: الخزانة}
  why: لا يقطر السائل
- question: ماذا تفعل به؟
  options:
    - {right: ضعه في الثلاجة خلال ساعتين من الطهي, why: نعم}
    - {wrong: غطّه, why: لا}
"""
STEPS = "- steps: الخطوات\n  items:\n" + "".join(
    "    - ضعه في الثلاجة" + " غطّه" * (n % 12) + "\n" for n in range(100)
)
# a question in parts takes the letters of these parts alone
TALL = f"- question: {LONG * 6}\n  options:\n" + "".join(
    f"    - {{{'right' if n == 0 else 'wrong'}: {LONG}{n}, why: 例外}}\n" for n in range(9)
)
TALL += "- {claim: 十歳未満の子どもを運ぶ, is: true, why: 渡る}\n"
# a row of a table runs over the end of a column, in a script without spaces
TABLE = "- compare: 標識\n  columns: [一, 二]\n  rows:\n" + "".join(
    f"    行{n}: [{LONG}{n}, {LONG}{n}甲]\n" for n in range(5)
)


@dataclass(frozen=True)
class Accepted:
    name: str
    kind: str
    look: str
    paper: str
    exam: str
    facts: str = "- A bare fact"
    questions: str = ""


CASES = [
    Accepted("what hangs out on a card", "booklet", "clear", "3x5", AR, questions=ORDER),
    Accepted("a hundred steps", "sheet", "modern", "a5", AR, STEPS),
    Accepted("a question in parts", "booklet", "clear", "4x6", JA, questions=TALL),
    Accepted("a torn row", "sheet", "modern", "3x5", JA, TABLE),
    Accepted(
        "a gap in a line of two fonts", "blanks", "classic", "a5-landscape", JA, f"- fact: {MIXED}"
    ),
]


@pytest.mark.slow
@pytest.mark.parametrize("it", CASES, ids=lambda it: it.name)
def test_a_good_pack_is_printed(it: Accepted) -> None:
    pack = pack_of(it.facts, it.questions, it.exam)
    order = Order(it.kind, it.paper, look=look_of(it.look, SHOP))
    (printed,) = build([(pack, order)], NAMED, lambda _: None)
    assert printed.pages > 0
