"""Curves, dots and bars over two axes."""

from collections.abc import Mapping, Sequence

from cramsheet.pack.curves import Curves
from cramsheet.page.axes import (
    Frame,
    draw_axes,
    draw_marks,
    draw_spans,
    frame_of,
    gap,
    places,
    zero_lines,
)
from cramsheet.page.canvas import AXIS, CAPS, CURVE, DEPTH, HAIR, LEADING, Canvas, Drawing, Look
from cramsheet.page.functions import Points, between, smooth, values
from cramsheet.page.labelling import Ground, Rectangle
from cramsheet.page.widths import in_lines
from cramsheet.page.words import Words

_DASHES = ("", "4.5 2", "1.4 1.5", "6 1.8 1.4 1.8", "3 1")
_HATCH = 0.35  # em between lines
_SAMPLE = 1.7  # em of line in a legend


def plotted(plot: Curves, look: Look, words: Words) -> Drawing:
    canvas = Canvas(look)
    curves = {name: _points(plot, name) for name in plot.curves}
    frame = frame_of(canvas, plot, curves, words)
    _areas(canvas, plot, curves, frame)
    _bars(canvas, plot, frame, words)
    zeros = [] if plot.bars or plot.shade or plot.spans else zero_lines(frame)
    for it in zeros:
        canvas.hair(it.left, it.top, it.right, it.bottom)
    draw_marks(canvas, plot.marks, frame)
    draw_spans(canvas, plot.spans, frame)
    _curves(canvas, curves, frame)
    _dots(canvas, plot, frame)
    low = draw_axes(canvas, plot, frame, words)
    return canvas.drawing(_names(canvas, plot, curves, frame, zeros, low))


def _points(plot: Curves, name: str) -> Points:
    function, points = plot.curves[name]
    return values(function, plot.low, plot.high) if function else smooth(sorted(points))


def _areas(canvas: Canvas, plot: Curves, curves: Mapping[str, Points], frame: Frame) -> None:
    for name, (low, high) in plot.shade.items():
        if part := between(curves[name], low, high):
            outline = frame.points([(part[0][0], 0.0), *part, (part[-1][0], 0.0)])
            canvas.area(outline)
            for x, y in (outline[1], outline[-2]):
                canvas.line([(x, y), (x, frame.y(0))], HAIR, colour="hue")
            if canvas.look.colours.tint == canvas.look.colours.paper:
                _hatch(canvas, frame.points(part), frame.y(0))


def _hatch(canvas: Canvas, part: Points, base: float) -> None:
    """Fine lines below a curve, where no tint tells the area."""
    steps = int((part[-1][0] - part[0][0]) / _HATCH)
    for step in range(1, steps + 1):
        x = part[0][0] + step * _HATCH
        (_, y), *_ = between(part, x, x)
        canvas.hair(x, y, x, base)


def _bars(canvas: Canvas, plot: Curves, frame: Frame, words: Words) -> None:
    """From the zero line, with their values above where the axis has no numbers."""
    if not plot.bars:
        return
    bars = places(plot)
    width = (frame.x(gap(bars)) - frame.x(0.0)) * (0.72 if plot.numbered else 0.6)
    decimals = max(len(f"{value:g}".partition(".")[2]) for value in plot.bars.values())
    numbers = [words.decimal(value, f".{decimals}f") for value in plot.bars.values()]
    shown = not plot.y_ticks and max(map(canvas.wide, numbers)) < width / 0.6
    for place, value, number in zip(bars, plot.bars.values(), numbers, strict=True):
        x, y, zero = frame.x(place), frame.y(value), frame.y(0.0)
        top, high = min(y, zero), max(abs(zero - y), HAIR)
        canvas.box(x - width / 2, top, width, high, "tint", "hue", round_=0)
        if shown:
            canvas.text(x, top - 0.25, number, anchor="middle")


