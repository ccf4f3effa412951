"""Which senone each frame of a recording belongs to, given its transcript."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from localspeech.engine.acoustic import features, graph, scores, viterbi
from localspeech.engine.acoustic.graph import NO_WORD, Pronunciations
from localspeech.engine.acoustic.model import AcousticModel
from localspeech.engine.acoustic.phones import STATES
from localspeech.engine.wav import RATE

Ints = NDArray[np.int64]
Singles = NDArray[np.float32]
Lexicon = Mapping[str, tuple[str, ...]]

SHORTEST_SECONDS, LONGEST_SECONDS = 0.1, 120
_LEAST_FIT = -4.5


class Unalignable(Exception):
    """Why a recording cannot be used with its transcript, in words for its owner."""


@dataclass(frozen=True)
class Alignment:
    """An aligned recording.

    streams: (3, frames, 13) features. senones, words: (frames,), NO_WORD in pauses. fit: how
    much less likely the words' senones are than the best of any phone without context, the
    mean of logarithms a frame; about 0 for clear native speech, -5 for the wrong transcript.
    """

    streams: Singles
    senones: Ints
    words: Ints
    fit: float


def align(
    model: AcousticModel, pcm: bytes, words: Sequence[str], pronunciations: Lexicon
) -> Alignment:
    """Align 16 kHz mono s16le audio. Raises Unalignable."""
    seconds = len(pcm) / 2 / RATE
    if seconds < SHORTEST_SECONDS:
        raise Unalignable("is shorter than a tenth of a second")
    if seconds > LONGEST_SECONDS:
        raise Unalignable(f"is longer than {LONGEST_SECONDS} s; cut it into sentences")
    if not np.frombuffer(pcm[: len(pcm) // 2 * 2], "<i2").any():
        raise Unalignable("holds silence alone")
    net = graph.build(model, _spoken(model, words, pronunciations))
    streams = features.streams(pcm)
    senones, columns = np.unique(net.senones, return_inverse=True)
    columns = columns.reshape(net.senones.shape)
    likelihoods = scores.of_senones(model, streams, senones)
    path = viterbi.best_path(net, likelihoods, columns)
    if path is None:
        raise Unalignable(f"is too short ({seconds:.1f} s) for its {len(words)} words")
    place = columns[path.phones, path.states]
    found = Alignment(
        streams=streams,
        senones=senones[place],
        words=net.words[path.phones],
        fit=_fit(model, streams, likelihoods[np.arange(len(place)), place], net.words[path.phones]),
    )
    if found.fit < _LEAST_FIT:
        raise Unalignable("does not sound like its transcript")
    return found


def _spoken(
    model: AcousticModel, words: Sequence[str], pronunciations: Lexicon
) -> list[Pronunciations]:
    if not words:
        raise Unalignable("has no words in its transcript")
    numbers = {name: number for number, name in enumerate(model.phones.names)}
    found: list[Pronunciations] = []
    for word in words:
        if not pronunciations.get(word):
            raise Unalignable(f"has the word {word!r}, which has no pronunciation")
        found.append([tuple(numbers[p] for p in one.split()) for one in pronunciations[word]])
    return found


def _fit(model: AcousticModel, streams: Singles, aligned: Singles, words: Ints) -> float:
    spoken = np.flatnonzero(words != NO_WORD)
    plain = np.arange(len(model.phones.names) * STATES)
    best = scores.of_senones(model, streams[:, spoken], plain).max(axis=1)
    return float((aligned[spoken] - best).mean())
