"""Pictures as numbers: where the points of a chart stand. Templates draw them as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT = 760, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 16, 12, 36
_STEPS = (0.02, 0.05, 0.1, 0.2, 0.25)
_MOST_LINES = 5


@dataclass(frozen=True)
class Point:
    """One test in the chart; `low` and `high` are the ends of its interval, or its own height."""

    x: float
    y: float
    low: float
    high: float
    number: int
    test: Any


@dataclass(frozen=True)
class Line:
    """A horizontal line with its rate."""

    y: float
    rate: float


@dataclass(frozen=True)
class RateChart:
    """Word error rates of tests in the order of their making."""

    points: list[Point]
    lines: list[Line]
    path: str
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    bottom: int = HEIGHT - _BOTTOM
    width: int = WIDTH
    height: int = HEIGHT


def rate_chart(tests: Sequence[Any]) -> RateChart:
    """A chart of the first model's word error rate of each test; fractions from 0 up."""
    top = max((_interval(one)[1] for one in tests), default=0.0) or 0.01
    step = next((one for one in _STEPS if top / one <= _MOST_LINES), 0.5)
    highest = step * (int(top / step) + 1)
    room = (WIDTH - _LEFT - _RIGHT) / max(len(tests), 1)

    def height(rate: float) -> float:
        return round(HEIGHT - _BOTTOM - rate / highest * (HEIGHT - _BOTTOM - _TOP), 1)

    points = []
    for number, one in enumerate(tests):
        low, high = _interval(one)
        x = round(_LEFT + room * (number + 0.5), 1)
        points.append(Point(x, height(_rate(one)), height(low), height(high), number + 1, one))
    lines = [Line(height(step * n), step * n) for n in range(int(highest / step + 0.5) + 1)]
    return RateChart(points, lines, " ".join(f"{one.x},{one.y}" for one in points))


def _rate(test: Any) -> float:
    return float(test.results1.get("word_error_rate") or 0.0)


def _interval(test: Any) -> tuple[float, float]:
    found = test.analysis.get("interval1")
    return (found[0], found[1]) if found else (_rate(test), _rate(test))
