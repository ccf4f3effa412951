"""An acoustic model in memory."""

from dataclasses import dataclass, replace
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from localspeech.engine import assets
from localspeech.engine.acoustic import files, phones
from localspeech.engine.acoustic.files import Bytes, Floats

_LEAST_VARIANCE = 1e-4
_LEAST_MOVE = 1e-4


@dataclass(frozen=True)
class AcousticModel:
    """Gaussians shared by the senones of a phone, and each senone's mixture of them.

    means, variances: (codebooks, 3 streams, densities, 13). weights: (3, densities, senones)
    quantised. transitions: (matrices, 3, 4) natural logarithms.
    """

    phones: phones.Phones
    means: Floats
    variances: Floats
    weights: Bytes
    transitions: Floats

    def changed(self, means: Floats, weights: Bytes) -> "AcousticModel":
        """The model with other means and weights."""
        return replace(self, means=means, weights=weights)

    @cached_property
    def mixtures(self) -> NDArray[np.float32]:
        """Mixture weights as probabilities, (3, senones, densities)."""
        plain = files.probabilities(self.weights).astype(np.float32)
        return np.ascontiguousarray(plain.transpose(0, 2, 1))

    @cached_property
    def exponents(self) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
        """Factors of x², of x and of 1 in each density's logarithm.

        The first two are (codebooks, 3, 13, densities), the last (codebooks, 3, densities).
        """
        inverse = 1 / self.variances
        constant = self.means**2 * inverse + np.log(2 * np.pi * self.variances)
        return (
            _columns(-0.5 * inverse),
            _columns(self.means * inverse),
            (-0.5 * constant.sum(axis=-1)).astype(np.float32),
        )


def _columns(values: Floats) -> NDArray[np.float32]:
    return np.ascontiguousarray(values.swapaxes(2, 3).astype(np.float32))


@cache
def base() -> AcousticModel:
    """The acoustic model inside the pocketsphinx wheel."""
    folder = assets.acoustic_model()
    moves = files.read_transitions(folder / "transition_matrices")
    return AcousticModel(
        phones=phones.read(folder / "mdef"),
        means=files.read_gaussians(folder / "means"),
        variances=np.maximum(files.read_gaussians(folder / "variances"), _LEAST_VARIANCE),
        weights=files.read_weights(folder / "sendump"),
        transitions=np.log(np.maximum(moves, _LEAST_MOVE)),
    )
