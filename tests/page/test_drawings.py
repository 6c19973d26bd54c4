"""Figures drawn from an author's data: every word inside the picture, none over another."""

import math
import re
from dataclasses import replace
from itertools import combinations, product
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from cramsheet.pack.facts import Figure
from cramsheet.pack.figures import FUNCTIONS as NAMES
from cramsheet.page.canvas import Colours, Drawing, Look
from cramsheet.page.drawings import as_image, as_part, drawing
from cramsheet.page.functions import FUNCTIONS, between, values
from cramsheet.page.words import Words
from tests.making import SHOP, pack_of
from tests.paper import advance

SVG = "{http://www.w3.org/2000/svg}"
UNIT = 10  # of the SVG in an em

LOOKS = {
    "a column of 45 mm at 6.5 pt": Look(19.6),
    "notes": Look(21.0, 0.88, 0.71),
    "half a column": Look(10.5),
}
COLUMN = LOOKS["a column of 45 mm at 6.5 pt"]

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
    "numbers": """\
plot:
  x: score
  y: share
  curves: {s: sigmoid}
  x-ticks: [-5, -2.5, 0, 2.5, 5]
  y-ticks: [0, 0.5, 1]
""",
    "numbers close to each other": """\
plot:
  x: score
  y: share
  curves: {s: sigmoid}
  x-ticks: [-5, -4.9, -4.8, -4.7, 5]
  y-ticks: [0.1, 0.11, 0, 0.12, 0.9]
""",
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
    "spans": """\
plot:
  x: z
  y: density
  curves: {normal: "normal(1, 2)"}
  shade: {normal: [-1, 3]}
  spans: {68 %: [-1, 3], 95 %: [-3, 5], narrow one: [4, 4.4]}
""",
    "dots": "plot: {x: a, y: b, dots: {one: [[1, 2], [3, 4]], two: [[2, 1]], three: [[0, 0]]}}",
    "dots on a curve": "plot: {x: a, y: b, curves: {k: [[1, 2], [3, 4]]}, dots: {k: [[1, 2]]}}",
    "bars": "plot: {x: class, y: probability, bars: {cat: 0.66, dog: 0.24, bird: 0.1}}",
    "bars at numbers": "plot: {x: n, y: p, bars: {0: 0.1, 1: 0.4, 2: -0.3}, y-ticks: [0, 0.5]}",
    "bars of long names": "plot: {x: c, y: p, bars: {a very long name: 3, another of them: 1}}",
    "flow": "flow: {Ingest: Kinesis, Store: S3, Transform: Glue, Train: SageMaker, Deploy: x}",
    "flow of bare boxes": 'flow: {One: "", Two: "", Three: ""}',
    "flow of long words": """\
flow: {A box with a name that is longer than the picture is wide: and what stands below it, B: c}
""",
    "tree": """\
tree:
  What is it?:
    a number: regression
    a class:
      How many?:
        two: logistic regression
        more:
          Are the rows many and the classes rare?:
            "yes": XGBoost with weights for the rows of the rare classes
            "no": k-NN
""",
    "tree of long words": """\
tree:
  Donaudampfschifffahrtsgesellschaftskapitänsmütze oder nicht und wenn ja, welche?:
    Rindfleischetikettierungsüberwachungsaufgabenübertragung: ja
    nein: Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung
""",
    "scale": "scale: {from: dear, to: cheap, items: {Standard: ms, Archive: 12-48 h, Bare: ''}}",
    "scale of long words": """\
scale:
  from: the end at which everything is dear to keep and free to read
  to: cheap
  items: {A name that is long: and a detail that is longer than what is left of its line, B: c}
""",
    "box": "box: {ms: {min: 2, q1: 4, median: 5.5, q3: 8, max: 12, outliers: [17, -3]}}",
    "box without a spread": "box: {ms: {min: 2, q1: 2, median: 2, q3: 2, max: 2}}",
    "box with its parts close": "box: {s: {min: 0, q1: 9, median: 9.1, q3: 15, max: 20}}",
    "boxes": """\
box:
  the model before: {min: 1, q1: 3, median: 4, q3: 6, max: 9}
  after: {min: -0.5, q1: 1, median: 2, q3: 3, max: 5, outliers: [7.5]}
""",
    "boxes of one value": "box:"
    + "".join(f"\n  {it}: {{min: 1, q1: 1, median: 1, q3: 1, max: 1}}" for it in "ab"),
    "layers": "layers: {Input: 28 × 28, Convolution: 32 filters of 3 × 3 and their bias, Out: ''}",
    "rows of cells": """\
layers:
  fold 1: [test, train, train, train, train]
  fold 2: [train, test, train, train, train]
  the last of them: [train, train, train, train, test]
""",
    "matrix": "matrix: {tp: 40, fn: 20, fp: 10, tn: 130}",
    "matrix of large numbers": "matrix: {tp: 4000000, fn: 2000000, fp: 1000000, tn: 13000000}",
    "matrix of nothing": "matrix: {tp: 0, fn: 0, fp: 0, tn: 0}",
}

