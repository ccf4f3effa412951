"""Geometry of the picture of models' lives: a bar each, and a line for today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from training.services.deadlines import standing

WIDTH, ROW, LEFT, RIGHT, HEAD = 1000, 26, 240, 16, 24
_PAST, _FUTURE, _LEAST = timedelta(days=180), timedelta(days=900), timedelta(days=120)
MOST, _LABEL_WIDTH = 15, 64


@dataclass(frozen=True)
class Bar:
    """One model's life; `is_cut` when it begins before the picture does."""

    row: Any
    x: float
    width: float
    y: float
    standing: str
    is_cut: bool

    @property
    def end(self) -> float:
        """Where its last day stands."""
        return round(self.x + self.width, 1)

    @property
    def middle(self) -> float:
        """Height of its text."""
        return self.y + ROW / 2


@dataclass(frozen=True)
class Mark:
    """A place on the axis."""

    x: float
    at: datetime
    is_labelled: bool = True


@dataclass(frozen=True)
class Timeline:
    """All bars, the first days of quarters, and today."""

    bars: list[Bar]
    quarters: list[Mark]
    today: Mark
    height: int
    width: int = WIDTH
    left: int = LEFT


def timeline(rows: Sequence[Any], now: datetime) -> Timeline | None:
    """Lives of the first 15 rows of `deadlines.listed`; None for none."""
    shown = [row for row in rows if row.endpoint_id is None][:MOST]
    if not shown:
        return None
    first = max(min(_born(row, now) for row in shown), now - _PAST)
    last = min(max(max(row.at for row in shown), now + _LEAST), now + _FUTURE)
    first = min(first, min(row.at for row in shown) - timedelta(days=30), now)
    span = (last - first).total_seconds()

    def place(at: datetime) -> float:
        share = (at - first).total_seconds() / span
        return round(LEFT + min(max(share, 0.0), 1.0) * (WIDTH - LEFT - RIGHT), 1)

    bars = [_bar(row, number, place, first, now) for number, row in enumerate(shown)]
    today = Mark(place(now), now)
    quarters = [
        Mark(place(at), at, is_labelled=abs(place(at) - today.x) > _LABEL_WIDTH)
        for at in _quarters(first, last)
    ]
    return Timeline(bars, quarters, today, HEAD + ROW * len(bars) + 8)


def _born(row: Any, now: datetime) -> datetime:
    subject = row.subject
    born: datetime | None = getattr(subject, "remote_created_at", None)
    return born or getattr(subject, "created_at", None) or now


def _bar(row: Any, number: int, place: Any, first: datetime, now: datetime) -> Bar:
    born = min(_born(row, now), row.at)
    start, end = place(born), place(row.at)
    return Bar(row, start, max(end - start, 3.0), HEAD + ROW * number, standing(row), born < first)


def _quarters(first: datetime, last: datetime) -> list[datetime]:
    found: list[datetime] = []
    year, month = first.year, first.month
    while True:
        at = first.replace(year=year, month=month, day=1, hour=0, minute=0, second=0, microsecond=0)
        if at > last:
            return found
        if at >= first and month in (1, 4, 7, 10):
            found.append(at)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
