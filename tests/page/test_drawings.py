"""Figures drawn from an author's data: every word inside the picture, none over another."""

import math
import re
from itertools import combinations
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from cramsheet.pack.facts import Figure
from cramsheet.pack.figures import FUNCTIONS as NAMES
from cramsheet.page.drawings import as_image, as_part, drawing
from cramsheet.page.plots import FUNCTIONS
from cramsheet.page.words import Words
from tests.making import SHOP, pack_of
from tests.paper import advance

SVG = "{http://www.w3.org/2000/svg}"

FIGURES = {
    "curves": """\
plot:
  x: complexity
  y: error
  curves: {training: [[0, 9], [2, 5], [10, 1]], validation: [[0, 9.5], [4, 4.5], [10, 9]]}
  marks: {4: best}
""",
    "functions": "plot: {x: z, y: out, from: -5, to: 5, curves: {sigmoid: sigmoid, tanh: tanh}}",
    "one curve": "plot: {x: z, y: out, curves: {it: relu}}",
    "many curves": "plot:\n  x: z\n  y: o\n  curves:\n"
    + "".join(f"    the curve named {name}: {name}\n" for name in NAMES),
    "long words": """\
plot:
  x: the number of hours that were spent on reading before the exam began
  y: the number of points
  curves: {a name for a curve that is really much too long to stand in any legend: abs, b: exp}
  marks: {4.9: a label near the right edge, -4.9: left, 30: far away}
""",
    "a flat curve": "plot: {x: a, y: b, curves: {flat: [[0, 1], [5, 1]]}}",
    "flow": "flow: {Ingest: Kinesis, Store: S3, Transform: Glue, Train: SageMaker, Deploy: x}",
    "flow of bare boxes": 'flow: {One: "", Two: "", Three: ""}',
    "flow of long words": """\
flow: {A box with a name that is longer than the picture is wide: and what stands below it, B: c}
""",
    "matrix": "matrix: {tp: 40, fn: 20, fp: 10, tn: 130}",
    "matrix of large numbers": "matrix: {tp: 4000000, fn: 2000000, fp: 1000000, tn: 13000000}",
    "matrix of nothing": "matrix: {tp: 0, fn: 0, fp: 0, tn: 0}",
}

ENGLISH = Words.of("en", SHOP)


class Box(NamedTuple):
    words: str
    left: float
    top: float
    right: float
    bottom: float


def drawn(source: str) -> Element:
    facts = "- figure: F\n  alt: a\n" + "".join(f"  {line}\n" for line in source.splitlines())
    (entry,) = pack_of(facts).entries()
    assert isinstance(entry.fact, Figure)
    svg = drawing(entry.fact, ENGLISH)
    assert svg
    return ElementTree.fromstring(svg)


def boxes(svg: Element) -> list[Box]:
    return [_box(text) for text in svg.iter(f"{SVG}text")]


def _box(text: Element) -> Box:
    words, size = text.text or "", float(text.get("font-size", ""))
    wide = advance(words, bold=bool(text.get("font-weight"))) * size
    shift = {"start": 0.0, "middle": -wide / 2, "end": -wide}[text.get("text-anchor", "start")]
    if turned := re.match(r"translate\((\S+) (\S+)\) rotate\(-90\)", text.get("transform", "")):
        x, y = float(turned[1]), float(turned[2])
        return Box(words, x - 0.8 * size, y - shift - wide, x, y - shift)
    x, y = float(text.get("x", "")), float(text.get("y", ""))
    return Box(words, x + shift, y - 0.7 * size, x + shift + wide, y)


@pytest.mark.parametrize("name", FIGURES)
def test_no_text_leaves_the_picture(name: str) -> None:
    svg = drawn(FIGURES[name])
    _, _, width, height = map(float, svg.get("viewBox", "").split())
    outside = [
        box
        for box in boxes(svg)
        if box.left < -0.1 or box.top < -0.1 or box.right > width + 0.1 or box.bottom > height
    ]
    assert not outside


@pytest.mark.parametrize("name", FIGURES)
def test_no_line_leaves_the_picture(name: str) -> None:
    svg = drawn(FIGURES[name])
    _, _, width, height = map(float, svg.get("viewBox", "").split())
    points = [
        tuple(map(float, pair.split(",")))
        for line in svg.iter(f"{SVG}polyline")
        for pair in line.get("points", "").split()
    ]
    for line in svg.iter(f"{SVG}line"):
        points += [(float(line.get(f"x{end}", "")), float(line.get(f"y{end}", ""))) for end in "12"]
    for rect in svg.iter(f"{SVG}rect"):
        x, y, w, h = (float(rect.get(key, "")) for key in ("x", "y", "width", "height"))
        points += [(x, y), (x + w, y + h)]
    assert points
    assert all(0 <= x <= width and 0 <= y <= height for x, y in points)


