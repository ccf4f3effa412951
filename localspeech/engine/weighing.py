"""How much a model's own text should count beside general language, when nobody says it.

Part of the text is held back; the weight that makes it likeliest under the mixture of the base
and of what the rest teaches is proposed (deleted interpolation, Jelinek and Mercer 1980).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from localspeech.engine import counts, estimation, ngram
from localspeech.engine.interpolation import mixture
from localspeech.engine.ngram import Floats, Ints, Trigrams
from localspeech.engine.sentences import Sentences

# Text is never known to be all that will be said, nor to be of no use at all.
LEAST_PERCENT, MOST_PERCENT = 5, 90
LEAST_SENTENCES, LEAST_WORDS = 40, 200
_FOLDS, _ENOUGH_WORDS = 5, 20_000


@dataclass(frozen=True)
class HeldBack:
    """What held-back text says: words looked at, perplexity of the base and of the mixture."""

    words: int
    base_perplexity: float
    perplexity: float


@dataclass(frozen=True)
class Proposal:
    """The weight, and by what it was chosen."""

    weight_percent: int
    held_back: HeldBack


def propose(text: Sentences, base: Trigrams) -> Proposal | None:
    """The best weight of the text beside the base; None when there is too little of it.

    Equal sentences are held back together, so that repeated ones prove nothing. Words that
    neither model knows are left out.
    """
    if len(np.unique(text.hashes())) < LEAST_SENTENCES:
        return None
    pairs = list(_held_back(text, base))
    general, own = (np.concatenate(one) for one in zip(*pairs, strict=True))
    is_known = np.maximum(general, own) > ngram.NEVER / 2
    general, own = general[is_known], own[is_known]
    if len(general) < LEAST_WORDS:
        return None
    percents = np.arange(LEAST_PERCENT, MOST_PERCENT + 1)
    likelihoods = [mixture(general, own, percent / 100).mean() for percent in percents]
    best = int(np.argmax(likelihoods))
    in_base = general[general > ngram.NEVER / 2]
    found = HeldBack(len(general), perplexity(in_base), float(np.exp(-likelihoods[best])))
    return Proposal(int(percents[best]), found)


def perplexity(logs: Floats) -> float:
    """From natural logarithms of each word's probability."""
    return float(np.exp(-logs.mean())) if len(logs) else float("inf")


def _held_back(text: Sentences, base: Trigrams) -> Iterator[tuple[Floats, Floats]]:
    """Each held-back word's probability in the base and in what the other folds teach.

    One fold of a long text is enough, of short ones all.
    """
    grown = ngram.covering(base, text.words)
    folds, seen = text.hashes() % _FOLDS, 0
    for fold in range(_FOLDS):
        rest, held = text.part(folds != fold), text.part(folds == fold)
        own = estimation.estimate(counts.count(rest), grown.words)
        places = _places(held, grown)
        yield _probabilities(grown, places), _probabilities(own, places)
        seen += len(held.line)
        if seen >= _ENOUGH_WORDS:
            return


def _places(text: Sentences, model: Trigrams) -> tuple[Ints, Ints]:
    """A bounded stretch of text in the model's word ids, and where in it words to predict stand."""
    place = {word: number for number, word in enumerate(model.words)}
    line = text.line[:_ENOUGH_WORDS].astype(np.int64)
    ids = np.array([place[word] for word in text.words], np.int64)
    return ids[line], np.flatnonzero(line != 0)


def _probabilities(model: Trigrams, places: tuple[Ints, Ints]) -> Floats:
    """ln P of each word after the two before it; the first of a sentence after its mark alone."""
    line, at = places
    is_first = line[at - 1] == model.words.index("<s>")
    first, later = at[is_first], at[~is_first]
    found = np.empty(len(at))
    found[is_first] = model.bigram(line[first - 1], line[first])
    found[~is_first] = model.trigram(line[later - 2], line[later - 1], line[later])
    return found
