"""New means and mixture weights from statistics.

First all means of a class of phones are moved by one linear map (maximum likelihood linear
regression), which little audio suffices for; then each Gaussian moves towards what it was heard
as, the further the more frames it had (maximum a posteriori).
"""

import numpy as np

from localspeech.engine.acoustic import files
from localspeech.engine.acoustic.files import STREAMS, Bytes, Floats
from localspeech.engine.acoustic.model import AcousticModel
from localspeech.engine.acoustic.statistics import Statistics

MEAN_PRIOR = 10.0
WEIGHT_PRIOR = 30.0
_CLASS_FRAMES = 5_000
_MAP_PRIOR = 50.0
_VOWELS = frozenset("AA AE AH AO AW AY EH ER EY IH IY OW OY UH UW".split(" "))


def moved(model: AcousticModel, found: Statistics) -> Floats:
    """Means after one linear map for each class of phones and stream; pauses keep theirs."""
    means = model.means.copy()
    for phones in _classes(model, found):
        for stream in range(STREAMS):
            means[phones, stream] = _mapped(model, found, phones, stream)
    return means


def _classes(model: AcousticModel, found: Statistics) -> list[list[int]]:
    """Vowels and consonants apart when there is enough of both, or all speech together."""
    names = model.phones.names
    speech = [n for n in range(len(names)) if n not in model.phones.fillers]
    vowels = [n for n in speech if names[n] in _VOWELS]
    consonants = [n for n in speech if names[n] not in _VOWELS]
    split = [one for one in (vowels, consonants) if found.counts[one, 0].sum() >= _CLASS_FRAMES]
    if len(split) == 2:
        return split
    return [speech] if found.counts[speech].any() else []


def _mapped(model: AcousticModel, found: Statistics, phones: list[int], stream: int) -> Floats:
    means = model.means[phones, stream]
    flat = means.reshape(-1, means.shape[-1])
    counts = found.counts[phones, stream].reshape(-1)
    sums = found.sums[phones, stream].reshape(flat.shape)
    inverse = 1 / model.variances[phones, stream].reshape(flat.shape)
    extended = np.column_stack([np.ones(len(flat)), flat])
    result = np.empty_like(flat)
    for dimension, weight in enumerate(inverse.T):
        prior = np.eye(extended.shape[1]) * (_MAP_PRIOR * weight.mean())
        gram = (extended * (counts * weight)[:, None]).T @ extended + prior
        target = extended.T @ (sums[:, dimension] * weight) + prior[dimension + 1]
        result[:, dimension] = extended @ np.linalg.solve(gram, target)
    return result.reshape(means.shape)


def posterior_means(prior: Floats, found: Statistics, strength: float = MEAN_PRIOR) -> Floats:
    """Means between the prior's and the heard ones; `strength` is the prior's in frames."""
    total: Floats = (strength * prior + found.sums) / (strength + found.counts)[..., None]
    return total


def posterior_weights(prior: Bytes, found: Statistics, strength: float = WEIGHT_PRIOR) -> Bytes:
    """Mixture weights likewise; senones without frames keep theirs to the bit."""
    heard = found.mixtures.transpose(0, 2, 1).astype(np.float64)
    frames = heard.sum(axis=1, keepdims=True)
    base = files.probabilities(prior)
    mixed = (strength * base / base.sum(axis=1, keepdims=True) + heard) / (strength + frames)
    return np.where(frames > 0, files.quantised(mixed), prior)