ENGLISH, GERMAN = Words.of("en", SHOP), Words.of("de", SHOP)


class Box(NamedTuple):
    words: str
    left: float
    top: float
    right: float
    bottom: float


def made(source: str, look: Look = COLUMN, words: Words = ENGLISH) -> Drawing:
    facts = "- figure: F\n  alt: a\n" + "".join(f"  {line}\n" for line in source.splitlines())
    (entry,) = pack_of(facts).entries()
    assert isinstance(entry.fact, Figure)
    found = drawing(entry.fact, words, look)
    assert found
    return found


def drawn(source: str, look: Look = COLUMN, words: Words = ENGLISH) -> Element:
    return ElementTree.fromstring(made(source, look, words).svg)


def boxes(svg: Element) -> list[Box]:
    return [_box(text) for text in svg.iter(f"{SVG}text")]


def _box(text: Element) -> Box:
    words, size = text.text or "", float(text.get("font-size", ""))
    wide = advance(words, bold=bool(text.get("font-weight"))) * size
    shift = {"start": 0.0, "middle": -wide / 2, "end": -wide}[text.get("text-anchor", "start")]
    x, y = float(text.get("x", "")), float(text.get("y", ""))
    return Box(words, x + shift, y - 0.66 * size, x + shift + wide, y)


def said(svg: Element) -> str:
    return "\n".join(box.words for box in boxes(svg))


def points(svg: Element) -> list[tuple[float, float]]:
    """The corners of all that is drawn but words."""
    found = [
        (float(x), float(y))
        for tag in ("polyline", "polygon")
        for line in svg.iter(f"{SVG}{tag}")
        for x, y in (pair.split(",") for pair in line.get("points", "").split())
    ]
    for line in svg.iter(f"{SVG}line"):
        found += [(float(line.get(f"x{end}", "")), float(line.get(f"y{end}", ""))) for end in "12"]
    for rect in svg.iter(f"{SVG}rect"):
        x, y, w, h = (float(rect.get(key, "")) for key in ("x", "y", "width", "height"))
        found += [(x, y), (x + w, y + h)]
    for dot in svg.iter(f"{SVG}circle"):
        x, y, r = (float(dot.get(key, "")) for key in ("cx", "cy", "r"))
        found += [(x - r, y - r), (x + r, y + r)]
    for path in svg.iter(f"{SVG}path"):
        numbers = [float(number) for number in re.findall(r"[\d.]+", path.get("d", ""))]
        found += [(numbers[0], numbers[1]), (numbers[-1], numbers[2])]  # begins; ends right, low
    return found


ALL = pytest.mark.parametrize(("name", "look"), list(product(FIGURES, LOOKS)))


@ALL
def test_no_text_leaves_the_picture(name: str, look: str) -> None:
    svg = drawn(FIGURES[name], LOOKS[look])
    _, _, width, height = map(float, svg.get("viewBox", "").split())
    outside = [
        box
        for box in boxes(svg)
        if box.left < -0.5 or box.top < -0.5 or box.right > width + 0.5 or box.bottom > height
    ]
    assert not outside


