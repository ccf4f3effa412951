"""The shipped pronouncing dictionary."""

import re
from collections.abc import Mapping
from functools import cache

from localspeech.engine import assets

_VARIANT = re.compile(r"\(\d+\)$")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@cache
def dictionary() -> Mapping[str, tuple[str, ...]]:
    """Each word of the shipped dictionary with its pronunciations."""
    found: dict[str, list[str]] = {}
    with assets.dictionary().open() as lines:
        for line in lines:
            word, _, phones = line.strip().partition(" ")
            found.setdefault(without_variant(word), []).append(phones)
    return {word: tuple(phones) for word, phones in found.items()}


def without_variant(word: str) -> str:
    """A dictionary word without the number of its pronunciation: `read(2)` gives `read`."""
    return _VARIANT.sub("", word)


def as_read(piece: str) -> str:
    """Phones of a word or letter said by itself; "" when the dictionary lacks it."""
    if piece == "a":
        return "EY"
    known = dictionary().get(piece) or dictionary().get(f"{piece}.")
    return known[0] if known else ""


@cache
def spelled(word: str) -> str:
    """Phones of a word said letter by letter; "" when it holds anything but a to z."""
    if not word or not set(word) <= set(_LETTERS):
        return ""
    return " ".join(as_read(letter) for letter in word)


@cache
def initialisms() -> frozenset[str]:
    """Words of the dictionary that are said letter by letter, such as `fbi`."""
    return frozenset(
        word
        for word, phones in dictionary().items()
        if 2 <= len(word) <= 6 and phones[0] == spelled(word)
    )
