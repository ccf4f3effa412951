"""From counts to probabilities: interpolated Kneser-Ney smoothing, in back-off form.

Kneser and Ney (1995) in the interpolated form that Chen and Goodman (1999) describe: each count
that was seen gives up the same discount to the shorter history, and a shorter n-gram counts in
how many different contexts it stands, not how often. One discount for each order, from how many
n-grams were seen once and twice. docs/adr/0023 says why this one, with measurements.
"""

import numpy as np

from localspeech.engine.counts import Counts
from localspeech.engine.ngram import NEVER, Floats, Ints, Trigrams, positions
from localspeech.engine.sentences import BEGIN

# Where nothing was seen once, or nothing twice: filled-in lists, or a sentence or two.
_USUAL_DISCOUNT = 0.75


def estimate(counts: Counts, vocabulary: tuple[str, ...]) -> Trigrams:
    """A trigram model over `vocabulary`, which must hold all counted words."""
    size = len(vocabulary)
    place = {word: i for i, word in enumerate(vocabulary)}
    to_ids = np.array([place[word] for word in counts.words], np.int64)
    k2, n2 = _keyed(counts.bigrams, to_ids, size)
    k3, n3 = _keyed(counts.trigrams, to_ids, size)
    at, _ = positions(k2, k3 // size)
    lower, _ = positions(k2, k3 % (size * size))
    p1 = _unigrams(counts, to_ids, k2 % size, size)
    contexts = np.bincount(lower, minlength=len(k2)).astype(np.float64)
    is_first = k2 // size == place[BEGIN]
    share2, left2 = _discounted(k2 // size, np.where(is_first, n2, contexts), size)
    p2 = share2 + left2[k2 // size] * p1[k2 % size]
    share3, left3 = _discounted(at, n3, len(k2))
    p3 = share3 + left3[at] * p2[lower]
    with np.errstate(divide="ignore"):
        logs = [np.maximum(np.log(one), NEVER) for one in (p1, left2, p2, left3, p3)]
    return Trigrams(vocabulary, logs[0], logs[1], k2, logs[2], logs[3], k3, logs[4])


def _unigrams(counts: Counts, to_ids: Ints, second: Ints, size: int) -> Floats:
    """By the different words before each; one for a word that came without any text."""
    contexts = np.bincount(second, minlength=size).astype(np.float64)
    seen = to_ids[counts.unigrams > 0]
    contexts[seen] = np.maximum(contexts[seen], 1)
    shares: Floats = contexts / max(contexts.sum(), 1)
    return shares


def _keyed(table: Ints, to_ids: Ints, size: int) -> tuple[Ints, Floats]:
    key = np.zeros(len(table), np.int64)
    for column in range(table.shape[1] - 1):
        key = key * size + to_ids[table[:, column]]
    order = np.argsort(key, kind="stable")
    return key[order], table[order, -1].astype(np.float64)


def _discounted(history: Ints, times: Floats, size: int) -> tuple[Floats, Floats]:
    """(N,) shares of the n-grams with these histories, and (size,) what each history has left."""
    discount = _discount(times)
    tokens = np.bincount(history, weights=times, minlength=size)
    types = np.bincount(history, minlength=size)
    left = np.where(tokens > 0, discount * types / np.maximum(tokens, 1), 1.0)
    return (times - discount) / tokens[history], left


def _discount(times: Floats) -> float:
    once, twice = int((times == 1).sum()), int((times == 2).sum())
    return once / (once + 2 * twice) if once and twice else _USUAL_DISCOUNT
