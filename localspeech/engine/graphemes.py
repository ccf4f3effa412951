"""Grapheme to phoneme: the recurrent network of the g2p-en weights, run in numpy."""

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from localspeech.engine import assets

Vectors = NDArray[np.float32]

_LETTERS = ("<pad>", "<unk>", "</s>", *"abcdefghijklmnopqrstuvwxyz")
_VOWELS = tuple("AA AE AH AO AW AY EH ER EY IH IY OW OY UH UW".split(" "))
_CONSONANTS = tuple("B CH D DH F G HH JH K L M N NG P R S SH T TH V W Y Z ZH".split(" "))
_STRESSED = [vowel + stress for vowel in _VOWELS for stress in "012"]
_PHONES = ("<pad>", "<unk>", "<s>", "</s>", *sorted([*_STRESSED, *_CONSONANTS, "UW"]))
_STOP = _LETTERS.index("</s>")
_BEGIN, _END = 2, 3
_LONGEST, _BATCH = 40, 256


@cache
def _weights() -> Mapping[str, Vectors]:
    with np.load(assets.grapheme_network()) as data:
        return {name: data[name] for name in data.files}


def pronounce(word: str) -> str:
    """Phones of a lower-case word without stress ("K AE T"); "" when it has no letter."""
    return pronounce_all([word])[0]


def pronounce_all(words: Sequence[str]) -> list[str]:
    """`pronounce` for many words, several times as fast as one by one."""
    found: list[str] = []
    for start in range(0, len(words), _BATCH):
        found += _batch(words[start : start + _BATCH])
    return found


def _batch(words: Sequence[str]) -> list[str]:
    spelled = [[_LETTERS.index(c) for c in word if c in _LETTERS] for word in words]
    decoded = _decode(_encode([[*one, _STOP] for one in spelled]))
    return [" ".join(phones) if one else "" for one, phones in zip(spelled, decoded, strict=True)]


def _encode(spelled: Sequence[Sequence[int]]) -> Vectors:
    """Each word's state after its last letter; shape (words, state)."""
    weights = _weights()
    lengths = np.array([len(one) for one in spelled])
    letters = np.zeros((len(spelled), lengths.max()), np.int64)
    for row, one in zip(letters, spelled, strict=True):
        row[: len(one)] = one
    state = np.zeros((len(spelled), weights["enc_w_hh"].shape[1]), np.float32)
    for place, column in enumerate(letters.T):
        stepped = _step(weights["enc_emb"][column], state, "enc")
        state = np.where((place < lengths)[:, None], stepped, state)
    return state


def _decode(state: Vectors) -> list[list[str]]:
    weights = _weights()
    symbols = np.full(len(state), _BEGIN)
    ended = np.zeros(len(state), bool)
    phones: list[list[str]] = [[] for _ in state]
    for _ in range(_LONGEST):
        state = _step(weights["dec_emb"][symbols], state, "dec")
        symbols = (state @ weights["fc_w"].T + weights["fc_b"]).argmax(1)
        ended |= symbols == _END
        if ended.all():
            break
        for word in np.flatnonzero(~ended):
            phones[word].append(_PHONES[symbols[word]].rstrip("012"))
    return [[phone for phone in one if not phone.startswith("<")] for one in phones]


def _step(given: Vectors, state: Vectors, side: str) -> Vectors:
    """One step of a gated recurrent unit, for each word a row."""
    weights = _weights()
    a = given @ weights[f"{side}_w_ih"].T + weights[f"{side}_b_ih"]
    b = state @ weights[f"{side}_w_hh"].T + weights[f"{side}_b_hh"]
    third = a.shape[1] // 3
    reset = _sigmoid(a[:, :third] + b[:, :third])
    keep = _sigmoid(a[:, third : 2 * third] + b[:, third : 2 * third])
    fresh = np.tanh(a[:, 2 * third :] + reset * b[:, 2 * third :])
    result: Vectors = ((1 - keep) * fresh + keep * state).astype(np.float32)
    return result


def _sigmoid(values: Vectors) -> Vectors:
    result: Vectors = (1 / (1 + np.exp(-values))).astype(np.float32)
    return result
