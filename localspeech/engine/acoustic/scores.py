"""How likely each frame is in each senone."""

import numpy as np
from numpy.typing import NDArray

from localspeech.engine.acoustic.model import AcousticModel

Singles = NDArray[np.float32]
Ints = NDArray[np.int64]

_LEAST_DENSITY = np.float32(1e-30)


def log_densities(model: AcousticModel, stream: int, codebook: int, frames: Singles) -> Singles:
    """Logarithm of each density at each frame of one stream, (frames, densities)."""
    square, linear, constant = model.exponents
    found: Singles = (frames * frames) @ square[codebook, stream]
    found += frames @ linear[codebook, stream]
    found += constant[codebook, stream]
    return found


def of_senones(model: AcousticModel, streams: Singles, senones: Ints) -> Singles:
    """Logarithms of the likelihoods, (frames, senones); `streams` is (3, frames, 13)."""
    found = np.zeros((streams.shape[1], len(senones)), np.float32)
    codebooks = model.phones.codebooks[senones]
    for codebook in np.unique(codebooks):
        columns = np.flatnonzero(codebooks == codebook)
        for number, frames in enumerate(streams):
            density = log_densities(model, number, codebook, frames)
            highest = density.max(axis=1, keepdims=True)
            np.exp(density - highest, out=density)
            mixed = density @ model.mixtures[number, senones[columns]].T
            found[:, columns] += np.log(np.maximum(mixed, _LEAST_DENSITY)) + highest
    return found
