"""Files of pocketsphinx's acoustic models.

`means` and `variances` (little-endian): a text header up to `endhdr`, the mark of the byte
order, the counts of codebooks, streams and densities, the length of each stream, the count of
numbers, then the numbers as float32. `transition_matrices`: likewise with the counts of
matrices, rows and columns. `sendump`: records of a length and a text up to a length of zero,
the counts of densities and senones, then for each stream and density one byte a senone: the
mixture weight as a negative logarithm in units of 1024 ln 1.0001.
"""

import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from localspeech.engine.errors import EngineError

Floats = NDArray[np.float64]
Bytes = NDArray[np.uint8]

STREAMS = 3
_HEADER = b"s3\nversion 1.0\nendhdr\n"
_END = b"endhdr\n"
_ORDER_MARK = struct.pack("<I", 0x11223344)
_WEIGHT_UNIT = float(1024 * np.log(1.0001))


def read_gaussians(path: Path) -> Floats:
    """Means or variances, (codebooks, streams, densities, dimensions)."""
    raw = _body(path)
    codebooks, streams, densities = struct.unpack_from("<3i", raw)
    lengths = struct.unpack_from(f"<{streams}i", raw, 12)
    if len(set(lengths)) != 1:
        raise EngineError("InvalidModel", f"{path.name} has streams of different lengths.")
    count = codebooks * densities * sum(lengths)
    numbers = np.frombuffer(raw, "<f4", count, 16 + 4 * streams)
    return numbers.reshape(codebooks, streams, densities, lengths[0]).astype(np.float64)


def write_gaussians(path: Path, values: Floats) -> None:
    """Write what `read_gaussians` reads."""
    codebooks, streams, densities, dimensions = values.shape
    counts = (codebooks, streams, densities, *[dimensions] * streams, values.size)
    head = _HEADER + _ORDER_MARK + struct.pack(f"<{len(counts)}i", *counts)
    path.write_bytes(head + values.astype("<f4").tobytes())


def read_transitions(path: Path) -> Floats:
    """Probabilities of moves, (matrices, states, states and the exit); rows sum to one."""
    raw = _body(path)
    shape = struct.unpack_from("<3i", raw)
    numbers = np.frombuffer(raw, "<f4", int(np.prod(shape)), 16)
    found = numbers.reshape(shape).astype(np.float64)
    return found / found.sum(axis=2, keepdims=True)


def _body(path: Path) -> bytes:
    raw = path.read_bytes()
    at = raw.find(_END) + len(_END)
    if raw[at : at + 4] != _ORDER_MARK:
        raise EngineError("InvalidModel", f"{path.name} is no file of an acoustic model.")
    return raw[at + 4 :]


def read_weights(path: Path) -> Bytes:
    """Quantised mixture weights, (streams, densities, senones)."""
    raw, at = path.read_bytes(), 0
    while length := struct.unpack_from("<i", raw, at)[0]:
        at += 4 + length
    densities, senones = struct.unpack_from("<2i", raw, at + 4)
    return np.frombuffer(raw, np.uint8, offset=at + 12).reshape(STREAMS, densities, senones)


def write_weights(path: Path, like: Path, weights: Bytes) -> None:
    """Write mixture weights with the head of the file `like`."""
    raw = like.read_bytes()
    path.write_bytes(raw[: len(raw) - weights.size] + weights.tobytes())


def quantised(probabilities: Floats) -> Bytes:
    """Probabilities as the bytes of `sendump`; none is below the smallest that a byte holds."""
    units = -np.log(np.maximum(probabilities, 1e-30)) / _WEIGHT_UNIT
    return np.clip(np.rint(units), 0, 255).astype(np.uint8)


def probabilities(weights: Bytes) -> Floats:
    """The inverse of `quantised`, up to the rounding."""
    return np.exp(weights * -_WEIGHT_UNIT)
