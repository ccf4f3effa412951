"""Static interpolation of two trigram models over the union of their n-grams."""

import numpy as np

from localspeech.engine.ngram import Floats, Ints, Trigrams, positions, unique
from localspeech.engine.sentences import BEGIN

_LEAST_MASS = 1e-6


def interpolate(base: Trigrams, custom: Trigrams, weight: float) -> Trigrams:
    """(1 - weight) base + weight custom, both over one vocabulary; 0 < weight <= 1.

    Back-off weights are computed anew, so that each history's probabilities sum to one.
    """
    size = base.size
    p1 = _unigrams(base, custom, weight)
    k2 = unique(np.concatenate([base.k2, custom.k2]))
    first, second = k2 // size, k2 % size
    p2 = mixture(base.bigram(first, second), custom.bigram(first, second), weight)
    b1 = _back_off(first, size, p2, p1[second])
    k3 = unique(np.concatenate([base.k3, custom.k3]))
    history, third = k3 // size, k3 % size
    a, b = history // size, history % size
    p3 = mixture(base.trigram(a, b, third), custom.trigram(a, b, third), weight)
    without = Trigrams(base.words, p1, b1, k2, p2, np.zeros(len(k2)), k3, p3)
    at, _ = positions(k2, history)
    b2 = _back_off(at, len(k2), p3, without.bigram(b, third))
    return Trigrams(base.words, p1, b1, k2, p2, b2, k3, p3)


def mixture(base: Floats, custom: Floats, weight: float) -> Floats:
    """ln((1 - weight) P + weight Q) from ln P and ln Q, elementwise; 0 < weight <= 1."""
    mixed: Floats = np.logaddexp(np.log1p(-min(weight, 1 - 1e-9)) + base, np.log(weight) + custom)
    return mixed


def _unigrams(base: Trigrams, custom: Trigrams, weight: float) -> Floats:
    mixed = mixture(base.p1, custom.p1, weight)
    begin = base.words.index(BEGIN)
    mixed[begin] = -np.inf
    mixed -= np.log(np.exp(mixed).sum())
    mixed[begin] = base.p1[begin]
    return mixed


def _back_off(history: Ints, size: int, seen: Floats, lower: Floats) -> Floats:
    left = 1 - np.bincount(history, weights=np.exp(seen), minlength=size)
    free = 1 - np.bincount(history, weights=np.exp(lower), minlength=size)
    weights = np.log(np.maximum(left, _LEAST_MASS)) - np.log(np.maximum(free, _LEAST_MASS))
    return np.where(np.bincount(history, minlength=size) > 0, weights, 0.0)