@pytest.mark.parametrize("name", [name for name in FIGURES if "matrix" in name or "flow" in name])
def test_no_words_stand_on_others(name: str) -> None:
    clashes = [
        (one.words, other.words)
        for one, other in combinations(boxes(drawn(FIGURES[name])), 2)
        if one.left < other.right - 0.2
        and other.left < one.right - 0.2
        and one.top < other.bottom
        and other.top < one.bottom
    ]
    assert not clashes


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("curves", ["complexity", "error", "training", "validation", "best"]),
        ("one curve", ["z", "out"]),
        ("long words", ["left", "far away", "a label near the right edge", "b"]),
        ("flow", ["Ingest", "Kinesis", "Deploy", "x"]),
        ("matrix", ["TP 40", "FN 20", "FP 10", "TN 130", "0.67", "0.93", "precision 0.80"]),
        ("matrix", ["accuracy 0.85", "F1 0.73"]),
        ("matrix of nothing", ["precision –", "F1 –"]),
    ],
)
def test_the_words_are_drawn(name: str, words: list[str]) -> None:
    said = "\n".join(box.words for box in boxes(drawn(FIGURES[name])))
    assert [word for word in words if word not in said] == []


def test_words_are_text_and_not_markup() -> None:
    svg = drawn("flow: {'a <b> & \"c\"': '</svg>', d: ''}")
    assert [box.words for box in boxes(svg)] == ['a <b> & "c"', "</svg>", "d"]


def test_curves_differ_by_their_dashes() -> None:
    svg = drawn(FIGURES["curves"])
    dashes = [line.get("stroke-dasharray") for line in svg.iter(f"{SVG}polyline")]
    assert dashes[1:3] == [None, "5 2"]
    assert dashes[3:] == [None, "5 2"]  # the samples of the legend


def test_arrows_lead_from_each_box_to_the_next() -> None:
    svg = drawn("flow: {A: '', B: '', C: ''}")
    assert len(list(svg.iter(f"{SVG}rect"))) == 3
    assert len(list(svg.iter(f"{SVG}polyline"))) == 4  # two arrows: a line and a head each


def test_a_smooth_curve_passes_through_its_points_and_never_beyond_them() -> None:
    svg = drawn("plot: {x: a, y: b, curves: {it: [[0, 0], [1, 10], [2, 10], [3, 0]]}}")
    curve = next(
        line
        for line in svg.iter(f"{SVG}polyline")
        if len(line.get("points", "").split()) > 10
    )  # fmt: skip
    ys = [float(pair.split(",")[1]) for pair in curve.get("points", "").split()]
    assert ys.index(min(ys)) == 12  # the second point; up is less
    assert ys[12:25] == [min(ys)] * 13


def test_a_smooth_curve_does_not_overshoot_a_peak() -> None:
    svg = drawn("plot: {x: a, y: b, curves: {it: [[0, 0], [1, 10], [2, 4], [3, 5]]}}")
    curve = max(svg.iter(f"{SVG}polyline"), key=lambda line: len(line.get("points", "")))
    ys = [float(pair.split(",")[1]) for pair in curve.get("points", "").split()]
    assert ys.index(min(ys)) == 12
    assert max(ys) == ys[0]
    assert max(ys[12:]) == ys[24]


def test_every_function_that_a_pack_may_name_can_be_drawn() -> None:
    assert set(NAMES) == set(FUNCTIONS)
    assert all(math.isfinite(FUNCTIONS[name](1.0)) for name in NAMES)


def test_a_picture_is_no_drawing() -> None:
    pack = pack_of("- figure: F\n  alt: a\n  picture: x.png", pictures={"x.png": b""})
    (entry,) = pack.entries()
    assert isinstance(entry.fact, Figure)
    assert drawing(entry.fact, ENGLISH) is None


def test_alternative_texts_hold_signs() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg"/>'
    assert 'alt="a &lt;b&gt; &quot;c&quot;"' in as_image(svg, 'a <b> "c"')
    assert 'aria-label="a &lt;b&gt; &quot;c&quot;"' in as_part(svg + " ", 'a <b> "c"')
