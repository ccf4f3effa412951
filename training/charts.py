"""Pictures as numbers: where the points of a chart stand. Templates draw them as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from training.timelines import Moment, Reading

NARROWEST, HEIGHT = 760, 340
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 24, 12, 108
_LEAST_ROOM, _APART = 56, 16
_STEPS = (0.02, 0.05, 0.1, 0.2, 0.25)
_MOST_LINES, _MOST_LETTERS = 5, 18


@dataclass(frozen=True)
class Point:
    """One reading; `low` and `high` are the ends of its interval, or its own height."""

    x: float
    y: float
    low: float
    high: float
    reading: Reading
    test: Any


@dataclass(frozen=True)
class Series:
    """Points of one kind, from left to right, and the line through them."""

    label: Any
    points: list[Point]
    path: str


@dataclass(frozen=True)
class Line:
    """A horizontal line with its rate."""

    y: float
    rate: float


@dataclass(frozen=True)
class Column:
    """Where a test stands, and what is written below it."""

    x: float
    number: int
    label: str


@dataclass(frozen=True)
class RateChart:
    """Word error rates of tests in the order given."""

    series: list[Series]
    columns: list[Column]
    lines: list[Line]
    width: float
    left: int = _LEFT
    bottom: int = HEIGHT - _BOTTOM
    height: int = HEIGHT

    @property
    def right(self) -> float:
        """Where the lines end."""
        return self.width - _RIGHT

    @property
    def is_wide(self) -> bool:
        """Whether it must not be squeezed into the page, but scrolled."""
        return self.width > NARROWEST


def rate_chart(moments: Sequence[Moment], labels: Sequence[Any]) -> RateChart:
    """A column for each test, a point for each reading; fractions from 0 up.

    `labels` name the series, of which each moment has a reading.
    """
    readings = [one for moment in moments for one in moment.readings if one]
    scale = _scale(max((one.high for one in readings), default=0.0))
    room = max((NARROWEST - _LEFT - _RIGHT) / max(len(moments), 1), _LEAST_ROOM)
    columns = [
        Column(round(_LEFT + room * (n + 0.5), 1), n + 1, _shortened(moment))
        for n, moment in enumerate(moments)
    ]
    series = [
        Series(label, points, " ".join(f"{one.x},{one.y}" for one in points))
        for place, label in enumerate(labels)
        for points in [_points(moments, columns, place, len(labels), scale[-1])]
    ]
    lines = [Line(_height(rate, scale[-1]), rate) for rate in scale]
    return RateChart(series, columns, lines, round(_LEFT + room * len(moments) + _RIGHT, 1))


def _scale(top: float) -> list[float]:
    """Rates of the lines: few, at round numbers, the last above everything."""
    top = top or 0.01
    step = next((one for one in _STEPS if top / one <= _MOST_LINES), 0.5)
    return [step * n for n in range(int(top / step) + 2)]


def _height(rate: float, highest: float) -> float:
    return round(HEIGHT - _BOTTOM - rate / highest * (HEIGHT - _BOTTOM - _TOP), 1)


def _points(
    moments: Sequence[Moment], columns: Sequence[Column], place: int, count: int, highest: float
) -> list[Point]:
    aside = (place - (count - 1) / 2) * _APART
    return [
        Point(
            x=round(column.x + aside, 1),
            y=_height(reading.rate, highest),
            low=_height(reading.low, highest),
            high=_height(reading.high, highest),
            reading=reading,
            test=moment.test,
        )
        for moment, column in zip(moments, columns, strict=True)
        if (reading := moment.readings[place])
    ]


def _shortened(moment: Moment) -> str:
    name = str(moment.readings[0].model if moment.readings[0] else moment.test)
    return name if len(name) <= _MOST_LETTERS else f"{name[: _MOST_LETTERS - 1]}…"
