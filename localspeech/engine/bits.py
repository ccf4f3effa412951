"""Records of unsigned fields packed into bits, least significant first."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]
_SPARE = 8


def packed_size(count: int, widths: Sequence[int]) -> int:
    """Bytes of `count` records; eight more let a reader fetch whole words."""
    return (count * sum(widths) + 7) // 8 + _SPARE


def unpack(data: Bytes, count: int, widths: Sequence[int]) -> list[Ints]:
    """The fields of the first `count` records, each as a (count,) array."""
    start = np.arange(count, dtype=np.int64) * sum(widths)
    fields = []
    for width in widths:
        fields.append(_field(data, start, width))
        start = start + width
    return fields


def _field(data: Bytes, start: Ints, width: int) -> Ints:
    byte, value = start >> 3, np.zeros(len(start), np.uint64)
    for i in range((width + 7) // 8 + 1):
        value |= data[byte + i].astype(np.uint64) << np.uint64(8 * i)
    shifted = value >> (start & 7).astype(np.uint64)
    return (shifted & np.uint64((1 << width) - 1)).astype(np.int64)


def pack(fields: Sequence[Ints], widths: Sequence[int]) -> bytes:
    """The bytes of records whose fields are equally long arrays; a record takes a byte or more."""
    count = len(fields[0])
    packed = np.zeros(packed_size(count, widths), np.uint8)
    start = np.arange(count, dtype=np.int64) * sum(widths)
    for values, width in zip(fields, widths, strict=True):
        shifted = values.astype(np.uint64) << (start & 7).astype(np.uint64)
        # No two records begin in one byte, so that no byte is written twice at once.
        for i in range((width + 7) // 8 + 1):
            packed[(start >> 3) + i] |= (shifted >> np.uint64(8 * i)).astype(np.uint8)
        start = start + width
    return packed.tobytes()