@ALL
def test_no_line_leaves_the_picture(name: str, look: str) -> None:
    svg = drawn(FIGURES[name], LOOKS[look])
    _, _, width, height = map(float, svg.get("viewBox", "").split())
    found = points(svg)
    assert found
    assert all(-0.01 <= x <= width + 0.01 and -0.01 <= y <= height + 0.01 for x, y in found)


@ALL
def test_no_words_stand_on_others(name: str, look: str) -> None:
    clashes = [
        (one.words, other.words)
        for one, other in combinations(boxes(drawn(FIGURES[name], LOOKS[look], GERMAN)), 2)
        if one.left < other.right - 0.3
        and other.left < one.right - 0.3
        and one.top < other.bottom - 0.3
        and other.top < one.bottom - 0.3
    ]
    assert not clashes


@ALL
def test_no_words_are_smaller_than_what_prints_at_the_floor(name: str, look: str) -> None:
    found = made(FIGURES[name], LOOKS[look])
    sizes = re.findall(r'font-size="([\d.]+)"', found.svg)
    assert min(map(float, sizes)) / UNIT == pytest.approx(found.smallest, abs=0.001)
    assert found.smallest >= LOOKS[look].least


@ALL
def test_a_figure_is_as_wide_as_its_column_and_no_taller_than_it_needs(
    name: str, look: str
) -> None:
    found = made(FIGURES[name], LOOKS[look])
    svg = ElementTree.fromstring(found.svg)
    _, _, width, height = map(float, svg.get("viewBox", "").split())
    assert width == pytest.approx(found.width * UNIT)
    assert height == pytest.approx(found.height * UNIT, abs=0.01)
    assert found.width == LOOKS[look].width
    lowest = max([y for _, y in points(svg)] + [box.bottom for box in boxes(svg)])
    assert height - lowest < 0.5 * UNIT


@pytest.mark.parametrize("name", FIGURES)
def test_only_the_colours_asked_for_are_drawn(name: str) -> None:
    colours = Colours("#000000", "#000001", "#000002", "#fffffe", "#000003", "#ffffff")
    found = made(FIGURES[name], replace(COLUMN, colours=colours)).svg
    used = set(re.findall(r"#\w+", found))
    assert used <= {"#000000", "#000001", "#000002", "#fffffe", "#000003", "#ffffff"}


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_drawn_once_and_always_alike(name: str) -> None:
    once = made(FIGURES[name])
    assert made(FIGURES[name]) is once
    assert made(FIGURES[name], replace(COLUMN, least=0.99)).svg == once.svg


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("curves", ["complexity", "error", "training", "validation", "best"]),
        ("one curve", ["z", "out"]),
        ("numbers", ["−2.5", "0.5"]),
        ("long words", ["left", "far away", "a label near the right", "b"]),
        ("spans", ["68", "95", "narrow one"]),
        ("bars", ["cat", "0.66", "0.10"]),
        ("flow", ["Ingest", "Kinesis", "Deploy", "x"]),
        ("tree", ["What is it?", "a class", "→", "How many?", "k-NN", "yes"]),
        ("scale", ["dear", "Standard", "12–48", "Bare", "cheap"]),
        ("box", ["min", "Q1", "median", "Q3", "max", "outlier", "IQR", "1.5 IQR", "ms"]),
        ("boxes", ["the model", "after", "−0.5", "9"]),
        ("layers", ["Input", "28 × 28", "filters"]),
        ("rows of cells", ["fold 2", "train", "test"]),
        ("matrix", ["TP", "40", "FN", "FP", "TN", "130", "0.67", "0.93", "precision", "0.80"]),
        ("matrix", ["recall", "specificity", "accuracy", "0.85", "F1", "0.73"]),
        ("matrix of nothing", ["precision", "–"]),
    ],
)
def test_the_words_are_drawn(name: str, words: list[str]) -> None:
    found = said(drawn(FIGURES[name]))
    assert [word for word in words if word not in found] == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("matrix", ["vorhergesagt", "wirklich", "Recall", "Präzision", "Genauigkeit", "0,85"]),
        ("box", ["Median", "Ausreißer"]),
        ("bars", ["0,66"]),
        ("numbers", ["−2,5"]),
    ],
)
def test_words_of_the_program_and_numbers_are_those_of_the_language(
    name: str, words: list[str]
) -> None:
    found = said(drawn(FIGURES[name], words=GERMAN))
    assert [word for word in words if word not in found] == []


