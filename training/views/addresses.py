"""Reading numbers from addresses and forms that anybody can write."""

from collections.abc import Iterable

_MOST_DIGITS = 18


def numbers(texts: Iterable[str]) -> list[int]:
    """The texts that are whole numbers which a database can hold."""
    return [int(text) for text in texts if text.isdecimal() and len(text) <= _MOST_DIGITS]


def number(text: str | None) -> int:
    """The number, or 0 for anything else; no row has that key."""
    return next(iter(numbers([text or ""])), 0)
