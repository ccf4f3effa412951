"""Static interpolation of two trigram models over the union of their n-grams."""

import numpy as np

from localspeech.engine.counts import BEGIN
from localspeech.engine.ngram import Floats, Ints, Trigrams, positions

_LEAST_MASS = 1e-6


def interpolate(base: Trigrams, custom: Trigrams, weight: float) -> Trigrams:
    """(1 - weight) base + weight custom, both over one vocabulary; 0 < weight <= 1.

    Back-off weights are computed anew, so that each history's probabilities sum to one.
    """
    shares = (np.log1p(-min(weight, 1 - 1e-9)), np.log(weight))
    size = base.size
    p1 = _unigrams(base, custom, shares)
    k2 = np.union1d(base.k2, custom.k2)
    first, second = k2 // size, k2 % size
    p2 = _mixed(base.bigram(first, second), custom.bigram(first, second), shares)
    b1 = _back_off(first, size, p2, p1[second])
    k3 = np.union1d(base.k3, custom.k3)
    history, third = k3 // size, k3 % size
    a, b = history // size, history % size
    p3 = _mixed(base.trigram(a, b, third), custom.trigram(a, b, third), shares)
    without = Trigrams(base.words, p1, b1, k2, p2, np.zeros(len(k2)), k3, p3)
    at, _ = positions(k2, history)
    b2 = _back_off(at, len(k2), p3, without.bigram(b, third))
    return Trigrams(base.words, p1, b1, k2, p2, b2, k3, p3)


def _mixed(base: Floats, custom: Floats, shares: tuple[float, float]) -> Floats:
    mixed: Floats = np.logaddexp(shares[0] + base, shares[1] + custom)
    return mixed


def _unigrams(base: Trigrams, custom: Trigrams, shares: tuple[float, float]) -> Floats:
    mixed = _mixed(base.p1, custom.p1, shares)
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
