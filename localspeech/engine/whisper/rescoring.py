"""Which reading fits the domain: the interpolated language model against the base's.

A reading's score is ln P(words | audio) + SCALE (ln P_interpolated(words) - ln P_base(words)):
the ratio of densities takes out what the words are worth in general English, which the network
knows by itself. With weight 0 both models are the same, and the network's own choice stays.
"""

import numpy as np

from localspeech.engine import estimation, interpolation, ngram, trie
from localspeech.engine.counts import Counts
from localspeech.engine.ngram import NEVER, Floats, Ints, Trigrams
from localspeech.engine.sentences import BEGIN, END

# Chosen on recordings that no test of docs/engine.md uses.
SCALE = 0.3
_UNKNOWN = -1


class LanguageScore:
    """A domain's counts beside the base language model, at a weight from 0 to 1."""

    def __init__(self, counted: Counts, weight: float) -> None:
        self._weight = weight
        self._base = ngram.covering(trie.base(), counted.words)
        self._custom = estimation.estimate(counted, self._base.words)
        self._ids = {word: number for number, word in enumerate(self._base.words)}
        # A word that is new to the base counts as its rarest one.
        unigrams = trie.base().p1
        self._rarest = float(unigrams[unigrams > NEVER].min())

    def gain(self, words: list[str]) -> float:
        """ln P_interpolated - ln P_base of a sentence; words that neither knows count nothing."""
        if not self._weight:
            return 0.0
        spoken = [self._ids.get(word, _UNKNOWN) for word in words]
        ids = np.array([self._ids[BEGIN], *spoken, self._ids[END]], np.int64)
        base = np.maximum(_conditional(self._base, ids), self._rarest)
        mixed = interpolation.mixture(base, _conditional(self._custom, ids), self._weight)
        return float((mixed - base)[ids[1:] != _UNKNOWN].sum())


def _conditional(model: Trigrams, ids: Ints) -> Floats:
    """(N - 1,) ln P of each word but the first, after as many known ones as there are, up to 2."""
    third, second = ids[1:], ids[:-1]
    first = np.concatenate([[_UNKNOWN], ids[:-2]])
    a, b, c = (np.maximum(one, 0) for one in (first, second, third))
    after_one = np.where(second == _UNKNOWN, model.p1[c], model.bigram(b, c))
    has_two = (first != _UNKNOWN) & (second != _UNKNOWN)
    return np.where(has_two, model.trigram(a, b, c), after_one)
