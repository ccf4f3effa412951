"""pocketsphinx's binary language model: a reversed trie of bit-packed, quantised n-grams.

Layout (little-endian): the mark, the order as a byte, a count for each order (u32), the
kind of quantisation (u32, 1), tables of 65,536 float32 for bigram probabilities, bigram
back-offs and trigram probabilities; unigrams as (probability f4, back-off f4, first bigram
u4) with one more at the end; bigrams as (word, back-off index, probability index, first
trigram); trigrams as (word, probability index); the length of the words (u32) and the words,
each ended by a zero byte. Values are logarithms to the base 1.0001. A node's children are the
words *before* it, by ascending id.
"""

import struct
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from localspeech.engine import assets
from localspeech.engine.bits import pack, packed_size, unpack
from localspeech.engine.ngram import Floats, Ints, Trigrams, unique

_MARK = b"Trie Language Model"
_LOG_BASE = float(np.log(1.0001))
_BINS = 1 << 16
_UNIGRAM = np.dtype([("p", "<f4"), ("b", "<f4"), ("next", "<u4")])
_LEAST_LOG = -99 * float(np.log(10))


@cache
def base() -> Trigrams:
    """The language model inside the pocketsphinx wheel."""
    return read(assets.language_model())


def read(path: Path) -> Trigrams:
    """Read a trigram model. Probabilities come back as natural logarithms."""
    found = _sections(path.read_bytes())
    tables = found.tables.astype(np.float64) * _LOG_BASE
    return _model(found.words, found.unigrams, found.middle, found.longest, tables, found.counts)


def frequencies() -> dict[str, float]:
    """Natural logarithm of the share of each word in the base model's text."""
    found = _sections(assets.language_model().read_bytes())
    shares = found.unigrams["p"][:-1].astype(np.float64) * _LOG_BASE
    return dict(zip(found.words, shares.tolist(), strict=True))


class _Sections(NamedTuple):
    counts: tuple[int, ...]
    tables: NDArray[np.float32]
    unigrams: NDArray[np.void]
    middle: NDArray[np.uint8]
    longest: NDArray[np.uint8]
    words: tuple[str, ...]


def _sections(raw: bytes) -> _Sections:
    at = raw.index(_MARK) + len(_MARK) + 1
    counts = struct.unpack_from("<3I", raw, at)
    at += 16
    tables = np.frombuffer(raw, "<f4", 3 * _BINS, at)
    at += tables.nbytes
    unigrams = np.frombuffer(raw, _UNIGRAM, counts[0] + 1, at)
    at += unigrams.nbytes
    widths2, widths3 = _widths(counts)
    middle = np.frombuffer(raw, np.uint8, packed_size(counts[1] + 1, widths2), at)
    at += len(middle)
    longest = np.frombuffer(raw, np.uint8, packed_size(counts[2] + 1, widths3), at)
    at += len(longest)
    words = raw[at + 4 : at + 4 + struct.unpack_from("<I", raw, at)[0]].decode().split("\0")[:-1]
    return _Sections(counts, tables, unigrams, middle, longest, tuple(words))


def _widths(counts: tuple[int, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    word = counts[0].bit_length()
    return (word, 16, 16, counts[2].bit_length()), (word, 16)


def _model(
    words: tuple[str, ...],
    unigrams: NDArray[np.void],
    middle: NDArray[np.uint8],
    longest: NDArray[np.uint8],
    tables: Floats,
    counts: tuple[int, ...],
) -> Trigrams:
    widths2, widths3 = _widths(counts)
    starts = unigrams["next"].astype(np.int64)
    total2 = int(starts[-1])
    before, back_off, probability, nexts = unpack(middle, total2 + 1, widths2)
    last = np.repeat(np.arange(counts[0]), np.diff(starts))
    total3 = int(nexts[-1])
    first, probability3 = unpack(longest, total3, widths3)
    parent = np.repeat(np.arange(total2), np.diff(nexts))
    size = len(words)
    k2 = before[:-1] * size + last
    k3 = (first * size + before[parent]) * size + last[parent]
    order2, order3 = np.argsort(k2), np.argsort(k3)
    return Trigrams(
        words=words,
        p1=unigrams["p"][:-1].astype(np.float64) * _LOG_BASE,
        b1=unigrams["b"][:-1].astype(np.float64) * _LOG_BASE,
        k2=k2[order2],
        p2=tables[:_BINS][probability[:-1]][order2],
        b2=tables[_BINS : 2 * _BINS][back_off[:-1]][order2],
        k3=k3[order3],
        p3=tables[2 * _BINS :][probability3][order3],
    )


def write(model: Trigrams, path: Path) -> None:
    """Write a trigram model in the form that pocketsphinx loads at once."""
    size = model.size
    before, last = model.k2 // size, model.k2 % size
    order2 = np.lexsort((before, last))
    rank2 = np.empty(len(order2), np.int64)
    rank2[order2] = np.arange(len(order2))
    first, tail = model.k3 // (size * size), model.k3 % (size * size)
    parent = rank2[np.searchsorted(model.k2, tail)]
    order3 = np.lexsort((first, parent))
    counts = (size, len(model.k2), len(model.k3))
    widths2, widths3 = _widths(counts)
    (bins_p2, p2), (bins_b2, b2), (bins_p3, p3) = (
        _quantised(values) for values in (model.p2[order2], model.b2[order2], model.p3[order3])
    )
    middle = pack(
        (
            np.append(before[order2], 0),
            np.append(b2, 0),
            np.append(p2, 0),
            _starts(parent, len(order2)),
        ),
        widths2,
    )
    longest = pack((np.append(first[order3], 0), np.append(p3, 0)), widths3)
    words = b"".join(word.encode() + b"\0" for word in model.words)
    with path.open("wb") as file:
        file.write(_MARK + struct.pack("<B3II", 3, *counts, 1))
        for table in (bins_p2, bins_b2, bins_p3):
            file.write((table / _LOG_BASE).astype("<f4").tobytes())
        file.write(_unigrams(model, last).tobytes())
        file.write(middle + longest + struct.pack("<I", len(words)) + words)


def _unigrams(model: Trigrams, last: Ints) -> NDArray[np.void]:
    table = np.zeros(model.size + 1, _UNIGRAM)
    table["p"][:-1] = np.maximum(model.p1, _LEAST_LOG) / _LOG_BASE
    table["b"][:-1] = model.b1 / _LOG_BASE
    table["next"] = _starts(last, model.size)
    return table


def _starts(parent: Ints, size: int) -> Ints:
    return np.concatenate([[0], np.cumsum(np.bincount(parent, minlength=size))])


def _quantised(values: Floats) -> tuple[Floats, Ints]:
    """A table of 65,536 ascending values, and each value's nearest index in it."""
    table = np.zeros(_BINS)
    distinct = unique(values)
    if len(distinct) > _BINS:
        ordered = np.sort(values)
        distinct = ordered[np.linspace(0, len(ordered) - 1, _BINS).astype(np.int64)]
    table[: len(distinct)] = distinct
    table[len(distinct) :] = distinct[-1] if len(distinct) else 0.0
    at = np.clip(np.searchsorted(table, values), 1, _BINS - 1)
    nearer_below = np.abs(values - table[at - 1]) <= np.abs(values - table[at])
    return table, np.where(nearer_below, at - 1, at)
