"""Sufficient statistics: what aligned recordings say about the Gaussians, as sums.

Sums of parts add up to the sum of the whole, so recordings can be split over processes, and
memory does not grow with the amount of audio.
"""

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from localspeech.engine.acoustic.aligner import Alignment
from localspeech.engine.acoustic.files import STREAMS, Floats
from localspeech.engine.acoustic.model import AcousticModel
from localspeech.engine.acoustic.scores import log_densities
from localspeech.engine.errors import EngineError

_LEAST_WEIGHT = np.float32(1e-10)


@dataclass
class Statistics:
    """Sums over frames, each weighted by the density's posterior.

    counts: (codebooks, 3, densities). sums: (codebooks, 3, densities, 13) of the features.
    mixtures: (3, senones, densities). frames: how many were added.
    """

    counts: Floats
    sums: Floats
    mixtures: NDArray[np.float32]
    frames: int = 0

    def add(self, model: AcousticModel, alignment: Alignment) -> None:
        """Add a recording that was aligned with the model."""
        codebooks = model.phones.codebooks[alignment.senones]
        for codebook in np.unique(codebooks):
            at = np.flatnonzero(codebooks == codebook)
            at = at[np.argsort(alignment.senones[at], kind="stable")]
            senones, first = np.unique(alignment.senones[at], return_index=True)
            for stream in range(STREAMS):
                frames = alignment.streams[stream, at]
                shares = log_densities(model, stream, codebook, frames)
                weights = model.mixtures[stream, alignment.senones[at]]
                shares += np.log(np.maximum(weights, _LEAST_WEIGHT))
                shares = np.exp(shares - shares.max(axis=1, keepdims=True))
                shares /= shares.sum(axis=1, keepdims=True)
                self.counts[codebook, stream] += shares.sum(axis=0, dtype=np.float64)
                self.sums[codebook, stream] += shares.T @ frames
                self.mixtures[stream, senones] += np.add.reduceat(shares, first, axis=0)
        self.frames += len(alignment.senones)

    def merge(self, other: "Statistics") -> None:
        """Add the sums of other recordings."""
        self.counts += other.counts
        self.sums += other.sums
        self.mixtures += other.mixtures
        self.frames += other.frames

    def packed(self) -> bytes:
        """The sums as one compressed file; the mixtures of senones that were seen."""
        seen = np.flatnonzero(self.mixtures.any(axis=(0, 2)))
        data = io.BytesIO()
        np.savez_compressed(
            data,
            counts=self.counts,
            sums=self.sums,
            seen=seen,
            mixtures=self.mixtures[:, seen],
            frames=np.array(self.frames),
        )
        return data.getvalue()


def zero(model: AcousticModel) -> Statistics:
    """No recordings yet."""
    streams, densities, senones = model.weights.shape
    return Statistics(
        counts=np.zeros(model.means.shape[:3]),
        sums=np.zeros(model.means.shape),
        mixtures=np.zeros((streams, senones, densities), np.float32),
    )


def read(model: AcousticModel, path: Path) -> Statistics:
    """Unpack what `packed` gave. Raises EngineError when the file is damaged."""
    found = zero(model)
    try:
        with np.load(path, allow_pickle=False) as data:
            found.counts += data["counts"]
            found.sums += data["sums"]
            found.mixtures[:, data["seen"]] += data["mixtures"]
            found.frames = int(data["frames"])
    except (OSError, ValueError, KeyError, EOFError) as error:
        raise EngineError("InternalServerError", f"The sums in {path.name} are damaged.") from error
    return found
