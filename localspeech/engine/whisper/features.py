"""What a Whisper network hears: 30 seconds of logarithmic mel energies."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from localspeech.engine.wav import RATE

WINDOW_SECONDS = 30
FRAME_RATE = 100
_FFT, _HOP = 400, RATE // FRAME_RATE
_FRAMES = WINDOW_SECONDS * FRAME_RATE
# The mel scale of Slaney's auditory toolbox: linear to 1 kHz, logarithmic above.
_LINEAR_MELS, _LINEAR_HERTZ = 15.0, 1000.0
_OCTAVE_STEP = np.log(6.4) / 27
_LEAST_ENERGY, _DYNAMIC_RANGE = 1e-10, 8.0

Floats = NDArray[np.float32]


def log_mel(pcm: bytes, bands: int) -> Floats:
    """(bands, 3000) energies of 16 kHz mono s16le audio, padded with silence to 30 s.

    What lies behind the first 30 s is left out.
    """
    heard = np.frombuffer(pcm[: len(pcm) // 2 * 2], "<i2")[: WINDOW_SECONDS * RATE]
    wave = np.zeros(WINDOW_SECONDS * RATE, np.float32)
    wave[: len(heard)] = heard / np.float32(32768)
    frames = np.lib.stride_tricks.sliding_window_view(np.pad(wave, _FFT // 2, "reflect"), _FFT)
    window = np.hanning(_FFT + 1)[:-1].astype(np.float32)
    spectrum = np.fft.rfft(frames[::_HOP][:_FRAMES] * window, axis=1)
    energies = _triangles(bands) @ (np.abs(spectrum) ** 2).T
    levels = np.log10(np.maximum(energies, _LEAST_ENERGY))
    limited = np.maximum(levels, levels.max() - _DYNAMIC_RANGE)
    return np.ascontiguousarray((limited + 4) / 4, np.float32)


@cache
def _triangles(bands: int) -> NDArray[np.float64]:
    """(bands, 201) overlapping triangular filters up to 8 kHz, each of the same area."""
    top = _LINEAR_MELS + np.log(RATE / 2 / _LINEAR_HERTZ) / _OCTAVE_STEP
    corners = _hertz(np.linspace(0, top, bands + 2))
    low, middle, high = (corners[i : bands + i, None] for i in range(3))
    bins = np.linspace(0, RATE / 2, _FFT // 2 + 1)
    rising, falling = (bins - low) / (middle - low), (high - bins) / (high - middle)
    filters: NDArray[np.float64] = np.maximum(np.minimum(rising, falling), 0) * 2 / (high - low)
    return filters


def _hertz(mels: NDArray[np.float64]) -> NDArray[np.float64]:
    above = _LINEAR_HERTZ * np.exp(_OCTAVE_STEP * (mels - _LINEAR_MELS))
    return np.where(mels < _LINEAR_MELS, mels * _LINEAR_HERTZ / _LINEAR_MELS, above)
