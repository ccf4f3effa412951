"""Cutting long audio where it is quietest, so that each piece can be decoded at once."""

import numpy as np

from localspeech.engine.wav import RATE

_LONGEST_SECONDS, _SEARCH_SECONDS, _FRAME = 20, 8, RATE // 20


def cut(pcm: bytes) -> list[tuple[int, int]]:
    """Start and stop of pieces of at most 20 s, in samples of 16 kHz s16le audio.

    Each cut lies in the quietest twentieth of a second of the last 8 s that a piece may have.
    """
    samples = np.frombuffer(pcm[: len(pcm) // 2 * 2], "<i2")
    pieces, start = [], 0
    while len(samples) - start > _LONGEST_SECONDS * RATE:
        stop = _quietest(samples, start)
        pieces.append((start, stop))
        start = stop
    return [*pieces, (start, len(samples))]


def _quietest(samples: "np.ndarray[tuple[int], np.dtype[np.int16]]", start: int) -> int:
    end = start + _LONGEST_SECONDS * RATE
    first = end - _SEARCH_SECONDS * RATE
    frames = samples[first:end].astype(np.float64).reshape(-1, _FRAME)
    loudness: np.ndarray[tuple[int], np.dtype[np.float64]] = (frames**2).sum(axis=1)
    return first + int(loudness.argmin()) * _FRAME + _FRAME // 2