def _curves(canvas: Canvas, curves: Mapping[str, Points], frame: Frame) -> None:
    for index, points in enumerate(curves.values()):
        canvas.line(frame.points(points), CURVE, _DASHES[index % 5], _colour(index))


def _colour(index: int) -> str:
    return "hue" if index == 0 else "ink"


def _dots(canvas: Canvas, plot: Curves, frame: Frame) -> None:
    """Dots of a curve's name are its own; the others have shapes of their own."""
    others = [name for name in plot.dots if name not in plot.curves]
    for name, points in plot.dots.items():
        for x, y in frame.points(list(points)):
            _shape(canvas, x, y, others.index(name) if name in others else 0)


def _shape(canvas: Canvas, x: float, y: float, index: int) -> None:
    """Filled dots, then rings, then crosses."""
    if index % 3 == 0:
        canvas.dot(x, y, 0.2, "hue")
    elif index % 3 == 1:
        canvas.dot(x, y, 0.2, "paper", AXIS)
    else:
        for turn in (-1, 1):
            canvas.line([(x - 0.18, y - 0.18 * turn), (x + 0.18, y + 0.18 * turn)], 0.08)


def _names(
    canvas: Canvas, plot: Curves, curves: Mapping[str, Points], frame: Frame,
    zeros: list[Rectangle], low: float,
) -> float:  # fmt: skip
    """The names of curves at them, or else of all in a legend; returns the height."""
    dots = [name for name in plot.dots if name not in curves]
    samples = [*curves, *dots]
    if len(samples) < 2:
        return low
    if not dots and (spots := _at_curves(canvas, plot, curves, frame, zeros)):
        for index, (name, spot) in enumerate(spots.items()):
            base = spot.bottom - canvas.look.size * DEPTH
            canvas.text(spot.left, base, name, colour=_colour(index))
        return low
    return _legend(canvas, samples, len(curves), low + 0.25)


def _at_curves(
    canvas: Canvas,
    plot: Curves,
    curves: Mapping[str, Points],
    frame: Frame,
    zeros: list[Rectangle],
) -> dict[str, Rectangle]:
    """A place for each name, or none when one finds none."""
    inside = frame.box
    room = Rectangle(inside.left + 0.3, inside.top, canvas.width, inside.bottom - 0.1)
    ground = Ground(room, [line.grown(0.05) for line in zeros])
    axis = Rectangle(0.0, 0.0, canvas.wide(plot.y) + 0.3, inside.top + 0.5)
    ground.taken.append(axis)  # a name below that of the axis would seem to be part of it
    for name, points in curves.items():
        ground.draw(name, frame.points(points))
    for mark in plot.marks:
        x = frame.x(float(mark))
        ground.taken.append(Rectangle(x - 0.1, inside.top, x + 0.1, inside.bottom))
    high = canvas.look.size * (CAPS + DEPTH)
    sizes = {name: (canvas.wide(name), high) for name in curves}
    spots = ground.place(sizes)
    return {name: spots[name] for name in spots and curves}


def _legend(canvas: Canvas, names: Sequence[str], curves: int, top: float) -> float:
    """Samples and names in rows; returns how far down they reach."""
    size, x = canvas.look.size, 0.0
    base = top + size * CAPS
    for index, name in enumerate(names):
        sample = _SAMPLE if index < curves else 0.5
        lines = in_lines(name, (canvas.width - sample - 0.4) / size)
        wide = sample + 0.4 + max(map(canvas.wide, lines))
        if x and x + wide > canvas.width:
            x, base = 0.0, base + size * LEADING
        middle = base - size * 0.27
        if index < curves:
            ends = [(x, middle), (x + sample, middle)]
            canvas.line(ends, CURVE, _DASHES[index % 5], _colour(index))
        else:
            _shape(canvas, x + 0.25, middle, index - curves)
        canvas.lines(x + sample + 0.4, base, lines)
        x += wide + 0.8
        base += (len(lines) - 1) * size * LEADING
    return base + size * DEPTH