def test_words_are_text_and_not_markup() -> None:
    svg = drawn("flow: {'a <b> & \"c\"': '</svg>', d: ''}")
    assert [box.words for box in boxes(svg)] == ['a <b> & "c"', "</svg>", "d"]


def test_curves_differ_by_their_dashes() -> None:
    svg = drawn(FIGURES["curves"])
    dashes = [line.get("stroke-dasharray") for line in svg.iter(f"{SVG}polyline")]
    assert dashes[:2] == [None, "4.5 2"]


def test_names_stand_at_their_curves_and_in_a_legend_where_there_is_no_room() -> None:
    close = "plot: {x: a, y: b, curves: {one: [[0, 0], [9, 9]], two: [[0, 0.1], [9, 9.1]]}}"
    for source, lines in ((FIGURES["curves"], 3), (close, 5)):  # two curves, axes, two samples
        assert len(list(drawn(source).iter(f"{SVG}polyline"))) == lines


def test_a_name_stands_nearer_to_its_curve_than_to_any_other() -> None:
    svg = drawn(FIGURES["curves"])
    curves = [
        [tuple(map(float, pair.split(","))) for pair in line.get("points", "").split()]
        for line in svg.iter(f"{SVG}polyline")
    ][:2]
    for index, name in enumerate(("training", "validation")):
        (box,) = (box for box in boxes(svg) if box.words == name)
        x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        away = [min(math.hypot(x - px, y - py) for px, py in curve) for curve in curves]
        assert away.index(min(away)) == index


def test_dots_of_a_curve_need_no_legend_and_others_differ_by_their_shape() -> None:
    own = drawn(FIGURES["dots on a curve"])
    assert said(own).split("\n") == ["a", "b"]
    svg = drawn("plot: {x: a, y: b, dots: {one: [[1, 2]], two: [[2, 1]], three: [[0, 0]]}}")
    fills = [dot.get("fill") for dot in svg.iter(f"{SVG}circle")]
    assert fills == [Colours().hue, Colours().paper] * 2  # on the plot, then in the legend
    assert len(list(svg.iter(f"{SVG}polyline"))) == 1 + 2 + 2  # axes, two crosses


def test_bars_are_as_high_as_their_numbers() -> None:
    svg = drawn("plot: {x: a, y: b, bars: {one: 1, two: 3}}")
    one, two = (float(rect.get("height", "")) for rect in svg.iter(f"{SVG}rect"))
    assert two == pytest.approx(3 * one, rel=0.01)


def test_an_area_reaches_from_one_x_to_the_other() -> None:
    svg = drawn("plot: {x: a, y: b, from: -4, to: 4, curves: {n: normal}, shade: {n: [-2, 2]}}")
    (area,) = svg.iter(f"{SVG}polygon")
    axis = points(svg)
    left, right = min(x for x, _ in axis), max(x for x, _ in axis)
    xs = [float(pair.split(",")[0]) for pair in area.get("points", "").split()]
    assert min(xs) == pytest.approx(left + (right - left) / 4, abs=0.5)
    assert max(xs) == pytest.approx(left + (right - left) * 3 / 4, abs=0.5)


def test_an_area_is_hatched_where_no_tint_tells_it() -> None:
    source = "plot: {x: a, y: b, curves: {n: normal}, shade: {n: [-2, 2]}}"
    black = Colours("#000000", "#000000", "#000000", "#ffffff", "#000000", "#ffffff")
    tinted, hatched = (
        len(list(drawn(source, replace(COLUMN, colours=colours)).iter(f"{SVG}line")))
        for colours in (Colours(), black)
    )
    assert hatched > tinted + 10


def test_arrows_lead_from_each_box_to_the_next() -> None:
    svg = drawn("flow: {A: '', B: '', C: ''}")
    assert len(list(svg.iter(f"{SVG}rect"))) == 3
    assert len(list(svg.iter(f"{SVG}polyline"))) == 4  # two arrows: a line and a head each


