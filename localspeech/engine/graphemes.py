"""Grapheme to phoneme: the recurrent network of the g2p-en weights, run in numpy."""

from collections.abc import Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from localspeech.engine import assets

Vector = NDArray[np.float32]

_LETTERS = ("<pad>", "<unk>", "</s>", *"abcdefghijklmnopqrstuvwxyz")
_VOWELS = tuple("AA AE AH AO AW AY EH ER EY IH IY OW OY UH UW".split(" "))
_CONSONANTS = tuple("B CH D DH F G HH JH K L M N NG P R S SH T TH V W Y Z ZH".split(" "))
_STRESSED = [vowel + stress for vowel in _VOWELS for stress in "012"]
_PHONES = ("<pad>", "<unk>", "<s>", "</s>", *sorted([*_STRESSED, *_CONSONANTS, "UW"]))
_BEGIN, _END = 2, 3
_LONGEST = 40


@cache
def _weights() -> Mapping[str, Vector]:
    with np.load(assets.grapheme_network()) as data:
        return {name: data[name] for name in data.files}


def pronounce(word: str) -> str:
    """Phones of a lower-case word without stress ("K AE T"); "" when it has no letter."""
    letters = [c for c in word if c in _LETTERS]
    if not letters:
        return ""
    weights = _weights()
    state = np.zeros(weights["enc_w_hh"].shape[1], np.float32)
    for letter in (*letters, "</s>"):
        state = _step(weights["enc_emb"][_LETTERS.index(letter)], state, "enc")
    return " ".join(_decode(state))


def _decode(state: Vector) -> list[str]:
    weights, phones, symbol = _weights(), [], _BEGIN
    for _ in range(_LONGEST):
        state = _step(weights["dec_emb"][symbol], state, "dec")
        symbol = int((state @ weights["fc_w"].T + weights["fc_b"]).argmax())
        if symbol == _END:
            break
        phones.append(_PHONES[symbol].rstrip("012"))
    return [phone for phone in phones if not phone.startswith("<")]


def _step(given: Vector, state: Vector, side: str) -> Vector:
    """One step of a gated recurrent unit."""
    weights = _weights()
    a = given @ weights[f"{side}_w_ih"].T + weights[f"{side}_b_ih"]
    b = state @ weights[f"{side}_w_hh"].T + weights[f"{side}_b_hh"]
    third = len(a) // 3
    reset = _sigmoid(a[:third] + b[:third])
    keep = _sigmoid(a[third : 2 * third] + b[third : 2 * third])
    fresh = np.tanh(a[2 * third :] + reset * b[2 * third :])
    result: Vector = ((1 - keep) * fresh + keep * state).astype(np.float32)
    return result


def _sigmoid(values: Vector) -> Vector:
    result: Vector = (1 / (1 + np.exp(-values))).astype(np.float32)
    return result
