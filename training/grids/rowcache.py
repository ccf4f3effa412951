"""Rows that were rendered a short while ago.

Most rows of a list do not change between two looks at it, and rendering them is most of the work.
A row is kept under its newest change and what it was rendered for, at most for a minute, because
it also shows distances in time and names of other objects.
"""

import time
from collections.abc import Callable, Hashable, Iterable

_LIFETIME_SECONDS = 60.0
_MOST = 5000

_kept: dict[Hashable, tuple[float, str]] = {}


def rendered(
    keys: Iterable[Hashable], render: Callable[[list[Hashable]], dict[Hashable, str]]
) -> list[str]:
    """HTML for each key in order; `render` is called once with the keys that are not kept."""
    wanted, now = list(keys), time.monotonic()
    found = {key: kept[1] for key in wanted if (kept := _kept.get(key)) and kept[0] > now}
    missing = [key for key in wanted if key not in found]
    if missing:
        fresh = render(missing)
        if len(_kept) > _MOST:
            _kept.clear()
        _kept.update({key: (now + _LIFETIME_SECONDS, html) for key, html in fresh.items()})
        found |= fresh
    return [found[key] for key in wanted if key in found]


def forget() -> None:
    """Drop everything, for tests."""
    _kept.clear()
