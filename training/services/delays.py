"""How long to wait before asking a service again."""

import random
from datetime import timedelta

_STEPS = ((60, 2), (600, 5), (3600, 15))
_SLOWEST_SECONDS = 60
_LONGEST_BACK_OFF_SECONDS = 300


def after_failures(count: int, retry_after: float | None = None) -> timedelta:
    """Exponential back-off from 2 seconds to 5 minutes, spread by a quarter.

    Never sooner than the service asks, in seconds.
    """
    seconds = min(2.0 ** min(count, 16), _LONGEST_BACK_OFF_SECONDS)
    return timedelta(seconds=max(seconds * random.uniform(0.75, 1.25), retry_after or 0))  # noqa: S311


def until_next_poll(age: timedelta, retry_after: float | None) -> timedelta:
    """The older the youngest unfinished work, the slower; never sooner than the service asks."""
    seconds = next(
        (step for limit, step in _STEPS if age.total_seconds() < limit), _SLOWEST_SECONDS
    )
    return timedelta(seconds=max(seconds * random.uniform(0.9, 1.1), retry_after or 0))  # noqa: S311