def test_a_flow_takes_rows_where_one_is_too_narrow() -> None:
    def rows(look: Look) -> int:
        return len({rect.get("y") for rect in drawn(FIGURES["flow"], look).iter(f"{SVG}rect")})

    assert rows(Look(40.0)) == 1
    assert rows(COLUMN) == 2
    assert rows(Look(10.5)) > 2


def test_a_tree_is_indented_by_its_questions() -> None:
    found = {box.words: box.left for box in boxes(drawn(FIGURES["tree"]))}
    assert found["a number"] == found["a class"] < found["two"] == found["more"] < found["no"]


def test_words_of_a_tree_take_lines_where_they_are_too_long() -> None:
    assert made(FIGURES["tree"], Look(10.5)).height > made(FIGURES["tree"], Look(40.0)).height


def test_the_things_on_a_scale_stand_in_their_order() -> None:
    tops = {box.words: box.top for box in boxes(drawn(FIGURES["scale"]))}
    order = ["dear", "Standard", "Archive", "Bare", "cheap"]
    assert sorted(order, key=lambda it: tops[it]) == order


def test_the_parts_of_a_box_plot_stand_where_they_count() -> None:
    svg = drawn("box: {ms: {min: 0, q1: 2, median: 5, q3: 6, max: 10, outliers: [20]}}")
    (rect,) = svg.iter(f"{SVG}rect")
    (dot,) = svg.iter(f"{SVG}circle")
    left, wide = float(rect.get("x", "")), float(rect.get("width", ""))
    assert float(dot.get("cx", "")) == pytest.approx(left + wide / 4 * 18, abs=0.1)


def test_cells_that_differ_from_the_usual_are_bold() -> None:
    svg = drawn(FIGURES["rows of cells"])
    bold = [text.text for text in svg.iter(f"{SVG}text") if text.get("font-weight")]
    assert bold == ["test"] * 3


def test_words_of_cells_stay_whole_where_their_names_stand_above() -> None:
    assert said(drawn(FIGURES["rows of cells"], Look(12.0))).count("train") == 12


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


@pytest.mark.parametrize(
    ("function", "x", "y"),
    [
        ("sigmoid", 0, 0.5),
        ("sigmoid", -800, 0),
        ("softplus", 0, math.log(2)),
        ("softplus", 800, 800),
        ("leaky-relu", -2, -0.2),
        ("leaky-relu(0.01)", -2, -0.02),
        ("elu(2)", -800, -2),
        ("normal(3, 2)", 3, 1 / (2 * math.sqrt(2 * math.pi))),
        ("normal(3)", 3, 1 / math.sqrt(2 * math.pi)),
        ("log-normal(0, 2)", 1, 1 / (2 * math.sqrt(2 * math.pi))),
        ("log-normal", -1, 0),
    ],
)
def test_functions_have_their_values(function: str, x: float, y: float) -> None:
    assert values(function, x, x + 1)[0][1] == pytest.approx(y, abs=1e-9)


def test_a_step_jumps() -> None:
    assert values("step", -1, 1) == [(-1, 0), (0, 0), (0, 1), (1, 1)]


def test_a_part_of_a_curve_is_cut_off_on_its_line() -> None:
    line = [(0.0, 0.0), (10.0, 20.0)]
    assert between(line, 2, 5) == [(2, 4), (5, 10)]
    assert between(line, -3, 99) == line
    assert between(line, 11, 12) == []


def test_a_picture_is_no_drawing() -> None:
    pack = pack_of("- figure: F\n  alt: a\n  picture: x.png", pictures={"x.png": b""})
    (entry,) = pack.entries()
    assert isinstance(entry.fact, Figure)
    assert drawing(entry.fact, ENGLISH, COLUMN) is None


def test_alternative_texts_hold_signs() -> None:
    it = made("flow: {a: '', b: ''}")
    assert 'alt="a &lt;b&gt; &quot;c&quot;"' in as_image(it, 'a <b> "c"')
    assert 'aria-label="a &lt;b&gt; &quot;c&quot;"' in as_part(it, 'a <b> "c"')
