"""What an adapted acoustic model changes of its base: the only part that is kept.

The differences of the means as 16-bit numbers and those of the mixture weights as bytes,
compressed; a model read back is the same on every machine.
"""

from pathlib import Path

import numpy as np

from localspeech.engine import assets
from localspeech.engine.acoustic import files
from localspeech.engine.acoustic.model import AcousticModel, base
from localspeech.engine.errors import EngineError

DELTA_FILE = "acoustic.npz"
MEANS_FILE, WEIGHTS_FILE = "means", "sendump"


def save(model: AcousticModel, path: Path) -> None:
    """Write the differences to the base."""
    original = base()
    np.savez_compressed(
        path,
        means=(model.means - original.means).astype(np.float16),
        weights=model.weights - original.weights,
    )


def load(path: Path) -> AcousticModel:
    """The base with the differences. Raises EngineError when the file is damaged."""
    original = base()
    try:
        with np.load(path, allow_pickle=False) as data:
            means = original.means + data["means"].astype(np.float64)
            weights = original.weights + data["weights"]
    except (OSError, ValueError, KeyError, EOFError) as error:
        raise EngineError("InvalidModel", f"The model file {path.name} is damaged.") from error
    if weights.dtype != np.uint8:
        raise EngineError("InvalidModel", f"The model file {path.name} is damaged.")
    return original.changed(means, weights)


def unfold(model: AcousticModel, folder: Path) -> None:
    """Write the two changed files as the decoder reads them, into a folder that may exist."""
    folder.mkdir(parents=True, exist_ok=True)
    files.write_gaussians(folder / MEANS_FILE, model.means)
    files.write_weights(
        folder / WEIGHTS_FILE, assets.acoustic_model() / WEIGHTS_FILE, model.weights
    )
