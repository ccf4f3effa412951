"""From counts to probabilities: interpolated Witten-Bell smoothing, in back-off form.

Witten and Bell (1991): a history that was followed by T different words in N tokens gives
T / (N + T) of its mass to the shorter history.
"""

import numpy as np

from localspeech.engine.counts import Counts
from localspeech.engine.ngram import NEVER, Floats, Ints, Trigrams, positions


def estimate(counts: Counts, vocabulary: tuple[str, ...]) -> Trigrams:
    """A trigram model over `vocabulary`, which must hold all counted words."""
    size = len(vocabulary)
    place = {word: i for i, word in enumerate(vocabulary)}
    to_ids = np.array([place[word] for word in counts.words], np.int64)
    unigrams = np.zeros(size)
    unigrams[to_ids] = counts.unigrams
    p1 = unigrams / max(unigrams.sum(), 1)
    k2, n2 = _keyed(counts.bigrams, to_ids, size)
    lambda1 = _escape(k2 // size, n2, size)
    p2 = (n2 / _tokens_and_types(k2 // size, n2, size)) + lambda1[k2 // size] * p1[k2 % size]
    k3, n3 = _keyed(counts.trigrams, to_ids, size)
    at, _ = positions(k2, k3 // size)
    lower, _ = positions(k2, (k3 // size % size) * size + k3 % size)
    lambda2 = _escape(at, n3, len(k2))
    p3 = (n3 / _tokens_and_types(at, n3, len(k2))) + lambda2[at] * p2[lower]
    with np.errstate(divide="ignore"):
        logs = [np.maximum(np.log(values), NEVER) for values in (p1, lambda1, p2, lambda2, p3)]
    return Trigrams(vocabulary, logs[0], logs[1], k2, logs[2], logs[3], k3, logs[4])


def _keyed(table: Ints, to_ids: Ints, size: int) -> tuple[Ints, Floats]:
    key = np.zeros(len(table), np.int64)
    for column in range(table.shape[1] - 1):
        key = key * size + to_ids[table[:, column]]
    order = np.argsort(key, kind="stable")
    return key[order], table[order, -1].astype(np.float64)


def _totals(history: Ints, times: Floats, size: int) -> tuple[Floats, Floats]:
    tokens = np.bincount(history, weights=times, minlength=size)
    types = np.bincount(history, minlength=size)
    return tokens.astype(np.float64), types.astype(np.float64)


def _tokens_and_types(history: Ints, times: Floats, size: int) -> Floats:
    tokens, types = _totals(history, times, size)
    both: Floats = (tokens + types)[history]
    return both


def _escape(history: Ints, times: Floats, size: int) -> Floats:
    tokens, types = _totals(history, times, size)
    return np.where(tokens > 0, types / np.maximum(tokens + types, 1), 1.0)
