"""Spoken forms: ordinary words and letters that sound exactly like a pronunciation.

The way back from phones to text: `lexicon.spoken` reads what is found here as the same phones.
"""

from collections.abc import Iterator, Mapping
from functools import cache

from localspeech.engine import trie
from localspeech.engine.dictionary import as_read, dictionary
from localspeech.engine.text import words

_SEEN_NEVER = -99.0


@cache
def _sounding() -> Mapping[str, tuple[str, float]]:
    """Phones with the most frequent word that is read so, and the logarithm of its frequency."""
    frequencies = trie.frequencies()
    found: dict[str, tuple[str, float]] = {}
    for word in dictionary():
        if not (word.isascii() and word.isalpha()) or words(word) != [word]:
            continue
        phones, seen = as_read(word), frequencies.get(word, _SEEN_NEVER)
        if phones not in found or seen > found[phones][1]:
            found[phones] = word, seen
    return found


@cache
def _longest() -> int:
    return max(phones.count(" ") + 1 for phones in _sounding())


def spoken_form(pronunciation: str) -> str | None:
    """The fewest words, and of those the most frequent, that sound like it; None if none do."""
    phones = tuple(pronunciation.split())
    best: list[tuple[int, float, str] | None] = [(0, 0.0, "")]
    for end in range(1, len(phones) + 1):
        best.append(min(_ending(phones, end, best), default=None))
    found = best[-1]
    return found[2] if found and found[2] else None


def _ending(
    phones: tuple[str, ...], end: int, best: list[tuple[int, float, str] | None]
) -> Iterator[tuple[int, float, str]]:
    """What is known of the first phones, and one more word up to `end`: words, cost, text."""
    for start in range(max(0, end - _longest()), end):
        before, last = best[start], _sounding().get(" ".join(phones[start:end]))
        if before and last:
            count, cost, text = before
            yield count + 1, cost - last[1], f"{text} {last[0]}".lstrip()
