"""Ways to estimate a model's own language model, on held-back text, beside the base model.

    python benchmarks/perplexity.py TEXT ...

A text has a sentence a line. It is held back by blocks of its lines, a fifth each (of a text of
over 10,000 sentences one block alone), and each way is mixed with the base at the weight that
training proposes from the other blocks, and at 30%. "Pruned" leaves out the trigrams that were
seen once.
"""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from unittest import mock

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from localspeech.engine import counts, estimation, interpolation, ngram, trie, weighing
from localspeech.engine.ngram import Floats, Ints, Trigrams
from localspeech.engine.sentences import Sentences, gather
from localspeech.engine.text import words

BLOCKS, LARGE, FIXED = 5, 10_000, 0.30
Estimate = Callable[[counts.Counts, tuple[str, ...]], Trigrams]
Level = tuple[Floats, Floats]


def kneser_ney(counted: counts.Counts, vocabulary: tuple[str, ...]) -> Trigrams:
    """The engine's own."""
    return estimation.estimate(counted, vocabulary)


def modified(counted: counts.Counts, vocabulary: tuple[str, ...]) -> Trigrams:
    """Kneser-Ney with three discounts for each order."""
    with mock.patch.object(estimation, "_discounted", _three_discounts):
        return estimation.estimate(counted, vocabulary)


def _three_discounts(history: Ints, times: Floats, size: int) -> Level:
    n = [max(int((times == count).sum()), 1) for count in (1, 2, 3, 4)]
    share = n[0] / (n[0] + 2 * n[1])
    found = [k - (k + 1) * share * n[k] / n[k - 1] for k in (1, 2, 3)]
    discount = np.array([0.0, *np.clip(found, 0.05, (0.99, 1.99, 2.99))])
    taken = discount[np.minimum(times, 3).astype(int)]
    tokens = np.bincount(history, weights=times, minlength=size)
    left = np.bincount(history, weights=taken, minlength=size) / np.maximum(tokens, 1)
    return (times - taken) / tokens[history], np.where(tokens > 0, left, 1.0)


def witten_bell(counted: counts.Counts, vocabulary: tuple[str, ...]) -> Trigrams:
    """As much for shorter histories as the history has different followers; plain counts."""
    plain = iter(
        [_times(counted, table, vocabulary) for table in (counted.bigrams, counted.trigrams)]
    )

    def level(history: Ints, _: Floats, size: int) -> Level:
        times = next(plain)
        tokens = np.bincount(history, weights=times, minlength=size)
        both = tokens + np.bincount(history, minlength=size)
        left = np.where(both > 0, (both - tokens) / np.maximum(both, 1), 1.0)
        return times / both[history], left

    def unigrams(_: counts.Counts, ids: Ints, __: Ints, size: int) -> Floats:
        found = np.zeros(size)
        found[ids] = counted.unigrams
        return found / found.sum()

    with (
        mock.patch.object(estimation, "_discounted", level),
        mock.patch.object(estimation, "_unigrams", unigrams),
    ):
        return estimation.estimate(counted, vocabulary)


def _times(counted: counts.Counts, table: Ints, vocabulary: tuple[str, ...]) -> Floats:
    """Counts in the order of the estimated model's keys."""
    place = {word: number for number, word in enumerate(vocabulary)}
    ids = np.array([place[word] for word in counted.words], np.int64)
    return estimation._keyed(table, ids, len(vocabulary))[1]


def pruned(counted: counts.Counts, vocabulary: tuple[str, ...]) -> Trigrams:
    """The engine's own without trigrams seen once."""
    whole = estimation.estimate(counted, vocabulary)
    size = whole.size
    keep = _times(counted, counted.trigrams, vocabulary) > 1
    k3, p3 = whole.k3[keep], whole.p3[keep]
    at, _ = ngram.positions(whole.k2, k3 // size)
    lower = whole.bigram(k3 // size % size, k3 % size)
    b2 = interpolation._back_off(at, len(whole.k2), p3, lower)
    return Trigrams(vocabulary, whole.p1, whole.b1, whole.k2, whole.p2, b2, k3, p3)


WAYS: dict[str, Estimate] = {
    "Witten-Bell": witten_bell,
    "Kneser-Ney, three discounts": modified,
    "Kneser-Ney, one discount": kneser_ney,
    "the same, pruned": pruned,
}


def measure(path: Path) -> None:
    """A line for each way."""
    text = gather(found for line in path.read_text().splitlines() if (found := words(line)))
    base = trie.base()
    grown = ngram.covering(base, text.words)
    rows: dict[str, list[tuple[Floats, Floats]]] = {name: [] for name in WAYS}
    general: list[Floats] = []
    weights = []
    for rest, held in _parted(text):
        proposal = weighing.propose(rest, base)
        weights.append(proposal.weight_percent if proposal else round(100 * FIXED))
        places = weighing._places(held, grown)
        at_base = weighing._probabilities(grown, places)
        general.append(at_base)
        counted = counts.count(rest)
        for name, way in WAYS.items():
            own = weighing._probabilities(way(counted, grown.words), places)
            rows[name].append(_mixed(at_base, own, (weights[-1] / 100, FIXED)))
    plain = np.concatenate(general)
    likely = weighing.perplexity(plain[plain > ngram.NEVER / 2])
    print(f"{path.name}: {text.count:,} sentences, {text.word_count:,} words, ", end="")
    print(f"base {likely:.1f}, weights {sorted(weights)}")
    for name, found in rows.items():
        shown = [weighing.perplexity(np.concatenate(one)) for one in zip(*found, strict=True)]
        print(f"  {name:28} {shown[0]:7.1f} at the proposed weight, {shown[1]:7.1f} at 30%")


def _mixed(general: Floats, own: Floats, weights: Iterable[float]) -> tuple[Floats, ...]:
    is_known = np.maximum(general, own) > ngram.NEVER / 2
    return tuple(interpolation.mixture(general[is_known], own[is_known], one) for one in weights)


def _parted(text: Sentences) -> Iterable[tuple[Sentences, Sentences]]:
    block = np.arange(text.count) * BLOCKS // text.count
    for number in range(1 if text.count > LARGE else BLOCKS):
        yield text.part(block != number), text.part(block == number)


def main() -> None:
    """Every text named."""
    for name in sys.argv[1:] or sys.exit("Name files of text."):
        measure(Path(name))


if __name__ == "__main__":
    main()
