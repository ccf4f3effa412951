"""Noise removal in the mel spectrum, as pocketsphinx's front end does it.

The adapted Gaussians must be estimated on exactly the features that the decoder computes, so
its constants are repeated here.
"""

import numpy as np

from localspeech.engine.acoustic.files import Floats

_KEPT_POWER = 0.7
_RISE, _FALL = 0.995, 0.5
_MASK_FADE, _MASKED = 0.85, 0.2
_LARGEST_GAIN = 20.0
_NEIGHBOURS = 4


def removed(spectrum: Floats) -> Floats:
    """The mel spectrum, (frames, filters), with each frame's gains applied."""
    return spectrum * _smoothed(_gains(spectrum))


def _gains(spectrum: Floats) -> Floats:
    """Gain of each frame and filter from noise, floor and peak as they were tracked until then."""
    power = spectrum[0].copy()
    noise, floor = spectrum[0] / _LARGEST_GAIN, spectrum[0] / _LARGEST_GAIN
    peak = np.zeros_like(power)
    gains = np.empty_like(spectrum)
    for frame, gain in zip(spectrum, gains, strict=True):
        power = _KEPT_POWER * power + (1 - _KEPT_POWER) * frame
        noise = _envelope(power, noise)
        signal = np.maximum(power - noise, 1.0)
        floor = _envelope(signal, floor)
        peak = peak * _MASK_FADE
        masked = np.where(signal < _MASK_FADE * peak, _MASKED * peak, signal)
        peak = np.maximum(peak, signal)
        with np.errstate(divide="ignore"):
            np.divide(np.maximum(masked, floor), power, out=gain)
    return np.clip(gains, 1 / _LARGEST_GAIN, _LARGEST_GAIN)


def _envelope(values: Floats, below: Floats) -> Floats:
    """A lower envelope that rises slowly and falls fast."""
    kept = np.where(values >= below, _RISE, _FALL)
    return kept * below + (1 - kept) * values


def _smoothed(gains: Floats) -> Floats:
    """Mean of each filter's gain and its neighbours'."""
    filters = np.arange(gains.shape[1])
    first = np.maximum(filters - _NEIGHBOURS, 0)
    stop = np.minimum(filters + _NEIGHBOURS + 1, len(filters))
    sums = np.cumsum(np.pad(gains, ((0, 0), (1, 0))), axis=1)
    return (sums[:, stop] - sums[:, first]) / (stop - first)
