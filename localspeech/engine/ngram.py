"""A back-off trigram model as sorted arrays of natural-log probabilities."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
NEVER = -50.0
Number = TypeVar("Number", np.int64, np.float64)


@dataclass(frozen=True)
class Trigrams:
    """`words` are V strings; ids index them. An n-gram's key is its ids as digits of base V.

    p1, b1: (V,) unigram probabilities and back-off weights. k2, p2, b2: (B,) sorted bigram
    keys. k3, p3: (T,) sorted trigram keys. Every trigram's first two and last two words
    stand among the bigrams.
    """

    words: tuple[str, ...]
    p1: Floats
    b1: Floats
    k2: Ints
    p2: Floats
    b2: Floats
    k3: Ints
    p3: Floats

    @property
    def size(self) -> int:
        """Number of words V."""
        return len(self.words)

    def bigram(self, first: Ints, second: Ints) -> Floats:
        """ln P(second | first), elementwise over equal shapes."""
        backed_off: Floats = self.b1[first] + self.p1[second]
        return _override(backed_off, self.k2, self.p2, first * self.size + second)

    def trigram(self, first: Ints, second: Ints, third: Ints) -> Floats:
        """ln P(third | first second), elementwise over equal shapes."""
        history = first * self.size + second
        weight = _override(np.zeros(len(first)), self.k2, self.b2, history)
        backed_off = weight + self.bigram(second, third)
        return _override(backed_off, self.k3, self.p3, history * self.size + third)


def unique(values: NDArray[Number]) -> NDArray[Number]:
    """Sorted values, each once; by sorting, which is faster here than numpy's hashing."""
    ordered = np.sort(values, kind="stable")
    is_new = np.append(True, ordered[1:] != ordered[:-1]) if len(ordered) else np.zeros(0, bool)
    return ordered[is_new]


def positions(keys: Ints, wanted: Ints) -> tuple[Ints, NDArray[np.bool_]]:
    """Where each wanted key stands in the sorted keys, and whether it does."""
    if not len(keys):
        return np.zeros(len(wanted), np.int64), np.zeros(len(wanted), bool)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return at, keys[at] == wanted


def _override(default: Floats, keys: Ints, values: Floats, wanted: Ints) -> Floats:
    at, found = positions(keys, wanted)
    if len(keys):
        return np.where(found, values[at], default)
    return default


def grown(model: Trigrams, new_words: tuple[str, ...]) -> Trigrams:
    """The same model over a larger vocabulary; the new words have no probability."""
    if not new_words:
        return model
    size = model.size + len(new_words)
    extra = np.full(len(new_words), NEVER)
    return Trigrams(
        words=model.words + new_words,
        p1=np.concatenate([model.p1, extra]),
        b1=np.concatenate([model.b1, np.zeros(len(new_words))]),
        k2=_rebased(model.k2, 2, model.size, size),
        p2=model.p2,
        b2=model.b2,
        k3=_rebased(model.k3, 3, model.size, size),
        p3=model.p3,
    )


def covering(model: Trigrams, words: Iterable[str]) -> Trigrams:
    """`grown` by those of the words that the model does not know."""
    known = set(model.words)
    return grown(model, tuple(word for word in words if word not in known))


def _rebased(keys: Ints, length: int, old: int, new: int) -> Ints:
    rest, result, unit = keys, np.zeros(len(keys), np.int64), 1
    for _ in range(length):
        result = result + (rest % old) * unit
        rest, unit = rest // old, unit * new
    return result
