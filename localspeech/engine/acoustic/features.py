"""Features of the acoustic model: mel cepstra of 10 ms frames with their first two differences.

The same numbers as pocketsphinx's front end gives for this model, to five digits.
"""

import numpy as np
from numpy.typing import NDArray

from localspeech.engine.acoustic import noise
from localspeech.engine.acoustic.files import STREAMS, Floats
from localspeech.engine.wav import RATE

CEPSTRA = 13
FRAME_SECONDS = 0.01
_WINDOW, _STEP, _SPECTRUM = 410, 160, 512
_FILTERS, _LOWEST, _HIGHEST = 25, 130.0, 6800.0
_PREEMPHASIS, _LIFTER, _LOG_FLOOR = 0.97, 22, 1e-4


def cepstra(pcm: bytes) -> Floats:
    """Mel cepstra of 16 kHz mono s16le audio, (frames, 13). At least one sample is needed."""
    samples = np.frombuffer(pcm[: len(pcm) // 2 * 2], "<i2").astype(np.float64)
    samples[1:] -= _PREEMPHASIS * samples[:-1]
    frames = max(-(-(len(samples) - _WINDOW) // _STEP), 0) + 1
    samples = np.pad(samples, (0, max((frames - 1) * _STEP + _WINDOW - len(samples), 0)))
    windows = np.lib.stride_tricks.sliding_window_view(samples, _WINDOW)[::_STEP][:frames]
    power = np.abs(np.fft.rfft(windows * _HAMMING, _SPECTRUM)) ** 2
    cleaned: Floats = noise.removed(power @ _FILTER_BANK.T)
    return np.log(cleaned + _LOG_FLOOR) @ _COSINES.T


def streams(pcm: bytes) -> NDArray[np.float32]:
    """The three streams of features, (3, frames, 13): cepstra less their mean, differences."""
    plain = cepstra(pcm)
    plain = plain - plain.mean(axis=0)
    padded = np.pad(plain, ((STREAMS, STREAMS), (0, 0)), mode="edge")

    def shifted(by: int) -> Floats:
        return padded[STREAMS + by : STREAMS + by + len(plain)]

    slope = shifted(2) - shifted(-2)
    bend = (shifted(3) - shifted(-1)) - (shifted(1) - shifted(-3))
    return np.stack([plain, slope, bend]).astype(np.float32)


def _filter_bank() -> Floats:
    """Triangles of unit area, (filters, bins), their corners rounded to bins."""
    width = RATE / _SPECTRUM
    mels = np.linspace(_mel(_LOWEST), _mel(_HIGHEST), _FILTERS + 2)
    corners = np.floor(700 * (10 ** (mels / 2595) - 1) / width + 0.5) * width
    left, top, right = (corners[i : _FILTERS + i, None] for i in range(3))
    hertz = np.arange(_SPECTRUM // 2 + 1) * width
    triangle = np.minimum((hertz - left) / (top - left), (right - hertz) / (right - top))
    bank: Floats = np.maximum(triangle, 0) * 2 / (right - left)
    return bank


def _mel(hertz: float) -> float:
    return float(2595 * np.log10(1 + hertz / 700))


def _cosines() -> Floats:
    """The liftered cosine transform, (13, filters)."""
    order = np.arange(CEPSTRA)
    angles = np.pi / _FILTERS * order[:, None] * (np.arange(_FILTERS) + 0.5)
    transform = np.cos(angles) * np.sqrt(2 / _FILTERS)
    transform[0] /= np.sqrt(2)
    lifter = 1 + _LIFTER / 2 * np.sin(order * np.pi / _LIFTER)
    found: Floats = transform * lifter[:, None]
    return found


_HAMMING = 0.54 - 0.46 * np.cos(2 * np.pi * np.arange(_WINDOW) / (_WINDOW - 1))
_FILTER_BANK = _filter_bank()
_COSINES = _cosines()
