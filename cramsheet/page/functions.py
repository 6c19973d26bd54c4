"""The curves that a pack can name, and smooth curves through points."""

import math
from collections.abc import Callable, Mapping
from itertools import pairwise

from cramsheet.pack.curves import called

Points = list[tuple[float, float]]

_STEPS = 96  # pieces of a curve
_STEEPEST = 1e150  # the product of two can still be counted with


def _normal(x: float, mean: float = 0.0, deviation: float = 1.0) -> float:
    z = (x - mean) / deviation
    return math.exp(-z * z / 2) / (deviation * math.sqrt(2 * math.pi))


def _log_normal(x: float, mean: float = 0.0, deviation: float = 1.0) -> float:
    return _normal(math.log(x), mean, deviation) / x if x > 0 else 0.0


def _elu(x: float, alpha: float = 1.0) -> float:
    return x if x > 0 else alpha * (math.exp(x) - 1)


FUNCTIONS: Mapping[str, Callable[..., float]] = {
    "sigmoid": lambda x: 0.5 * (1 + math.tanh(x / 2)),
    "tanh": math.tanh,
    "relu": lambda x: max(0.0, x),
    "leaky-relu": lambda x, slope=0.1: x if x > 0 else slope * x,
    "elu": _elu,
    "softplus": lambda x: max(0.0, x) + math.log1p(math.exp(-abs(x))),
    "step": lambda x: 1.0 if x >= 0 else 0.0,
    "gaussian": _normal,
    "normal": _normal,
    "log-normal": _log_normal,
    "log": lambda x: math.log(x) if x > 0 else math.nan,
    "exp": math.exp,
    "square": lambda x: x * x,
    "abs": abs,
    "linear": lambda x: x,
}


def values(function: str, low: float, high: float) -> Points:
    """A function as written between two x; where it has no value there is no point."""
    name, numbers = called(function)
    xs = [*(low + (high - low) * step / _STEPS for step in range(_STEPS)), high]
    points = [(x, FUNCTIONS[name](x, *numbers)) for x in xs]
    if name == "step" and low < 0 < high:  # it jumps; it does not climb
        points = [(low, 0.0), (0.0, 0.0), (0.0, 1.0), (high, 1.0)]
    return [(x, y) for x, y in points if math.isfinite(y)]


def smooth(points: Points) -> Points:
    """A monotone cubic through the points (Fritsch and Carlson 1980): it never overshoots."""
    if len(points) < 3:
        return points
    slopes = _tangents(points)
    curve = []
    for index, ((x0, y0), (x1, y1)) in enumerate(pairwise(points)):
        width = x1 - x0
        for step in range(12):
            t = step / 12
            curve.append(
                (
                    x0 + t * width,
                    (2 * t**3 - 3 * t**2 + 1) * y0
                    + (t**3 - 2 * t**2 + t) * width * slopes[index]
                    + (-2 * t**3 + 3 * t**2) * y1
                    + (t**3 - t**2) * width * slopes[index + 1],
                )
            )
    return [*curve, points[-1]]


def _tangents(points: Points) -> list[float]:
    pairs = list(pairwise(points))
    chords = [(b[1] - a[1]) / ((b[0] - a[0]) or 1e-9) for a, b in pairs]
    chords = [max(-_STEEPEST, min(it, _STEEPEST)) for it in chords]
    inner = [
        0.0 if one * two <= 0 else 2 * one * two / (one + two) for one, two in pairwise(chords)
    ]
    return [chords[0], *inner, chords[-1]]


def between(points: Points, low: float, high: float) -> Points:
    """The part of a curve between two x, cut off on the line."""
    if not points or high <= points[0][0] or low >= points[-1][0]:
        return []
    low, high = max(low, points[0][0]), min(high, points[-1][0])
    inside = [(x, y) for x, y in points if low < x < high]
    return [(low, _at(points, low)), *inside, (high, _at(points, high))]


def _at(points: Points, x: float) -> float:
    for (x0, y0), (x1, y1) in pairwise(points):
        if x0 <= x <= x1:
            return y0 + (y1 - y0) * ((x - x0) / (x1 - x0) if x1 > x0 else 0.0)
    return points[-1][1]
