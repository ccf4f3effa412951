"""How long a custom model can be used: two years after the quarter that it was made in.

Quarters end on 15 January, April, July and October.
"""

from datetime import UTC, datetime

_YEARS = 2


def quarter_end(moment: datetime) -> datetime:
    """The next quarter end on or after a moment's day, at midnight UTC."""
    day = moment.astimezone(UTC)
    for month in (1, 4, 7, 10):
        if (day.month, day.day) <= (month, 15):
            return datetime(day.year, month, 15, tzinfo=UTC)
    return datetime(day.year + 1, 1, 15, tzinfo=UTC)


def transcription_ends(created: datetime) -> datetime:
    """Last day of a custom model made at `created`."""
    end = quarter_end(created)
    return end.replace(year=end.year + _YEARS)
