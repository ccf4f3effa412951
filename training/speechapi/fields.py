"""Reading single fields of an answer, tolerant of what is absent or new."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

Raw = Mapping[str, Any]

_DURATION = re.compile(
    r"P(?:(?P<days>\d+)D)?(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?"
    r"(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)


def text(raw: Raw, name: str) -> str:
    """A string; empty when absent or null."""
    value = raw.get(name)
    return value if isinstance(value, str) else ""


def nested(raw: Raw, name: str) -> Raw:
    """An object; empty when absent or null."""
    value = raw.get(name)
    return value if isinstance(value, Mapping) else {}


def reference(raw: Raw, name: str) -> str:
    """The `self` of a referenced object; empty when absent."""
    return text(nested(raw, name), "self")


def moment(raw: Raw, name: str) -> datetime | None:
    """A date-time in UTC; None when absent or not a date."""
    try:
        value = datetime.fromisoformat(text(raw, name).replace("Z", "+00:00"))
    except ValueError:
        return None
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def count(raw: Raw, name: str) -> int | None:
    """A count; None when absent or negative, which is how the API says "not yet"."""
    value = raw.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def rate(raw: Raw, name: str) -> float | None:
    """A fraction; None when absent or negative."""
    value = raw.get(name)
    return float(value) if isinstance(value, int | float) and value >= 0 else None


def flag(raw: Raw, name: str) -> bool | None:
    """A boolean; None when absent."""
    value = raw.get(name)
    return value if isinstance(value, bool) else None


def words(raw: Raw, name: str) -> tuple[str, ...]:
    """A list of strings; empty when absent."""
    value = raw.get(name)
    return tuple(v for v in value if isinstance(v, str)) if isinstance(value, list) else ()


def duration(raw: Raw) -> timedelta | None:
    """`duration` (ISO 8601) or the newer `durationMilliseconds`; None when absent."""
    milliseconds = count(raw, "durationMilliseconds")
    if milliseconds is not None:
        return timedelta(milliseconds=milliseconds)
    found = _DURATION.fullmatch(text(raw, "duration"))
    if not found:
        return None
    return timedelta(**{unit: float(value) for unit, value in found.groupdict("0").items()})
